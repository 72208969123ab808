"""The Hessian of the loss, its behaviour at a vanishing student, and the matrix M of Section 5.4."""

from sympy import cos, pi, sin

from checks.claim import Assumption, Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._kernel import kernel, mass, sign_form
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import Distinct, angle, dot, norm
from theory.symbols import V, a, b, i, j, over, teachers, w
from theory.vocabulary import effective_gradient, hessian_form, loss

_moving = Networks(model="zhou21b", students=(1, 3), teachers=(1, 3), dimension=(1, 4), directions=("V",))


def _velocity(index):  # type: ignore[no-untyped-def]
    """a_j = ‖w_j‖(V_j + w̄_j w̄_jᵀ V_j), the velocity of the effective neuron."""
    return norm(w[index]) * V[index] + dot(w[index], V[index]) / norm(w[index]) * w[index]


_slope = dot(w[i], V[i]) / norm(w[i])
_second = 2 * _slope * V[i] + (dot(V[i], V[i]) - _slope**2) / norm(w[i]) * w[i]


def _bend(x, y, velocity, x_norm, y_norm):  # type: ignore[no-untyped-def]
    """velocityᵀ ∇_x² k(x, y) velocity."""
    phi = angle(x, y)
    radial = dot(velocity, x) / norm(x)
    across = (dot(velocity, y) / norm(y) - cos(phi) * radial) / sin(phi)
    return 2 / pi * y_norm / x_norm * sin(phi) * (dot(velocity, velocity) - radial**2 + across**2)


_own = over(dot(_velocity(i), _velocity(i)), i)
_pairs = over(Distinct(i, j) * sign_form(w[i], w[j], _velocity(i), _velocity(j)), i, j)
_pulls = over(dot(_second, effective_gradient[i]), i)
_bends = over(Distinct(i, j) * _bend(w[i], w[j], _velocity(i), mass(i), mass(j)), i, j) - over(
    _bend(w[i], teachers[a], _velocity(i), mass(i), norm(teachers[a])), i, a
)

# One student against the teachers.
_u = w[0]
_slope_at_zero = over(kernel(teachers[a], _u), a)
_teachers = over(kernel(teachers[a], teachers[b]), a, b) / 2
_single = Networks(model="zhou21b", students=1, teachers=(1, 3), dimension=(1, 4))
_quartic = dot(_u, _u) ** 2 / 2


CLAIMS = (
    Claim(
        id="zhou21b/hessian-form",
        title="the Hessian as a quadratic form",
        given=_moving,
        then=Equal(hessian_form, _own + _pairs + _pulls + _bends),
        mutants={
            "without the curvature of the kernel": Mutant(then=Equal(hessian_form, _own + _pairs + _pulls)),
            "without the residual": Mutant(then=Equal(hessian_form, _own + _pairs + _bends)),
        },
        note="no student vanishes and no two neurons are parallel; there the formula has a continuous limit",
        uses=("zhou21b/eq-grad",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/hessian-zero-neuron",
        title="beside a vanishing student the loss is 2-homogeneous but no quadratic form",
        given=_single,
        then=Equal(loss, _teachers - norm(_u) * _slope_at_zero + _quartic),
        mutants={
            "a quadratic form": Mutant(
                then=Equal(loss, _teachers - dot(_u, _u) * over(norm(teachers[a]), a) + _quartic)
            ),
            "half the second derivative": Mutant(
                then=Equal(loss, _teachers - norm(_u) * _slope_at_zero / 2 + _quartic)
            ),
        },
        note="along w = νξ the second one-sided derivative at ν = 0 is 2‖ξ‖E[R|ξ·x|] = −2‖ξ‖Σ k(v_a, ξ); for "
        "unit ξ along, across and halfway to one unit teacher ‖ξ‖k is 1, 2/π and 0.8037… ≠ (1 + 2/π)/2",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/sec5.4-M-hessian",
        title="M is the Hessian at the global minima of the exactly parameterised problem",
        label="Sec. 5.4",
        page="12",
        printed=r"M\text{ corresponds to the Hessian at the global minima of the exact-parameterised problem}",
        assumption=Assumption(
            reason="a correspondence, whose coordinates the sentence leaves open; in the coordinates of the students "
            "the Hessian is DMD with D = blockdiag(‖w_i‖(I + w̄_i w̄_iᵀ))",
            forms=("zhou21b/sec5.4-M-hessian/exact",),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/sec5.4-M-hessian/exact",
        title="the Hessian is DMD plus terms that vanish with the residual",
        label="Sec. 5.4",
        page="12",
        given=_moving,
        then=Equal(hessian_form - _pulls - _bends, _own + _pairs),
        mutants={
            "M without D": Mutant(
                then=Equal(
                    hessian_form - _pulls - _bends,
                    over(dot(V[i], V[i]), i) + over(Distinct(i, j) * sign_form(w[i], w[j], V[i], V[j]), i, j),
                )
            ),
        },
        note="at a global minimum R = 0, and the two subtracted sums, E[R D²f[V, V]], are 0; what is left is "
        "Σ a_iᵀ M_ij a_j, a_i = ‖w_i‖(I + w̄_i w̄_iᵀ)V_i, with M of the directions of the students",
        expected=Verdict.PROVED,
    ),
)
