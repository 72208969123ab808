"""Square roots of positive integers, one representative for each class modulo squares.

√N₁ and √N₂ are rational multiples of each other iff N₁N₂ is a square; roots of different classes are linearly
independent over Q (Besicovitch 1940).  Classes are told apart without factoring: N₁N₂ can only be a square if
N₁ and N₂ agree in their parity and residue symbol at every small prime, and whether it is one is then decided
by an integer square root.
"""

from __future__ import annotations

from math import isqrt

from flint import fmpq

__all__ = ["Radicals", "exact_root"]

_PRIMES = (
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
    29,
    31,
    37,
    41,
    43,
    47,
    53,
    59,
    61,
    67,
    71,
    73,
    79,
    83,
    89,
    97,
    101,
    103,
    107,
    109,
)
_SQUARES = {prime: frozenset(x * x % prime for x in range(1, prime)) for prime in _PRIMES}


def exact_root(number: int) -> int | None:
    """√N if N ≥ 0 is a square, else None.  Exact."""
    root = isqrt(number)
    return root if root * root == number else None


class Radicals:
    """The classes met so far."""

    def __init__(self) -> None:
        self._classes: dict[tuple[int, ...], list[int]] = {}
        self._products: dict[tuple[int, int], tuple[fmpq, int]] = {}

    def root(self, number: int) -> tuple[fmpq, int]:
        """(k, N) with √number = k √N, N the representative of its class (1 for a square); number ≥ 1.
        Exact.
        """
        whole = exact_root(number)
        if whole is not None:
            return fmpq(whole), 1
        known = self._classes.setdefault(_signature(number), [])
        for representative in known:
            product = exact_root(number * representative)
            if product is not None:
                return fmpq(product, representative), representative
        outside, inside = _reduced(number)
        known.append(inside)
        return fmpq(outside), inside

    def product(self, left: int, right: int) -> tuple[fmpq, int]:
        """(k, N) with √left √right = k √N for two representatives.  Exact."""
        if left == right:
            return fmpq(left), 1
        if left == 1 or right == 1:
            return fmpq(1), max(left, right)
        key = (left, right) if left < right else (right, left)
        if key not in self._products:
            self._products[key] = self.root(left * right)
        return self._products[key]


def _reduced(number: int) -> tuple[int, int]:
    """(k, N) with number = k² N, N free of the squares of small primes."""
    outside = 1
    for prime in (2, *_PRIMES):
        while number % (prime * prime) == 0:
            number //= prime * prime
            outside *= prime
    return outside, number


def _signature(number: int) -> tuple[int, ...]:
    """What all numbers of a class share: at each small prime, the parity of its power and the symbol of the
    rest.
    """
    found = []
    for prime in _PRIMES:
        power = 0
        while number % prime == 0:
            number //= prime
            power ^= 1
        found.append(2 * power + (number % prime in _SQUARES[prime]))
    return tuple(found)
