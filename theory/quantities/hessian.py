"""Second derivative of the population loss along directions V[i]."""

from theory.loss import hessian_form
from theory.quantity import Quantity

QUANTITIES = (
    Quantity(
        name="hessian_form",
        latex=r"\nabla^2L[V,V]",
        meaning="second derivative of the population loss along the direction V of the students",
        source="wang21a p. 17; xu23a (51); zhou21b section 5",
        define=hessian_form,
        undefined="where a student vanishes and the activation is not differentiable at 0",
    ),
)
