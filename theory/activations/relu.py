"""Rectified linear unit σ(z) = max(z, 0); σ′(0) = 1, from the indicator 1{z ≥ 0} of the source."""

from __future__ import annotations

from sympy import Integer

from theory.activation import Activation, Homogeneous

ACTIVATION = Activation(
    name="relu",
    title="ReLU",
    latex=r"\max(z, 0)",
    shape=Homogeneous(degree=1, right=Integer(1), left=Integer(0)),
    slope_at_zero=Integer(1),
    source="Xu and Du, COLT 2023",
)
