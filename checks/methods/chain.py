"""Inequalities in few scalars by monotonicity, also on infinite ranges and for functions with a simple derivative.

``options={"along": (x, y, …)}`` names the variables in which to differentiate, in this order, for each ≤ of the
conclusion; an item (x, (y, …)) goes on along y, … where x is smallest, and a list holds one such tuple for
each ≤.  What the derivatives leave is decided by form or by branch and bound, whose certificates the independent
checker verifies.  Mutants are refuted at an exact point that sampling finds.  Equalities that the other normal
form leaves open are tried in the ring of the argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sympy import Expr, Rational, Symbol, oo

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Box, Point
from checks.instances import scalar_frame, walk_over
from checks.method import Context, Method
from checks.methods.box import seal
from checks.relation import All, AtMost, Equal
from checks.truth import float_margin
from checks.verdict import Verdict
from checks.witness import examine
from numerics.arithmetic.base import Unevaluable
from numerics.arithmetic.floating import Floating
from numerics.ball import precision
from numerics.prover.boxes import prove_statement
from numerics.prover.certificate import Statement
from numerics.prover.chain import Chain, Side, Step, vanishes
from numerics.prover.tree import encode

_TRIALS = 4_000
_CANDIDATES = 6
# How far into an infinite range sampling looks for a violation.
_REACH = 8
_BITS = 128
# Relative differences below this are left to the proof.
_NOISE = 1e-6


def _applies(claim: Claim) -> bool:
    return claim.kind in ("box", "identity") and isinstance(claim.given, Box) and "along" in claim.options


def _parts(claim: Claim) -> Iterator[tuple[AtMost, tuple[Any, ...]]]:
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    along = claim.options["along"]
    each = along if isinstance(along, list) else (along,) * len(parts)
    # A mutant may have fewer parts than the claim.
    for part, order in zip(parts, each, strict=False):
        if not isinstance(part, AtMost):
            raise ValueError(f"{claim.id}: an argument by derivatives proves ≤, not {type(part).__name__}")
        yield part, order


def _named(order: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple((str(item[0]), _named(item[1])) if isinstance(item, tuple) else str(item) for item in order)


def _sides(given: Box) -> dict[str, Side]:
    return {
        str(symbol): (encode(low), None if high == oo else encode(high))
        for symbol, (low, high) in given.variables.items()
    }


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Box)
    if claim.kind == "identity":
        return _identity(claim, given)
    if len(list(_parts(claim))) < len(claim.then.parts if isinstance(claim.then, All) else (claim.then,)):
        raise ValueError(f"{claim.id}: options['along'] names fewer orders than the conclusion has parts")
    seen, found = _violation(claim, given, context)
    if found is not None:
        return found
    if not seen:
        return _undecided("no point of the box was seen to meet the hypotheses: the statement may be vacuous")
    sides, derivatives, seals = _sides(given), 0, []
    for part, order in _parts(claim):
        chain = Chain(sides=sides)
        with precision(_BITS):
            closed = chain.prove(encode(part.slack), _named(order))
        if not closed:
            return _undecided(f"the derivatives decide nothing: {chain.failed}")
        derivatives += chain.derivatives
        for step in chain.boxes:
            proof = prove_statement(_statement(step, given, sides), work=context.budget.boxes)
            if proof.status != "certified":
                return _undecided(f"a derivative is {proof.status} after {proof.boxes} boxes")
            mark, rejected = seal(proof)
            if rejected:
                return _undecided(f"the independent checker rejects the certificate of a derivative: {rejected}")
            seals.append(mark)
    ranges = ", ".join(f"{symbol} ∈ [{low}, {high}]" for symbol, (low, high) in given.variables.items())
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CERTIFIED,
        arithmetic="rules",
        quantified_over=f"all {ranges} at which both sides are defined",
        detail="the inequality holds where the variables are smallest, and its derivatives keep it; their signs are seen "
        "by form or on a cover of the box",
        numbers={"derivatives": derivatives, "certificates": seals},
        trust=trust("python-flint", precision=_BITS),
    )


def _identity(claim: Claim, given: Box) -> Evidence:
    """Equalities whose difference is 0 in the ring, whatever the variables are."""
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    for part in parts:
        if not isinstance(part, Equal) or not vanishes(encode(part.slack)):
            return _undecided("the difference is not seen to vanish in the ring of exponentials and error functions")
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.PROVED,
        arithmetic="normal form",
        quantified_over="all values of the variables at which both sides are defined",
        detail="the differences reduce to 0 in the ring of exponentials, error functions and Owen's functions",
        numbers={"identities": len(parts)},
        trust=trust("python-flint"),
    )


def _statement(step: Step, given: Box, sides: dict[str, Side]) -> Statement:
    free = [symbol for symbol in given.variables if str(symbol) not in step.fixed]
    ends = [(str(symbol), *sides[str(symbol)]) for symbol in free]
    return Statement(
        tree=step.tree,
        sides=tuple((name, low, high) for name, low, high in ends if high is not None),
        where=(),
        strict=False,
        symbols=tuple(free),
    )


def _violation(claim: Claim, given: Box, context: Context) -> tuple[bool, Evidence | None]:
    """(whether some point meets the hypotheses, a refutation at an exact point found by sampling in floats)."""
    rng, floats = context.rng(claim, "points"), Floating()
    points: dict[Symbol, Any] = {}
    for symbol, (low, high) in given.variables.items():
        bottom = float(low.evalf(20))
        top = bottom + _REACH if high == oo else float(high.evalf(20))
        shares = rng.random(_TRIALS) ** rng.choice([1, 3], _TRIALS)
        points[symbol] = bottom + (top - bottom) * np.where(rng.random(_TRIALS) < 0.5, shares, 1 - shares)
    walk = walk_over(given, scalar_frame(points, floats), floats, claim)
    met = np.ones(_TRIALS, dtype=bool)
    for relation in given.where:
        met &= np.nan_to_num(np.broadcast_to(float_margin(walk, (), relation), (_TRIALS,)), nan=-1.0) > 0
    worst = np.min([_relative_slack(walk, part) for part, _ in _parts(claim)], axis=0)
    worst[~met] = np.inf
    for place in np.argsort(worst)[:_CANDIDATES]:
        if not worst[place] < -_NOISE:
            break
        point = Point(scalars={str(symbol): _near(float(values[place])) for symbol, values in points.items()})
        try:
            finding = examine(claim, point)
        except Unevaluable:
            continue
        if finding.violated:
            return True, Evidence(
                method=METHOD.name,
                verdict=Verdict.REFUTED,
                arithmetic="balls",
                quantified_over="one exact point",
                detail="found by sampling, rechecked at the exact point",
                numbers=finding.numbers,
                witness=finding.witness,
                trust=trust("python-flint", precision=finding.precision),
            )
    return bool(met.any()), None


def _relative_slack(walk: Any, part: AtMost) -> np.ndarray[Any, Any]:
    """(right − left)/(|left| + |right|) at every point, ∞ where it is undefined or lost in rounding."""
    left, right = (np.broadcast_to(np.asarray(walk(side).data, dtype=float), (_TRIALS,)) for side in part.trees())
    size = np.abs(left) + np.abs(right)
    with np.errstate(all="ignore"):
        return np.where(size > _NOISE, (right - left) / size, np.inf)


def _near(number: float) -> Expr:
    """A short rational beside a float, of the same order of magnitude."""
    return Rational(f"{number:.4g}")


def _undecided(why: str) -> Evidence:
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.UNDECIDED,
        arithmetic="rules",
        quantified_over="nothing",
        detail=why,
        trust=trust("python-flint"),
    )


METHOD = Method(name="monotone", order=28, applies=_applies, run=_run)
