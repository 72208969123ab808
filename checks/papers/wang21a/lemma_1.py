"""Lemma 1, pp. 6 and 19: local linear convergence of gradient descent, its refutation and its mends."""

from typing import Any

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.wang21a._near import descent_k1, first_line
from checks.papers.wang21a._setting import margin, s
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta, nu
from theory.vocabulary import dist, dist_square


def _descent(students: int | tuple[int, int], constant: int, power: int) -> Networks:
    """Networks near a minimum with a step size up to m(ν) / ((constant + 16ν²)² s^power)."""
    return Networks(
        model="wang21a",
        students=students,
        dimension=(1, 4),
        scalars={nu: (0, Rational(14, 100)), eta: (0, 1)},
        where=(
            AtMost(dist, nu * s),
            Below(0, margin),
            Below(0, eta),
            AtMost(eta * (constant + 16 * nu**2) ** 2 * s**power, margin),
        ),
        near_optimum=True,
    )


_printed = AtMost(after_step(dist_square), (1 - eta * margin) * dist_square)
_mended = AtMost(after_step(dist_square), (1 - eta * margin * s**2) * dist_square)
_state: dict[str, Any] = {
    "students": [[1, 0], [0, "1/100"]],
    "teachers": [[1, 0]],
    "nu": "1/100",
    "note": "W = e_1 e_1ᵀ + ε e_2 e_2ᵀ, ε = ν = 1/100: one step multiplies dist² by (1 − 3ηε²)² + η²ε²",
}
_uses = (
    "wang21a/lemma-6",
    "wang21a/lemma-7",
    "wang21a/eq-23",
    "wang21a/eq-23-segment",
    "wang21a/eq-24",
    "wang21a/eq-24-symmetry",
    "wang21a/eq-27",
)
_erratum = Erratum(
    weight="theorem",
    what="false for every K ≥ 2 and d ≥ 2, whatever ν: along directions with Vq = 0 the loss is flat to fourth order at a "
    "minimum, and dist² contracts by 1 − O(η dist²) only, so the final phase is sublinear. Independently: the constants "
    "13 (p. 6) and 15 (p. 19) disagree; the powers of ‖w_*‖ do not fit (the proof gives η ≤ m/(M²‖w_*‖²) and the factor "
    "1 − ηm‖w_*‖²); and with the ball ‖q‖ ≤ 1 of (4) the distance can even grow for K = 1",
    reader="w_* = e_1, W = e_1 e_1ᵀ + ε e_2 e_2ᵀ: one step gives (1 − ηε²) e_1 e_1ᵀ + ε(1 − 3ηε²) e_2 e_2ᵀ, so "
    "dist² is multiplied by (1 − 3ηε²)² + η²ε² = 1 − O(ε²), not by 1 − ηm(ν) with m(ν) ≈ 2",
    mend="wang21a/lemma-1/k1 for one neuron, wang21a/lemma-1/all-k for any number",
    charity="for K = 1, ‖w_*‖ ≥ 1 and q = ±1 the printed statement follows from the paper's proof",
)

_rho, _x = Symbol("rho", real=True), Symbol("x", real=True)
_G = 2 + 4 * _x**2 + 9 * _x * _rho + 3 * _rho**2
_N = 9 * (1 + _rho * _x) ** 2 * (2 * _x + _rho) ** 2 + (2 + 6 * _rho * _x + 3 * _rho**2) ** 2 * (1 - _x**2)
_k1_box = Box(
    variables={_rho: (0, Rational(141, 1000)), _x: (-1, 1), nu: (0, Rational(141, 1000))},
    where=(AtMost(0, margin), AtMost(_rho, nu)),
)

# ‖∇F‖² ≤ 13s²⟨∇F, E⟩, divided by s⁶, is δ²·(the first) + ϱ²·(the second) ≥ 0 with ϱ = d/s and δ = ‖Wᵀw_*‖/s² − 1.
_shift, _radius = Symbol("delta", real=True), Symbol("rho", real=True)
_along = 52 - 36 * (1 + _shift) ** 2 + (2 + 6 * _shift + 3 * _radius**2) ** 2
_around = (
    26
    + 117 * _shift
    + 39 * _radius**2
    - 9 * (1 + _shift) ** 2 * (4 * _shift + _radius**2)
    - (2 + 6 * _shift + 3 * _radius**2) ** 2
)

_delta, _u = Symbol("delta", real=True), Symbol("u", real=True)
_D = _delta**2 + _u
_t, _p = 2 * _delta + _D, 1 + _delta
# The reduced scalars at α = β = 0, from which both ⟨∇F, V⟩ and 8⟨∇F, V⟩ − ‖∇F‖² are affine and increasing in α and β.
_inner = (2 * _delta + _D) * (_delta + _D) + 2 * _delta**2 * (1 + _delta) * (2 + _delta)
_norm = _t**2 * (_p**2 + _u) + 4 * _t * _p**2 * (_p**2 - 1) + 4 * (_p**2 - 1) ** 2 * _p**2
_all_k_box = Box(
    variables={_delta: (Rational(-14, 100), Rational(14, 100)), _u: (0, Rational(196, 10000))},
)

