"""mpmath's interval exponential misses exp(x) at some dyadic x: its upper end is one unit too low."""

from flint import arb, ctx, fmpq
from mpmath import iv

from checks.upstream.corpus import Defect, Observation

# numerator, denominator, working precision in bits
POINTS = (
    (3893924827815215, 1125899906842624, 53),
    (1381846513289487, 70368744177664, 113),
)


def _true_exp(numerator: int, denominator: int) -> arb:
    with ctx.workprec(400):
        return arb(fmpq(numerator, denominator)).exp()


def shown() -> Observation:
    missed = 0
    for numerator, denominator, bits in POINTS:
        before = iv.prec
        try:
            iv.prec = bits
            upper_end = iv.exp(iv.mpf(numerator) / denominator)._mpi_[1]
        finally:
            iv.prec = before
        sign, mantissa, exponent, _ = upper_end
        upper = fmpq((-1) ** sign * int(mantissa)) * fmpq(2) ** exponent
        with ctx.workprec(400):
            missed += bool(_true_exp(numerator, denominator) > arb(upper))
    return Observation(holds=missed > 0, detail=f"exp(x) lies above the interval at {missed} of {len(POINTS)} points")


def relied_on() -> Observation:
    contained = 0
    for numerator, denominator, bits in POINTS:
        with ctx.workprec(bits):
            enclosure = arb(fmpq(numerator, denominator)).exp()
        with ctx.workprec(400):
            contained += bool(enclosure.contains(_true_exp(numerator, denominator)))
    return Observation(
        holds=contained == len(POINTS), detail=f"Arb contains exp(x) at {contained} of {len(POINTS)} points"
    )


DEFECT = Defect(
    title="mpmath's iv.exp can miss exp(x)",
    source="https://github.com/mpmath/mpmath/issues/1181",
    known_present=True,
    shown=shown,
    reliance="Arb's exponential at the same precision contains exp(x)",
    relied_on=relied_on,
)
