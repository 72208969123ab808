"""python-flint's `arb(0, 1)**2` is nan, while the product of the ball with itself is a finite enclosure."""

from flint import arb

from checks.upstream.corpus import Defect, Observation


def shown() -> Observation:
    square = arb(0, 1) ** 2
    return Observation(holds=square.is_nan(), detail=f"arb(0, 1)**2 is {square.str(5)}")


def relied_on() -> Observation:
    product = arb(0, 1) * arb(0, 1)
    nan = arb("nan")
    undecided = not any((nan > 0, nan < 0, nan == 0, nan != 0, nan <= 0, nan >= 0))
    holds = product.is_finite() and product.contains(0) and product.contains(1) and undecided
    return Observation(holds=holds, detail=f"arb(0, 1)*arb(0, 1) is {product.str(5)}; no comparison with nan is True")


DEFECT = Defect(
    title="python-flint's power of a ball through 0 is nan",
    source="https://github.com/flintlib/python-flint/issues/426",
    known_present=True,
    shown=shown,
    reliance="products enclose, and nan satisfies no comparison, so it can only mean undecided",
    relied_on=relied_on,
)
