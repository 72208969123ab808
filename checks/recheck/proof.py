"""The inner nodes of a proof: how a claim follows from its children."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import fmpq

from checks.recheck.balls import Box, ball, demand, on_balls
from checks.recheck.code import Code, run
from checks.recheck.leaves import defined, equal, good, leaf, partial, surely
from checks.recheck.statement import Claim, affine, differentiate, free, is_total, parse, rational, substitute

MAX_WEIGHT = 8


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
        demand(defined(claim.f, box), "the claim is not seen to be defined everywhere")
        face = dict(box)
        for name, side in sides:
            demand(side in ("lo", "hi") and box[name][0] < box[name][1], f"{name} has no side {side!r}")
            slope = partial(claim.f, box, name)
            demand(
                good(slope if side == "lo" else -slope, strict=False),
                f"not monotone in {name} on {shown(box)}",
            )
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
        demand(
            is_total(tree) and is_total(claim.f.tree),
            "only expressions that are defined everywhere are rewritten",
        )
        demand(equal(claim.f.tree, tree, box), "the rewritten expression is not seen to be equal")
        yield from prove(replace(claim, f=Code(tree)), box, node[2])
    elif rule == "factors":
        tree, entries = claim.f.tree, node[1]
        demand(not claim.strict and tree[0] == "mul" and len(tree) - 1 == len(entries), "malformed factors")
        product_sign = 1
        for factor, entry in zip(tree[1:], entries, strict=True):
            if entry is None:
                product_sign *= surely(factor, box)
                continue
            side, child = entry
            demand(side in (1, -1), "a sign is neither 1 nor -1")
            base = factor
            if factor[0] == "pow":
                odd = factor[2].denominator == 1 and factor[2] > 0 and factor[2].numerator % 2
                demand(bool(odd), "only an odd power has the sign of its base")
                base = factor[1]
            yield from prove(replace(claim, f=Code(("mul", ("rat", fmpq(side)), base))), box, child)
            product_sign *= side
        yield 1
        demand(product_sign > 0, "the signs of the factors do not multiply to 1")
    elif rule == "multiplier":
        _, number, text, child = node
        demand(type(number) is int and 0 <= number < len(claim.where), "no such condition")
        share = rational(text)
        demand(bool(share >= 0), "a multiplier is negative")
        rest = ("add", claim.f.tree, ("mul", ("rat", -share), claim.where[number].tree))
        yield from prove(replace(claim, f=Code(rest)), box, child)
    elif rule == "bound":
        yield from prove_at_bound(claim, box, *node[1:])
    else:
        demand(leaf(claim, box, node), f"the rule {node!r} does not hold on {shown(box)}")
        yield 1


def prove_at_bound(
    claim: Claim, box: Box, name: str, number: int, scale: Any, bound: Any, slope: Any, child: Any
) -> Iterator[int]:
    """Condition ``number`` is c (x − u): x is bounded by u, towards which f falls, so that f at x = u
    decides.
    """
    others = [other for other in box if other != name]
    c, u = parse(scale, ()), parse(bound, others)
    demand(
        type(number) is int and 0 <= number < len(claim.where) and box[name][0] < box[name][1],
        "no such condition",
    )
    condition = claim.where[number]
    stated = ("mul", c, ("add", ("var", name), ("mul", ("rat", fmpq(-1)), u)))
    demand(equal(condition.tree, stated, box), "the condition is not c (x - u)")
    factor = ball(run(Code(c), {}, on_balls)[-1])
    demand(bool(factor.is_finite() and (factor > 0 or factor < 0)), "the sign of c is open")
    above = bool(factor < 0)  # x <= u, and u <= hi has to hold on the whole box; else x >= u >= lo
    edge = ("rat", box[name][1] if above else box[name][0])
    room = ("add", edge, ("mul", ("rat", fmpq(-1)), u)) if above else ("add", u, ("mul", ("rat", fmpq(-1)), edge))
    demand(surely(room, box) > 0, f"the bound of {name} leaves the box")
    kept = tuple(code for code in claim.where if name not in free(code.tree))
    growth = ("mul", ("rat", fmpq(-1 if above else 1)), differentiate(claim.f.tree, name))
    yield from prove(Claim(f=Code(growth), where=(condition, *kept), strict=False), box, slope)
    face = {**box, name: (box[name][0],) * 2}
    yield from prove(replace(claim, f=Code(substitute(claim.f.tree, {name: u})), where=kept), face, child)


def shown(box: Box) -> str:
    return ", ".join(f"{name} in [{lo}, {hi}]" for name, (lo, hi) in box.items())
