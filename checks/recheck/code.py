"""Straight-line code of an expression: its values in any arithmetic, its sign by structure, its Bernstein
form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import comb, prod
from typing import Any

from flint import arb, fmpq

from checks.recheck.balls import Box, ball, ball_power, demand, on_balls
from checks.recheck.ring import MAX_TERMS, Poly, in_ring
from checks.recheck.series import apply

MAX_DEGREE = 64


class Code:
    """Straight-line code of a tree, equal parts once."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.steps: list[tuple[str, list[int], Any]] = []
        self.polynomial: list[bool] = []
        self._known: dict[Any, int] = {}
        self._place(tree)

    def _place(self, tree: Any) -> int:
        head, parts = tree[0], [part for part in tree[1:] if isinstance(part, tuple)]
        key = (head, *map(self._place, parts), *(part for part in tree[1:] if not isinstance(part, tuple)))
        if key not in self._known:
            self._known[key] = len(self.steps)
            self.steps.append(
                (head, list(key[1 : 1 + len(parts)]), tree[-1] if head in ("rat", "var", "pow") else None)
            )
            kind = head in ("rat", "var", "add", "mul") or (
                head == "pow" and tree[2].denominator == 1 and 0 <= tree[2] <= MAX_DEGREE
            )
            self.polynomial.append(kind and all(self.polynomial[part] for part in key[1 : 1 + len(parts)]))
        return self._known[key]


def run(
    code: Code, point: dict[str, Any], base: Callable[..., Any], box: Any = None, upto: int | None = None
) -> list[Any]:
    """The values of all parts. With ``box``: a base that is provably ≥ 0 on it may be cut at 0 before a root
    is taken.
    """
    memory: list[Any] = []
    for index, (head, parts, extra) in enumerate(code.steps[:upto]):
        if upto is not None and not code.polynomial[index]:
            memory.append(None)  # on the way to a polynomial part nothing else is needed
            continue
        inner = [memory[part] for part in parts]
        if head in ("add", "mul"):
            value = inner[0]
            for other in inner[1:]:
                value = value + other if head == "add" else value * other
        elif head in ("rat", "var"):
            value = extra if head == "rat" else point[extra]
        elif head == "pow":
            value = apply(base, "pow", inner[0], extra)
            if (
                box
                and extra > 0
                and extra.denominator > 1
                and not value.is_finite()
                and sign(code, parts[0], memory, box) > 0
            ):
                value = ball(0).union(ball_power(ball(inner[0]).upper(), extra))  # increasing on the base's range
        else:
            value = apply(base, head, *inner)
            if box and head in ("asin", "acos") and not value.is_finite() and code.polynomial[parts[0]]:
                values = bernstein(code, parts[0], box)
                if min(values) >= -1 and max(values) <= 1:  # monotone: the rounding beyond ±1 is cut off
                    low, high = ball(inner[0]).lower().max(arb(-1)), ball(inner[0]).upper().min(arb(1))
                    value = on_balls(head, low).union(on_balls(head, high))
        memory.append(value)
    return memory


def sign(code: Code, index: int, memory: Sequence[Any], box: Box) -> int:
    """+1 (−1) if the part is certainly ≥ 0 (≤ 0) on the box, by its ball, its structure or its Bernstein
    form.
    """
    value = ball(memory[index])
    head, parts, extra = code.steps[index]
    if not value.is_finite():
        return 0
    if value >= 0 or value <= 0:
        return 1 if value >= 0 else -1
    if head in ("exp", "cosh", "abs", "acos") or (
        head == "pow" and (extra.denominator > 1 or extra.numerator % 2 == 0)
    ):
        return 1
    if head in ("atan", "asin", "sinh", "tanh", "erf", "pow"):
        return sign(code, parts[0], memory, box)
    if head == "owen":
        return sign(code, parts[1], memory, box)
    signs = [sign(code, part, memory, box) for part in parts] if head in ("add", "mul", "max") else [0]
    if head == "mul" and 0 not in signs:
        return prod(signs)
    if head in ("add", "max") and (set(signs) in ({1}, {-1}) or (head == "max" and 1 in signs)):
        return max(signs)
    if code.polynomial[index]:
        values = bernstein(code, index, box)
        return 1 if min(values) >= 0 else -1 if max(values) <= 0 else 0
    return 0


def bernstein(code: Code, index: int, box: Box) -> list[fmpq]:
    """The Bernstein coefficients of a polynomial part on the box, exactly."""
    values = {name: Poly.atom(f"variable {name}") * (hi - lo) + lo for name, (lo, hi) in box.items()}
    names = [f"variable {name}" for name in box]
    poly = Poly.of(run(code, values, in_ring, upto=index + 1)[-1])
    shape = [max([dict(key).get(name, 0) for key in poly.terms] or [0]) for name in names]
    demand(prod(n + 1 for n in shape) <= MAX_TERMS, "a polynomial has too many terms")
    dense = {key: fmpq(0) for key in product(*(range(n + 1) for n in shape))}
    dense.update({tuple(dict(key).get(name, 0) for name in names): value for key, value in poly.terms.items()})
    for axis, n in enumerate(shape):  # b_i = Σ_{j ≤ i} C(i, j) / C(n, j) a_j along one axis after the other
        dense = {
            key: sum((dense[(*key[:axis], j, *key[axis + 1 :])] * fmpq(comb(key[axis], j), comb(n, j))
                      for j in range(key[axis] + 1)), fmpq(0))
            for key in dense
        }  # fmt: skip
    return list(dense.values())
