"""SymPy integrates 1/(a x² + b x + c) with real symbols to 0."""

import sympy
from flint import acb, arb, ctx

from checks.upstream.corpus import Defect, Observation

a, b, c, x = sympy.symbols("a b c x", real=True)


def shown() -> Observation:
    antiderivative = sympy.integrate(1 / (a * x**2 + b * x + c), x)
    wrong = antiderivative is sympy.S.Zero
    return Observation(holds=wrong, detail="the antiderivative is 0" if wrong else f"it is {antiderivative}")


def relied_on() -> Observation:
    """∫₀¹ dx/(x² + x + 1) = π/(3√3), by enclosing quadrature: it refuses 0 and admits the truth."""
    with ctx.workprec(128):
        quadrature = acb.integral(lambda z, _: 1 / (z * z + z + 1), acb(0), acb(1)).real
        truth = arb.pi() / (3 * arb(3).sqrt())
        holds = bool(quadrature.overlaps(truth)) and not quadrature.contains(0) and bool(quadrature.rad() < 1e-25)
    return Observation(holds=holds, detail=f"enclosed as {quadrature.str(12)}")


DEFECT = Defect(
    title="SymPy integrates 1/(a x² + b x + c) to 0",
    source="https://github.com/sympy/sympy/issues/29081",
    known_present=True,
    shown=shown,
    reliance="enclosing quadrature refuses a wrong closed form and admits the right one",
    relied_on=relied_on,
)
