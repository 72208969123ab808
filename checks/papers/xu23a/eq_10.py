"""Equation (10), p. 7: the gradient while the students are small."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Family, Mutant
from checks.given import Box
from checks.papers.xu23a._pair_bounds import remainder_bound, to_teacher
from checks.papers.xu23a._setting import angle_variable, networks
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import largest, norm
from theory.symbols import i, j, over
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import gradient, v_norm, w_norm

# ∇_i + (‖v‖ sin θ_i w̄_i + (π − θ_i) v)/2π
_error = norm(gradient[i] + to_teacher)
_mass = over(w_norm[j], j)

_t = angle_variable
_square = (pi - _t) ** 2 + sin(_t) ** 2 + 2 * (pi - _t) * sin(_t) * cos(_t)
_s = Symbol("s", positive=True)
_small_teachers = Family(
    members=SymmetricFamily(
        students=(Group(common={"v": _s}),), teachers=(Group(common={"v": _s}),), parameters={_s: (0, 1)}
    ),
    ratio=Rational(1, 2) / _s,
    grows=_s,
    at=({_s: Rational(1, 10)}, {_s: Rational(1, 10**6)}),
    note="one student w = v, ‖v‖ = s: the error is ½s, and ‖w‖‖v‖ = s²",
)

CLAIMS = (
    Claim(
        id="xu23a/eq-10",
        title="the gradient while the students are small, with the printed error",
        label="(10)",
        page="7",
        printed=r"\sum_j\|w_j\|=O(\epsilon_1^2\|v\|)\ \Rightarrow\ "
        r"\nabla_i=-\tfrac1{2\pi}(\|v\|\sin\theta_i\bar w_i+(\pi-\theta_i)v)+O(\epsilon_1^2\|v\|^2)",
        given=networks,
        then=Bounded(ratio=largest(_error, i) / (_mass * v_norm)),
        family=_small_teachers,
        mutants={"cubes": Mutant(then=Bounded(ratio=largest(_error, i) / (_mass * v_norm**2)))},
        note="with ε₁² = Σ‖w_j‖/‖v‖, the strongest reading",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the error is O(ε₁²‖v‖), of the dimension of the gradient",
            reader="n = 1, w = ε₁²v: the error is exactly ½ε₁²‖v‖, which no multiple of ε₁²‖v‖² bounds as ‖v‖ → 0",
            mend="xu23a/eq-10/corrected",
            charity="page 21 prints the right power, and the line is true for ‖v‖ ≥ 1",
        ),
    ),
    Claim(
        id="xu23a/eq-10/corrected",
        title="the error of (10) is at most half the students' total norm",
        label="(10), mended",
        page="7",
        given=networks,
        then=AtMost(_error, _mass / 2),
        mutants={"smaller constant": Mutant(then=AtMost(_error, 49 * _mass / 100))},
        slack_as=(remainder_bound,),
        note="Σ‖w_j‖ ≤ 3nC‖v‖ = O(ε₁²‖v‖) by (28); equality where all students are parallel",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-10/reduced",
        title="the profile of the error decreases in the angle",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(_square.diff(_t), 0),
        contact={_t: (0, 2)},
        mutants={"faster": Mutant(then=AtMost(_square.diff(_t), -(sin(_t) ** 2)))},
        note="(2π‖g‖/‖u‖)² = (π−θ)² + sin²θ + 2(π−θ) sin θ cos θ falls from π² at θ = 0 to 0 at θ = π",
        expected=Verdict.CERTIFIED,
    ),
)
