"""Population loss, gradient and Hessian form in closed form, on which every result of the paper stands."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import direction_square, weight_square
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import directional, dot, expectation, gaussian_input
from theory.symbols import V, i, j, k, over, v, w
from theory.vocabulary import gap_square, gradient, hessian_form, loss, trace_gap

_networks = Networks(model="wang21a", students=(1, 6), dimension=(1, 6))
_directed = Networks(model="wang21a", students=(1, 6), dimension=(1, 6), directions=("V",))

_x = gaussian_input
_outputs = over(dot(_x, w[i]) ** 2, i) - dot(_x, v) ** 2
# A w_i for the gap matrix A = W Wᵀ − v vᵀ.
_gap_row = over(dot(w[j], w[i]) * w[j], j) - dot(v, w[i]) * v
_gap_form = over(over(dot(w[k], V[i]) ** 2, k) - dot(v, V[i]) ** 2, i)
_bracket = (
    over(dot(w[i], V[i]), i) ** 2
    + over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j)
    + over(dot(w[i], w[j]) * dot(V[i], V[j]), i, j)
)
_squares = Rational(1, 4) * trace_gap**2 + Rational(1, 2) * gap_square

CLAIMS = (
    Claim(
        id="wang21a/population-loss",
        title="closed form of the population loss",
        given=_networks,
        then=All(Equal(loss, _squares), Equal(loss, expectation(_outputs**2) / 4)),
        mutants={
            "weights exchanged": Mutant(then=Equal(loss, trace_gap**2 / 2 + gap_square / 4)),
            "loss scale one half": Mutant(then=Equal(loss, expectation(_outputs**2) / 2)),
        },
        note="F = ¼(tr A)² + ½‖A‖_F² with A = W Wᵀ − w_* w_*ᵀ, and the expectation it stands for; F(0) = ¾‖w_*‖⁴",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/population-gradient",
        title="closed form of the population gradient",
        given=_directed,
        then=All(
            Equal(gradient[i], trace_gap * w[i] + 2 * _gap_row),
            Equal(directional(loss, 1), over(dot(gradient[i], V[i]), i)),
        ),
        mutants={
            "factor of A": Mutant(then=Equal(gradient[i], trace_gap * w[i] + _gap_row)),
            "sign of the trace": Mutant(then=Equal(gradient[i], 2 * _gap_row - trace_gap * w[i])),
        },
        note="∇F = tr(A) W + 2AW, and D F[V] = ⟨∇F, V⟩ for every direction V",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/population-hessian",
        title="closed form of the second derivative of the population loss",
        given=_directed,
        then=All(
            Equal(hessian_form, trace_gap * direction_square + 2 * _gap_form + 2 * _bracket),
            Equal(hessian_form, directional(loss, 2)),
            Equal(_bracket, expectation(over(dot(_x, w[i]) * dot(_x, V[i]), i) ** 2)),
        ),
        mutants={
            "without the trace of the square": Mutant(
                then=Equal(
                    hessian_form,
                    trace_gap * direction_square
                    + 2 * _gap_form
                    + 2 * (_bracket - over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j)),
                )
            ),
            "‖W‖² for tr A": Mutant(
                then=Equal(hessian_form, weight_square * direction_square + 2 * _gap_form + 2 * _bracket)
            ),
        },
        note="the last bracket is E(xᵀW Vᵀx)², so it is never negative",
        expected=Verdict.PROVED,
    ),
)
