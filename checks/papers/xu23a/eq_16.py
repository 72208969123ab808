"""Equation (16), p. 8: the gradient is half the residual up to the largest angle."""

from sympy import Expr, Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.xu23a._setting import angle_variable, unit_student
from checks.reduction.inherited import slack_of
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import largest, norm
from theory.steps import AngleTriangle, LargestStep, RootStep, SumTriangle
from theory.symbols import i, j, k, n, over, v, w
from theory.vocabulary import gradient, residual, theta, v_norm, w_norm

_networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))
_error = norm(gradient[i] - residual / 2)
_size = (n * largest(w_norm[i], i) + v_norm) * largest(theta[i], i)

_t = angle_variable
_all = Box(variables={_t: (0, pi)})
# g(θ)², g being 2π times the error that one neuron of unit length causes.
_square = sin(_t) ** 2 + _t**2 - 2 * _t * sin(_t) * cos(_t)

# ∇_i − r/2 = Σ_j e(w_i, w_j) − e(w_i, v) with ‖e(w, u)‖ = ‖u‖ g(θ)/2π ≤ ‖u‖ c θ/2, c = 1.26/π.
_remainder = gradient[i] - residual / 2
_c = Rational(126, 100) / pi
_room = slack_of("xu23a/eq-16/room", at={_t: theta[i]})
_largest = largest(theta[k], k)


def _term(row: Expr, spread: Expr) -> Expr:
    return (norm(row) * sin(spread) * unit_student(i) - spread * row) / (2 * pi)


def _length_bound(row: Expr, spread: Expr) -> Expr:
    gap = norm(row) ** 2 / (4 * pi**2) * slack_of("xu23a/eq-16/reduced", at={_t: spread})
    return RootStep(_c / 2 * spread * norm(row), norm(_term(row, spread)), gap)


def _to_largest(index: Expr) -> Expr:
    return LargestStep(theta[k], k, index)


# 2 max θ − θ_ij
_twice = _to_largest(i) + _to_largest(j) + AngleTriangle(w[i], v, w[j])

CLAIMS = (
    Claim(
        id="xu23a/eq-16",
        title="the gradient is half the residual up to the largest angle",
        label="(16)",
        page="8",
        printed=r"\nabla_i=\tfrac12r+O\big((n\max_i\|w_i\|+\|v\|)\max_i\theta_i\big)",
        given=_networks,
        then=Bounded(ratio=_error / _size),
        mutants={"per square of the angle": Mutant(then=Bounded(ratio=_error / (_size * largest(theta[i], i) ** 2)))},
        options={"constant": Rational(41, 100)},
        slack_as=(slack_of("xu23a/eq-16/constant") / _size,),
        uses=("xu23a/eq-4",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-16/constant",
        title="with the constant 0.41",
        given=_networks,
        then=AtMost(_error, Rational(41, 100) * _size),
        mutants={"smaller constant": Mutant(then=AtMost(_error, Rational(10, 100) * _size))},
        slack_as=(
            SumTriangle(_remainder, _term(w[j], theta[i, j]), j, -_term(v, theta[i]))
            + over(_length_bound(w[j], theta[i, j]), j)
            + _length_bound(v, theta[i])
            + _c / 2 * (over(w_norm[j] * _twice, j) + v_norm * _to_largest(i))
            + _room * _largest * (over(w_norm[j], j) + v_norm)
            + _c / 2 * v_norm * _largest
            + Rational(41, 100) * _largest * over(LargestStep(w_norm[k], k, j), j),
        ),
        note="‖∇_i − r/2‖ ≤ (Σ ‖w_j‖g(θ_ij) + ‖v‖g(θ_i))/2π with g(θ) ≤ 1.26θ and θ_ij ≤ 2θ_max gives 2·1.26/2π < 0.41",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-16/reduced",
        title="g(θ) ≤ 1.26 θ",
        given=_all,
        then=AtMost(_square, Rational(126, 100) ** 2 * _t**2),
        contact={_t: (0, 2)},
        mutants={"1.259": Mutant(then=AtMost(_square, Rational(1259, 1000) ** 2 * _t**2))},
        note="g² = sin²θ + θ² − 2θ sin θ cos θ; the supremum of g/θ is 1.25960…, at θ = 2.0428…",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-16/room",
        title="1.26/π ≤ 0.41",
        given=_all,
        then=AtMost(Rational(126, 100) / pi, Rational(41, 100)),
        mutants={"0.40": Mutant(then=AtMost(Rational(126, 100) / pi, Rational(40, 100)))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-16-quadratic",
        title="g(θ) ≤ θ²: the error of (16) is of second order in the angles",
        given=_all,
        then=AtMost(_square, _t**4),
        contact={_t: (0, 6)},
        mutants={"smaller constant": Mutant(then=AtMost(_square, Rational(99, 100) * _t**4))},
        note="so that ‖∇_i − r/2‖ = O((n max‖w_i‖ + ‖v‖) max θ_i²)",
        expected=Verdict.CERTIFIED,
    ),
)
