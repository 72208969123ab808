"""Equation (51), p. 33: the Hessian of the population loss of ReLU students."""

from sympy import Expr, Rational, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.xu23a._setting import angle_variable
from checks.relation import All, Below, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, angle, dot, norm
from theory.symbols import V, a, i, j, over, teachers, v, w
from theory.vocabulary import hessian_form, theta

_single = Networks(model="xu23a", students=(1, 4), directions=("V",), where=(Below(0, norm(w[i])),))
_general = Networks(model="xu23a", students=(1, 3), teachers=(1, 2), directions=("V",), where=(Below(0, norm(w[i])),))


def _unit(row: Expr) -> Expr:
    return row / norm(row)


def _normal(row: Expr, other: Expr, spread: Expr) -> Expr:
    """n̄_{a, b}: the unit vector of ā − cos θ b̄, whose norm is sin θ."""
    return (_unit(row) - cos(spread) * _unit(other)) / sin(spread)


def _zeta(row: Expr, other: Expr, spread: Expr, direction: Expr) -> Expr:
    """Vᵀ ζ(w, u) V with ζ = sin θ ‖u‖/(2π‖w‖) (I − w̄ w̄ᵀ + n̄ n̄ᵀ)."""
    across = dot(direction, direction) - dot(_unit(row), direction) ** 2
    along = dot(_normal(other, row, spread), direction) ** 2
    return sin(spread) * norm(other) / (2 * pi * norm(row)) * (across + along)


def _off_diagonal() -> Expr:
    """V_iᵀ Λ_ij V_j."""
    spread = theta[i, j]
    first = dot(V[i], _normal(w[i], w[j], spread)) * dot(_unit(w[j]), V[j])
    second = dot(V[i], _normal(w[j], w[i], spread)) * dot(_unit(w[i]), V[j])
    return ((pi - spread) * dot(V[i], V[j]) + first + second) / (2 * pi)


_own = over(dot(V[i], V[i]), i) / 2 + over(Distinct(i, j) * _zeta(w[i], w[j], theta[i, j], V[i]), i, j)
_pairs = over(Distinct(i, j) * _off_diagonal(), i, j)
_teacher = over(_zeta(w[i], v, theta[i], V[i]), i)
_teachers = over(over(_zeta(w[i], teachers[a], angle(w[i], teachers[a]), V[i]), a), i)

_t = angle_variable
# In an orthonormal basis with w̄_i = e_1, w̄_j = (cos θ, sin θ): Λ_ij = ((π − θ) I + [[sc, s²], [s², −sc]])/2π in the plane.
_first_component = sin(_t) * cos(_t)
_n_ij = (sin(_t), -cos(_t))

CLAIMS = (
    Claim(
        id="xu23a/eq-51",
        title="closed form of the Hessian",
        label="(51)",
        page="33",
        printed=r"\Lambda_{ii}=\tfrac12I+\sum_{j\ne i}\zeta(w_i,w_j)-\zeta(w_i,v),\quad"
        r"\Lambda_{ij}=\tfrac1{2\pi}[(\pi-\theta_{ij})I+\bar n_{w_i,w_j}\bar w_j^\top+\bar n_{w_j,w_i}\bar w_i^\top]",
        given=_single,
        then=Equal(hessian_form, _own + _pairs - _teacher),
        mutants={
            "sign of the teacher's part": Mutant(then=Equal(hessian_form, _own + _pairs + _teacher)),
            "half the pairs": Mutant(then=Equal(hessian_form, _own + _pairs / 2 - _teacher)),
        },
        uses=("xu23a/eq-4",),
        note="as the quadratic form in an arbitrary direction V, at non-zero students in general position",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-51-general",
        title="closed form of the Hessian for several teachers",
        given=_general,
        then=Equal(hessian_form, _own + _pairs - _teachers),
        mutants={"half the teachers' part": Mutant(then=Equal(hessian_form, _own + _pairs - _teachers / 2))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-51/reduced",
        title="the off-diagonal block in the plane of two students",
        given=Box(variables={_t: (Rational(1, 1000), pi - Rational(1, 1000))}),
        then=All(
            Equal(_n_ij[0] * cos(_t) + 0, _first_component),
            Equal(_n_ij[0] * sin(_t), sin(_t) ** 2),
            Equal(_n_ij[1] * sin(_t), -_first_component),
        ),
        mutants={"sign": Mutant(then=Equal(_n_ij[1] * sin(_t), _first_component))},
        expected=Verdict.PROVED,
    ),
)
