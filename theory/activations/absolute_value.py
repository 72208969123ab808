"""Absolute value σ(z) = |z|; at the kink σ′(0) = sgn(0) = 0."""

from __future__ import annotations

from sympy import Integer

from theory.activation import Activation, Homogeneous

ACTIVATION = Activation(
    name="absolute_value",
    title="absolute value",
    latex=r"\left|z\right|",
    shape=Homogeneous(degree=1, right=Integer(1), left=Integer(1)),
    slope_at_zero=Integer(0),
    source="Zhou, Ge and Jin, COLT 2021, eq. (1)",
)
