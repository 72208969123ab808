"""Inequalities whose slack is a tree that is ≥ 0 by its form: right − left = a sum of squares, proved by normal form."""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Networks
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.calculus import Expand
from theory.nonnegative import nonnegative_by_form


def _applies(claim: Claim) -> bool:
    return bool(claim.slack_as) and isinstance(claim.given, Networks)


def _parts(claim: Claim) -> tuple[AtMost, ...]:
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    if len(parts) != len(claim.slack_as) or not all(isinstance(part, AtMost) for part in parts):
        raise ValueError(f"{claim.id}: slack_as gives one tree for each ≤ of the conclusion, and nothing else")
    return tuple(part for part in parts if isinstance(part, AtMost))


def _assumed(claim: Claim) -> list[Expr]:
    """Trees that the hypotheses make ≥ 0."""
    given = claim.given
    assert isinstance(given, Networks)
    hypotheses = [relation.slack for relation in given.where if isinstance(relation, AtMost | Below)]
    scalars = [symbol for symbol, (low, _) in given.scalars.items() if int(low.p) >= 0]
    return [*hypotheses, *scalars]


def _definition(claim: Claim) -> Expand:
    from checks.instances import claim_vocabulary, setting_of
    from theory.quantity import find_quantity, instantiate, leaf_key

    setting, extra = setting_of(claim.given), claim_vocabulary(claim)

    def expand(leaf: Expr) -> Expr | None:
        name, arity = leaf_key(leaf)
        try:
            quantity = find_quantity(name, arity, extra)
        except ValueError:  # an input of the instance, of no known sign
            return None
        return instantiate(quantity, setting, leaf.indices if arity else ())

    return expand


def _run(claim: Claim, context: Context) -> Evidence:
    from checks.identities.rows import prove

    used: set[str] = set()
    for part, tree in zip(_parts(claim), claim.slack_as, strict=True):
        rules = nonnegative_by_form(tree, _assumed(claim), _definition(claim))
        if rules is None:
            return _undecided(f"{tree} is not seen to be ≥ 0 by its form")
        used |= rules
        proof = prove(replace(claim, then=Equal(part.slack, tree), slack_as=(), witness=()))
        if not proof.complete:
            return _undecided(f"right − left = {tree} is not proved: {proof.reason or 'not reduced'}")
        scope = proof.scope
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.PROVED,
        arithmetic="rules",
        quantified_over=f"{scope}, wherever both sides are defined",
        detail=f"right − left is a tree that is ≥ 0 by its form ({', '.join(sorted(used)) or 'non-negative numbers'})",
        numbers={"slack": "; ".join(map(str, claim.slack_as))},
        trust=trust("python-flint", "sympy"),
    )


def _undecided(reason: str) -> Evidence:
    return Evidence(
        method=METHOD.name, verdict=Verdict.UNDECIDED, arithmetic="rules", quantified_over="nothing", detail=reason
    )


METHOD = Method(name="sum of squares", order=40, applies=_applies, run=_run)
