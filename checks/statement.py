"""What a claim says, for a reader: its relation and hypotheses in LaTeX and Unicode, and its instances in
words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from checks.claim import Claim
from checks.given import Box, Descent, Draws, Experiment, Flow, Integers, Networks, Point
from checks.instances import claim_vocabulary
from checks.relation import All, Bounded, Likely, Relation, free_indices, to_latex
from theory import display

__all__ = ["Statement", "domain", "stated_witnesses", "statement_of", "unicode_of"]

_SIGNS = {"Equal": "=", "AtMost": "≤", "Below": "<", "Tends": "→"}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The conclusion and the hypotheses, each as (LaTeX, Unicode); ``domain`` says in words what is
    quantified over.
    """

    latex: str
    unicode: str
    where: tuple[tuple[str, str], ...]
    domain: str


def statement_of(claim: Claim) -> Statement:
    """The statement of a claim; empty for one that is only a text."""
    if claim.then is None:
        return Statement(latex="", unicode="", where=(), domain="")
    extra = claim_vocabulary(claim)

    def in_latex(tree: Expr) -> str:
        return display.to_latex(tree, extra=extra)

    def in_unicode(tree: Expr) -> str:
        return display.to_unicode(tree, extra=extra)

    hypotheses = tuple(
        (to_latex(relation, in_latex), unicode_of(relation, in_unicode))
        for relation in getattr(claim.given, "where", ())
    )
    free = ", ".join(map(str, free_indices(claim.then)))
    words = domain(claim.given, in_unicode)
    return Statement(
        latex=to_latex(claim.then, in_latex),
        unicode=unicode_of(claim.then, in_unicode),
        where=hypotheses,
        domain=f"{words}; for all {free}" if free else words,
    )


def stated_witnesses(claim: Claim) -> tuple[Point, ...]:
    """The exact witnesses that the claim's author states."""
    return (claim.witness,) if isinstance(claim.witness, Point) else claim.witness


def unicode_of(relation: Relation, printer: Callable[[Expr], str]) -> str:
    """One line of Unicode; ``printer`` renders a tree."""
    if isinstance(relation, All):
        return "  and  ".join(unicode_of(part, printer) for part in relation.parts)
    if isinstance(relation, Bounded):
        return f"{printer(relation.ratio)} = {'O(1)' if relation.side == 'above' else 'Ω(1)'}"
    if isinstance(relation, Likely):
        bounds = [
            f"{sign} {printer(bound)}"
            for sign, bound in (("≥", relation.at_least), ("≤", relation.at_most))
            if bound is not None
        ]
        return f"P[{unicode_of(relation.event, printer)}] {', '.join(bounds)}"
    return f"{printer(relation.left)} {_SIGNS[type(relation).__name__]} {printer(relation.right)}"


def domain(given: Any, printer: Callable[[Expr], str]) -> str:
    """The instances of a claim, in words."""
    if isinstance(given, Box | Integers):
        kind = "all" if isinstance(given, Box) else "all integers"
        return f"{kind} {_ranges(given.variables, printer)}"
    if isinstance(given, Networks):
        return f"all networks of {given.model} with {_sizes(given)}{_extras(given, printer)}"
    if isinstance(given, Flow | Descent):
        start = "a given start" if given.start is not None else "drawn starts"
        run = (
            f"gradient flow up to t = {given.until}"
            if isinstance(given, Flow)
            else f"{given.steps} steps of gradient descent"
        )
        return f"{run} of {given.model} with {_sizes(given)}, from {start}"
    if isinstance(given, Draws):
        law = f"students N(0, {given.deviation}² I)"
        run = f", {given.steps} steps of gradient descent from each" if given.steps else ""
        return f"random networks of {given.model}, n = {given.students}, d = {given.dimension}, {law}{run}"
    if isinstance(given, Experiment):
        seeds = f"{given.seeds[0]} to {given.seeds[1]} seeds"
        runs = ", ".join(given.runs)
        return f"runs of {given.model} in dimension {given.dimension}: {runs}, each with {seeds}"
    return type(given).__name__


def _sizes(given: Any) -> str:
    names = (("n", given.students), ("m", given.teachers), ("d", given.dimension))
    return ", ".join(f"{name} = {low}" if low == high else f"{low} ≤ {name} ≤ {high}" for name, (low, high) in names)


def _extras(given: Networks, printer: Callable[[Expr], str]) -> str:
    parts = []
    if given.directions:
        parts.append(f"directions {', '.join(given.directions)}")
    if given.coefficients or given.vectors:
        parts.append(f"free {', '.join((*given.coefficients, *given.vectors))}")
    if given.scalars:
        parts.append(_ranges(given.scalars, printer))
    if given.samples != (0, 0):
        parts.append("{} ≤ N ≤ {} inputs".format(*given.samples))  # type: ignore[misc]
    if given.students_as is not None:
        parts.append(f"w_i = {printer(given.students_as)}")
    return "".join(f", {part}" for part in parts)


def _ranges(bounds: Mapping[Any, tuple[Any, Any]], printer: Callable[[Expr], str]) -> str:
    def shown(value: Any) -> str:
        return printer(value) if isinstance(value, Expr) else str(value)

    return ", ".join(f"{printer(symbol)} ∈ [{shown(low)}, {shown(high)}]" for symbol, (low, high) in bounds.items())
