"""Remark 10, Corollaries 25 and 28, Remark 26 and Fig. 3, pp. 11 and 38–39: students don't vanish."""

from __future__ import annotations

from sympy import Rational, cos, sin

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Descent, Integers, Networks, Point
from checks.papers.xu23a._lower_bound import small_flow, small_point, small_starts
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import largest, norm, smallest
from theory.observables import initial
from theory.symbols import beta, i, n, nu, v, w
from theory.vocabulary import gradient, w_norm

_descent = Descent(model="xu23a", students=2, dimension=3, steps=40, step="1/10", start=small_point)
_descents = Descent(
    model="xu23a",
    students=(2, 3),
    dimension=(3, 4),
    steps=100,
    starts=small_starts((2, 3), "1/1000", "1/50", eta=("1/100", "1/5")),
)
_least = smallest(w_norm[i], i)
_start = initial(_least)
_grown = AtMost(Rational(3, 2) * initial(largest(w_norm[i], i)), w_norm[i])

_opposite = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(1, 3),
    coefficients=("beta",),
    scalars={nu: (Rational(1, 10), 10)},
    # The factor is 1; a tree without an index would build a single student.
    students_as=-nu * (cos(beta[i]) ** 2 + sin(beta[i]) ** 2) * v,
)
_one = Point.of(students=[[-1]], teachers=[[1]], nu=1, beta=[0], note="n = 1, c = 1: the gradient is −v/2")
_printed_gradient = Equal(gradient[i], -(1 + n * nu) / 2 * v)

# Levels of the parameters: every arrow points to a lower level.
_arrows = (
    ("e1", "e2"),
    ("C", "e1"),
    ("sigma", "e1"),
    ("sigma", "C"),
    ("eta", "sigma"),
    ("eta", "e1"),
    ("T1", "eta"),
    ("T1", "C"),
    ("T2", "eta"),
    ("T2", "e2"),
    ("T2", "T1"),
)
_level = {"e2": 0, "e1": 1, "C": 2, "sigma": 3, "eta": 4, "T1": 5, "T2": 6}


def _acyclic(*more: tuple[str, str]) -> All:
    return All(*(Below(_level[target], _level[source]) for source, target in (*_arrows, *more)))


