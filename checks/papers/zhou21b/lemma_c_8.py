"""Lemma C.8, pp. 38–39: sign of h(τ, φ) = 4 OwenT(τ, cot φ) − 1 + 2φ/π + τ/√(2π) erf(τ cot φ/√2).

∂h/∂τ = (1 − 2 e^{−τ²/2}) erf(τ cot φ/√2)/√(2π) + τ cot φ e^{−τ² cot² φ/2}/π, and h(0, φ) = 0 for φ > 0.
"""

from sympy import Rational, Symbol, erf, exp, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtLeast, AtMost
from checks.verdict import Verdict

_tau, _cot = Symbol("tau", real=True), Symbol("kappa", real=True)
# h(τ, π/4), as OwenT(τ, 1) = Φ(τ) (1 − Φ(τ)) / 2.
_quarter = erf(_tau / sqrt(2)) * (_tau / sqrt(2 * pi) - erf(_tau / sqrt(2)) / 2)
_bracket = 2 * exp(-(_tau**2) / 2) - 2 + _tau**2 * _cot**2

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.8-proof-range",
        title="h(τ, φ) ≤ 0 up to φ = π/4, as printed",
        label="p. 39, last sentence",
        page="39",
        printed=r"h(\tau,\phi)\le h(\tau,\phi_0)\le0,\quad\phi\le\tfrac\pi4",
        given=Box(variables={_tau: (0, 1)}),
        then=AtMost(_quarter, 0),
        witness=Point.of(tau="1/10"),
        mutants={"strictly below": Mutant(then=AtMost(_quarter, -_tau))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="the range is φ ≤ φ_0 = arccot 3, not φ ≤ π/4: h(τ, π/4) is positive for τ > 0",
            reader="h(τ, π/4) = e (τ/√(2π) − e/2) with e = erf(τ/√2) < τ √(2/π); at τ = 1/10 it is 5.29·10⁻⁶",
            mend="φ ≤ φ_0 = arccot 3",
            charity="the lemma asks for small φ only and stands",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.8-derivatives-sign",
        title="2 e^{−τ²/2} − 2 + τ² cot² φ ≥ 0 for φ ≤ π/4",
        label="p. 39",
        page="39",
        printed=r"\partial_\tau h_1\ge0,\quad\phi\le\tfrac\pi4",
        given=Box(variables={_tau: (0, 2), _cot: (1, 10)}),
        then=AtLeast(_bracket, 0),
        contact={_tau: (0, 2)},
        mutants={"beyond π/4": Mutant(given=Box(variables={_tau: (0, 2), _cot: (Rational(1, 2), 1)}))},
        note="κ stands for cot φ ≥ 1, in which the left side grows; for τ > 2 it is at least τ² − 2",
        expected=Verdict.CERTIFIED,
    ),
)
