"""Angles in [0, π] that are sums, differences, halves, complements of others, such as θ₁₂ = 2θ₁ of mirrored rows.

With cosines C and sines S ≥ 0 of angles in [0, π],

    z = x + y  ⟺  C_z = C_x C_y − S_x S_y  and  C_x + C_y ≥ 0,

for x + y ≤ π ⟺ C_x ≥ cos(π − y) = −C_y, and the cosine is injective on [0, π]; likewise for z = π/2 − x ⟺ C_z = S_x and
C_x ≥ 0, and z = x/2 ⟺ C_z = cos(x/2).  Any of the angles may be replaced by π minus it.  The equation is decided by
reduction, the inequality must be seen from the form of its left side: a product of factors known to be ≥ 0.  Where it
fails the angles are related otherwise, x + y = 2π − z, so without it nothing is concluded.

A relation becomes a rule of the newer generator.  It holds at each instance at which the angles in it exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flint import fmpq

from numerics.formal.powers import nonnegative_by_form
from numerics.formal.reduction import vanishes
from numerics.formal.ring import Angle, Element, Ring, TooLarge

__all__ = ["relate"]

# Larger cosines, more angles, more work than this leave an angle independent: that costs proofs, never soundness.
_TERMS, _ANGLES, _WORK = 40, 12, 20_000

# Coefficients of a linear combination of angles, by number.
Combination = dict[int, fmpq]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """An angle with its number and the generators without a rule that its cosine depends on.

    ``free`` if the cosine is one of these generators itself.
    """

    number: int
    angle: Angle
    inputs: frozenset[int]
    free: bool


def relate(ring: Ring, number: int, pi: int) -> None:
    """Record the new angle as a combination of earlier ones, if it is seen to be one."""
    new = _known(ring, number)
    if new is None:
        return
    found = [known for other in ring.angles if other != number and (known := _known(ring, other)) is not None]
    # An angle of other inputs is independent of the new one, but for those whose cosine is itself an input.
    inputs = {known.inputs for known in found if new.inputs <= known.inputs} if new.free else {new.inputs}
    work, limit = ring.work, ring.limit
    ring.limit = min(limit, work + _WORK)
    try:
        for common in sorted(inputs, key=sorted):
            earlier = [known for known in found if known.inputs == common or (known.free and known.inputs < common)]
            value = _combination(new, earlier[:_ANGLES], pi)
            if value is not None:
                ring.rules[number] = (1, {((angle, 1),): weight for angle, weight in value.items()})
                return
    except TooLarge:
        return
    finally:
        ring.work, ring.limit = work, limit


def _known(ring: Ring, number: int) -> _Known | None:
    angle, terms = ring.angles[number], ring.angles[number].cosine.terms
    if not angle.between or terms is None or len(terms) > _TERMS or number in ring.rules:
        return None
    present = {occurring for monomial in terms for occurring, _ in monomial}
    inputs = frozenset(occurring for occurring in present | ring.closure(present) if occurring not in ring.rules)
    free = len(terms) == 1 and len(present) == 1 and present == inputs
    return _Known(number=number, angle=angle, inputs=inputs, free=free)


def _combination(new: _Known, earlier: list[_Known], pi: int) -> Combination | None:
    """The new angle as a combination of earlier ones, None if none is seen; two free angles are independent."""
    composed = [known for known in earlier if not known.free]
    for x in earlier:
        for weights in (*_of_half(x.angle, new.angle), *_of_right_angle(x.angle, new.angle)):
            return _solved(weights, {"x": x.number, "z": new.number, "π": pi}, new.number)
    for x, y in product(earlier, composed):
        if x.number < y.number and not x.free:
            continue
        for role, triple in (("z", (x, y, new)), ("x", (new, y, x)), ("y", (x, new, y))):
            if role != "z" and x.number == y.number:
                continue
            for weights in _of_sum(*(known.angle for known in triple)):
                numbers = dict(zip("xyz", (known.number for known in triple), strict=True)) | {"π": pi}
                return _solved(weights, numbers, new.number)
    return None


def _solved(weights: Mapping[str, fmpq], numbers: Mapping[str, int], unknown: int) -> Combination:
    """The unknown from Σ weight · angle = 0, in which it occurs with weight ±1."""
    total: Combination = {}
    for name, weight in weights.items():
        total[numbers[name]] = total.get(numbers[name], fmpq(0)) + weight
    own = total.pop(unknown)
    return {number: -weight / own for number, weight in total.items() if weight != 0}


def _of_half(x: Angle, z: Angle) -> Iterator[dict[str, fmpq]]:
    """2z = x or π − x, for z or π − z, as weights of x, z and π that sum to 0."""
    if x.half is None:
        return
    for half, flip in zip(x.half, (1, -1), strict=True):
        # x/2 for flip = 1, π/2 − x/2 for flip = −1
        start = fmpq(0) if flip == 1 else fmpq(1, 2)
        if vanishes(half - z.cosine):
            yield {"z": fmpq(-1), "x": fmpq(flip, 2), "π": start}
        elif vanishes(half + z.cosine):
            yield {"z": fmpq(1), "x": fmpq(flip, 2), "π": start - 1}


def _of_right_angle(x: Angle, z: Angle) -> Iterator[dict[str, fmpq]]:
    """z or π − z is the complement of x or π − x."""
    for turned in (1, -1):
        if not vanishes(x.sine - turned * z.cosine):
            continue
        for flip in (1, -1):
            if nonnegative_by_form(flip * x.cosine):
                # (x or π − x) + (z or π − z) = π/2
                offset = fmpq(1, 2) - (flip < 0) - (turned < 0)
                yield {"x": fmpq(flip), "z": fmpq(turned), "π": -offset}


def _of_sum(x: Angle, y: Angle, z: Angle) -> Iterator[dict[str, fmpq]]:
    """p + q = r with p ∈ {x, π − x}, q ∈ {y, π − y}, r ∈ {z, π − z}."""
    along, across = x.cosine * y.cosine, x.sine * y.sine
    for same, turned in product((1, -1), (1, -1)):
        difference: Element = same * along - across - turned * z.cosine
        if not vanishes(difference):
            continue
        for flip in (1, -1):
            if nonnegative_by_form(flip * (x.cosine + same * y.cosine)):
                offset = fmpq((flip < 0) + (flip * same < 0) - (turned < 0))
                yield {"x": fmpq(flip), "y": fmpq(flip * same), "z": fmpq(-turned), "π": offset}
