"""Elements of Q[g^±1, …]: sums of rational multiples of monomials in generators, with exponents that may be
fractions.

A *generator* is a real number of which nothing is known but what the ring records: whether it is ≥ 0 (then
fractional powers make sense), and possibly a *rule* g^period = replacement, the replacement being an element
in other generators. Quotients and roots are generators of that kind: a denominator f is F with F = f, of
which only negative powers are kept, and √f is F^{1/2}.  Sums and products never apply a rule;
`numerics.formal.reduction` does.

Every operation is a homomorphism: wherever the generators have values that obey their signs and rules, the
value of a + b or a · b is the sum or product of the values.  Hence an element that reduces to 0 is 0 at every
instance at which what was put in is defined.  The converse needs the generators to be independent and is not
used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq

from numerics.arithmetic.base import Unevaluable

__all__ = [
    "UNIT",
    "Angle",
    "Element",
    "Exponent",
    "Generator",
    "Monomial",
    "Ring",
    "Terms",
    "TooLarge",
    "merged",
]

Exponent: TypeAlias = int | Fraction
# Sorted pairs (number of the generator, exponent ≠ 0).
Monomial: TypeAlias = tuple[tuple[int, Exponent], ...]
Terms: TypeAlias = dict[Monomial, fmpq]

UNIT: Monomial = ()


class TooLarge(Unevaluable):
    """The work limit of a ring is spent."""


def merged(left: Monomial, right: Monomial) -> Monomial:
    """Product of two monomials."""
    exponents = dict(left)
    for generator, exponent in right:
        total = exponents.get(generator, 0) + exponent
        if total == 0:
            del exponents[generator]
        else:
            exponents[generator] = total
    return tuple(sorted(exponents.items()))


@dataclass(frozen=True, kw_only=True)
class Generator:
    """A real number with a name for the proof log."""

    name: str
    nonnegative: bool = False


@dataclass(frozen=True, kw_only=True)
class Angle:
    """What is known of a generator that is an angle: cosine and sine, and those of its half where it lies in
    [0, π].
    """

    cosine: Element
    sine: Element
    half: tuple[Element, Element] | None = None
    # Whether it is the angle of two vectors: it exists wherever these are not 0.
    between: bool = False


class Element:
    """An element of a ring; ``terms`` is None where the value is undefined whatever the generators are."""

    __slots__ = ("ring", "terms")

    def __init__(self, ring: Ring, terms: Terms | None) -> None:
        self.ring = ring
        self.terms = terms

    @property
    def undefined(self) -> bool:
        """Whether the element has no value anywhere, such as 1/0."""
        return self.terms is None

    def _other(self, value: Any) -> Element | None:
        return value if isinstance(value, Element) else self.ring.coerce(value)

    def __add__(self, value: Any) -> Element:
        other = self._other(value)
        if other is None:
            return NotImplemented
        if self.terms is None or other.terms is None:
            return self.ring.undefined
        large, small = (self.terms, other.terms) if len(self.terms) >= len(other.terms) else (other.terms, self.terms)
        total = dict(large)
        for monomial, coefficient in small.items():
            self.ring.accumulate(total, monomial, coefficient)
        return Element(self.ring, total)

    __radd__ = __add__

    def __neg__(self) -> Element:
        if self.terms is None:
            return self
        return Element(self.ring, {monomial: -coefficient for monomial, coefficient in self.terms.items()})

    def __sub__(self, value: Any) -> Element:
        other = self._other(value)
        return NotImplemented if other is None else self + (-other)

    def __rsub__(self, value: Any) -> Element:
        return (-self) + value

    def __mul__(self, value: Any) -> Element:
        other = self._other(value)
        if other is None:
            return NotImplemented
        if self.terms is None or other.terms is None:
            return self.ring.undefined
        return Element(self.ring, self.ring.product(self.terms, other.terms))

    __rmul__ = __mul__

    def rational(self) -> fmpq | None:
        """The value of a constant of Q, None for anything else."""
        if self.terms is None or len(self.terms) > 1:
            return None
        return fmpq(0) if not self.terms else self.terms.get(UNIT)


@dataclass(kw_only=True)
class Ring:
    """Generators, their rules, and tables of what they stand for.

    ``limit`` bounds the number of products of terms; beyond it operations raise `TooLarge`.
    """

    limit: int = 20_000_000
    work: int = 0
    generators: list[Generator] = field(default_factory=list)
    rules: dict[int, tuple[int, Terms]] = field(default_factory=dict)
    # By key: generators for denominators, roots, function values; see `powers` and `functions`.
    table: dict[Any, int] = field(default_factory=dict)
    # Polynomials known to be ≥ 0 up to the recorded sign, with their generator.
    nonnegative: dict[frozenset[Any], tuple[int, int]] = field(default_factory=dict)
    # Norms and cosines of the rows of a frame.
    lengths: set[int] = field(default_factory=set)
    cosines: set[int] = field(default_factory=set)
    angles: dict[int, Angle] = field(default_factory=dict)
    # Generators that are logarithms, and of which generator.
    logarithms: dict[int, int] = field(default_factory=dict)
    exponentials: dict[int, Monomial] = field(default_factory=dict)
    # Function values by function, with the arguments at which they were taken.
    values: dict[Any, list[tuple[tuple[Element, ...], int]]] = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict, repr=False)
    _products: dict[tuple[Monomial, Monomial], Monomial] = field(default_factory=dict, repr=False)

    # -- generators ------------------------------------------------------------------------------------------

    def new(self, name: str, *, nonnegative: bool = False) -> int:
        """Number of a new generator."""
        self.generators.append(Generator(name=name, nonnegative=nonnegative))
        return len(self.generators) - 1

    def generator(self, name: str, *, nonnegative: bool = False) -> Element:
        """A new generator as an element."""
        return self.monomial(((self.new(name, nonnegative=nonnegative), 1),))

    def known(self, key: Any, name: str, *, nonnegative: bool = False, equal_to: Terms | None = None) -> int:
        """The generator of that key, new if need be, with the rule generator = ``equal_to``."""
        if key not in self.table:
            number = self.table[key] = self.new(name, nonnegative=nonnegative)
            if equal_to is not None:
                self.rules[number] = (1, equal_to)
        return self.table[key]

    def closure(self, numbers: Iterable[int]) -> set[int]:
        """Generators that occur in the replacements of these, and in those of what occurs there."""
        reached: set[int] = set()
        waiting = list(numbers)
        while waiting:
            _, replacement = self.rules.get(waiting.pop(), (1, {}))
            found = {generator for monomial in replacement for generator, _ in monomial} - reached
            reached |= found
            waiting += found
        return reached

    # -- elements --------------------------------------------------------------------------------------------

    @property
    def undefined(self) -> Element:
        """The element without a value."""
        return Element(self, None)

    def number(self, value: Any) -> Element:
        """A rational constant."""
        coefficient = fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else fmpq(value)
        return Element(self, {UNIT: coefficient} if coefficient != 0 else {})

    def monomial(self, monomial: Monomial, coefficient: Any = 1) -> Element:
        """coefficient · monomial."""
        return Element(self, {monomial: fmpq(coefficient)})

    def coerce(self, value: Any) -> Element | None:
        """A number as an element, None for anything else."""
        return self.number(value) if isinstance(value, int | fmpq | Fraction) else None

    @staticmethod
    def accumulate(terms: Terms, monomial: Monomial, coefficient: fmpq) -> None:
        """Add coefficient · monomial in place, dropping what cancels."""
        present = terms.get(monomial)
        if present is None:
            terms[monomial] = coefficient
            return
        total = present + coefficient
        if total == 0:
            del terms[monomial]
        else:
            terms[monomial] = total

    def spend(self, products: int) -> None:
        """Count work; raises `TooLarge` once the limit is passed."""
        self.work += products
        if self.work > self.limit:
            raise TooLarge(f"the statement grows beyond {self.limit} products of terms; state it for fewer rows")

    def product(self, left: Mapping[Monomial, fmpq], right: Mapping[Monomial, fmpq]) -> Terms:
        """Product of two sums of terms.  Raises `TooLarge`."""
        self.spend(len(left) * len(right))
        total: Terms = {}
        products, accumulate = self._products, self.accumulate
        for first, x in left.items():
            for second, y in right.items():
                monomial = products.get((first, second))
                if monomial is None:
                    monomial = products[first, second] = merged(first, second)
                accumulate(total, monomial, x * y)
        return total

    def __str__(self) -> str:
        return f"{len(self.generators)} generators, {len(self.rules)} relations"
