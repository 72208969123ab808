"""Re-checks certificates of inequalities. Stand-alone: the standard library and python-flint, nothing of the prover.

What is checked: the digest and well-formedness of the statement; that the proof tree's parts cover the box exactly; the
rule at every leaf, by enclosures at a higher precision than the prover's and by exact arithmetic.  Undefined or
undecided values are NaN balls, which satisfy no comparison, so the certificate is then rejected.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb, ctx, fmpq

from checks.certificate_arithmetic import (
    Code,
    Poly,
    Rejected,
    Series,
    ball,
    ball_power,
    bernstein,
    demand,
    in_ring,
    on_balls,
    run,
    sign,
)

__all__ = ["Report", "check"]

Box = dict[str, tuple[fmpq, fmpq]]

FORMAT = "lemmata-certificate-1"
ARITY = {"sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "atan2": 2, "exp": 1, "log": 1}
ARITY |= {"sinh": 1, "cosh": 1, "tanh": 1, "erf": 1, "abs": 1, "max": 2}
TOTAL = {"rat", "pi", "euler", "var", "add", "mul", "pow", "sin", "cos", "exp", "sinh", "cosh", "tanh", "atan", "erf"}
EXTRA_BITS = 32
MAX_ORDER, MAX_WEIGHT = 40, 8


@dataclass(frozen=True, kw_only=True)
class Report:
    """``ok`` with the number of leaf boxes, or not ok with the reason."""

    ok: bool
    boxes: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """f ≥ 0 (f > 0 when strict) where all side conditions are ≥ 0."""

    f: Code
    where: tuple[Code, ...]
    strict: bool


def check(certificate: Any) -> Report:
    """Re-check one certificate (parsed JSON). Never raises: anything unexpected is a rejection with its reason."""
    former = ctx.prec
    try:
        demand(isinstance(certificate, dict) and certificate.get("format") == FORMAT, f"the format is not {FORMAT}")
        statement = certificate["statement"]
        demand(digest(statement) == certificate["digest"], "the digest is not the statement's")
        rest = {key: value for key, value in certificate.items() if key != "seal"}
        demand(digest(rest) == certificate["seal"], "the seal is broken: the certificate was changed")
        bits = certificate["precision"]
        demand(type(bits) is int and 24 <= bits <= 4096, "the precision is no sensible number of bits")
        ctx.prec = bits + EXTRA_BITS
        return Report(ok=True, boxes=sum(prove(*opening(statement), certificate["proof"])), reason="")
    except Rejected as rejection:
        return Report(ok=False, boxes=0, reason=str(rejection))
    except Exception as error:  # malformed input: whatever broke, nothing was proved
        return Report(ok=False, boxes=0, reason=f"malformed: {type(error).__name__}: {error}")
    finally:
        ctx.prec = former


def digest(value: Any) -> str:
    """SHA-256 of canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# statements -----------------------------------------------------------------------------------------------------------


def rational(text: Any) -> fmpq:
    demand(isinstance(text, str), f"{text!r} is not a rational in a string")
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def parse(value: Any, names: Sequence[str]) -> Any:
    """A tree of tuples over the allow-list."""
    demand(isinstance(value, list) and bool(value), f"not an expression: {value!r}")
    head, parts = value[0], value[1:]
    if head == "rat" and len(parts) == 1:
        return (head, rational(parts[0]))
    if head == "var" and len(parts) == 1:
        demand(parts[0] in names, f"the variable {parts[0]!r} has no bounds")
        return (head, parts[0])
    if head in ("pi", "euler") and not parts:
        return (head,)
    if head == "pow" and len(parts) == 2 and isinstance(parts[1], str):
        return (head, parse(parts[0], names), Fraction(parts[1]))
    demand((head in ("add", "mul") and bool(parts)) or ARITY.get(head) == len(parts), f"not an expression: {value!r}")
    return (head, *(parse(part, names) for part in parts))


def substitute(tree: Any, chart: dict[str, Any]) -> Any:
    if tree[0] == "var":
        return chart.get(tree[1], tree)
    return tuple(substitute(part, chart) if isinstance(part, tuple) else part for part in tree)


def is_total(tree: Any) -> bool:
    """Defined for all real values of its variables."""
    fine = tree[0] in TOTAL and (tree[0] != "pow" or (tree[2] >= 0 and tree[2].denominator == 1))
    return fine and all(is_total(part) for part in tree[1:] if isinstance(part, tuple))


def affine(start: Any, edge: Any, position: Any) -> Any:
    return ("add", start, ("mul", edge, position))


