"""Display of p. 21: small students that are not turned away from the teacher grow."""

from sympy import Expr, Rational, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box, Networks, Point
from checks.papers.xu23a._setting import angle_variable, networks, unit_student
from checks.papers.xu23a._small_students import shrunk
from checks.reduction.inherited import slack_of
from checks.relation import AtMost, Below, Equal, Relation
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, j, n, over
from theory.vocabulary import gradient, theta, v_norm, w_norm

# Claimed as ⟨w̄_i, ∇_i⟩ + ‖v‖ < ‖v‖, which gives the search a scale.
_inner = dot(unit_student(i), gradient[i])


def _profile(spread: Expr) -> Expr:
    return (pi - spread) * cos(spread) + sin(spread)


_formula = (over(_profile(theta[i, j]) * w_norm[j], j) - _profile(theta[i]) * v_norm) / (2 * pi)
_threshold = (sqrt(3) / 2 - pi / 6) / pi
_angles = AtMost(theta[i], 2 * pi / 3)
_t = angle_variable


def _below(fraction: Expr, *where: Relation) -> Networks:
    return Networks(
        model="xu23a",
        students=(1, 5),
        dimension=(1, 5),
        directions=("H",),
        drawn_as=shrunk(fraction * v_norm / n),
        where=(Below(over(w_norm[j], j), fraction * v_norm), *where),
    )


def _by_values(fraction: Expr, part: int) -> Expr:
    """−⟨w̄_i, ∇_i⟩ from the values of the profile: the teacher takes at least that at 2π/3, a student adds at most that at 0."""
    taken = v_norm * slack_of("xu23a/mono-trig/value", part, at={_t: theta[i]})
    added = over(w_norm[j] * slack_of("xu23a/mono-trig/largest", at={_t: theta[i, j]}), j)
    return (taken + added + pi * (fraction * v_norm - over(w_norm[j], j))) / (2 * pi)


CLAIMS = (
    Claim(
        id="xu23a/norm-growth/identity",
        title="the radial part of the gradient",
        label="p. 21 display",
        page="21",
        printed=r"\langle\bar w_i,\nabla_i\rangle=-\frac{(\pi-\theta_i)\cos\theta_i+\sin\theta_i}{2\pi}\|v\|"
        r"+\sum_j\frac{(\pi-\theta_{ij})\cos\theta_{ij}+\sin\theta_{ij}}{2\pi}\|w_j\|",
        given=networks,
        then=Equal(_inner, _formula),
        mutants={
            "without the own term": Mutant(then=Equal(_inner, _formula - w_norm[i] / 2)),
            "sign": Mutant(then=Equal(_inner, -_formula)),
        },
        uses=("xu23a/eq-4",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/norm-growth",
        title="students below ‖v‖/40 in total grow while θ ≤ 2π/3",
        label="p. 21 display",
        page="21",
        printed=r"\theta_i\le\tfrac{2\pi}3\ \Rightarrow\ \langle\bar w_i,\nabla_i\rangle\le"
        r"-\frac{1/12}{2\pi}\|v\|+O(\epsilon_1^2\|v\|)<0",
        given=_below(Rational(1, 40), _angles),
        then=Below(_inner + v_norm, v_norm),
        mutants={
            "any size": Mutant(given=networks),
            "any angle": Mutant(
                given=_below(Rational(1, 40)),
                witness=Point.of(students=[["-1/100"]], teachers=[[1]], note="θ = π"),
            ),
        },
        slack_as=(
            _by_values(Rational(1, 40), 0)
            + v_norm / (2 * pi) * slack_of("xu23a/norm-growth/constant", at={_t: theta[i]}),
        ),
        uses=("xu23a/mono-trig", "xu23a/eq-28", "xu23a/eq-4"),
        note="with 1/12 as printed, Σ‖w_j‖ < ‖v‖/(12π) is enough, which is what ‖v‖/40 makes explicit",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/norm-growth-sharp",
        title="Σ‖w_j‖ < 0.10899…‖v‖ suffices for θ ≤ 2π/3",
        given=_below(_threshold, _angles),
        then=Below(_inner + v_norm, v_norm),
        mutants={
            "11 percent": Mutant(
                given=_below(Rational(111, 1000), _angles),
                witness=Point.of(
                    students=[["-0.055", "0.0953"]], teachers=[[1, 0]], note="θ just below 2π/3, ‖w‖ = 0.11003"
                ),
            )
        },
        slack_as=(_by_values(_threshold, 1),),
        note="(√3/2 − π/6)/π: each student adds at most ½‖w_j‖, the teacher takes at least (√3/2 − π/6)/(2π)‖v‖",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/norm-growth/constant",
        title="π/40 ≤ 1/12",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(pi / 40, Rational(1, 12)),
        mutants={"π/30": Mutant(then=AtMost(pi / 30, Rational(1, 12)))},
        expected=Verdict.CERTIFIED,
    ),
)
