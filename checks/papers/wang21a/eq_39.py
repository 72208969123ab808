"""Equation (39), p. 23, and the scalar inequalities behind Lemma 4, in units h = η‖w_*‖² and z = ‖w‖²/‖w_*‖²."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import All, AtLeast, Equal
from checks.verdict import Verdict

_h, _z = Symbol("h", real=True), Symbol("z", real=True)
_theta, _vartheta = Symbol("theta_", real=True), Symbol("vartheta", real=True)
_a, _b = Symbol("a_", real=True), Symbol("b_", real=True)

_third = Rational(1, 3)
_inside = Box(variables={_h: (0, _third), _z: (0, 1)})
# One step of (10) multiplies parallel/perpendicular by (1 − θ)/(1 + ϑ) times this quotient.
_dynamics = (1 + 3 * _h * (1 - _z)) / (1 + _h * (1 - 3 * _z))
_printed = (1 + _h * (3 - _z)) / (1 + _h * (1 - _z))
_ratio = (1 + _a) / (1 + _b)
_expanded = 1 + _a - _b - _a * _b
_loss = 1 - _theta - _vartheta - _theta * _vartheta
_remaining = 1 - _theta - _vartheta
_first_order = (_theta + _vartheta) / _remaining
_threshold = (_theta + _vartheta + _theta * _vartheta) / _loss
_small = {_theta: (0, Rational(1, 10)), _vartheta: (0, Rational(1, 10))}

CLAIMS = (
    Claim(
        id="wang21a/eq-39",
        title="growth of parallel over perpendicular in one step",
        label="(39)",
        page="23",
        printed=r"\frac{|w_{t+1}^{\parallel}|}{\|w_{t+1}^{\perp}\|}\ge\frac{(1-\theta)(1+\eta(3\|w_*\|^2-\|w_t\|^2))}"
        r"{(1+\vartheta)(1+\eta(\|w_*\|^2-\|w_t\|^2))}\frac{|w_t^{\parallel}|}{\|w_t^{\perp}\|}\ge"
        r"(1-\theta-\vartheta-\theta\vartheta)(1+2h-h^2(3-z)(1-z))\frac{|w_t^{\parallel}|}{\|w_t^{\perp}\|}",
        given=_inside,
        then=All(
            AtLeast(_dynamics, _printed),
            AtLeast(_printed, 1 + 2 * _h - _h**2 * (3 - _z) * (1 - _z)),
            AtLeast(1 + 2 * _h - _h**2 * (3 - _z) * (1 - _z), 1 + _h),
        ),
        mutants={
            "reversed": Mutant(then=AtLeast(_printed, _dynamics)),
            "twice the gain": Mutant(then=AtLeast(1 + 2 * _h - _h**2 * (3 - _z) * (1 - _z), 1 + 2 * _h)),
        },
        uses=("wang21a/approx-10", "wang21a/eq-39-ratio"),
        note="for ‖w‖ ≤ ‖w_*‖ and η ≤ 1/(3‖w_*‖²), as in the text",
        expected=Verdict.CERTIFIED,
        erratum=Erratum(
            weight="typo",
            what="(10) gives 3‖w_*‖² − 3‖w‖² over ‖w_*‖² − 3‖w‖²; the display has 3‖w_*‖² − ‖w‖² over ‖w_*‖² − ‖w‖²",
            reader="compare with (10); cross-multiplying, the quotient of (10) exceeds the printed one by a positive multiple of "
            "4h²z",
            mend="wang21a/eq-39/corrected",
            charity="the printed lower bound is smaller than that of (10), so every line of the display is true",
        ),
    ),
    Claim(
        id="wang21a/eq-39/corrected",
        title="the same growth with the coefficients of (10)",
        given=Box(variables={_h: (0, _third), _z: (0, 1)}),
        then=All(
            AtLeast(_dynamics, 1 + 2 * _h - 3 * _h**2 * (1 - _z) * (1 - 3 * _z)),
            AtLeast(1 + 2 * _h - 3 * _h**2 * (1 - _z) * (1 - 3 * _z), 1 + _h),
        ),
        mutants={"twice the gain": Mutant(then=AtLeast(_dynamics, 1 + 3 * _h))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/eq-39-ratio",
        title="the elementary inequality for quotients, as printed",
        label="p. 23",
        page="23",
        printed=r"\frac{1+a}{1+b}\ge1+a-b-ab\quad\text{for }b\ge-1",
        given=Box(variables={_a: (-3, 3), _b: (-1, 3)}),
        then=AtLeast(_ratio, _expanded),
        witness=Point.of(a_=-2, b_=1),
        mutants={"more": Mutant(then=AtLeast(_ratio, _expanded + 1))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the difference is (1 + a)b²/(1 + b), so a ≥ −1 and b > −1 are needed",
            reader="a = −2, b = 1: −½ ≥ 0 is false",
            mend="wang21a/eq-39-ratio/corrected",
            charity="where it is used, a and b are above −1",
        ),
    ),
    Claim(
        id="wang21a/eq-39-ratio/corrected",
        title="the elementary inequality for quotients",
        given=Box(variables={_a: (-1, 3), _b: (Rational(-99, 100), 3)}),
        then=AtLeast(1 + _a, _expanded * (1 + _b)),
        mutants={"below minus one": Mutant(given=Box(variables={_a: (-2, 3), _b: (Rational(-99, 100), 3)}))},
        note="multiplied by 1 + b > 0; the difference is (1 + a)b²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-4/reduced",
        title="the two scalar inequalities behind Lemma 4",
        given=Box(
            variables={_h: (0, _third), _z: (0, Rational(4, 3)), _theta: (0, 1), _vartheta: (0, 1)},
        ),
        then=All(
            AtLeast(1 + 2 * _h - 3 * _h**2 * (1 - _z) * (1 - 3 * _z), 1 + _h),
            AtLeast(1 - _theta, _loss * (1 + _vartheta)),
        ),
        mutants={
            "larger step": Mutant(
                given=Box(variables={_h: (0, Rational(34, 100)), _z: (0, 1), _theta: (0, 1), _vartheta: (0, 1)})
            ),
        },
        note="tight at (h, z) = (1/3, 0) and (1/3, 4/3), at h = 0, and at ϑ = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-4-psi",
        title="ψ ≥ 1 above the announced threshold, up to second order",
        label="p. 9",
        page="9",
        printed=r"\psi>1\text{ holds if }\eta\|w_*\|^2\gtrsim\frac{\theta+\vartheta}{1-\theta-\vartheta}",
        given=Box(variables=_small),
        then=AtLeast(_loss * (1 + 2 * _theta * _vartheta * _remaining), _remaining),
        mutants={"without the second-order term": Mutant(then=AtLeast(_loss, _remaining))},
        uses=("wang21a/lemma-4",),
        note="ψ at η‖w_*‖² = (θ + ϑ)/(1 − θ − ϑ) + 2θϑ, multiplied by 1 − θ − ϑ > 0: "
        "≳ is read as “up to the term 2θϑ”, for θ, ϑ ≤ 1/10; read as ≥ it fails at equality as soon as θϑ > 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/lemma-4-psi/exact",
        title="the exact threshold of ψ > 1",
        given=Box(variables={**_small, _h: (0, 1)}),
        then=Equal(_loss * (1 + _h) - 1, _loss * (_h - _threshold)),
        mutants={"first order only": Mutant(then=Equal(_loss * (1 + _h) - 1, _loss * (_h - _first_order)))},
        note="so ψ > 1 exactly for η‖w_*‖² > (θ + ϑ + θϑ)/(1 − θ − ϑ − θϑ)",
        expected=Verdict.PROVED,
    ),
)
