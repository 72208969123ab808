"""Reduction modulo the rules of a ring: whether an element vanishes, and normal forms that serve as keys.

`vanishes` divides by a common power of a generator F with a rule F^k = f, replaces F^{kj} by f^j, and
compares coefficients of what is left.  Terms that differ in a generator that no rule reaches are independent
and are decided apart, which keeps the expansions small.  Sound without any assumption: every step multiplies
by a number that is not 0 where the element is defined, or uses a rule, or splits a sum into parts that are
each shown to be 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpz

from numerics.formal.ring import UNIT, Element, Exponent, Monomial, Ring, Terms, merged

__all__ = ["Normal", "key_of", "normal_form", "ordered", "scale_of", "vanishes"]


def _floor(exponent: Exponent, period: int) -> int:
    return int(exponent // period)


def _exponent(value: Exponent) -> Exponent:
    return int(value) if value == int(value) else value


def _powers(ring: Ring, replacement: Terms, highest: int) -> list[Terms]:
    powers: list[Terms] = [{UNIT: fmpq(1)}]
    while len(powers) <= highest:
        powers.append(ring.product(powers[-1], replacement))
    return powers


def _expanded(ring: Ring, terms: Terms, number: int, lowest: Exponent) -> Terms:
    """terms / number^lowest, with all powers of the generator replaced; exponents − lowest are multiples of
    the period.
    """
    period, replacement = ring.rules[number]
    if not replacement:
        # The generator is 0: nothing may be divided by it.
        lowest = min(lowest, 0)
    steps = {monomial: _floor(dict(monomial).get(number, 0) - lowest, period) for monomial in terms}
    powers = _powers(ring, replacement, max(steps.values(), default=0))
    total: Terms = {}
    for monomial, coefficient in terms.items():
        rest = tuple(pair for pair in monomial if pair[0] != number)
        ring.spend(len(powers[steps[monomial]]))
        for extra, factor in powers[steps[monomial]].items():
            ring.accumulate(total, merged(rest, extra), coefficient * factor)
    return total


def vanishes(element: Element) -> bool:
    """Whether the element is shown to be 0 wherever it is defined.  False decides nothing.  Undefined
    elements: False.
    """
    if element.terms is None:
        return False
    ring, waiting = element.ring, [element.terms]
    while waiting:
        group = waiting.pop()
        if not group:
            continue
        ruled = {number for monomial in group for number, _ in monomial if number in ring.rules}
        if not ruled:
            return False
        reached = ring.closure(ruled)
        top = ruled - reached
        for part in _independent(ring, group, top, reached):
            waiting.append(_without_one(ring, part, top))
    return True


def _independent(ring: Ring, group: Terms, top: set[int], reached: set[int]) -> list[Terms]:
    """Parts of a sum that differ in generators which no rule reaches, or in the residue of a ruled one."""
    parts: dict[Any, Terms] = {}
    for monomial, coefficient in group.items():
        signature: list[tuple[int, Exponent]] = []
        rest: list[tuple[int, Exponent]] = []
        for number, exponent in monomial:
            if number in top:
                residue = exponent % ring.rules[number][0]
                if residue:
                    signature.append((number, residue))
                if exponent != residue:
                    rest.append((number, _exponent(exponent - residue)))
            elif number in reached:
                rest.append((number, exponent))
            else:
                signature.append((number, exponent))
        parts.setdefault(tuple(signature), {})[tuple(rest)] = coefficient
    return list(parts.values())


def _without_one(ring: Ring, part: Terms, top: set[int]) -> Terms:
    """The part with one generator of ``top`` divided out and replaced, the one of fewest different exponents
    first.
    """
    seen: dict[int, set[Exponent]] = {number: set() for number in top}
    for monomial in part:
        exponents = dict(monomial)
        for number in top:
            seen[number].add(exponents.get(number, 0))
    present = [number for number in top if seen[number] != {0}]
    if not present:
        return part
    number = min(present, key=lambda candidate: (len(seen[candidate]), candidate))
    return _expanded(ring, part, number, min(seen[number]))


@dataclass(frozen=True, kw_only=True)
class Normal:
    """coefficient · content · primitive, the primitive part having coprime integer coefficients, the leading
    one > 0.

    Its exponents are ≥ 0, and no rule applies to it.  A single term has the primitive part 1; zero has
    coefficient 0.
    """

    coefficient: fmpq
    content: Monomial
    primitive: Terms

    @property
    def key(self) -> Any:
        """Hashable; equal keys mean equal elements."""
        coefficient = (int(self.coefficient.p), int(self.coefficient.q))
        return coefficient, self.content, ordered(self.primitive)

    def terms(self, ring: Ring) -> Terms:
        """The element multiplied out."""
        return ring.product({self.content: self.coefficient}, self.primitive) if self.coefficient != 0 else {}


def ordered(terms: Terms) -> frozenset[Any]:
    """Terms as a hashable set."""
    return frozenset((monomial, int(value.p), int(value.q)) for monomial, value in terms.items())


def normal_form(element: Element) -> Normal:
    """Normal form of a defined element, powers of ruled generators from their period on replaced."""
    ring, terms = element.ring, element.terms
    assert terms is not None
    content: Monomial = UNIT
    while terms:
        shared, terms = _content(ring, terms)
        content = merged(content, shared)
        due = {
            number
            for monomial in terms
            for number, exponent in monomial
            if number in ring.rules and exponent >= ring.rules[number][0]
        }
        if not due:
            break
        number = max(due - ring.closure(due))
        terms = _floors_expanded(ring, terms, number)
    if not terms:
        return Normal(coefficient=fmpq(0), content=UNIT, primitive={})
    scale = scale_of(terms)
    primitive = {monomial: value / scale for monomial, value in terms.items()}
    return Normal(coefficient=scale, content=content, primitive=primitive)


def _content(ring: Ring, terms: Terms) -> tuple[Monomial, Terms]:
    """Common monomial and the rest.  Of a ruled generator only its negative power and residue are common."""
    lowest: dict[int, Exponent] = {}
    first = True
    for monomial in terms:
        exponents = dict(monomial)
        for number in set(lowest) | set(exponents):
            here = exponents.get(number, 0)
            lowest[number] = min(lowest.get(number, here if first else min(here, 0)), here)
        first = False
    shared: list[tuple[int, Exponent]] = []
    for number, exponent in sorted(lowest.items()):
        if number in ring.rules and exponent > 0:
            exponent = _exponent(exponent % ring.rules[number][0])
        if exponent:
            shared.append((number, exponent))
    if not shared:
        return UNIT, terms
    inverse = tuple((number, -exponent) for number, exponent in shared)
    return tuple(shared), {merged(monomial, inverse): value for monomial, value in terms.items()}


def _floors_expanded(ring: Ring, terms: Terms, number: int) -> Terms:
    period, replacement = ring.rules[number]
    steps = {monomial: _floor(dict(monomial).get(number, 0), period) for monomial in terms}
    powers = _powers(ring, replacement, max(steps.values()))
    total: Terms = {}
    for monomial, coefficient in terms.items():
        step = steps[monomial]
        rest = merged(monomial, ((number, -step * period),)) if step else monomial
        ring.spend(len(powers[step]))
        for extra, factor in powers[step].items():
            ring.accumulate(total, merged(rest, extra), coefficient * factor)
    return total


def scale_of(terms: Terms) -> fmpq:
    """The rational number by which terms exceed coprime integers with a positive leading coefficient."""
    numerator, denominator = fmpz(0), fmpz(1)
    for value in terms.values():
        numerator = numerator.gcd(value.p)
        denominator = denominator.lcm(value.q)
    leading = terms[max(terms)]
    scale = fmpq(abs(numerator), denominator)
    return scale if leading > 0 else -scale


def key_of(element: Element) -> Any:
    """A hashable key: equal keys mean equal elements, different keys decide nothing."""
    return normal_form(element).key
