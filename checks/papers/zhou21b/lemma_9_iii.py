"""Lemma 9 (iii) and (iv), p. 25: the constant g of the test function, and its correlations.

P_k = ⟨|w*·x|^k, 1⟩ on the slab, g = P_1/P_0; A and B are the correlation and the mean of a student.  Statements about
g are multiplied by P_0 > 0.
"""

from sympy import Rational, Symbol, cos, diff, exp, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.zhou21b._slab import moment, phi, share, tau
from checks.papers.zhou21b.lemma_9_i import lower_a, lower_b, upper_a, upper_b
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict

_box = Box(variables={tau: (0, 1)})
_p0, _p1, _p2 = (moment(order, tau) for order in range(3))
_density = sqrt(2 / pi) * exp(-(tau**2) / 2)
_g = _p1 / _p0
_teacher = _p2 * _p0 - _p1**2

# Any values of A and B between their explicit bounds, in the chart τ = t s with s = sin φ.
_alpha, _beta, _s = Symbol("alpha", real=True), Symbol("beta", real=True), Symbol("s", real=True)
_any = Box(variables={share: (0, Rational(1, 4)), _s: (0, 1), _alpha: (0, 1), _beta: (0, 1)}, where=(Below(0, _s),))
_chart = {cos(phi) ** 2: 1 - _s**2, sin(phi): _s}
_up_a, _low_a, _up_b, _low_b = (tree.xreplace(_chart) for tree in (upper_a, lower_a, upper_b, lower_b))
_tau = share * _s
_wide_a, _wide_b = _alpha * (_up_a - _low_a), _beta * (_up_b - _low_b)
_q0, _q1 = moment(0, _tau), moment(1, _tau)
_highest = (_up_a - _wide_a) * _q0 - _q1 * (_low_b + _wide_b)
_lowest = (_low_a + _wide_a) * _q0 - _q1 * (_up_b - _wide_b)


def _student_within(constant):  # type: ignore[no-untyped-def]
    bound = constant * _tau**4 / _s * _q0
    return All(AtMost(_highest, bound), AtMost(-bound, _lowest))


# The same with the two terms of (i) and (ii) that are known exactly.
_next = 1 - 2 * _s**2  # cos 2φ
_error_a, _error_b = _tau**6 / (12 * _s**3), _tau**5 / (12 * _s**3)
_known_a = _s / pi * _tau**2 + _next * _tau**4 / (4 * pi * _s)
_known_b = 2 * _s / pi * _tau + _next * _tau**3 / (3 * pi * _s)
_top = (_known_a + _error_a * (1 - _alpha)) * _q0 - _q1 * (_known_b - _error_b * (1 - _beta))
_bottom = (_known_a - _error_a * (1 - _alpha)) * _q0 - _q1 * (_known_b + _error_b * (1 - _beta))


