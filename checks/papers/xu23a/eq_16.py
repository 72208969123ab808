"""Equation (16), p. 8: the gradient is half the residual up to the largest angle."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.xu23a._setting import angle_variable
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import largest, norm
from theory.symbols import i, n
from theory.vocabulary import gradient, residual, theta, v_norm, w_norm

_networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))
_error = norm(gradient[i] - residual / 2)
_size = (n * largest(w_norm[i], i) + v_norm) * largest(theta[i], i)

_t = angle_variable
_all = Box(variables={_t: (0, pi)})
# g(θ)², g being 2π times the error that one neuron of unit length causes.
_square = sin(_t) ** 2 + _t**2 - 2 * _t * sin(_t) * cos(_t)

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
        uses=("xu23a/eq-4",),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-16/constant",
        title="with the constant 0.41",
        given=_networks,
        then=AtMost(_error, Rational(41, 100) * _size),
        mutants={"smaller constant": Mutant(then=AtMost(_error, Rational(10, 100) * _size))},
        because=("xu23a/eq-16/reduced",),
        note="‖∇_i − r/2‖ ≤ (Σ ‖w_j‖g(θ_ij) + ‖v‖g(θ_i))/2π with g(θ) ≤ 1.26θ and θ_ij ≤ 2θ_max gives 2·1.26/2π < 0.41",
        expected=Verdict.SUPPORTED,
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
