"""Exponentials, logarithms, extrema and functions without rules, as generators of a ring.

    exp(Σ c_k m_k) = Π X_k^{c_k}  with X_k = exp(m_k) > 0 for monomials m_k,
    log(c Π g^e) = log c + Σ e log g  for generators g ≥ 0,

so exp(log f) = f, and x^y = exp(y log x).  Any other function value is a generator of its own, the same one
for equal arguments: an identity that holds for independent generators holds for the values of whatever
functions they stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import fmpq, fmpz

from numerics.arithmetic.base import Unevaluable
from numerics.formal.powers import factored, power, split_by_sign
from numerics.formal.reduction import key_of, normal_form, vanishes
from numerics.formal.ring import UNIT, Element, Exponent, Monomial, Ring

__all__ = [
    "exponential",
    "extremum",
    "function_value",
    "general_power",
    "hyperbolic",
    "logarithm",
    "terms_of",
]

_HALF, _MINUS = Fraction(1, 2), Fraction(-1)
# Beyond this many earlier arguments of a function, equal keys alone decide whether two arguments agree.
_COMPARED = 64


def function_value(ring: Ring, name: str, arguments: Sequence[Element], *, nonnegative: bool = False) -> int:
    """The generator of name(arguments), the same one for arguments that are shown to be equal."""
    key = (name, *(key_of(argument) for argument in arguments))
    if key in ring.table:
        return ring.table[key]
    earlier = ring.values.setdefault(name, [])
    for others, number in earlier[:_COMPARED]:
        if len(others) == len(arguments) and all(
            vanishes(one - other) for one, other in zip(arguments, others, strict=True)
        ):
            ring.table[key] = number
            return number
    number = ring.table[key] = ring.new(f"{name}{len(earlier) + 1}", nonnegative=nonnegative)
    earlier.append((tuple(arguments), number))
    return number


def terms_of(element: Element) -> dict[Monomial, fmpq]:
    """Terms of the normal form, multiplied out."""
    return normal_form(element).terms(element.ring)


def exponential(element: Element) -> Element:
    """e^element."""
    if element.undefined:
        return element
    ring = element.ring
    result = ring.number(1)
    for monomial, coefficient in terms_of(element).items():
        exponent = _exponent(coefficient)
        if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in ring.logarithms:
            base = ring.logarithms[monomial[0][0]]
        else:
            known = ("exp", monomial) in ring.table
            base = ring.known(("exp", monomial), f"exp{len(ring.exponentials) + 1}", nonnegative=True)
            if not known:
                ring.exponentials[base] = monomial
        result *= ring.monomial(((base, exponent),))
    return result


def _exponent(value: fmpq) -> Exponent:
    exact = Fraction(int(value.p), int(value.q))
    return int(exact) if exact.denominator == 1 else exact


def logarithm(element: Element) -> Element:
    """log element, which implies element > 0."""
    if element.undefined:
        return element
    ring, normal = element.ring, normal_form(element)
    if normal.coefficient == 0:
        return ring.undefined
    sign, factors = factored(ring, normal.primitive)
    positive, known, rest = split_by_sign(ring, normal.coefficient * sign, normal.content, factors)
    result = ring.number(0)
    for side, direction in ((positive.p, 1), (positive.q, -1)):
        for prime, multiplicity in fmpz(side).factor():
            base = ring.known(("prime", int(prime)), f"√{prime}", nonnegative=True, equal_to={UNIT: fmpq(prime)})
            result += _log_of(ring, base) * (direction * int(multiplicity))
    for number, exponent in known:
        result += _log_of(ring, number) * ring.number(exponent)
    if rest != {UNIT: fmpq(1)}:
        inside = power(Element(ring, rest), _HALF)
        ((pair,),) = inside.terms or {}
        result += _log_of(ring, pair[0])
    return result


def _log_of(ring: Ring, number: int) -> Element:
    """log of a generator ≥ 0."""
    if number in ring.exponentials:
        return ring.monomial(ring.exponentials[number])
    logarithm_ = ring.known(("log", number), f"log({ring.generators[number].name})")
    ring.logarithms[logarithm_] = number
    return ring.monomial(((logarithm_, 1),))


def general_power(base: Element, exponent: Element) -> Element:
    """base^exponent = exp(exponent · log base) for base > 0, exactly for a rational exponent."""
    if base.undefined or exponent.undefined:
        return base.ring.undefined
    rational = Element(base.ring, terms_of(exponent)).rational()
    if rational is not None:
        return power(base, Fraction(int(rational.p), int(rational.q)))
    if normal_form(base).coefficient == 0:
        raise Unevaluable("a power of 0 with a symbolic exponent; its value depends on the sign of the exponent")
    return exponential(exponent * logarithm(base))


def extremum(elements: Sequence[Element], *, largest: bool) -> Element:
    """max or min of finitely many elements: the one value, or a generator of the set of values."""
    ring = elements[0].ring
    if any(element.undefined for element in elements):
        return ring.undefined
    different = {key_of(element): element for element in elements}
    if len(different) == 1:
        return elements[0]
    key = ("largest" if largest else "smallest", frozenset(different))
    number = ring.known(key, f"{key[0]}{len(ring.generators)}")
    return ring.monomial(((number, 1),))


def hyperbolic(name: str) -> Callable[[Element], Element]:
    """sinh, cosh or tanh through exponentials."""

    def value(element: Element) -> Element:
        up, down = exponential(element), exponential(-element)
        half = fmpq(1, 2)
        if name == "sinh":
            return (up - down) * half
        return (up + down) * half if name == "cosh" else (up - down) * power(up + down, _MINUS)

    return value
