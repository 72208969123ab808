"""Gradient of the population loss with respect to each student row."""

from sympy import IndexedBase, sqrt

from theory import loss
from theory.heads import dot
from theory.quantity import Quantity
from theory.symbols import i, over

_effective = IndexedBase("effective_gradient", real=True)
_gradient = IndexedBase("gradient", real=True)
_UNDEFINED = "where a student vanishes and the activation is not differentiable at 0"

QUANTITIES = (
    Quantity(
        name="effective_gradient",
        latex=r"\nabla_{u_{#}}L",
        meaning="gradient with respect to the effective neuron u_i",
        source="design: L as a function of the effective rows",
        define=loss.effective_gradient,
        axes=(i,),
        vector=True,
        undefined=_UNDEFINED,
    ),
    Quantity(
        name="gradient",
        latex=r"\nabla_{w_{#}}L",
        meaning="gradient with respect to the student row w_i",
        source="wang21a (6); xu23a (4); zhou21b p. 11",
        define=lambda setting: loss.gradient(setting, _effective[i]),
        axes=(i,),
        vector=True,
        undefined=_UNDEFINED,
    ),
    Quantity(
        name="gradient_norm",
        latex=r"\lVert\nabla L\rVert",
        meaning="Frobenius norm of the gradient over all students",
        source="xu23a Theorem 7; zhou21b Theorem 4",
        define=lambda setting: sqrt(over(dot(_gradient[i], _gradient[i]), i)),
        nonnegative=True,
        undefined=_UNDEFINED,
    ),
)
