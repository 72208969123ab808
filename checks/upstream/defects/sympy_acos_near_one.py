"""SymPy denies that the angle acos(7823207/7823209) ≈ 7.15e-4 is positive: evalf loses every digit near 1."""

import sympy
from flint import arb, ctx, fmpq

from checks.upstream.corpus import Defect, Observation

# 1 − 2/k² = cos(2·asin(1/k)), so the angle is known in a form without cancellation.
K = 2797
COSINE = (K * K - 2, K * K)


def shown() -> Observation:
    positive = sympy.acos(sympy.Rational(*COSINE)) > 0
    return Observation(holds=positive is not sympy.S.true, detail=f"acos({COSINE[0]}/{COSINE[1]}) > 0 is {positive}")


def relied_on() -> Observation:
    with ctx.workprec(128):
        angle = arb(fmpq(*COSINE)).acos()
        reference = 2 * arb(fmpq(1, K)).asin()
        holds = bool(angle > 0) and bool(angle.overlaps(reference)) and bool((angle - reference).rad() < 1e-25)
    return Observation(holds=holds, detail=f"enclosed as {angle.str(12)}")


DEFECT = Defect(
    title="SymPy decides acos of a number near 1 wrongly",
    source="https://github.com/sympy/sympy/issues/23086",
    known_present=True,
    shown=shown,
    reliance="Arb encloses the angle, positive, and agrees with 2·asin(1/k)",
    relied_on=relied_on,
)
