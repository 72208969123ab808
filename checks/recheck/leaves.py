"""The rules at the leaves of a proof."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb, fmpq

from checks.recheck.balls import Box, ball, ball_power, demand, on_balls
from checks.recheck.code import Code, bernstein, run, sign
from checks.recheck.ring import Poly, in_ring
from checks.recheck.series import Series
from checks.recheck.statement import Claim, rational

MAX_ORDER = 40


def good(value: Any, strict: bool) -> bool:
    value = ball(value)
    return bool(value.is_finite() and (value > 0 if strict else value >= 0))


def sides_as_balls(box: Box) -> dict[str, Any]:
    return {name: lo if lo == hi else arb(lo).union(arb(hi)) for name, (lo, hi) in box.items()}


def defined(code: Code, box: Box) -> bool:
    """Whether the expression has a value at every point of the box, as its finite enclosure shows."""
    return bool(ball(run(code, sides_as_balls(box), on_balls, box)[-1]).is_finite())


def surely(tree: Any, box: Box) -> int:
    """The sign that the structure of a tree shows on the box, 0 if none."""
    code = Code(tree)
    memory = run(code, sides_as_balls(box), on_balls, box)
    return sign(code, len(memory) - 1, memory, box)


def is_zero(value: Any) -> bool:
    return all(map(is_zero, value.c)) if isinstance(value, Series) else not Poly.of(value).terms


def equal(left: Any, right: Any, box: Box) -> bool:
    """Whether two expressions are seen to be equal in the ring, wherever both are defined."""
    names = {name: Poly.atom(f"variable {name}") for name in box}
    return is_zero(run(Code(("add", left, ("mul", ("rat", fmpq(-1)), right))), names, in_ring)[-1])


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
    if rule in ("mean-value", "taylor"):
        demand(defined(claim.f, box), "the claim is not seen to be defined everywhere")
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
        values = {name: lo if lo == hi else Poly.atom(f"variable {name}") for name, (lo, hi) in box.items()}
        return not strict and defined(claim.f, box) and is_zero(run(claim.f, values, in_ring)[-1])
    if rule == "empty" and len(node) == 3 and type(node[1]) is int and 0 <= node[1] < len(claim.where):
        condition = claim.where[node[1]]
        demand(node[2] in ("ball", "mean-value"), f"unknown rule {node[2]!r}")
        value = (
            run(condition, sides_as_balls(box), on_balls, box)[-1] if node[2] == "ball" else mean_value(condition, box)
        )
        return good(-ball(value), strict=True)
    if rule == "taylor" and len(node) == 2:
        return taylor(claim, box, node[1])
    return False


def taylor(claim: Claim, box: Box, contacts: Any) -> bool:
    """f = Π t^m · q: the zeros are seen in the ring, q is enclosed by Taylor expansion with remainder."""
    demand(0 < len({contact[0] for contact in contacts}) == len(contacts), "the contacts are not distinct")
    side = 1
    for name, text, order, degree in contacts:
        point, (lo, hi) = rational(text), box[name]
        demand(
            lo < hi and type(order) is type(degree) is int and 0 <= order <= degree <= MAX_ORDER,
            "malformed contact",
        )
        demand(not (claim.strict and order), "a strict inequality has no zero to divide out")
        if order:
            values: dict[str, Any] = {
                other: Poly.of(low) if low == high else Poly.atom(f"variable {other}")
                for other, (low, high) in box.items()
            }
            values[name] = Series([Poly.of(point), *[fmpq(1), *[fmpq(0)] * order][: order - 1]])
            demand(
                is_zero(run(claim.f, values, in_ring)[-1]),
                f"no zero of order {order} is seen at {name} = {text}",
            )
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
