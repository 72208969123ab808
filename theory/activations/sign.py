"""Sign function σ(z) = sgn z, with kernel 1 − 2θ/π (Grothendieck, Sheppard).

It jumps at 0: the loss has no gradient where two neurons are parallel, and no value where one vanishes.
"""

from __future__ import annotations

from sympy import Integer

from theory.activation import Activation, Homogeneous

ACTIVATION = Activation(
    name="sign",
    title="sign function",
    latex=r"\operatorname{sgn}(z)",
    shape=Homogeneous(degree=0, right=Integer(1), left=Integer(-1)),
    source="Sheppard, Philosophical Transactions A 192 (1899) 101–167",
)
