"""Empirical loss on samples x_mu labelled by the teachers, with its gradient and Hessian form.

    L_N = (λ / N) Σ_mu r_mu²,    r_mu = Σ_i a_i σ(⟨x_mu, u_i⟩) − Σ_b ω_b σ(⟨x_mu, v_b⟩),
    ∇_{u_i} L_N = (2λ / N) Σ_mu r_mu a_i σ′(⟨x_mu, u_i⟩) x_mu,

with the λ of the population loss.  Exact for every activation; derivatives are undefined where a sample meets
a kink.
"""

from sympy import Expr, Indexed, IndexedBase, Integer

from theory import loss
from theory.activation import Homogeneous, Polynomial, z
from theory.calculus import along_direction
from theory.heads import dot
from theory.quantity import Quantity, Setting
from theory.symbols import N, i, mu, over, x

_residual = IndexedBase("sample_residual", real=True)
_gradient = IndexedBase("effective_empirical_gradient", real=True)


def _sigma(setting: Setting, at: Expr) -> Expr:
    return setting.model.activation.definition.xreplace({z: at})


def _slope(setting: Setting, at: Expr) -> Expr:
    """σ′; of a homogeneous σ by Euler's identity z σ′(z) = k σ(z), which holds off the kink."""
    shape = setting.model.activation.shape
    if isinstance(shape, Homogeneous):
        return shape.degree * _sigma(setting, at) / at
    if not isinstance(shape, Polynomial):
        return shape.definition.diff(z).xreplace({z: at})
    derived = shape.derivative()
    powers = enumerate(derived.coefficients) if derived is not None else ()
    return sum((value * at**power for power, value in powers), Integer(0))


def _define_residual(setting: Setting) -> Expr:
    own = loss.student(setting, i)

    def target(index: Expr) -> Expr:
        row = loss.teacher(setting, index)
        return row.weight * _sigma(setting, dot(x[mu], row.vector))

    return over(own.weight * _sigma(setting, dot(x[mu], own.vector)), i) - loss.over_teachers(setting, target)


def _define_gradient(setting: Setting) -> Expr:
    own = loss.student(setting, i)
    pull = _residual[mu] * own.weight * _slope(setting, dot(x[mu], own.vector))
    return 2 * setting.model.scale / N * over(pull * x[mu], mu)


def _define_hessian_form(setting: Setting) -> Expr:
    residual = _define_residual(setting)

    def expand(leaf: Expr) -> Expr | None:
        return residual if isinstance(leaf, Indexed) and leaf.base == _residual else None

    return along_direction(setting.model.scale * over(_residual[mu] ** 2, mu) / N, 2, expand)


_KINK = "where the activation has a kink and a sample is orthogonal to a student"

QUANTITIES = (
    Quantity(
        name="sample_residual",
        latex="r",
        meaning="output of the students minus output of the teachers at the sample x_mu",
        source="wang21a (2)",
        define=_define_residual,
        axes=(mu,),
    ),
    Quantity(
        name="empirical_loss",
        latex="L_N",
        meaning="loss averaged over the samples instead of over the Gaussian input",
        source="wang21a (1), (2)",
        define=lambda setting: setting.model.scale * over(_residual[mu] ** 2, mu) / N,
        nonnegative=True,
    ),
    Quantity(
        name="effective_empirical_gradient",
        latex=r"\nabla_{u_{#}}L_N",
        meaning="gradient of the empirical loss with respect to the effective neuron u_i",
        source="wang21a (5)",
        define=_define_gradient,
        axes=(i,),
        vector=True,
        undefined=_KINK,
    ),
    Quantity(
        name="empirical_gradient",
        latex=r"\nabla_{w_{#}}L_N",
        meaning="gradient of the empirical loss with respect to the student row w_i",
        source="wang21a (5)",
        define=lambda setting: loss.gradient(setting, _gradient[i]),
        axes=(i,),
        vector=True,
        undefined=_KINK,
    ),
    Quantity(
        name="empirical_hessian_form",
        latex=r"\nabla^2L_N[V,V]",
        meaning="second derivative of the empirical loss along the direction V of the students",
        source="wang21a p. 17",
        define=_define_hessian_form,
        undefined=_KINK,
    ),
)
