"""Inequalities whose slack is ≥ 0 by its form: right − left = a sum of squares, proved by normal form.

The tree must be defined wherever the inequality says anything, or else the identity would prove it on a
smaller set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Expr, Symbol

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Box, Networks
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.calculus import Expand
from theory.definedness import undefined_parts
from theory.heads import dot
from theory.nonnegative import nonnegative_by_form, positive_by_form
from theory.symbols import AXES, a, teachers, v


def _applies(claim: Claim) -> bool:
    return bool(claim.slack_as) and isinstance(claim.given, Networks | Box)


def _parts(claim: Claim) -> tuple[AtMost | Below, ...]:
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    if len(parts) != len(claim.slack_as) or not all(isinstance(part, AtMost | Below) for part in parts):
        raise ValueError(f"{claim.id}: slack_as gives one tree for each ≤ or < of the conclusion, and nothing else")
    return tuple(part for part in parts if isinstance(part, AtMost | Below))


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Trees that are ≥ 0, > 0 and defined at every instance that meets the hypotheses."""

    assumed: tuple[Expr, ...]
    positive: tuple[Expr, ...]
    defined: tuple[Expr, ...]


def _facts(claim: Claim) -> _Facts:
    given = claim.given
    assert isinstance(given, Networks | Box)
    # A hypothesis on one row may not be used for all rows of a sum.
    hypotheses = [
        relation
        for relation in given.where
        if isinstance(relation, AtMost | Below) and not relation.slack.free_symbols & set(AXES)
    ]
    bounds: dict[Symbol, tuple[Expr, Expr]] = dict(given.variables if isinstance(given, Box) else given.scalars)
    rational = [(symbol, low) for symbol, (low, _) in bounds.items() if low.is_Rational]
    positive = [symbol for symbol, low in rational if int(low.p) > 0]
    positive += [relation.slack for relation in hypotheses if isinstance(relation, Below)]
    assumed = [symbol for symbol, low in rational if int(low.p) == 0]
    assumed += [relation.slack for relation in hypotheses if isinstance(relation, AtMost)]
    assumed += [tree for symbol, (low, high) in bounds.items() for tree in (symbol - low, high - symbol)]
    defined = [relation.slack for relation in hypotheses]
    if isinstance(given, Networks):
        # Teachers never vanish.
        positive += [dot(v, v), dot(teachers[a], teachers[a])]
        defined += [] if given.students_as is None else [given.students_as]
    return _Facts(assumed=tuple(assumed), positive=tuple(positive), defined=tuple(defined))


def _definition(claim: Claim) -> Expand:
    from checks.instances import claim_vocabulary, setting_of
    from theory.quantity import find_quantity, instantiate, leaf_key

    if isinstance(claim.given, Box):
        return lambda leaf: None
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
    facts, definition = _facts(claim), _definition(claim)
    for part, tree in zip(_parts(claim), claim.slack_as, strict=True):
        by_form = positive_by_form if isinstance(part, Below) else nonnegative_by_form
        rules = by_form(tree, facts.assumed, definition, facts.positive)
        if rules is None:
            return _undecided(f"{tree} is not seen to be {'>' if isinstance(part, Below) else '≥'} 0 by its form")
        open_ = undefined_parts(tree, (part.slack, *facts.defined), definition, facts.assumed, facts.positive)
        if open_:
            return _undecided(f"{tree} may be undefined where right − left is not: {open_[0].base} ({open_[0].kind})")
        used |= rules
        proof = prove(replace(claim, then=Equal(part.slack, tree), slack_as=(), witness=()))
        if not proof.complete:
            return _undecided(f"right − left = {tree} is not proved: {proof.reason or 'not reduced'}")
        scope = proof.scope
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.PROVED,
        arithmetic="rules",
        quantified_over=f"{scope}{_condition(claim)}, wherever both sides are defined",
        detail=f"right − left has the right sign by its form ({', '.join(sorted(used)) or 'numbers'})",
        numbers={"slack": "; ".join(map(str, claim.slack_as))},
        trust=trust("python-flint", "sympy"),
    )


def _condition(claim: Claim) -> str:
    if isinstance(claim.given, Box):
        return " in their ranges" + (" that meet the hypotheses" if claim.given.where else "")
    return " under the hypotheses" if getattr(claim.given, "where", ()) else ""


def _undecided(reason: str) -> Evidence:
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.UNDECIDED,
        arithmetic="rules",
        quantified_over="nothing",
        detail=reason,
    )


METHOD = Method(name="sum of squares", order=25, applies=_applies, run=_run)
