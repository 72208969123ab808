"""Statements and dependencies of claims, for readers."""

import pytest
from sympy import Rational, pi

from checks.catalog import select
from checks.claim import Claim, Erratum
from checks.dependencies import dependency, dependents, mend_of
from checks.given import Box, Descent, Draws, Flow, Integers, Networks, Point
from checks.relation import All, AtMost, Below, Bounded, Equal, Likely, Tends
from checks.statement import statement_of
from checks.verdict import Verdict
from theory.symbols import eta, i, nu, t, theta
from theory.vocabulary import Z, loss, residual_norm, w_norm


def test_a_statement_with_hypotheses():
    given = Networks(model="xu23a", students=(1, 4), scalars={nu: (0, "1/2")}, where=(Below(0, nu), AtMost(loss, nu)))
    said = statement_of(Claim(given=given, then=AtMost(w_norm[i] ** 2, 4 * pi * loss)))
    assert said.latex == r"\lVert w_{i}\rVert^{2} \leq 4 \pi L"
    assert said.unicode == "‖wᵢ‖² ≤ 4 π L"
    assert said.where == ((r"0 < \nu", "0 < ν"), (r"L \leq \nu", "L ≤ ν"))
    assert said.domain == "all networks of xu23a with 1 ≤ n ≤ 4, m = 1, 1 ≤ d ≤ 6, ν ∈ [0, 1/2]; for all i"


@pytest.mark.parametrize(
    "given, then, line, where",
    [
        (Box(variables={theta: (0, pi)}), Equal(theta, theta), "θ = θ", "all θ ∈ [0, π]"),
        (Integers(variables={t: (0, 5)}), Below(t, 6), "t < 6", "all integers t ∈ [0, 5]"),
        (Networks(model="xu23a"), Bounded(ratio=residual_norm / loss, side="below"), "‖r‖/L = Ω(1)", "all networks"),
        (Flow(model="xu23a", students=2), Tends(loss * t**3, 1), "L t³ → 1", "gradient flow up to t = 1000"),
        (Descent(model="xu23a", steps=7, step="0.1"), AtMost(loss, 1), "L ≤ 1", "7 steps of gradient descent"),
        (
            Draws(model="xu23a", students=2, dimension=9),
            Likely(event=AtMost(loss, 1), at_least=Rational(9, 10)),
            "P[L ≤ 1] ≥ 9/10",
            "random networks of xu23a, n = 2, d = 9",
        ),
        (Networks(model="xu23a"), All(AtMost(0, Z), AtMost(0, eta)), "0 ≤ Z  and  0 ≤ η", "all networks"),
    ],
)
def test_every_kind_of_statement(given, then, line, where):
    said = statement_of(Claim(given=given, then=then))
    assert said.unicode.replace("t³ L", "L t³") == line
    assert where in said.domain


def test_every_claim_of_the_papers_has_a_statement():
    for claim in select([]):
        said = statement_of(claim)
        assert bool(said.unicode) == (claim.then is not None), claim.id
        assert said.latex.count("{") == said.latex.count("}"), claim.id


def claim(name, expected=Verdict.PROVED, uses=(), because=(), mend=None):
    erratum = None if mend is None else Erratum(weight="typo", what="w", mend=mend)
    given = Box(variables={theta: (0, 1)})
    return Claim(
        id=name, given=given, then=AtMost(theta, 1), expected=expected, uses=uses, because=because, erratum=erratum
    )


WORLD = {
    one.id: one
    for one in (
        claim("p/top", uses=("p/middle", "p/mended", "p/false", "p/new")),
        claim("p/middle", uses=("p/false",)),
        claim("p/false", Verdict.REFUTED),
        claim("p/mended", Verdict.REFUTED),
        claim("p/mended/corrected"),
        claim("p/named", Verdict.REFUTED, mend="p/new"),
        claim("p/new"),
        claim("p/in-words", Verdict.REFUTED, mend="with 3 in place of 2"),
        claim("p/circle", uses=("p/circle",)),
        claim("p/argument", because=("p/new",)),
    )
}


@pytest.mark.parametrize(
    "name, state",
    [
        ("p/new", "intact"),
        ("p/false", "broken at p/false"),
        ("p/middle", "broken at p/false"),
        ("p/mended", "mended by p/mended/corrected"),
        ("p/named", "mended by p/new"),
        ("p/in-words", "broken at p/in-words"),
        ("p/circle", "intact"),
        ("p/nowhere", "unknown"),
    ],
)
def test_dependencies(name, state):
    assert dependency(name, WORLD.get, lambda claim: None) == state


def test_the_ledger_outweighs_the_expectation():
    assert dependency("p/new", WORLD.get, lambda claim: Verdict.CONTRADICTED) == "broken at p/new"
    assert dependency("p/false", WORLD.get, lambda claim: Verdict.SUPPORTED) == "intact"


def test_dependents_and_mends():
    assert dependents("p/new", WORLD.values()) == [("p/top", "uses"), ("p/argument", "because")]
    assert mend_of(WORLD["p/false"], WORLD.get) is None
    assert Point.of(students=[[1]]).rows