def opening(statement: Any) -> tuple[Claim, Box]:
    """The claim and its box, every side that is not rational mapped from [0, 1]."""
    demand(set(statement) == {"claim", "relation", "variables", "where"}, "the statement has wrong parts")
    demand(statement["relation"] in (">", ">="), "the relation is neither > nor >=")
    box: Box = {}
    chart = {}
    for name, *bounds in statement["variables"]:
        demand(isinstance(name, str) and name not in box, f"the variable {name!r} is declared twice")
        lo, hi = (parse(bound, ()) for bound in bounds)
        if lo[0] == hi[0] == "rat":
            box[name] = (lo[1], hi[1])
            demand(lo[1] <= hi[1], f"the bounds of {name} are out of order")
        else:
            low, high = (ball(run(Code(bound), {}, on_balls)[-1]) for bound in (lo, hi))
            demand(bool(low.is_finite() and high.is_finite() and low < high), f"the bounds of {name} are out of order")
            box[name] = (fmpq(0), fmpq(1))
            chart[name] = affine(lo, ("add", hi, ("mul", ("rat", fmpq(-1)), lo)), ("var", name))
    trees = [substitute(parse(tree, list(box)), chart) for tree in (statement["claim"], *statement["where"])]
    return Claim(f=Code(trees[0]), where=tuple(map(Code, trees[1:])), strict=statement["relation"] == ">"), box


# proofs ---------------------------------------------------------------------------------------------------------------


def good(value: Any, strict: bool) -> bool:
    value = ball(value)
    return bool(value.is_finite() and (value > 0 if strict else value >= 0))


def prove(claim: Claim, box: Box, node: Any) -> Iterator[int]:
    """Yields 1 for every leaf that holds. Raises Rejected at the first that does not."""
    rule = node[0]
    if rule == "split":
        _, name, text, *parts = node
        cut, (lo, hi) = rational(text), box[name]
        demand(lo < cut < hi and len(parts) == 2, f"the cut {name} = {text} is not inside ({lo}, {hi})")
        yield from prove(claim, {**box, name: (lo, cut)}, parts[0])
        yield from prove(claim, {**box, name: (cut, hi)}, parts[1])
    elif rule == "face":
        _, sides, child = node
        demand(0 < len({name for name, _ in sides}) == len(sides), "the sides of a face are not distinct")
        face = dict(box)
        for name, side in sides:
            demand(side in ("lo", "hi") and box[name][0] < box[name][1], f"{name} has no side {side!r}")
            slope = partial(claim.f, box, name)
            demand(good(slope if side == "lo" else -slope, strict=False), f"not monotone in {name} on {shown(box)}")
            face[name] = (box[name][0],) * 2 if side == "lo" else (box[name][1],) * 2
        # the face may leave the side conditions, so nothing may be dropped because of them any more
        yield from prove(replace(claim, where=()), face, child)
    elif rule == "blow-up":
        _, corner, children = node
        demand(1 < len({name for name, _, _ in corner}) == len(corner) == len(children), "malformed corner")
        unit = {**box, **{name: (fmpq(0), fmpq(1)) for name, _, _ in corner}}
        for (leader, _, weight), child in zip(corner, children, strict=True):
            chart = {}
            for name, side, weight in corner:
                demand(side in ("lo", "hi") and box[name][0] < box[name][1], f"{name} has no side {side!r}")
                demand(type(weight) is int and 1 <= weight <= MAX_WEIGHT, "a weight is out of range")
                lo, hi = box[name]
                start, edge = (lo, hi - lo) if side == "lo" else (hi, lo - hi)
                radius = ("pow", ("var", leader), Fraction(weight))
                position = radius if name == leader else ("mul", radius, ("var", name))
                chart[name] = affine(("rat", start), ("rat", edge), position)
            codes = [Code(substitute(code.tree, chart)) for code in (claim.f, *claim.where)]
            yield from prove(replace(claim, f=codes[0], where=tuple(codes[1:])), unit, child)
    elif rule == "rewrite":
        tree = parse(node[1], list(box))
        demand(is_total(tree) and is_total(claim.f.tree), "only expressions that are defined everywhere are rewritten")
        names = {name: Poly.atom(f"variable {name}") for name in box}
        gap = Code(("add", claim.f.tree, ("mul", ("rat", fmpq(-1)), tree)))
        demand(is_zero(run(gap, names, in_ring)[-1]), "the rewritten expression is not seen to be equal")
        yield from prove(replace(claim, f=Code(tree)), box, node[2])
    else:
        demand(leaf(claim, box, node), f"the rule {node!r} does not hold on {shown(box)}")
        yield 1


def shown(box: Box) -> str:
    return ", ".join(f"{name} in [{lo}, {hi}]" for name, (lo, hi) in box.items())


def sides_as_balls(box: Box) -> dict[str, Any]:
    return {name: lo if lo == hi else arb(lo).union(arb(hi)) for name, (lo, hi) in box.items()}


def partial(code: Code, box: Box, name: str) -> arb:
    """An enclosure of the partial derivative on the box."""
    values = sides_as_balls(box)
    values[name] = Series([values[name], fmpq(1)])
    result = run(code, values, on_balls)[-1]
    return ball(result.c[1] if isinstance(result, Series) else fmpq(0))


