"""Lemma 9 (iii) and (iv), p. 25: the constant g of the test function, and moments against it."""

from sympy import Rational, Symbol, diff, erf, exp, pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict

_tau = Symbol("tau", real=True)
_box = Box(variables={_tau: (0, 1)})
_gauss = exp(-(_tau**2) / 2)
# On the slab: ⟨1, 1⟩, ⟨|w*·x|, 1⟩, ⟨|w*·x|, |w*·x|⟩.
_measure = erf(_tau / sqrt(2))
_first = sqrt(2 / pi) * (1 - _gauss)
_square = _measure - sqrt(2 / pi) * _tau * _gauss
_density = sqrt(2 / pi) * _gauss
_g = _first / _measure
# ⟨|w*·x| − g, |w*·x|⟩ times ⟨1, 1⟩, and U(τ) = ∫₀^τ (x − g) x² e^{−x²/2} dx times P.
_teacher = _square * _measure - _first**2
_cubic = 2 - (2 + _tau**2) * _gauss
# P = ∫₀^τ e^{−x²/2} dx = τ − τ³/6 + τ⁵/40 − ρ τ⁷/336 with a remainder 0 ≤ ρ ≤ 1.
_rest = Symbol("rho", real=True)
_half = _tau - _tau**3 / 6 + _tau**5 / 40 - _rest * _tau**7 / 336
_expanded = Box(variables={_tau: (0, 1), _rest: (0, 1)})
_student = _cubic * _half - (1 - _gauss) * (_half - _tau * _gauss)
_teacher_expanded = (_half - _tau * _gauss) * _half - (1 - _gauss) ** 2

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-iii",
        title="the mean of the teacher on the slab",
        label="Lemma 9 (iii)",
        page="25",
        printed=r"g=\frac{\langle|w^{*\top}x|,1\rangle_S}{\langle1,1\rangle_S},\qquad\langle|w^{*\top}x|-g,g\rangle_S=0",
        given=Box(variables={_tau: (Rational(1, 100), 5)}),
        then=All(
            Equal(diff(_measure, _tau), _density),
            Equal(diff(_first, _tau), _tau * _density),
            Equal(diff(_square, _tau), _tau**2 * _density),
            Equal(_g * (_first - _g * _measure), 0),
        ),
        mutants={
            "twice the mean": Mutant(then=Equal(_g * (_first - 2 * _g * _measure), 0)),
            "moment of the wrong order": Mutant(then=Equal(diff(_first, _tau), _tau**2 * _density)),
        },
        note="all three moments vanish at τ = 0; g = √(2/π)(1 − e^{−τ²/2})/erf(τ/√2)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments",
        title="the test function sees the teacher at the order τ³",
        label="Lemma 9 (iv)",
        page="25",
        printed=r"\langle|w^{*\top}x|-g,|w^{*\top}x|\rangle_S=\Theta(\tau^3)",
        given=_box,
        then=All(
            AtMost(_tau**3 * _measure / 20, _teacher),
            AtMost(_teacher, _tau**3 * _measure / 10),
        ),
        contact={_tau: (0, 4)},
        mutants={
            "larger lower constant": Mutant(then=AtMost(_tau**3 * _measure / 14, _teacher)),
            "smaller upper constant": Mutant(then=AtMost(_teacher, _tau**3 * _measure / 30)),
        },
        uses=("zhou21b/lemma-9-iii",),
        because=("zhou21b/lemma-9-iii",),
        note="multiplied by ⟨1, 1⟩_S; on 0 ≤ τ ≤ 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments/sharp",
        title="the moment of the teacher is at most √(2/π)/12 · τ³",
        label="Lemma 9 (iv)",
        page="25",
        given=_expanded,
        then=AtMost(_teacher_expanded, _tau**3 * _half / 12),
        contact={_tau: (0, 6)},
        mutants={
            "a hundredth less": Mutant(then=AtMost(_teacher_expanded, Rational(99, 1200) * _tau**3 * _half)),
        },
        because=("zhou21b/lemma-9-iii",),
        note="times P²·2/π, P = ∫₀^τ e^{−x²/2} dx = τ − τ³/6 + τ⁵/40 − ρτ⁷/336 with 0 ≤ ρ ≤ 1, checked for all these "
        "ρ; the constant is the leading coefficient at τ = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments-student",
        title="the test function sees a student at the order τ⁴/φ",
        label="Lemma 9 (iv)",
        page="25",
        printed=r"|\langle|w^{*\top}x|-g,|w^\top x|\rangle_S|\le O(\tau^4/\phi)",
        given=_expanded,
        then=All(AtMost(0, _student), AtMost(_student, _tau**4 * _half / 2)),
        contact={_tau: (0, 5)},
        mutants={
            "a twentieth": Mutant(then=AtMost(_student, _tau**4 * _half / 20)),
        },
        because=("zhou21b/lemma-9-iii", "zhou21b/lemma-9-eq8"),
        note="with J of (8), J″ ≤ 2 cos²φ/sin φ, so J and cos²φ x²/sin φ − J increase on x ≥ 0, and Chebyshev's "
        "inequality gives 0 ≤ ⟨|w*·x| − g, |w·x|⟩_S ≤ (cos²φ/(π sin φ)) U, U = ∫₀^τ (x − g) x² e^{−x²/2} dx; "
        "U ≤ τ⁴/2 is checked, times P = ∫₀^τ e^{−x²/2} dx = τ − τ³/6 + τ⁵/40 − ρτ⁷/336, 0 ≤ ρ ≤ 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-iv-moments-student/sharp",
        title="the moment of a student is at most cos²φ τ⁴/(12 π sin φ)",
        label="Lemma 9 (iv)",
        page="25",
        given=_expanded,
        then=AtMost(_student, _tau**4 * _half / 12),
        contact={_tau: (0, 7)},
        mutants={
            "a hundredth less": Mutant(then=AtMost(_student, Rational(99, 1200) * _tau**4 * _half)),
        },
        because=("zhou21b/lemma-9-iii", "zhou21b/lemma-9-eq8"),
        note="U ≤ τ⁴/12, see the argument of lemma-9-iv-moments-student; the constant is the leading coefficient",
        expected=Verdict.CERTIFIED,
    ),
)
