"""python-flint 0.8's `arb.neg()` returns its argument: the reason for the hard floor 0.9.0."""

from flint import arb, fmpq

from checks.upstream.corpus import Defect, Observation


def shown() -> Observation:
    negated = arb(3).neg()
    return Observation(holds=not bool(negated == -3), detail=f"arb(3).neg() is {negated.str(5)}")


def relied_on() -> Observation:
    ball = arb(fmpq(1, 3), fmpq(1, 8))
    negated = -ball
    holds = bool(negated < 0) and negated.contains(fmpq(-1, 3)) and (negated + ball).contains(0)
    return Observation(holds=holds, detail=f"-({ball.str(5)}) is {negated.str(5)}")


DEFECT = Defect(
    title="python-flint's arb.neg() does not negate",
    source="https://github.com/flintlib/python-flint/issues/335",
    known_present=False,
    shown=shown,
    reliance="the unary minus negates a ball",
    relied_on=relied_on,
)