def mean_value(code: Code, box: Box) -> Any:
    point = {name: ((lo + hi) / 2,) * 2 for name, (lo, hi) in box.items()}
    result = run(code, sides_as_balls(point), on_balls, point)[-1]
    for name, (lo, hi) in box.items():
        if lo < hi:
            result = result + partial(code, box, name) * arb((lo - hi) / 2).union(arb((hi - lo) / 2))
    return result


def leaf(claim: Claim, box: Box, node: Any) -> bool:
    rule, strict = node[0], claim.strict
    if rule in ("ball", "sign") and len(node) == 1:
        memory = run(claim.f, sides_as_balls(box), on_balls, box)
        if rule == "ball":
            return good(memory[-1], strict)
        return not strict and sign(claim.f, len(memory) - 1, memory, box) > 0
    if rule == "mean-value" and len(node) == 1:
        return good(mean_value(claim.f, box), strict)
    if rule == "bernstein" and len(node) == 1 and claim.f.polynomial[-1]:
        lowest = min(bernstein(claim.f, len(claim.f.steps) - 1, box))
        return bool(lowest > 0 or (lowest == 0 and not strict))
    if rule == "zero" and len(node) == 1:
        point = {name: lo for name, (lo, hi) in box.items() if lo == hi}
        defined = len(point) == len(box) and ball(run(claim.f, point, on_balls, box)[-1]).is_finite()
        return bool(defined and not strict and is_zero(run(claim.f, point, in_ring)[-1]))
    if rule == "empty" and len(node) == 3 and type(node[1]) is int and 0 <= node[1] < len(claim.where):
        condition = claim.where[node[1]]
        demand(node[2] in ("ball", "mean-value"), f"unknown rule {node[2]!r}")
        value = run(condition, sides_as_balls(box), on_balls, box)[-1] if node[2] == "ball" else mean_value(condition, box)
        return good(-ball(value), strict=True)
    if rule == "taylor" and len(node) == 2:
        return taylor(claim, box, node[1])
    return False


def is_zero(value: Any) -> bool:
    return all(map(is_zero, value.c)) if isinstance(value, Series) else not Poly.of(value).terms


def taylor(claim: Claim, box: Box, contacts: Any) -> bool:
    """f = Π t^m · q: the zeros are seen in the ring, q is enclosed by Taylor expansion with remainder."""
    demand(0 < len({contact[0] for contact in contacts}) == len(contacts), "the contacts are not distinct")
    side = 1
    for name, text, order, degree in contacts:
        point, (lo, hi) = rational(text), box[name]
        demand(lo < hi and type(order) is type(degree) is int and 0 <= order <= degree <= MAX_ORDER, "malformed contact")
        demand(not (claim.strict and order), "a strict inequality has no zero to divide out")
        if order:
            values: dict[str, Any] = {
                other: Poly.of(low) if low == high else Poly.atom(f"variable {other}") for other, (low, high) in box.items()
            }
            values[name] = Series([Poly.of(point), *[fmpq(1), *[fmpq(0)] * order][: order - 1]])
            demand(is_zero(run(claim.f, values, in_ring)[-1]), f"no zero of order {order} is seen at {name} = {text}")
        demand(order % 2 == 0 or not lo < point < hi, f"the sign of ({name} - {text})^{order} changes on the box")
        side *= -1 if order % 2 and hi <= point else 1
    return good(quotient(claim.f, box, [(c[0], rational(c[1]), c[2], c[3]) for c in contacts]) * side, claim.strict)


def quotient(code: Code, box: Box, contacts: Sequence[tuple[str, fmpq, int, int]]) -> Any:
    """Σ over all choices, per contact, of the coefficients m … K−1 at the point or the K-th over the hull."""
    steps = [arb(box[name][0] - point).union(arb(box[name][1] - point)) for name, point, _, _ in contacts]
    result: Any = arb(0)
    for choice in product((False, True), repeat=len(contacts)):
        values = sides_as_balls(box)
        for level, (last, (name, point, _, _)) in enumerate(zip(choice, contacts, strict=True)):
            lo, hi = box[name]
            nested: Any = arb(min(lo, point)).union(arb(max(hi, point))) if last else point
            for depth in range(level, -1, -1):
                length = contacts[depth][3] + choice[depth]
                tail = [fmpq(int(depth == level)), *[fmpq(0)] * length]
                nested = Series([nested, *tail][:length])
            values[name] = nested
        if all(last or degree > order for last, (_, _, order, degree) in zip(choice, contacts, strict=True)):
            result = result + collapse(run(code, values, on_balls)[-1], contacts, choice, steps)
    return result


def collapse(value: Any, contacts: Any, choice: Any, steps: Any) -> Any:
    if not contacts:
        return ball(value)
    (_, _, order, degree), *rest = contacts
    result: Any = arb(0)
    for j in [degree] if choice[0] else range(degree - 1, order - 1, -1):
        coefficient = value.c[j] if isinstance(value, Series) else value if j == 0 else fmpq(0)
        result = result * steps[0] + collapse(coefficient, rest, choice[1:], steps[1:])
    return result * ball_power(steps[0], Fraction(degree - order)) if choice[0] else result
