"""Enclosures of one expression over boxes: value, first derivatives, mean value form, sign by structure.

    mean value form   f(X) ⊂ f(m) + Σ_v ∂_v f(X) (X_v − m_v),     m the midpoint,

valid because every partial derivative is finite on the (convex) box; NaN otherwise.  Derivatives are carried
forward beside the values, in balls.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from flint import arb, fmpq

from numerics.ball import DERIVATIVES, HEAD_FUNCTIONS, ball, power, power_nonnegative
from numerics.owen import slopes
from numerics.prover.bernstein import polynomial, range_on
from numerics.prover.tree import Tree, straight_line

__all__ = ["Box", "Enclosure", "certain", "with_room"]

Box = tuple[tuple[fmpq, fmpq], ...]


def certain(value: arb, strict: bool = False) -> bool:
    """True only if the ball is finite and lies certainly in [0, ∞) ((0, ∞) when strict)."""
    return bool(value.is_finite() and (value > 0 if strict else value >= 0))


def with_room(value: arb, strict: bool = False) -> bool:
    """As `certain`, and not by a hair: another evaluation of the same form, slightly wider, agrees.

    The certificate checker recomputes mean value and Taylor forms in its own order of operations.
    """
    if not certain(value, strict):
        return False
    low = value.lower()
    return bool(low == 0 or low >= value.rad() / 32)


def balls(box: Box) -> list[Any]:
    """One ball per side; a side of length 0 stays an exact rational."""
    return [lo if lo == hi else arb(lo).union(arb(hi)) for lo, hi in box]


def midpoint(box: Box) -> list[fmpq]:
    return [(lo + hi) / 2 for lo, hi in box]


class Enclosure:
    """Straight-line code of a tree in the given variables.

    Raises NotEnclosable for a head off the allow-list, ValueError for a free variable that is not among
    ``names``.
    """

    def __init__(self, tree: Tree, names: Sequence[str]) -> None:
        self.tree = tree
        self.names = tuple(names)
        self.polynomial = polynomial(tree, self.names)
        self.code: list[tuple[str, tuple[int, ...], Any]] = []
        self._trees: list[Tree] = []
        for step in straight_line(tree):
            if step.head == "var" and step.value not in self.names:
                raise ValueError(f"variable {step.value!r} has no bounds; give them for it beside {list(self.names)}")
            extra = self.names.index(step.value) if step.head == "var" else step.value
            self.code.append((step.head, step.arguments, extra))
            self._trees.append(step.tree)
        self.output = len(self.code) - 1

    # values
    # -----------------------------------------------------------------------------------------------------

    def _values(self, point: Sequence[Any], box: Box | None) -> list[Any]:
        memory: list[Any] = []
        for head, arguments, extra in self.code:
            value: Any
            if head == "add":
                value = memory[arguments[0]]
                for index in arguments[1:]:
                    value = value + memory[index]
            elif head == "mul":
                value = memory[arguments[0]]
                for index in arguments[1:]:
                    value = value * memory[index]
            elif head == "rat":
                value = extra
            elif head == "var":
                value = point[extra]
            elif head == "pow":
                value = power(memory[arguments[0]], extra)
                if box is not None and extra.denominator != 1 and extra > 0 and not value.is_finite():
                    # The base is a ball around 0; if it is provably >= 0 on the box its negative part is
                    # rounding.
                    if self._sign(arguments[0], memory, box) > 0:
                        value = power_nonnegative(ball(memory[arguments[0]]), extra)
            elif head == "pi":
                value = arb.pi()
            elif head == "euler":
                value = arb.const_euler()
            else:
                value = HEAD_FUNCTIONS[head](*[ball(memory[index]) for index in arguments])
                if box is not None and head in ("asin", "acos") and not value.is_finite():
                    value = self._at_the_edge(head, arguments[0], memory, box)
            memory.append(value)
        return memory

    def _at_the_edge(self, head: str, index: int, memory: Sequence[Any], box: Box) -> arb:
        """arcsin or arccos (monotone) of a polynomial part that is provably in [−1, 1]: the ball beyond is
        cut off.
        """
        poly = polynomial(self._trees[index], self.names)
        bounds = None if poly is None else range_on(poly, box)
        if bounds is None or bounds[0] < -1 or bounds[1] > 1:
            return arb.nan()
        part = ball(memory[index])
        ends = part.lower().max(arb(-1)), part.upper().min(arb(1))
        return HEAD_FUNCTIONS[head](ends[0]).union(HEAD_FUNCTIONS[head](ends[1]))

    def value(self, box: Box) -> arb:
        """An enclosure of the range on the box (NaN if undefined somewhere on it)."""
        return ball(self._values(balls(box), box)[self.output])

    def at(self, point: Sequence[fmpq]) -> arb:
        """An enclosure of the value at an exact point."""
        return ball(self._values(point, tuple((x, x) for x in point))[self.output])

    # sign by structure
    # ------------------------------------------------------------------------------------------

    def sign(self, box: Box) -> int:
        """+1 if the expression is certainly ≥ 0 on the box, −1 if certainly ≤ 0, else 0.

        Beyond the ball: squares, products and sums of signed parts, functions that keep the sign of their
        argument, and the exact Bernstein range of polynomial parts.  Every part must be defined on the box.
        """
        memory = self._values(balls(box), box)
        return self._sign(self.output, memory, box) if ball(memory[self.output]).is_finite() else 0

    def _sign(self, index: int, memory: Sequence[Any], box: Box) -> int:
        value = memory[index]
        if isinstance(value, fmpq):
            return 1 if value >= 0 else -1
        if not value.is_finite():
            return 0
        if value >= 0:
            return 1
        if value <= 0:
            return -1
        head, arguments, extra = self.code[index]
        if head == "var":
            lo, hi = box[extra]
            return 1 if lo >= 0 else -1 if hi <= 0 else 0
        if head == "pow":
            return 1 if extra.denominator != 1 or extra.numerator % 2 == 0 else self._sign(arguments[0], memory, box)
        if head in ("exp", "cosh", "abs", "acos"):
            return 1
        if head in ("atan", "asin", "sinh", "tanh", "erf"):
            return self._sign(arguments[0], memory, box)
        if head == "owen":
            return self._sign(arguments[1], memory, box)
        if head in ("add", "mul", "max"):
            found = self._combined(head, [self._sign(part, memory, box) for part in arguments])
            if found or head == "max":
                return found
            poly = polynomial(self._trees[index], self.names)
            bounds = None if poly is None else range_on(poly, box)
            if bounds is not None:
                return 1 if bounds[0] >= 0 else -1 if bounds[1] <= 0 else 0
        return 0

    @staticmethod
    def _combined(head: str, signs: Sequence[int]) -> int:
        if head == "mul":
            return prod(signs)
        if head == "max" and 1 in signs:
            return 1
        return signs[0] if len(set(signs)) == 1 else 0

    # derivatives
    # ------------------------------------------------------------------------------------------------

    def gradient(self, box: Box) -> tuple[arb, list[arb]]:
        """Enclosures of the value and of the partial derivatives on the box; NaN where not differentiable."""
        memory = self._values(balls(box), box)
        count = len(self.names)
        slopes: list[list[Any]] = []  # None stands for a derivative that is identically 0
        for index, (head, arguments, extra) in enumerate(self.code):
            if head == "var":
                slope: list[Any] = [None] * count
                slope[extra] = fmpq(1)
            elif not arguments or all(part is None for argument in arguments for part in slopes[argument]):
                slope = [None] * count
            elif head == "add":
                slope = [_total([slopes[part][axis] for part in arguments]) for axis in range(count)]
            elif head == "mul":
                product, slope = memory[arguments[0]], slopes[arguments[0]]
                for part in arguments[1:]:
                    factor, other = memory[part], slopes[part]
                    slope = [
                        _total([_times(slope[axis], factor), _times(other[axis], product)]) for axis in range(count)
                    ]
                    product = product * factor
            else:
                outer = self._outer(index, memory)
                slope = [
                    _total([_times(slopes[part][axis], factor) for part, factor in zip(arguments, outer, strict=True)])
                    for axis in range(count)
                ]
            slopes.append(slope)
        zero = fmpq(0)
        return ball(memory[self.output]), [ball(zero if d is None else d) for d in slopes[self.output]]

    def _outer(self, index: int, memory: Sequence[Any]) -> list[Any]:
        """∂f/∂u for a function node f(u, …)."""
        head, arguments, extra = self.code[index]
        inner = [memory[part] for part in arguments]
        if head == "pow":
            return [fmpq(extra.numerator, extra.denominator) * power(inner[0], extra - 1)]
        if head == "atan2":
            y, x = map(ball, inner)
            if not (x > 0 or y > 0 or y < 0):  # the cut, where atan2 jumps
                return [arb.nan(), arb.nan()]
            square = power(x, 2) + power(y, 2)
            return [x / square, -y / square]
        if head == "owen":
            return list(slopes(*map(ball, inner)))
        if head == "max":
            left, right = map(ball, inner)
            share = arb(1) if left > right else arb(0) if left < right else arb(0).union(arb(1))
            return [share, 1 - share]
        return [DERIVATIVES[head](ball(inner[0]), ball(memory[index]))]

    def mean_value(self, box: Box, slopes: Sequence[arb]) -> arb:
        """The mean value form from the derivatives on the box."""
        total = self.at(midpoint(box))
        for (lo, hi), slope in zip(box, slopes, strict=True):
            if lo != hi:
                half = arb((hi - lo) / 2)
                total = total + slope * (-half).union(half)
        return total


def _total(terms: Sequence[Any]) -> Any:
    result = None
    for term in terms:
        if term is not None:
            result = term if result is None else result + term
    return result


def _times(left: Any, right: Any) -> Any:
    return None if left is None else left * right
