"""Binary64 in batches: the arithmetic of sampling and search.  It supports, and never proves or refutes."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy
from scipy import special
from sympy import NumberSymbol, Rational

from numerics.arithmetic.base import Arithmetic, Data, Unevaluable
from numerics.evaluation import indicators
from numerics.evaluation.laws import FLOATS
from numerics.quadrature.hermite_series import series_function
from theory.owen import owens_t

__all__ = ["Floating"]

_FUNCTIONS: dict[type, Any] = {
    sympy.sin: np.sin,
    sympy.cos: np.cos,
    sympy.tan: np.tan,
    sympy.atan: np.arctan,
    sympy.atan2: np.arctan2,
    sympy.exp: np.exp,
    sympy.log: np.log,
    sympy.sinh: np.sinh,
    sympy.cosh: np.cosh,
    sympy.tanh: np.tanh,
    sympy.erf: special.erf,
    owens_t: special.owens_t,
    sympy.gamma: special.gamma,
    sympy.digamma: special.digamma,
    sympy.floor: np.floor,
    sympy.ceiling: np.ceil,
    **FLOATS,
    **indicators.FLOATS,
}


class Floating(Arithmetic):
    """NumPy binary64.  Undefined values are NaN."""

    name = "binary64"

    def lift(self, data: Any) -> Data:
        return np.asarray(data, dtype=np.float64)

    def number(self, value: Rational) -> Data:
        return np.asarray(float(value))

    def constant(self, symbol: NumberSymbol) -> Data:
        return np.asarray(float(symbol.evalf(20)))

    def power(self, data: Data, exponent: Rational) -> Data:
        if exponent == Rational(1, 2):
            return np.sqrt(data)
        if exponent.q == 1:
            return np.asarray(data ** int(exponent.p))
        return np.asarray(np.power(data, float(exponent)))

    def general_power(self, data: Data, exponent: Data) -> Data:
        return np.asarray(np.power(data, exponent))

    def elementary(self, head: type, arguments: list[Data]) -> Data:
        function = _FUNCTIONS.get(head) or series_function(head)
        if function is None:
            raise Unevaluable(
                f"{head.__name__} has no binary64 evaluation; known: {', '.join(sorted(f.__name__ for f in _FUNCTIONS))}"
            )
        return np.asarray(function(*arguments))

    def magnitude(self, data: Data) -> Data:
        return np.abs(data)

    def positive_part(self, data: Data) -> Data:
        return np.maximum(data, 0.0)

    def dot(self, x: Data, y: Data, metric: Data | None) -> Data:
        # Rows meet samples by broadcasting: an array of all products would be d times larger than the result.
        left = x if metric is None else x @ metric
        return np.asarray(np.einsum("...d,...d->...", left, y))

    def angle(self, x: Data, y: Data, metric: Data | None) -> Data:
        # 2 atan2(|x̄ − ȳ|, |x̄ + ȳ|) keeps angles of 1e-9, where arccos of the cosine has no digit left.
        unit_x, unit_y = x / self.norm(x, metric)[..., None], y / self.norm(y, metric)[..., None]
        return np.asarray(2 * np.arctan2(self.norm(unit_x - unit_y, metric), self.norm(unit_x + unit_y, metric)))

    def extremum(self, data: Data, axis: int, largest: bool) -> Data:
        return np.asarray(data.max(axis=axis) if largest else data.min(axis=axis))

    def attained(self, data: Data, axis: int) -> Data:
        return indicators.attained_in_floats(data, axis)
