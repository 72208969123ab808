"""python-flint's `arb.atan2(nan, -1)` is a finite ball, although nothing is known about its first argument."""

from flint import arb

from checks.upstream.corpus import Defect, Observation
from numerics.ball import HEAD_FUNCTIONS


def shown() -> Observation:
    angle = arb.atan2(arb("nan"), arb(-1))
    return Observation(holds=angle.is_finite(), detail=f"arb.atan2(nan, -1) is {angle.str(5)}")


def relied_on() -> Observation:
    guarded = HEAD_FUNCTIONS["atan2"](arb("nan"), arb(-1))
    return Observation(holds=guarded.is_nan(), detail=f"numerics.ball's atan2(nan, -1) is {guarded.str(5)}")


DEFECT = Defect(
    title="python-flint's atan2 of nan is a finite ball",
    source="found while testing enclosures with python-flint 0.9.0",
    known_present=True,
    shown=shown,
    reliance="our atan2 is nan as soon as an argument is not finite",
    relied_on=relied_on,
)
