"""Quadratic activation σ(z) = z²."""

from __future__ import annotations

from sympy import Integer

from theory.activation import Activation, Polynomial

ACTIVATION = Activation(
    name="quadratic",
    title="quadratic",
    latex="z^{2}",
    shape=Polynomial(coefficients=(Integer(0), Integer(0), Integer(1))),
    source="Wang and Abernethy, ACML 2021, eq. (1)",
)
