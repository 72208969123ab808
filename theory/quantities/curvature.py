"""The curvature of the quadratic single-teacher loss towards its nearest minimum, the indicator of the benign region."""

from sympy import IndexedBase

from theory.loss import hessian_form, in_direction
from theory.quantity import Quantity
from theory.symbols import v, w

_q = IndexedBase("q", real=True)

QUANTITIES = (
    Quantity(
        name="Q",
        latex="Q",
        meaning="second derivative of the loss along the direction V_i = q_i v − w_i to the nearest minimum",
        source="wang21a (9)",
        define=lambda setting: in_direction(hessian_form(setting), lambda index: _q[index] * v - w[index]),
        undefined="where every student is orthogonal to the teacher",
    ),
)
