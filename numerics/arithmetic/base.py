"""What the structural walk needs of an arithmetic: numbers, elementary functions, norms, angles, sums and extrema.

Data are NumPy arrays, of binary64 or of Python objects (balls, rational functions); the layout is the walk's business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

import numpy as np
from sympy import NumberSymbol, Rational

__all__ = ["Arithmetic", "Data", "Unevaluable"]

Data: TypeAlias = "np.ndarray[Any, Any]"


class Unevaluable(ValueError):
    """An arithmetic has no meaning for a piece of a tree; the message names the piece and what to write instead."""


class Arithmetic(ABC):
    """Element-wise operations on data arrays; ``+ - *`` are those of NumPy."""

    name: str

    @abstractmethod
    def lift(self, data: Any) -> Data:
        """Data array of exact or binary64 input."""

    @abstractmethod
    def number(self, value: Rational) -> Data:
        """A rational constant, as a zero-dimensional array."""

    @abstractmethod
    def constant(self, symbol: NumberSymbol) -> Data:
        """π, e, … as a zero-dimensional array."""

    @abstractmethod
    def power(self, data: Data, exponent: Rational) -> Data:
        """data ** exponent for a rational exponent."""

    @abstractmethod
    def general_power(self, data: Data, exponent: Data) -> Data:
        """data ** exponent for positive data and any real exponent."""

    @abstractmethod
    def elementary(self, head: type, arguments: list[Data]) -> Data:
        """An elementary function (sin, exp, …) named by its SymPy class."""

    @abstractmethod
    def magnitude(self, data: Data) -> Data:
        """|data|."""

    @abstractmethod
    def positive_part(self, data: Data) -> Data:
        """max(data, 0)."""

    @abstractmethod
    def angle(self, x: Data, y: Data, metric: Data | None) -> Data:
        """∠ of vectors along the last axis; 0 for a vector with itself."""

    @abstractmethod
    def extremum(self, data: Data, axis: int, largest: bool) -> Data:
        """max or min along an axis."""

    def attained(self, data: Data, axis: int) -> Data:
        """1 at the smallest entry along an axis, 0 elsewhere (`theory.indicators.Attained`)."""
        raise Unevaluable(f"{self.name} decide no comparison; the smallest entry is not known")

    def dot(self, x: Data, y: Data, metric: Data | None) -> Data:
        """⟨x, y⟩ along the last axis; ``metric`` is the Gram matrix of the frame, None for orthonormal coordinates."""
        left = x if metric is None else x @ metric
        return np.asarray((left * y).sum(axis=-1))

    def norm(self, x: Data, metric: Data | None) -> Data:
        """‖x‖ along the last axis."""
        return self.power(self.dot(x, x, metric), Rational(1, 2))

    def total(self, data: Data, axis: int) -> Data:
        """Σ along an axis."""
        return np.asarray(data.sum(axis=axis))

    def masked(self, mask: np.ndarray[Any, np.dtype[np.bool_]], data: Data) -> Data:
        """data where the mask holds, exact 0 elsewhere (also where data is undefined)."""
        return np.where(mask, data, self.number(Rational(0)))
