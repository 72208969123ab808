"""The ring Q[π, variables, function values]: an element that is 0 here is 0 as a function, wherever it is
defined.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from checks.recheck.balls import Rejected, demand, repeated
from checks.recheck.series import Series

MAX_TERMS = 4000

# atom -> (n, element): what the n-th power of the atom equals. Filled as atoms appear, empty before a check.
RELATIONS: dict[str, tuple[int, Any]] = {}


class Poly:
    """{((atom, exponent), …): coefficient}; atoms are strings, cos(u)^2 and root(u)^q are replaced by what
    they equal.
    """

    def __init__(self, terms: dict[Any, fmpq]) -> None:
        self.terms = {key: value for key, value in terms.items() if value != 0}
        demand(len(self.terms) <= MAX_TERMS, "a ring element has too many terms")

    @staticmethod
    def of(value: Any) -> Poly:
        return value if isinstance(value, Poly) else Poly({(): fmpq(value)})

    @staticmethod
    def atom(name: str, relation: tuple[int, Any] | None = None) -> Poly:
        if relation:
            RELATIONS[name] = relation
        return Poly({((name, 1),): fmpq(1)})

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return NotImplemented
        terms = dict(self.terms)
        for key, value in Poly.of(other).terms.items():
            terms[key] = terms.get(key, fmpq(0)) + value
        return Poly(terms)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return NotImplemented
        result = Poly({})
        for left, x in self.terms.items():
            for right, y in Poly.of(other).terms.items():
                exponents = dict(left)
                for atom, exponent in right:
                    exponents[atom] = exponents.get(atom, 0) + exponent
                due = [a for a, e in exponents.items() if a in RELATIONS and e >= RELATIONS[a][0]]
                factor = None
                if due:
                    bound, factor = RELATIONS[due[0]]
                    exponents[due[0]] -= bound
                term = Poly({tuple(sorted((a, e) for a, e in exponents.items() if e)): x * y})
                result = result + (term if factor is None else term * factor)
        return result

    __radd__, __rmul__ = __add__, __mul__

    def key(self) -> str:
        return repr(sorted((key, str(value)) for key, value in self.terms.items()))

    def leads(self) -> fmpq:
        return self.terms[min(self.terms)]


def in_ring(name: str, *arguments: Any) -> Any:
    """Functions of ring elements. Rejects where the ring cannot tell."""
    if name in ("pi", "euler"):
        return Poly.atom(name)
    if name == "positive":
        return 1  # what is undefined is caught by the balls
    if name == "owen":
        return owen_in_ring(*map(Poly.of, arguments))
    u = Poly.of(arguments[0])
    value = u.terms.get((), fmpq(0)) if set(u.terms) <= {()} else None
    zero = not u.terms
    if name == "pow":
        return ring_power(u, value, arguments[1])
    if name in ("abs", "sign", "max", "atan2", "off cut"):
        if name == "max":
            other = Poly.of(arguments[1])
            gap = u + other * -1
            return u if not gap.terms or in_ring("sign", gap) > 0 else other
        if value is None or name not in ("abs", "sign"):
            raise Rejected(f"the ring does not decide {name}")
        side = (value > 0) - (value < 0)
        demand(side != 0 or name == "abs", "the ring does not look past the kink of |u|")
        return u * side if name == "abs" else side
    half = fmpq(1, 2)
    if name == "acos":
        return Poly.atom("pi") * half + in_ring("asin", u) * -1
    if name in ("sin", "cos") and set(u.terms) <= {(("pi", 1),)}:
        return sine_of_turn(u.terms.get((("pi", 1),), fmpq(0)) + (half if name == "cos" else 0))
    if name == "asin" and value in (-1, 1):
        return Poly.atom("pi") * (value * half)
    if name == "atan" and value in (-1, 1):
        return Poly.atom("pi") * (value * fmpq(1, 4))
    if zero or (name == "log" and value == 1):
        demand(name != "log" or not zero, "log 0")
        return Poly.of(1 if name in ("exp", "cosh", "cos") else 0)
    if name in ("tan", "tanh"):
        return in_ring(name.replace("tan", "sin"), u) * ring_power(
            in_ring(name.replace("tan", "cos"), u), None, Fraction(-1)
        )
    if name in ("sinh", "cosh"):
        return (in_ring("exp", u) + in_ring("exp", u * -1) * (1 if name == "cosh" else -1)) * half
    if name == "exp":
        return exponential(u)
    back = name != "log" and u.leads() < 0
    u = u * -1 if back else u
    relation = (2, Poly.of(1) + in_ring("sin", u) * in_ring("sin", u) * -1) if name == "cos" else None
    atom = Poly.atom(f"{name}({u.key()})", relation)
    return atom * -1 if back and name != "cos" else atom


def exponential(u: Poly) -> Poly:
    """e^u as a product over the monomials of u: halves of them, or the parts that their denominators ask for."""
    exponents: dict[str, int] = {}
    for key, value in u.terms.items():
        parts = int(value.q) if value.q > 1 else 2
        name = f"exp({Poly({key: fmpq(1, parts)}).key()})"
        exponents[name] = exponents.get(name, 0) + int(value.p * parts / value.q)
    return Poly({tuple(sorted(exponents.items())): fmpq(1)})


def owen_in_ring(h: Poly, a: Poly) -> Poly:
    """T(h, −a) = T(−h, −a) = −T(h, a), T(h, 0) = 0, 2π T(0, a) = arctan a, 8 T(h, 1) = 1 − erf²(h/√2)."""
    if not a.terms:
        return a
    if a.leads() < 0:
        return owen_in_ring(h, a * -1) * -1
    if not h.terms:
        return in_ring("atan", a) * ring_power(Poly.atom("pi") * 2, None, Fraction(-1))
    h = h * -1 if h.leads() < 0 else h
    if a.terms == {(): fmpq(1)}:
        bell = in_ring("erf", h * ring_power(Poly.of(2), fmpq(2), Fraction(-1, 2)))
        return Poly.of(fmpq(1, 8)) + bell * bell * fmpq(-1, 8)
    return Poly.atom(f"owen({h.key()}, {a.key()})")


def sine_of_turn(ratio: fmpq) -> Poly:
    """sin(ratio π): √k / 2 at the multiples of π/6 and π/4, else an atom of the ratio reduced to [0, 1/2]."""
    turn = Fraction(int(ratio.p), int(ratio.q)) % 2
    side = 1 if turn <= 1 else -1
    turn = min(turn % 1, 1 - turn % 1)
    known = {Fraction(0): 0, Fraction(1, 6): 1, Fraction(1, 4): 2, Fraction(1, 3): 3, Fraction(1, 2): 4}
    if turn in known:
        return ring_power(Poly.of(known[turn]), fmpq(known[turn]), Fraction(1, 2)) * fmpq(side, 2)
    return Poly.atom(f"sin({turn} pi)") * side


def ring_power(u: Poly, value: Any, exponent: Fraction) -> Poly:
    if exponent.denominator == 1:
        if exponent < 0:
            return repeated(inverse(u), -exponent.numerator)
        return repeated(u, exponent.numerator) if exponent else Poly.of(1)
    if not u.terms:
        demand(exponent > 0, "1/0")
        return u
    demand(value is None or value > 0, "a fractional power of a negative number")
    # u^e = u^⌊e⌋ root^r, so that 1/√u and √u are powers of one atom.
    whole, top = divmod(exponent.numerator, exponent.denominator)
    outside = ring_power(u, value, Fraction(whole))
    parts = None if value is None else [part.root(exponent.denominator) for part in (value.p, value.q)]
    if parts and parts[0] ** exponent.denominator == value.p and parts[1] ** exponent.denominator == value.q:
        return outside * repeated(Poly.of(fmpq(*parts)), top)
    root = Poly.atom(f"root{exponent.denominator}({u.key()})", (exponent.denominator, u))
    return outside * repeated(root, top)


def inverse(u: Poly) -> Poly:
    demand(bool(u.terms), "1/0")
    if len(u.terms) == 1:
        ((key, scale),) = u.terms.items()
        return Poly({tuple((a, -e) for a, e in key): 1 / scale})
    return Poly.atom(f"1/({(u * (1 / u.leads())).key()})") * (1 / u.leads())
