"""The curvature of the empirical loss of the quadratic single-teacher model towards the nearest minimum.

    Q_N = ∇²L_N[V, V],    V_i = q_i v − w_i,

which is what wang21a plots as its quantity (9): every sample is fitted at v qᵀ, a minimum of L_N as well.
"""

from sympy import IndexedBase

from theory.loss import in_direction
from theory.quantity import Quantity, find_quantity
from theory.symbols import v, w

_q = IndexedBase("q", real=True)

QUANTITIES = (
    Quantity(
        name="Q_N",
        latex="Q_N",
        meaning="second derivative of the empirical loss along V_i = q_i v − w_i, to the nearest minimum",
        source="wang21a (9)",
        define=lambda setting: in_direction(
            find_quantity("empirical_hessian_form").define(setting), lambda index: _q[index] * v - w[index]
        ),
        undefined="where every student is orthogonal to the teacher",
    ),
)
