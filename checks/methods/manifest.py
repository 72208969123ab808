"""Inequalities whose slack is ≥ 0 by an argument: right − left = a tree whose form and steps show its sign.

Without inherited steps this proves; with them the verdict is the weakest of the chain.  A ratio is bounded (O(·), Ω(·))
with the constant that ``options={"constant": c}`` names: c − ratio ≥ 0, or ratio − c ≥ 0 with c > 0 for Ω(·).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Float

from checks.claim import Claim
from checks.evidence import Evidence, Outcome, trust
from checks.given import Box, Networks
from checks.method import Context, Method
from checks.reduction.argument import Argument
from checks.reduction.inherited import resolved
from checks.reduction.numbers import certainly_positive
from checks.reduction.wording import terms
from checks.relation import All, AtMost, Below, Bounded
from checks.verdict import Verdict, weakest
from theory.heads import inert

_AS_FAR = ", as far as what is inherited ("


def _applies(claim: Claim) -> bool:
    return bool(claim.slack_as) and isinstance(claim.given, Networks | Box)


def _parts(claim: Claim) -> tuple[AtMost | Below, ...]:
    if isinstance(claim.then, Bounded):
        return (_with_constant(claim, claim.then),)
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    if len(parts) != len(claim.slack_as) or not all(isinstance(part, AtMost | Below) for part in parts):
        raise ValueError(f"{claim.id}: slack_as gives one tree for each ≤ or < of the conclusion, and nothing else")
    return tuple(part for part in parts if isinstance(part, AtMost | Below))


def _with_constant(claim: Claim, then: Bounded) -> AtMost:
    """The inequality that shows an O(·) or Ω(·), with its constant as a closed number."""
    constant = claim.options.get("constant")
    if constant is None or len(claim.slack_as) != 1:
        raise ValueError(f"{claim.id}: a bounded ratio with slack_as needs options={{'constant': c}} and one tree")
    constant = inert(constant)
    if constant.free_symbols or constant.atoms(Float):
        raise ValueError(
            f"{claim.id}: options['constant']={constant} is no closed exact number; an O(·) has an absolute one"
        )
    if then.side == "above":
        return AtMost(then.ratio, constant)
    if certainly_positive(constant) is None:
        raise ValueError(f"{claim.id}: options['constant']={constant} of an Ω(·) is not seen to be > 0")
    return AtMost(constant, then.ratio)


def _run(claim: Claim, context: Context) -> Evidence:
    used: set[str] = set()
    steps: dict[str, None] = {}
    chain: dict[str, Outcome] = {}
    scopes: dict[str, None] = {}
    for part, tree in zip(_parts(claim), claim.slack_as, strict=True):
        argument = Argument(claim=claim, part=part, find=_finder(context), resolve=context.resolve)
        rules = argument.shows(tree)
        if rules is None:
            return _undecided("; ".join(argument.open[:3]) or f"{tree} does not show the sign")
        used |= rules
        steps |= argument.steps
        chain |= argument.inherited
        scopes[argument.scope] = None
    return Evidence(
        method=METHOD.name,
        verdict=weakest([Verdict.PROVED, *(outcome.verdict for outcome in chain.values())]),
        arithmetic="rules",
        quantified_over=_scope(claim, scopes, chain),
        detail=f"right − left has the right sign by its form ({', '.join(sorted(used)) or 'numbers'})",
        numbers={"slack": _slack(claim, _finder(context)), **_chain(steps, chain)},
        trust=trust("python-flint", "sympy"),
    )


def _slack(claim: Claim, find: Callable[[str], Claim]) -> Any:
    """The slack as a sum of terms; a list of such lists for several inequalities."""
    written = [terms(claim, resolved(tree, find)) for tree in claim.slack_as]
    return written[0] if len(written) == 1 else written


def _finder(context: Context) -> Any:
    def find(name: str) -> Claim:
        from checks.catalog import find_claim

        return context.claims[name] if name in context.claims else find_claim(name)

    return find


def _chain(steps: dict[str, None], chain: dict[str, Outcome]) -> dict[str, Any]:
    """The steps, and the claims inherited from with their verdicts, digests and seals of certificates."""
    if not steps:
        return {}
    inherited = []
    for name, outcome in chain.items():
        seals = [seal for piece in outcome.evidence for seal in piece.numbers.get("certificates", ())]
        record = {"claim": name, "verdict": outcome.verdict.name, "digest": outcome.digest}
        inherited.append({**record, "certificates": seals} if seals else record)
    return {"steps": list(steps), **({"inherited": inherited} if inherited else {})}


def _scope(claim: Claim, scopes: dict[str, None], chain: dict[str, Outcome]) -> str:
    within = " in their ranges" if isinstance(claim.given, Box) else ""
    where = (" that meet the hypotheses" if within else " under the hypotheses") if claim.given.where else ""  # type: ignore[union-attr]
    text = f"{' and '.join(scopes)}{within}{where}, wherever both sides are defined"
    networks: dict[str, None] = {}
    for name, outcome in chain.items():
        if outcome.leading is not None and _about_networks(outcome):
            own, _, further = outcome.leading.quantified_over.partition(_AS_FAR)
            networks |= dict.fromkeys([f"{name}: {own}", *further.removesuffix(")").split("; ")])
    # What holds for all networks takes nothing away.
    narrow = [one for one in networks if one and ": all d, all n," not in one]
    return f"{text}{_AS_FAR}{'; '.join(narrow)})" if narrow else text


def _about_networks(outcome: Outcome) -> bool:
    return any("d" in piece.quantified_over.split(",")[0].split() for piece in outcome.evidence)


def _undecided(reason: str) -> Evidence:
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.UNDECIDED,
        arithmetic="rules",
        quantified_over="nothing",
        detail=reason,
    )


METHOD = Method(name="sum of squares", order=25, applies=_applies, run=_run)