CLAIMS = (
    Claim(
        id="xu23a/remark-10",
        title="gradient descent stays where the loss is differentiable",
        label="Remark 10",
        page="11",
        printed=r"\text{the corner case }w_i=0\text{ is excluded by the analysis}",
        assumption=Assumption(
            reason="a statement about every run under the hypotheses of the theorem, "
            "whose step and start are too small to be run; runs from larger starts are searched, one exact run is certified",
            forms=("xu23a/corollary-25/small-init", "xu23a/remark-10/run"),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/corollary-25",
        title="students don't vanish along gradient descent",
        label="Corollary 25",
        page="38",
        printed=r"\forall i\in[n],t\in\mathbb N:\ \|w_i(t)\|>0",
        assumption=Assumption(
            reason="a statement about every run and all times under the hypotheses of the theorem; "
            "runs from larger starts are searched, one exact run is certified",
            forms=("xu23a/corollary-25/small-init", "xu23a/corollary-25/run"),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/remark-10/run",
        title="the first 40 steps of one run stay where the loss is differentiable",
        label="Remark 10, one exact run",
        page="11",
        given=_descent,
        then=AtMost(Rational(99, 100) * _start, _least),
        mutants={"grown from the start": Mutant(then=_grown)},
        uses=("xu23a/corollary-25",),
        note="no student becomes shorter than 99/100 of the shortest at the start, along one exact run",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/corollary-25/run",
        title="students don't vanish along the first 40 steps of one run",
        label="Corollary 25, one exact run",
        page="38",
        given=_descent,
        then=Below(0, w_norm[i]),
        mutants={"grown from the start": Mutant(then=_grown)},
        uses=("xu23a/theorem-4", "xu23a/theorem-5", "xu23a/theorem-6"),
        note="one run in exact arithmetic: it says nothing about other starts or later times",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/corollary-25/small-init",
        title="students don't come near 0 along gradient descent from small starts",
        label="Corollary 25, checkable form",
        page="38",
        given=_descents,
        then=AtMost(Rational(1, 2) * _start, _least),
        mutants={"grown from the start": Mutant(then=_grown)},
        options={"states": 30_000},
        uses=("xu23a/theorem-4", "xu23a/theorem-5", "xu23a/theorem-6"),
        note="starts on the event of Lemma 3, of norm between ‖v‖/1000 and ‖v‖/50, n ≤ 3, 100 steps with η between 1/100 and "
        "1/5; no student becomes shorter than half of the shortest at the start",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/corollary-28",
        title="students don't vanish along the flow, as printed at integer times",
        label="Corollary 28",
        page="39",
        printed=r"\forall i\in[n],t\in\mathbb N:\ \|w_i(t)\|>0",
        given=small_flow(until=100, at=(0, 1, 2, 3, 5, 10, 20, 50, 100)),
        then=Below(0, w_norm[i]),
        mutants={"grown from the start": Mutant(then=_grown)},
        uses=("xu23a/corollary-25",),
        erratum=Erratum(
            weight="typo",
            what="t ∈ ℕ in a statement about gradient flow",
            reader="the proof of Lemma 29 uses it at all real times",
            mend="xu23a/corollary-28/corrected",
        ),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/corollary-28/corrected",
        title="students don't vanish along the flow",
        given=small_flow(until=1000),
        then=Below(0, w_norm[i]),
        mutants={"grown from the start": Mutant(then=_grown)},
        uses=("xu23a/corollary-25",),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/remark-26",
        title="a start whose students all vanish after one step, as printed",
        label="Remark 26",
        page="38",
        printed=r"w_i(0)=-cv,\ \eta=\tfrac{2c}{1+nc}\ \Rightarrow\ \nabla_i(0)=-\tfrac{1+nc}2v,\ w_i(1)=0",
        given=_opposite,
        then=_printed_gradient,
        witness=_one,
        mutants={"twice": Mutant(then=Equal(gradient[i], -(1 + n * nu) * v), witness=_one)},
        uses=("xu23a/eq-4",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="the angle θ_i = π contributes v/2 to the gradient, which is −(nc/2)v",
            reader="n = 1, c = 1, w = −v: L(w) = ‖w‖²/4 + ‖v‖²/4 nearby on the line, so ∇L = w/2 = −v/2, not −v",
            mend="xu23a/remark-26/corrected",
            charity="the message survives: with η = 2/n all students vanish after one step",
        ),
    ),
    Claim(
        id="xu23a/remark-26/corrected",
        title="from w_i = −cv the step η = 2/n leads to 0",
        given=_opposite,
        then=All(Equal(gradient[i], -n * nu / 2 * v), Equal(norm(w[i] - 2 / n * gradient[i]), 0)),
        mutants={"η = 1/n": Mutant(then=Equal(norm(w[i] - gradient[i] / n), 0))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/fig-3",
        title="the parameters depend on each other without a cycle",
        label="Fig. 3",
        page="38",
        printed=r"\epsilon_1\to\epsilon_2,\ C\to\epsilon_1,\ \sigma\to\{\epsilon_1,C\},\ \eta\to\{\epsilon_1,\sigma\},\ "
        r"T_1\to\{C,\eta\},\ T_2\to\{\epsilon_2,\eta,T_1\}",
        given=Integers(variables={n: (1, 1)}),
        then=_acyclic(),
        mutants={"σ depends on η": Mutant(then=_acyclic(("sigma", "eta")))},
        note="every arrow leads to a lower level in the order ε_2, ε_1, C, σ, η, T_1, T_2",
        expected=Verdict.CERTIFIED,
    ),
)
