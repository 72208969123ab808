"""Relations between angles that the ring records, against the angles of random vectors."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from numerics.arithmetic.symbolic import RationalFunctions
from numerics.formal.angles import arccosine, cosine_generator, declare_angle
from numerics.formal.powers import declare_nonnegative, nonnegative_by_form
from numerics.formal.ring import Element, Ring, Terms

_ROWS = 3


class _Frame:
    """Rows in general position, with coefficients ≥ 0 and of any sign, and what they are at an instance."""

    def __init__(self) -> None:
        self.ring = ring = Ring(limit=2_000_000)
        self.lengths = [ring.new(f"ρ{row}", nonnegative=True) for row in range(_ROWS)]
        self.positive = [ring.generator(f"a{place}", nonnegative=True) for place in range(2)]
        self.free = [ring.generator(f"b{place}") for place in range(2)]
        self.cosines: dict[tuple[int, int], Element] = {}
        self.metric = np.empty((_ROWS, _ROWS), dtype=object)
        lengths = [ring.monomial(((number, 1),)) for number in self.lengths]
        for one in range(_ROWS):
            self.metric[one, one] = lengths[one] * lengths[one]
            for other in range(one):
                cosine = self.cosines[other, one] = cosine_generator(ring, f"C{other}{one}")
                self.metric[one, other] = self.metric[other, one] = lengths[one] * lengths[other] * cosine

    def vectors(self, rng: np.random.Generator) -> list[np.ndarray]:
        """The first two rows, two combinations of them, and two vectors that are mirrored at the first or nearly so."""
        one, zero = self.ring.number(1), self.ring.number(0)
        first, second = _data([one, zero, zero]), _data([zero, one, zero])
        slope = self.cosines[0, 1] * self.ring.monomial(((self.lengths[1], 1), (self.lengths[0], -1)))
        across = second - slope * first
        combined = [self._weight(rng) * first + self._weight(rng) * second for _ in range(2)]
        along, side = self._weight(rng), self._weight(rng)
        return [first, second, *combined, along * first + side * across, along * first - side * across]

    def _weight(self, rng: np.random.Generator) -> Element:
        """A coefficient ≥ 0, ≤ 0, of any sign, or a number."""
        kind = int(rng.integers(6))
        if kind == 0:
            return self.ring.number(int(rng.choice((-2, -1, 1, 2))))
        return self.free[int(rng.integers(2))] if kind == 1 else self.positive[kind % 2] * int(rng.choice((-1, 1, 1)))

    def values(self, rng: np.random.Generator) -> dict[int, float]:
        """Values of the generators without a rule at a random instance."""
        basis = rng.normal(size=(_ROWS, _ROWS))
        norms = np.linalg.norm(basis, axis=1)
        found = dict(zip(self.lengths, norms, strict=True))
        for (one, other), cosine in self.cosines.items():
            found[_number(cosine)] = float(basis[one] @ basis[other] / norms[one] / norms[other])
        found |= {_number(element): float(rng.exponential()) for element in self.positive}
        return found | {_number(element): float(rng.normal()) for element in self.free}


def _data(entries: list[Element]) -> np.ndarray:
    data = np.empty(len(entries), dtype=object)
    data[:] = entries
    return data


def _number(element: Element) -> int:
    assert element.terms is not None
    (((number, _),),) = element.terms
    return number


def _value(ring: Ring, terms: Terms | None, values: dict[int, float]) -> float:
    assert terms is not None
    total = 0.0
    for monomial, weight in terms.items():
        factor = float(Fraction(int(weight.p), int(weight.q)))
        for number, exponent in monomial:
            base = _at(ring, number, values)
            factor *= math.copysign(abs(base) ** float(exponent), base if exponent == 1 or exponent % 2 == 1 else 1)
        total += factor
    return total


def _at(ring: Ring, number: int, values: dict[int, float]) -> float:
    if number not in values:
        if number in ring.angles:
            values[number] = math.acos(max(-1.0, min(1.0, _value(ring, ring.angles[number].cosine.terms, values))))
        elif ring.generators[number].name == "π":
            values[number] = math.pi
        else:
            period, replacement = ring.rules[number]
            values[number] = _value(ring, replacement, values) ** (1 / period)
    return values[number]


def _related(frame: _Frame) -> list[int]:
    return [number for number in frame.ring.angles if number in frame.ring.rules]


def _with_angles(seed: int) -> tuple[_Frame, np.random.Generator]:
    """A frame in whose ring the angles of all pairs of vectors were taken, in random order."""
    rng, frame = np.random.default_rng(seed), _Frame()
    vectors = frame.vectors(rng)
    for one, other in rng.permutation(list(combinations(range(len(vectors)), 2))):
        RationalFunctions(frame.ring).angle(vectors[one], vectors[other], frame.metric)
    return frame, rng


@pytest.mark.parametrize("seed", range(15))
def test_recorded_relations_hold_at_random_vectors(seed: int) -> None:
    frame, rng = _with_angles(seed)
    for _ in range(20):
        values = frame.values(rng)
        for number in _related(frame):
            _, replacement = frame.ring.rules[number]
            assert _value(frame.ring, replacement, values) == pytest.approx(_at(frame.ring, number, values), abs=1e-5)


def test_relations_are_found_at_all() -> None:
    """The test above would say nothing if no relation were ever recorded."""
    assert sum(len(_related(_with_angles(seed)[0])) for seed in range(8)) >= 12


def test_half_double_and_complement_of_a_free_angle() -> None:
    ring = Ring()
    theta = declare_angle(ring, "theta")
    known = ring.angles[_number(theta)]
    assert known.half is not None
    half = arccosine(known.half[0])
    rest = arccosine(known.half[1])
    assert {_number(half), _number(rest)} <= ring.rules.keys()
    # The complement of θ itself would need θ ≤ π/2.
    assert _number(arccosine(known.sine)) not in ring.rules


def test_an_arccosine_without_a_domain_is_left_alone() -> None:
    ring = Ring()
    x = ring.generator("x", nonnegative=True)
    arccosine(x, bounded=False)
    assert _number(arccosine(2 * x * x - 1, bounded=False)) not in ring.rules


def test_signs_that_the_form_shows() -> None:
    ring = Ring()
    p, q = ring.generator("p", nonnegative=True), ring.generator("q", nonnegative=True)
    x = ring.generator("x")
    declare_nonnegative(p - q)
    for element in (
        p,
        p * q,
        x * x * p,
        (p + q) * (p - q),
        p + 2 * q + p * x * x,
        ring.number(0),
        3 * (x - 1) * (x - 1),
    ):
        assert nonnegative_by_form(element)
    for element in (-p, x, p * x, q - p, p - 2 * q, x * x - 1, p + x, ring.undefined, (q - p) * (p + q)):
        assert not nonnegative_by_form(element)