def _student_equal(constant):  # type: ignore[no-untyped-def]
    leading = constant * (1 - _s**2) * _tau**4 / (pi * _s) * _q0
    radius = _tau**6 / (4 * _s**3) * _q0
    return All(AtMost(_top, leading + radius), AtMost(leading - radius, _bottom))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-iii",
        title="the mean g of the teacher on the slab",
        label="Lemma 9 (iii)",
        page="25",
        printed=r"g=\frac{\langle|w^{*\top}x|,1\rangle_S}{\langle1,1\rangle_S}=\sqrt{\frac2\pi}\frac{1-e^{-\tau^2/2}}"
        r"{\operatorname{erf}(\tau/\sqrt2)},\qquad\langle|w^{*\top}x|-g,g\rangle_S=0",
        given=Box(variables={tau: (Rational(1, 100), 5)}),
        then=All(
            Equal(diff(_p0, tau), _density),
            Equal(diff(_p1, tau), tau * _density),
            Equal(diff(_p2, tau), tau**2 * _density),
            Equal(_g * (_p1 - _g * _p0), 0),
        ),
        mutants={
            "twice the mean": Mutant(then=Equal(_g * (_p1 - 2 * _g * _p0), 0)),
            "moment of the wrong order": Mutant(then=Equal(diff(_p1, tau), tau**2 * _density)),
        },
        note="the three moments are the antiderivatives of x^k √(2/π) e^{−x²/2} that vanish at τ = 0; for g = τ/2 + O(τ³) see "
        "the expansion",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-iii/expansion",
        title="g is τ/2 up to τ³/24",
        label="Lemma 9 (iii)",
        page="25",
        printed=r"g=\frac\tau2+O(\tau^3)",
        given=_box,
        then=All(AtMost(_p1, tau / 2 * _p0), AtMost((tau / 2 - tau**3 / 24) * _p0, _p1)),
        contact={tau: (0, 4)},
        mutants={"a thirtieth": Mutant(then=AtMost((tau / 2 - tau**3 / 30) * _p0, _p1))},
        because=("zhou21b/lemma-9-iii",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments",
        title="the test function sees the teacher at the order τ³",
        label="Lemma 9 (iv)",
        page="25",
        printed=r"\langle|w^{*\top}x|-g,|w^{*\top}x|\rangle_S=\langle|w^{*\top}x|,|w^{*\top}x|\rangle_S"
        r"-g\langle1,|w^{*\top}x|\rangle_S=\Theta(\tau^3)",
        given=_box,
        then=All(AtMost(tau**3 * _p0 / 20, _teacher), AtMost(_teacher, tau**3 * _p0 / 10)),
        contact={tau: (0, 4)},
        mutants={
            "larger lower constant": Mutant(then=AtMost(tau**3 * _p0 / 15, _teacher)),
            "smaller upper constant": Mutant(then=AtMost(_teacher, tau**3 * _p0 / 16)),
        },
        because=("zhou21b/lemma-9-iii",),
        uses=("zhou21b/lemma-9-iii",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments/sharp",
        title="the moment of the teacher is at most √(2/π)/12 · τ³, to leading order equal",
        label="Lemma 9 (iv)",
        page="25",
        given=_box,
        then=All(
            AtMost(_teacher, sqrt(2 / pi) / 12 * tau**3 * _p0),
            AtMost(sqrt(2 / pi) / 12 * tau**3 * (1 - tau**2) * _p0, _teacher),
        ),
        contact={tau: (0, 6)},
        mutants={"a hundredth less": Mutant(then=AtMost(_teacher, Rational(99, 1200) * sqrt(2 / pi) * tau**3 * _p0))},
        because=("zhou21b/lemma-9-iii",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments-student",
        title="the test function sees a student at most at the order τ⁴/φ",
        label="Lemma 9 (iv)",
        page="25",
        printed=r"\Big|\langle|w^{*\top}x|-g,|w^\top x|\rangle_S\Big|\le\Theta\Big(\frac{\tau^4}\phi\Big)",
        given=_any,
        then=_student_within(Rational(1, 2)),
        options={"along": (_alpha, _beta)},
        mutants={"a tenth": Mutant(then=_student_within(Rational(1, 10)))},
        because=(
            "zhou21b/lemma-9-iii",
            "zhou21b/lemma-9-i/explicit",
            "zhou21b/lemma-9-ii/explicit",
        ),
        note="for all A and B within the bounds of (i) and (ii), α and β counting from the end that is worst for "
        "each part: at most τ⁴/(2 sin φ) ≤ π τ⁴/(4φ); c = 1/(2π)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments-student/sharp",
        title="the moment of a student is cos²φ τ⁴/(12π sin φ) up to τ⁶/(4 sin³φ)",
        label="Lemma 9 (iv)",
        page="25",
        given=_any,
        then=_student_equal(Rational(1, 12)),
        options={"along": (_alpha, _beta)},
        mutants={"seven times as much": Mutant(then=_student_equal(Rational(7, 12)))},
        because=(
            "zhou21b/lemma-9-iii",
            "zhou21b/lemma-9-i/expansion",
            "zhou21b/lemma-9-ii/expansion",
        ),
        note="for all A and B within the expansions of (i) and (ii), for τ ≤ sin φ/4",
        expected=Verdict.CERTIFIED,
    ),
)
