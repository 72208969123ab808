"""Step function σ(z) = 1{z > 0}, the arc-cosine kernel of order 0.

It jumps at 0: the loss has no gradient where two neurons are parallel, and no value where one vanishes.
"""

from __future__ import annotations

from sympy import Integer

from theory.activation import Activation, Homogeneous

ACTIVATION = Activation(
    name="step",
    title="step function",
    latex=r"\mathbb{1}\{z > 0\}",
    shape=Homogeneous(degree=0, right=Integer(1), left=Integer(0)),
    source="Cho and Saul, NIPS 2009, section 2",
)