CLAIMS = (
    Claim(
        id="wang21a/lemma-1",
        title="local linear convergence for any number of neurons, as printed",
        label="Lemma 1",
        page="6",
        printed=r"\mathrm{dist}^2(W_{t+1},w_*)\le(1-\eta(2-14\nu-2\nu^2))\,\mathrm{dist}^2(W_t,w_*)\quad\text{if }"
        r"\mathrm{dist}\le\nu\|w_*\|,\ \eta\le\tfrac{2-14\nu-2\nu^2}{(13+16\nu^2)^2\|w_*\|^4}",
        given=_descent((1, 4), 13, 4),
        then=_printed,
        witness=Point.of(**_state, eta="11/1000"),
        mutants={
            "half the rate still fails": Mutant(
                then=AtMost(after_step(dist_square), (1 - eta * margin / 2) * dist_square),
                witness=Point.of(**_state, eta="11/1000"),
            )
        },
        uses=_uses,
        expected=Verdict.REFUTED,
        erratum=_erratum,
    ),
    Claim(
        id="wang21a/lemma-1/appendix",
        title="the appendix's version, with 15 for 13",
        label="Lemma 1",
        page="19",
        printed=r"\eta\le\tfrac{2-14\nu-2\nu^2}{(15+16\nu^2)^2\|w_*\|^4}",
        given=_descent((1, 4), 15, 4),
        then=_printed,
        witness=Point.of(**_state, eta="8/1000"),
        mutants={
            "half the rate still fails": Mutant(
                then=AtMost(after_step(dist_square), (1 - eta * margin / 2) * dist_square),
                witness=Point.of(**_state, eta="8/1000"),
            )
        },
        uses=_uses,
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="wang21a/lemma-1/k1",
        title="local linear convergence for one neuron, with the right powers of ‖w_*‖",
        given=_descent(1, 13, 2),
        then=_mended,
        mutants={
            "the printed powers of ‖w_*‖": Mutant(
                given=_descent(1, 13, 4),
                then=_printed,
                witness=Point.of(students=[["1/2", "1/20000"]], teachers=[["1/2", 0]], nu="1/1000", eta="188/1000"),
            ),
            "ten times the rate": Mutant(
                then=AtMost(after_step(dist_square), (1 - 10 * eta * margin * s**2) * dist_square)
            ),
        },
        note="2⟨∇F, E⟩ ≥ ms²d² + η‖∇F‖², E = W − w_* qᵀ, where the gradient is at most 13s² times the inner product",
        slack_as=(descent_k1(first_line, _shift, _radius),),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-1/k1-step",
        title="the gradient of one neuron is bounded through its inner product with the error",
        given=Box(variables={_shift: (-Rational(14, 100), Rational(14, 100)), _radius: (0, Rational(14, 100))}),
        then=All(AtMost(0, _along), AtMost(0, _around)),
        mutants={
            "farther": Mutant(
                given=Box(variables={_shift: (-Rational(3, 10), Rational(3, 10)), _radius: (0, Rational(3, 10))})
            ),
        },
        note="13s²⟨∇F, E⟩ − ‖∇F‖² = s⁴(δ²·first + d²·second), with δ and d in units of s",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-1/k1-reduced",
        title="one neuron in polar coordinates around the minimum",
        given=_k1_box,
        then=AtMost(margin, 2 * _G - margin / (13 + 16 * nu**2) ** 2 * _N),
        mutants={
            "five for two": Mutant(then=AtMost(5 * margin / 2, 2 * _G - margin / (13 + 16 * nu**2) ** 2 * _N)),
        },
        note="a = 1 + ϱx, r² = ϱ²(1 − x²): the step changes dist² = ϱ² by −ηϱ²(2G − ηN), affine in η, so that only the largest "
        "step matters",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-1/all-k",
        title="the true local rate for any number of neurons: sublinear",
        given=Networks(
            model="wang21a",
            students=(1, 5),
            dimension=(1, 5),
            scalars={eta: (0, 1)},
            where=(AtMost(dist, Rational(14, 100) * s), Below(0, eta), AtMost(10 * eta * s**2, 1)),
            near_optimum=True,
        ),
        then=AtMost(after_step(dist_square), dist_square - Rational(3, 5) * eta * dist_square**2),
        mutants={
            "linear rate": Mutant(
                then=AtMost(after_step(dist_square), dist_square - Rational(3, 5) * eta * s**2 * dist_square),
                witness=Point.of(students=[[1, 0], [0, "1/100"]], teachers=[[1, 0]], eta="1/10"),
            ),
            "constant 6": Mutant(
                then=AtMost(after_step(dist_square), dist_square - 6 * eta * dist_square**2),
                witness=Point.of(students=[[1, 0], [0, "1/100"]], teachers=[[1, 0]], eta="1/10"),
            ),
        },
        note="hence dist²(W_t) ≤ 1/(dist^{-2}(W_0) + ⅗ηt)",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/lemma-1/all-k-reduced",
        title="the three inequalities in (δ, u) behind the sublinear rate",
        given=_all_k_box,
        then=All(
            AtMost(Rational(5639, 10000) * _D**2, _inner),
            AtMost(_norm, 8 * _inner),
            AtMost(0, 16 - 4 * _t - 4 * _u),
            AtMost(
                0,
                16 * (1 + _delta) * (1 + 2 * _delta)
                - 8 * _t * _p**2
                - 8 * _p**2 * (_p**2 - 1)
                - 12 * _p**2 * _u
                - 4 * _p**4,
            ),
        ),
        mutants={
            "constant": Mutant(then=AtMost(2 * _D**2, _inner)),
            "factor 8": Mutant(then=AtMost(_norm, 3 * _inner)),
        },
        note="δ = p − 1 and u = ‖U‖²; then dist² decreases by at least η(2 − 8η)·0.5639 dist⁴ ≥ ⅗η dist⁴ for η ≤ 1/10",
        expected=Verdict.CERTIFIED,
    ),
)
