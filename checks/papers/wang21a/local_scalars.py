"""The scalars that decide what happens near a minimum: gradient against displacement, gradient norm."""

from sympy import Expr

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, j, k, over, v, w
from theory.vocabulary import across_square as u
from theory.vocabulary import alignment, dist_square, gradient, gradient_norm, q, z

_networks = Networks(model="wang21a", students=(1, 4), dimension=(1, 5))

# p = ‖Wᵀw_*‖/‖w_*‖, δ = p − s, and with U = W^⊥: α = ‖Uq‖², β = ‖UUᵀ‖², κ = ‖UᵀUq‖², τ = ‖UUᵀU‖².
_p = alignment / s
_delta = _p - s
_distance = dist_square
_Uq = over(q[j] * z[j], j)
_alpha = dot(_Uq, _Uq)
_beta = over(dot(z[i], z[j]) ** 2, i, j)
_kappa = over(dot(z[i], _Uq) ** 2, i)
_tau = over(dot(z[i], z[j]) * dot(z[j], z[k]) * dot(z[k], z[i]), i, j, k)
_trace = 2 * s * _delta + _distance

_inner = over(dot(gradient[i], w[i] - q[i] * v), i)


def _inner_product(alpha_factor: int = 2) -> Expr:
    return (
        _trace * (s * _delta + _distance)
        + 2 * _delta**2 * (s + _delta) * (2 * s + _delta)
        + alpha_factor * _alpha * (s + _delta) * (s + 2 * _delta)
        + 2 * _beta
    )


def _square(kappa_factor: int = 3) -> Expr:
    rise = _p**2 - s**2
    return (
        _trace**2 * (_p**2 + u)
        + 4 * _trace * (_p**2 * rise + 2 * _p**2 * _alpha + _beta)
        + 4 * (rise**2 * _p**2 + 2 * _p**2 * rise * _alpha + kappa_factor * _p**2 * _kappa + _p**4 * _alpha + _tau)
    )


CLAIMS = (
    Claim(
        id="wang21a/local-inner-product",
        title="gradient against the displacement from the nearest minimum",
        given=_networks,
        then=Equal(_inner, _inner_product()),
        mutants={"one α too few": Mutant(then=Equal(_inner, _inner_product(alpha_factor=1)))},
        note="with δ = ‖Wᵀw_*‖/s − s, D = dist², α = ‖W^⊥q‖², β = ‖W^⊥W^⊥ᵀ‖_F²: four scalars instead of K·d; "
        "for K = 1 and s = 1 it is 2D + 4δ² + 9δD + 3D²",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/local-gradient-norm",
        title="squared norm of the gradient in the same scalars",
        given=_networks,
        then=Equal(gradient_norm**2, _square()),
        mutants={"one κ too few": Mutant(then=Equal(gradient_norm**2, _square(kappa_factor=2)))},
        note="two scalars more: κ = ‖W^⊥ᵀW^⊥q‖² and τ = ‖W^⊥W^⊥ᵀW^⊥‖_F²",
        expected=Verdict.PROVED,
    ),
)
