"""Angles and trigonometric functions in a ring.

An angle that is the arccosine of an element C is a generator T ∈ [0, π] with cos T = C, sin T = √(1 − C²) and
half angles √((1 ± C)/2).  For the angle of two rows C is itself a generator, 1 − C² = (1 − C)(1 + C), and
both factors are known to be ≥ 0, so that sin T = 2 sin(T/2) cos(T/2) holds in the ring.  Any other argument x
of a sine is taken through x/2 with cos(x/2) a generator and sin²(x/2) = 1 − cos²(x/2), the sign of the sine
being unknown.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from numerics.formal.angle_sums import relate
from numerics.formal.functions import function_value, terms_of
from numerics.formal.powers import declare_nonnegative, power
from numerics.formal.reduction import normal_form, vanishes
from numerics.formal.ring import UNIT, Angle, Element, Monomial, Ring

__all__ = [
    "arccosine",
    "arcsine",
    "arctangent",
    "arctangent2",
    "cosine_generator",
    "declare_angle",
    "sine_and_cosine",
]

_HALF, _MINUS_HALF = Fraction(1, 2), Fraction(-1, 2)
# Higher multiples of an angle get generators of their own: their expansion would be long.
_MULTIPLE = 16
# Cosines of more terms are not compared with those of known angles.
_LARGE = 40


def pi_generator(ring: Ring) -> int:
    """The number of π."""
    return ring.known("pi", "π", nonnegative=True)


def cosine_generator(ring: Ring, name: str) -> Element:
    """A generator C with 1 − C ≥ 0 and 1 + C ≥ 0."""
    number = ring.new(name)
    ring.cosines.add(number)
    cosine = ring.monomial(((number, 1),))
    for side in (1 - cosine, 1 + cosine):
        declare_nonnegative(side)
    return cosine


def declare_angle(ring: Ring, name: str) -> Element:
    """A free angle in [0, π]."""
    return arccosine(cosine_generator(ring, f"cos {name}"))


def arccosine(cosine: Element, *, bounded: bool = True) -> Element:
    """arccos in [0, π] of an element.

    ``bounded`` tells that |cosine| ≤ 1 at every instance, as for a cosine of two vectors; otherwise the
    arccosine is only defined where that is so, and nothing is concluded from it for the rest of the
    statement.
    """
    if cosine.undefined:
        return cosine
    ring, normal = cosine.ring, normal_form(cosine)
    pi = ring.monomial(((pi_generator(ring), 1),))
    rational = normal.coefficient if not normal.content and len(normal.primitive) <= 1 else None
    for special, turn in _SPECIAL.items():
        if rational == special or (1 < len(cosine.terms or {}) <= _LARGE and vanishes(cosine - special)):
            return pi * turn
    if normal.coefficient < 0:
        return pi - arccosine(-cosine, bounded=bounded)
    number = function_value(ring, "∠", [cosine], nonnegative=True)
    if number not in ring.angles:
        single = normal.coefficient == 1 and len(normal.primitive) == 1 and len(normal.content) == 1
        if single and normal.content[0][0] in ring.cosines and normal.content[0][1] == 1:
            sine = power(1 - cosine, _HALF) * power(1 + cosine, _HALF)
        else:
            square = 1 - cosine * cosine
            for known in (square, 1 - cosine, 1 + cosine) if bounded else ():
                declare_nonnegative(known)
            sine = power(square, _HALF)
        half = (power((1 + cosine) * fmpq(1, 2), _HALF), power((1 - cosine) * fmpq(1, 2), _HALF))
        ring.angles[number] = Angle(cosine=cosine, sine=sine, half=half, between=bounded)
        relate(ring, number, pi_generator(ring))
    return ring.monomial(((number, 1),))


_SPECIAL = {
    fmpq(1): fmpq(0), fmpq(1, 2): fmpq(1, 3), fmpq(0): fmpq(1, 2), fmpq(-1, 2): fmpq(2, 3), fmpq(-1): fmpq(1),
}  # fmt: skip


def arcsine(sine: Element) -> Element:
    """arcsin = π/2 − arccos."""
    pi = sine.ring.monomial(((pi_generator(sine.ring), 1),))
    return pi * fmpq(1, 2) - arccosine(sine, bounded=False)


def arctangent(tangent: Element) -> Element:
    """arctan in (−π/2, π/2): an angle with cosine 1/√(1 + t²) and sine t/√(1 + t²)."""
    if tangent.undefined:
        return tangent
    ring, normal = tangent.ring, normal_form(tangent)
    if normal.coefficient == 0:
        return ring.number(0)
    if normal.coefficient < 0:
        return -arctangent(-tangent)
    if not normal.content and len(normal.primitive) == 1 and normal.coefficient == 1:
        return ring.monomial(((pi_generator(ring), 1),), fmpq(1, 4))
    square = 1 + tangent * tangent
    declare_nonnegative(square)
    number = function_value(ring, "arctan", [tangent])
    if number not in ring.angles:
        cosine = power(square, _MINUS_HALF)
        ring.angles[number] = Angle(cosine=cosine, sine=tangent * cosine)
    return ring.monomial(((number, 1),))


def arctangent2(y: Element, x: Element) -> Element:
    """atan2(y, x) off the origin: an angle with cosine x/√(x² + y²) and sine y/√(x² + y²)."""
    if y.undefined or x.undefined:
        return y.ring.undefined
    ring = y.ring
    square = x * x + y * y
    declare_nonnegative(square)
    inverse = power(square, _MINUS_HALF)
    if inverse.undefined:
        return inverse
    number = function_value(ring, "atan2", [y, x])
    if number not in ring.angles:
        ring.angles[number] = Angle(cosine=x * inverse, sine=y * inverse)
    return ring.monomial(((number, 1),))


Pair = tuple[Element, Element]


def sine_and_cosine(angle: Element) -> Pair:
    """(cos, sin) of an element, by the addition theorems over its terms."""
    ring = angle.ring
    if angle.undefined:
        return angle, angle
    result = (ring.number(1), ring.number(0))
    for monomial, coefficient in sorted(terms_of(angle).items()):
        result = _sum(result, _of_term(ring, monomial, coefficient))
    return result


def _sum(first: Pair, second: Pair) -> Pair:
    (c, s), (d, t) = first, second
    return c * d - s * t, s * d + c * t


def _multiple(pair: Pair, times: int) -> Pair:
    ring = pair[0].ring
    result, square = (ring.number(1), ring.number(0)), pair
    while times:
        if times & 1:
            result = _sum(result, square)
        times >>= 1
        if times:
            square = _sum(square, square)
    return result


def _of_term(ring: Ring, monomial: Monomial, coefficient: fmpq) -> Pair:
    if coefficient < 0:
        cosine, sine = _of_term(ring, monomial, -coefficient)
        return cosine, -sine
    if monomial == ((pi_generator(ring), 1),):
        return _of_pi(ring, coefficient)
    if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in ring.angles:
        known = ring.angles[monomial[0][0]]
        if coefficient.q == 1 and coefficient.p <= _MULTIPLE:
            return _multiple((known.cosine, known.sine), int(coefficient.p))
        if known.half is not None and coefficient.q == 2 and coefficient.p <= _MULTIPLE:
            return _multiple(known.half, int(coefficient.p))
    return _of_other(ring, monomial, coefficient)


def _of_pi(ring: Ring, coefficient: fmpq) -> Pair:
    turns = int(coefficient.p) // int(coefficient.q) // 2
    rest = coefficient - 2 * turns  # in [0, 2)
    if int(rest.q) in _OF_PI:
        cosine, sine = _OF_PI[int(rest.q)]
        if rest.q == 1:
            return ring.number((-1) ** int(rest.p)), ring.number(0)
        base = power(ring.number(fmpq(cosine, 4)), _HALF), power(ring.number(fmpq(sine, 4)), _HALF)
        return _multiple(base, int(rest.p))
    return _of_other(ring, ((pi_generator(ring), 1),), rest)


# (4 cos², 4 sin²) of π/q.
_OF_PI = {1: (4, 0), 2: (0, 4), 3: (1, 3), 4: (2, 2), 6: (3, 1)}


def _of_other(ring: Ring, monomial: Monomial, coefficient: fmpq) -> Pair:
    """An argument of which nothing is known, through its half where that serves several multiples."""
    parts = 2 if coefficient.q <= 2 else int(coefficient.q)
    times = int(coefficient * parts)
    if times > _MULTIPLE:
        parts, times = 0, 1
    label = (monomial, parts) if parts else (monomial, (int(coefficient.p), int(coefficient.q)))
    cosine = ring.known(("cos", label), f"cos{len(ring.generators)}")
    fresh = ("sin", label) not in ring.table
    sine = ring.known(("sin", label), f"sin{len(ring.generators)}")
    if fresh:
        ring.rules[sine] = (2, {UNIT: fmpq(1), ((cosine, 2),): fmpq(-1)})
    return _multiple((ring.monomial(((cosine, 1),)), ring.monomial(((sine, 1),))), times)
