"""The true exponent of the Łojasiewicz inequality of Theorem 4."""

from sympy import Integer, Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Family, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import profile
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import All, AtMost, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import norm, smallest
from theory.symbols import i, v, w
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import Theta, gradient_norm, loss

_s, _phi = Symbol("s", real=True), Symbol("phi", real=True)
# w_1 = √(1 − κs²) e_1 and w_2 = s e_2 against e_1, κ = 2/π the kernel of orthogonal unit vectors.
_kappa = profile(pi / 2)
_near = 1 - _kappa * _s**2
_loss = (_near**2 + _s**4 + 2 * _kappa * _near * _s**2 - 2 * _near - 2 * _kappa * _s**2 + 1) / 2
# E[R x sgn(w_1·x)] and E[R x sgn(w_2·x)] along their students; across them both are κ-multiples of sin = 1, cos = 0.
_pull_near = _near + _kappa * _s**2 - 1
_pull_far = _s**2 + _kappa * _near - _kappa
_gradient = 2 * _s * _pull_far
_deficit = 1 - _kappa**2
# ρ of a far neuron at the angle φ to one teacher.
_rho = 1 - 4 / pi**2 * (sin(_phi) ** 2 + 2 * sin(_phi) * cos(_phi) * (pi / 2 - _phi) + (pi / 2 - _phi) ** 2)

_t, _rest = Symbol("s", positive=True), Symbol("k", positive=True)
_family = Family(
    members=SymmetricFamily(
        students=(Group(common={"near": _rest}), Group(common={"far": _t})),
        teachers=(Group(common={"near": Integer(1)}),),
        parameters={_t: (Integer(0), Integer(1))},
        lengths={_rest: 1 - 2 / pi * _t**2},
    ),
    ratio=Rational(2) ** Rational(-17, 2) * (1 - 4 / pi**2) ** Rational(-3, 2) / _t,
    grows=_t,
    small=_t,
    at=({_t: Rational(3, 5)}, {_t: Rational(1, 10**6)}),
    note="students √(1 − 2s²/π) e_1 and s e_2 against e_1: L = ½(1 − 4/π²)s⁴ and ‖∇L‖ = 2(1 − 4/π²)s³",
)


def _ratio(exponent):  # type: ignore[no-untyped-def]
    # Units: the gradient scales like the teacher to the power 3/2, the loss like its square.
    return loss**exponent * norm(v) ** (Rational(3, 2) - 2 * exponent) / gradient_norm


def _several(exponent):  # type: ignore[no-untyped-def]
    return loss**exponent * Theta ** (Rational(3, 2) - 2 * exponent) / gradient_norm


_small = AtMost(1000 * loss, smallest_teacher**2)

CLAIMS = (
    Claim(
        id="zhou21b/lojasiewicz-exponent",
        title="along an exact family the gradient is of the order L^{3/4}",
        given=Box(variables={_s: (0, 1)}),
        then=All(
            Equal(_loss, _deficit * _s**4 / 2),
            Equal(_pull_near, 0),
            Equal(_gradient**4, 2**7 * _deficit * _loss**3),
        ),
        mutants={
            "exponent 2/3": Mutant(then=Equal(_gradient**3, _loss**2)),
            "half the loss": Mutant(then=Equal(_loss, _deficit * _s**4 / 4)),
        },
        because=("zhou21b/eq-1", "zhou21b/eq-grad/closed"),
        note="students √(1 − 2s²/π) e_1 and s e_2 against e_1: L = ½(1 − 4/π²)s⁴, ∇_{w_1}L = 0, ‖∇L‖ = 2(1 − 4/π²)s³ = "
        "2.9537… L^{3/4}; the exponent can't be below 3/4",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lojasiewicz-exponent/seven-tenths",
        title="‖∇L‖ ≥ c L^{7/10} near the optimum of over-parameterised networks",
        given=Networks(model="zhou21b", students=(1, 4), dimension=(1, 4), near_optimum=True),
        then=Bounded(ratio=loss ** Rational(7, 2) / gradient_norm**5),
        family=_family,
        mutants={"exponent one half": Mutant(then=Bounded(ratio=loss / gradient_norm**2))},
        note="the fifth power of L^{7/10}/‖∇L‖, which grows like 1/s on the exact family; so no exponent up to 7/10 will do, 2/3 "
        "included",
        expected=Verdict.REFUTED,
    ),
    Claim(
        id="zhou21b/lojasiewicz-exponent-exact",
        title="with as many students as teachers the exponent is 1/2",
        given=Networks(
            model="zhou21b",
            students=2,
            teachers=2,
            dimension=(2, 4),
            near_optimum=True,
            separation=separation,
            where=(_small,),
        ),
        then=Bounded(ratio=_several(Rational(1, 2))),
        mutants={"exponent two fifths": Mutant(then=Bounded(ratio=_several(Rational(2, 5))))},
        note="two students and two teachers whose lines are 1/2 apart",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lojasiewicz-exponent-balanced",
        title="with masses bounded below the exponent is 2/3",
        given=Networks(
            model="zhou21b",
            students=(1, 3),
            dimension=(1, 3),
            near_optimum=True,
            where=(
                AtMost(1000 * loss, norm(v) ** 2),
                AtMost(norm(v), 10 * smallest(norm(w[i]) ** 2, i)),
            ),
        ),
        then=Bounded(ratio=_ratio(Rational(2, 3))),
        mutants={"exponent one half": Mutant(then=Bounded(ratio=_ratio(Rational(1, 2))))},
        note="one teacher, every mass at least a tenth of it",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lojasiewicz-exponent-far-neuron",
        title="the squared distance ρ of one far neuron to the tangent space of one teacher",
        given=Box(variables={_phi: (0, pi / 2)}),
        then=All(AtMost(0, _rho), AtMost(_rho, 1 - 4 / pi**2)),
        contact={_phi: (0, 3)},
        mutants={
            "smaller": Mutant(then=AtMost(_rho, Rational(1, 2))),
            "bounded below": Mutant(then=AtMost(Rational(1, 100), _rho)),
        },
        because=("zhou21b/eq-grad/closed",),
        note="a far neuron of mass s² gives L ≃ ½ρs⁴ and ‖∇L‖ ≃ 2ρs³, so ‖∇L‖ ≃ 2^{7/4}ρ^{1/4} L^{3/4}; here for one "
        "teacher at the angle φ, where ρ ≤ 1 − 4/π²; for several teachers ρ also needs the inverse of M",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lojasiewicz-exponent-conjecture",
        title="the exponent 3/4 suffices near the optimum",
        given=Networks(
            model="zhou21b",
            students=(1, 4),
            teachers=(1, 2),
            dimension=(1, 4),
            near_optimum=True,
            separation=separation,
            where=(_small,),
        ),
        then=Bounded(ratio=_several(Rational(3, 4))),
        mutants={"exponent one half": Mutant(then=Bounded(ratio=_several(Rational(1, 2))))},
        note="measured, not proved",
        expected=Verdict.MEASURED,
    ),
)
