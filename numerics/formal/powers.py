"""Quotients, roots and absolute values in a ring.

A sum f of several terms is split into irreducible factors over Q; 1/f becomes a negative power of generators
F with F = f. For a fractional power the sign of every factor matters:

    (c Π g^e Π f^k)^r = c^r Π g^{e r} · (…)^r    over generators g ≥ 0 and factors known to be ≥ 0,
    (g²)^{r} = |g|^{2r}                           for a generator or factor of unknown sign to an even power,

and what is left, odd powers of unknown sign, stays together under one root, which is ≥ 0 wherever it is
defined. √(f²) is never taken for f.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpz

from numerics.arithmetic.base import Unevaluable
from numerics.formal.reduction import normal_form, ordered, scale_of
from numerics.formal.ring import UNIT, Element, Exponent, Monomial, Ring, Terms, merged

__all__ = ["declare_nonnegative", "factored", "magnitude", "nonnegative_by_form", "power", "split_by_sign"]

# Larger sums are taken as irreducible: that costs simplifications, never soundness.
_FACTOR_TERMS, _FACTOR_DEGREE, _FACTOR_BITS = 60, 24, 128

Factors = list[tuple[Terms, int]]


def power(element: Element, exponent: Fraction) -> Element:
    """element^exponent where that is real: 1/0 is undefined, a fractional power implies element ≥ 0."""
    ring = element.ring
    if element.undefined:
        return element
    if exponent.denominator == 1 and exponent >= 0:
        return _natural_power(element, int(exponent))
    normal = normal_form(element)
    if normal.coefficient == 0:
        return ring.number(0) if exponent > 0 else ring.undefined
    sign, factors = factored(ring, normal.primitive)
    coefficient = normal.coefficient * sign
    if exponent.denominator == 1:
        return _inverse(ring, coefficient, normal.content, factors, int(exponent))
    return _root(ring, coefficient, normal.content, factors, exponent)


def magnitude(element: Element) -> Element:
    """|element|."""
    if element.undefined:
        return element
    ring, normal = element.ring, normal_form(element)
    if normal.coefficient == 0:
        return element
    _, factors = factored(ring, normal.primitive)
    result = ring.number(abs(normal.coefficient))
    for number, exponent in normal.content:
        if ring.generators[number].nonnegative:
            result *= ring.monomial(((number, exponent),))
        else:
            square = _square(ring, {((number, 1),): fmpq(1)})
            result *= ring.monomial(((square, _plain(Fraction(exponent) / 2)),))
    for factor, multiplicity in factors:
        known = _known_sign(ring, factor)
        base = (known[0], multiplicity) if known else (_square(ring, factor), _plain(Fraction(multiplicity, 2)))
        result *= ring.monomial((base,))
    return result


def declare_nonnegative(element: Element) -> None:
    """Record that a sum of several terms is ≥ 0 at every instance: its root needs no absolute value."""
    ring, normal = element.ring, normal_form(element)
    if len(normal.primitive) < 2 or any(not ring.generators[number].nonnegative for number, _ in normal.content):
        return
    key = ordered(normal.primitive)
    if key not in ring.nonnegative:
        sign = 1 if normal.coefficient > 0 else -1
        value = {monomial: sign * coefficient for monomial, coefficient in normal.primitive.items()}
        number = ring.known(("nonnegative", key), _name(ring, "F"), nonnegative=True, equal_to=value)
        ring.nonnegative[key] = (number, sign)


def nonnegative_by_form(element: Element) -> bool:
    """Whether an element is seen to be ≥ 0 wherever it is defined: a product of generators and factors that are,
    of even powers, and of sums of such products.  False decides nothing.
    """
    if element.undefined:
        return False
    ring, normal = element.ring, normal_form(element)
    if normal.coefficient == 0:
        return True
    sign, factors = factored(ring, normal.primitive)
    if normal.coefficient < 0:
        sign = -sign
    for factor, multiplicity in factors:
        known = _known_sign(ring, factor)
        if known:
            sign *= known[1] ** multiplicity
        elif multiplicity % 2 and not all(value > 0 and _even(ring, term) for term, value in factor.items()):
            return False
    return sign > 0 and _even(ring, normal.content)


def _even(ring: Ring, monomial: Monomial) -> bool:
    return all(ring.generators[number].nonnegative or exponent % 2 == 0 for number, exponent in monomial)


def _name(ring: Ring, letter: str) -> str:
    return f"{letter}{len(ring.generators)}"


def _natural_power(element: Element, exponent: int) -> Element:
    result, square = element.ring.number(1), element
    while exponent:
        if exponent & 1:
            result = result * square
        exponent >>= 1
        if exponent:
            square = square * square
    return result


def _known_sign(ring: Ring, factor: Terms) -> tuple[int, int] | None:
    """(F, sign) with F = sign · factor ≥ 0, None where the sign is unknown."""
    return ring.nonnegative.get(ordered(factor))


def _inverse(ring: Ring, coefficient: fmpq, content: Monomial, factors: Factors, exponent: int) -> Element:
    result = tuple((number, power * exponent) for number, power in content)
    for factor, multiplicity in factors:
        known = _known_sign(ring, factor)
        if known:
            number, sign = known
            coefficient *= sign**multiplicity
        else:
            number = ring.known(("denominator", ordered(factor)), _name(ring, "D"), equal_to=factor)
        result = merged(result, ((number, multiplicity * exponent),))
    return ring.monomial(result, coefficient**exponent)


def split_by_sign(
    ring: Ring, coefficient: fmpq, content: Monomial, factors: Factors
) -> tuple[fmpq, list[tuple[int, Exponent]], Terms]:
    """(c, [(generator ≥ 0, exponent)], rest): the product is c Π g^e · rest with c > 0; rest has no known
    sign.
    """
    known: list[tuple[int, Exponent]] = []
    rest: Terms = {UNIT: fmpq(1)}
    sign = 1 if coefficient > 0 else -1
    for number, exponent in content:
        if ring.generators[number].nonnegative:
            known.append((number, exponent))
            continue
        assert exponent == int(exponent), "a fractional power of a generator of unknown sign"
        odd = int(exponent) % 2
        if exponent != odd:
            known.append((_square(ring, {((number, 1),): fmpq(1)}), (int(exponent) - odd) // 2))
        if odd:
            rest = ring.product(rest, {((number, 1),): fmpq(1)})
    for factor, multiplicity in factors:
        sure = _known_sign(ring, factor)
        if sure:
            known.append((sure[0], multiplicity))
            sign *= sure[1] ** multiplicity
            continue
        if multiplicity > 1:
            known.append((_square(ring, factor), multiplicity // 2))
        if multiplicity % 2:
            rest = ring.product(rest, factor)
    if sign < 0:
        rest = {monomial: -value for monomial, value in rest.items()}
    return abs(coefficient), known, rest


def _square(ring: Ring, factor: Terms) -> int:
    """The generator A = f² ≥ 0 of a factor of unknown sign."""
    return ring.known(
        ("square", ordered(factor)), _name(ring, "A"), nonnegative=True, equal_to=ring.product(factor, factor)
    )


def _root(ring: Ring, coefficient: fmpq, content: Monomial, factors: Factors, exponent: Fraction) -> Element:
    positive, known, rest = split_by_sign(ring, coefficient, content, factors)
    result = _rational_power(ring, positive, exponent)
    for number, power_ in known:
        result *= ring.monomial(((number, _plain(power_ * exponent)),))
    if rest != {UNIT: fmpq(1)}:
        if rest == {UNIT: fmpq(-1)}:
            raise Unevaluable("the root of a number that is nowhere positive; check the sign under the root")
        number = ring.known(("root", ordered(rest)), _name(ring, "R"), nonnegative=True, equal_to=rest)
        result *= ring.monomial(((number, exponent),))
    return result


def _plain(exponent: Exponent) -> Exponent:
    return int(exponent) if exponent == int(exponent) else exponent


def _rational_power(ring: Ring, value: fmpq, exponent: Fraction) -> Element:
    """value^exponent, value > 0, as a product of powers of primes: generators ≥ 0 with the rule P = p."""
    result = ring.number(1)
    for side, sign in ((value.p, 1), (value.q, -1)):
        # A number too large to factor is as good a base as its primes.
        bases = fmpz(side).factor() if int(side).bit_length() <= _FACTOR_BITS else [(side, 1)]
        for prime, multiplicity in bases:
            total = sign * multiplicity * exponent
            whole = total.numerator // total.denominator
            result *= fmpq(prime) ** whole
            if total != whole:
                number = ring.known(("prime", int(prime)), f"√{prime}", nonnegative=True, equal_to={UNIT: fmpq(prime)})
                result *= ring.monomial(((number, total - whole),))
    return result


def factored(ring: Ring, primitive: Terms) -> tuple[int, Factors]:
    """(sign, factors) of a primitive sum: sign · Π factor^multiplicity, every factor with a positive leading
    coefficient.
    """
    if len(primitive) == 1:
        return 1, []
    if len(primitive) > _FACTOR_TERMS:
        return 1, [(primitive, 1)]
    key = ordered(primitive)
    if key not in ring.cache:
        ring.cache[key] = _factored(ring, primitive)
    sign, factors = ring.cache[key]
    return sign, factors


def _factored(ring: Ring, primitive: Terms) -> tuple[int, Factors]:
    numbers = sorted({number for monomial in primitive for number, _ in monomial})
    # Fractional powers of generators ≥ 0 are whole powers of their roots.
    steps = dict.fromkeys(numbers, 1)
    for monomial in primitive:
        for number, exponent in monomial:
            steps[number] = lcm(steps[number], Fraction(exponent).denominator)
    degree = max(sum(exponent * steps[number] for number, exponent in monomial) for monomial in primitive)
    if degree > _FACTOR_DEGREE:
        return 1, [(primitive, 1)]
    context = fmpq_mpoly_ctx.get([f"g{number}" for number in numbers], Ordering.lex)
    place = {number: slot for slot, number in enumerate(numbers)}

    def exponents(monomial: Monomial) -> tuple[int, ...]:
        vector = [0] * len(numbers)
        for number, exponent in monomial:
            vector[place[number]] = int(exponent * steps[number])
        return tuple(vector)

    polynomial = context.from_dict({exponents(monomial): value for monomial, value in primitive.items()})
    constant, factors = polynomial.factor()
    sign = 1 if constant > 0 else -1
    found: Factors = []
    for factor, multiplicity in factors:
        terms: Terms = {}
        for vector, value in factor.to_dict().items():
            monomial = tuple(
                (number, _plain(Fraction(int(vector[place[number]]), steps[number])))
                for number in numbers
                if vector[place[number]]
            )
            terms[monomial] = fmpq(value)
        scale = scale_of(terms)
        if scale < 0:
            sign *= (-1) ** int(multiplicity)
        found.append(({monomial: value / scale for monomial, value in terms.items()}, int(multiplicity)))
    return _checked(ring, primitive, sign, found)


def _checked(ring: Ring, primitive: Terms, sign: int, found: Factors) -> tuple[int, Factors]:
    """The factors, provided that their product is the sum they came from."""
    product: Any = {UNIT: fmpq(sign)}
    for factor, multiplicity in found:
        for _ in range(multiplicity):
            product = ring.product(product, factor)
    return (sign, found) if product == primitive else (1, [(primitive, 1)])
