"""The slab |w*·x| ≤ τ of Lemma 9, with y = τ cot φ."""

from __future__ import annotations

from sympy import Symbol, erf, exp, pi, sqrt

y, tau = Symbol("y", real=True), Symbol("tau", real=True)

# The integral (8) divided by sin φ, and its product with the Gaussian weight of the slab.
inner = sqrt(2 * pi) * y * erf(y / sqrt(2)) + 2 * exp(-(y**2) / 2)
density = exp(-(tau**2) / 2) * inner

# The same by its expansion: ρ stands for a remainder between 0 and 1.
rest = Symbol("rho", real=True)
expanded = exp(-(tau**2) / 2) * (2 + y**2 - rest * y**4 / 12)
