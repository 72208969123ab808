"""The ring Q[π, x, sin(…), …]: where a coefficient that has to vanish is seen to vanish.

An element is a polynomial with rational coefficients in *atoms*: π, variables, and function values such as
sin(g) whose argument g is itself an element.  Distinct atoms are treated as independent, save for cos² = 1 −
sin² and root^q = base, and known special values are used (sin π = 0, exp 0 = 1, …).  Evaluation of atoms is
a ring homomorphism, so an element that is 0 here is 0 as a function wherever it is defined.  The converse
may fail: a non-zero element proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import fmpq

from numerics.prover.tree import Tree, add, multiply, power, rational

__all__ = ["Element", "NotInRing", "Ring"]

Monomial = tuple[tuple[int, int], ...]  # sorted (atom number, exponent), exponents non-zero, negative where inverted

MAX_TERMS = 2000
MAX_EXPONENT = 64
UNBOUNDED = 1 << 62


class NotInRing(ValueError):
    """Raised for values that the ring does not represent (undefined, or their branch depends on a sign)."""


class Element:
    """A polynomial in the atoms of a ring; immutable."""

    __slots__ = ("ring", "terms")

    def __init__(self, ring: Ring, terms: dict[Monomial, fmpq]) -> None:
        self.ring = ring
        self.terms = {key: value for key, value in terms.items() if value != 0}
        if len(self.terms) > MAX_TERMS:
            raise NotInRing("an element with too many terms")

    def _with(self, other: Any) -> Element | None:
        if isinstance(other, Element):
            return other
        return self.ring.number(other) if isinstance(other, fmpq | int) else None

    def __add__(self, other: Any) -> Element:
        right = self._with(other)
        if right is None:
            return NotImplemented
        terms = dict(self.terms)
        for key, value in right.terms.items():
            terms[key] = terms.get(key, fmpq(0)) + value
        return Element(self.ring, terms)

    __radd__ = __add__

    def __neg__(self) -> Element:
        return Element(self.ring, {key: -value for key, value in self.terms.items()})

    def __sub__(self, other: Any) -> Element:
        return self + -other

    def __rsub__(self, other: Any) -> Element:
        return -self + other

    def __mul__(self, other: Any) -> Element:
        factors = self._with(other)
        if factors is None:
            return NotImplemented
        total = Element(self.ring, {})
        plain: dict[Monomial, fmpq] = {}
        for left, x in self.terms.items():
            for right, y in factors.terms.items():
                exponents = dict(left)
                for atom, exponent in right:
                    exponents[atom] = exponents.get(atom, 0) + exponent
                due = [atom for atom, exponent in exponents.items() if exponent >= self.ring.bound(atom)]
                if not due:
                    key = _monomial(exponents)
                    plain[key] = plain.get(key, fmpq(0)) + x * y
                    continue
                # atom^bound is another element: take it out and multiply it back in
                factor = self.ring.relation(due[0])
                exponents[due[0]] -= self.ring.bound(due[0])
                total = total + Element(self.ring, {_monomial(exponents): x * y}) * factor
        return total + Element(self.ring, plain)

    __rmul__ = __mul__

    def vanishes(self) -> bool:
        """Whether the element is 0 in the ring."""
        return not self.terms

    def rational(self) -> fmpq | None:
        """The value of a constant of Q, else None."""
        if not self.terms:
            return fmpq(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    def key(self) -> tuple[Any, ...]:
        return tuple(sorted((key, int(value.p), int(value.q)) for key, value in self.terms.items()))

    def leading(self) -> fmpq:
        return self.terms[min(self.terms)]


def _monomial(exponents: dict[int, int]) -> Monomial:
    return tuple(sorted((atom, exponent) for atom, exponent in exponents.items() if exponent))


class Ring:
    """The atoms met so far and what is known about them."""

    def __init__(self, *, reduced: bool = True) -> None:
        self._reduced = reduced  # whether cos² and root^q are replaced by what they equal
        self._numbers: dict[Any, int] = {}
        self._relations: dict[int, tuple[int, Element]] = {}
        self._origins: list[tuple[Any, tuple[Element, ...]]] = []

    def number(self, value: Any) -> Element:
        return Element(self, {(): fmpq(value) if isinstance(value, int) else value})

    def atom(self, name: Any, exponent: int = 1, arguments: tuple[Element, ...] = ()) -> Element:
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers)
            self._origins.append((name, arguments))
        return Element(self, {((self._numbers[name], exponent),): fmpq(1)})

    def origin(self, number: int) -> tuple[Any, tuple[Element, ...]]:
        """(name, arguments) of an atom: "pi", ("variable", name), or (head, keys of the arguments …)."""
        return self._origins[number]

    def atom_tree(self, number: int) -> Tree:
        """The expression that an atom stands for."""
        name, arguments = self._origins[number]
        if isinstance(name, str):
            return (name,)
        if name[0] == "variable":
            return ("var", name[1])
        inner = [self.tree(argument) for argument in arguments]
        if name[0] in ("root", "inverse"):
            return power(inner[0], Fraction(1, name[2]) if name[0] == "root" else -1)
        return (name[0], *inner)

    def tree(self, element: Element) -> Tree:
        """An expression equal to the element."""
        return add(
            *(
                multiply(rational(value), *(power(self.atom_tree(atom), exponent) for atom, exponent in key))
                for key, value in element.terms.items()
            )
        )

    def bound(self, atom: int) -> int:
        return self._relations[atom][0] if atom in self._relations else UNBOUNDED

    def relation(self, atom: int) -> Element:
        return self._relations[atom][1]

    def _relate(self, name: Any, bound: int, value: Element) -> None:
        if self._reduced:
            self._relations.setdefault(self._numbers[name], (bound, value))

    def pi_multiple(self, u: Element) -> Fraction | None:
        """r if u = r π exactly, r rational, else None."""
        if u.vanishes():
            return Fraction(0)
        (pi,) = self.atom("pi").terms
        if set(u.terms) != {pi}:
            return None
        return Fraction(int(u.terms[pi].p), int(u.terms[pi].q))

    # functions
    # --------------------------------------------------------------------------------------------------

    def call(self, name: str, *arguments: Any) -> Any:
        """The value of a function (heads as in `numerics.prover.tree`) at elements. Raises NotInRing."""
        if name in ("pi", "euler"):
            return self.atom(name)
        if name == "positive":
            return 1  # what is undefined is caught by the balls
        if name == "sign":
            return self._side(arguments[0])
        if name == "off cut":
            if self.sign(arguments[1]) <= 0:
                raise NotInRing("atan2 where it may jump")
            return 1
        if name == "pow":
            return self._power(self._element(arguments[0]), Fraction(arguments[1]))
        elements = [self._element(argument) for argument in arguments]
        special: Callable[..., Element] | None = getattr(self, f"_{name}", None)
        return self._opaque(name, *elements) if special is None else special(*elements)

    def _element(self, value: Any) -> Element:
        return value if isinstance(value, Element) else self.number(value)

    def _opaque(self, name: str, *elements: Element) -> Element:
        return self.atom((name, *(element.key() for element in elements)), 1, elements)

    def _sin(self, u: Element) -> Element:
        ratio = self.pi_multiple(u)
        if ratio is None:
            return self._opaque("sin", u) if u.leading() > 0 else -self._opaque("sin", -u)
        # sin rπ with r reduced to [0, 1/2]
        turn = ratio % 2
        sign = 1 if turn <= 1 else -1
        turn = min(turn % 1, 1 - turn % 1)
        square = {
            Fraction(0): 0,
            Fraction(1, 6): 1,
            Fraction(1, 4): 2,
            Fraction(1, 3): 3,
            Fraction(1, 2): 4,
        }.get(turn)
        if square is None:
            angle = self.atom("pi") * fmpq(turn.numerator, turn.denominator)
            return self._opaque("sin", angle) * sign
        return self._power(self.number(square), Fraction(1, 2)) * fmpq(sign, 2)  # sin rπ = √square / 2

    def _cos(self, u: Element) -> Element:
        if self.pi_multiple(u) is not None:
            return self._sin(self.atom("pi") * fmpq(1, 2) - u)
        u = u if u.leading() > 0 else -u
        result = self._opaque("cos", u)
        self._relate(("cos", u.key()), 2, 1 - self._sin(u) * self._sin(u))
        return result

    def _tan(self, u: Element) -> Element:
        return self._sin(u) * self._power(self._cos(u), Fraction(-1))

    def _exp(self, u: Element) -> Element:
        # One atom exp(μ/q) per monomial μ, so that products of exponentials meet: e^{−x²/2} e^{−y²/2} = e^{−(x²+y²)/2}.
        result = self.number(1)
        for key, value in u.terms.items():
            bottom = max(int(value.q), 2)
            exponent = int(value.p) * bottom // int(value.q)
            part = Element(self, {key: fmpq(1, bottom)})
            result = result * self.atom(("exp", part.key()), exponent, (part,))
        return result

    def _cosh(self, u: Element) -> Element:
        return (self._exp(u) + self._exp(-u)) * fmpq(1, 2)

    def _sinh(self, u: Element) -> Element:
        return (self._exp(u) - self._exp(-u)) * fmpq(1, 2)

    def _tanh(self, u: Element) -> Element:
        return self._sinh(u) * self._power(self._cosh(u), Fraction(-1))

    def _log(self, u: Element) -> Element:
        return self.number(0) if (u - 1).vanishes() else self._opaque("log", u)

    def _odd(self, name: str, u: Element) -> Element:
        if u.vanishes():
            return u
        return self._opaque(name, u) if u.leading() > 0 else -self._opaque(name, -u)

    def _erf(self, u: Element) -> Element:
        return self._odd("erf", u)

    def _owen(self, h: Element, a: Element) -> Element:
        if a.vanishes():
            return a
        if a.leading() < 0:
            return -self._owen(h, -a)
        if h.vanishes():
            return self._atan(a) * self._inverse(self.atom("pi")) * fmpq(1, 2)
        h = h if h.leading() > 0 else -h
        if (a - 1).vanishes():  # 2 T(h, 1) = Φ(h) (1 − Φ(h))
            value = self._erf(h * self._power(self.number(2), Fraction(-1, 2)))
            return (1 - value * value) * fmpq(1, 8)
        return self._opaque("owen", h, a)

    def _asin(self, u: Element) -> Element:
        value = u.rational()
        if value is not None and value in (-1, 1):
            return self.atom("pi") * (value * fmpq(1, 2))
        return self._odd("asin", u)

    def _acos(self, u: Element) -> Element:
        return self.atom("pi") * fmpq(1, 2) - self._asin(u)

    def _atan(self, u: Element) -> Element:
        value = u.rational()
        return self.atom("pi") * (value * fmpq(1, 4)) if value in (-1, 1) else self._odd("atan", u)

    def _atan2(self, y: Element, x: Element) -> Element:
        below, right = y.rational(), x.rational()
        if below is None or right is None or not (right > 0 or (right == 0 and below != 0)):
            raise NotInRing("atan2 of elements whose quadrant is unknown")
        return self.atom("pi") * fmpq(1 if below > 0 else -1, 2) if right == 0 else self._atan(y * (1 / right))

    def sign(self, u: Any) -> int:
        """The sign of a rational constant. Raises NotInRing for anything else."""
        value = self._element(u).rational()
        if value is None:
            raise NotInRing("the sign of an element that is not rational")
        return (value > 0) - (value < 0)

    def _side(self, u: Any) -> int:
        side = self.sign(u)
        if not side:
            raise NotInRing("|u| at its kink")
        return side

    def _abs(self, u: Element) -> Element:
        return u * self.sign(u)

    def _max(self, u: Element, v: Element) -> Element:
        return u if self.sign(u - v) >= 0 else v

    def _power(self, u: Element, exponent: Fraction) -> Element:
        if abs(exponent) > MAX_EXPONENT:
            raise NotInRing("a large power")
        if exponent.denominator == 1:
            result = self.number(1)
            base = u if exponent >= 0 else self._inverse(u)
            for _ in range(abs(exponent.numerator)):
                result = result * base
            return result
        value = u.rational()
        if u.vanishes() and exponent > 0:
            return u
        if value is not None and value <= 0:
            raise NotInRing("a fractional power of a number that is not positive")
        # u^e = u^⌊e⌋ root^r, so that 1/√u and √u are powers of one atom.
        below, above = divmod(exponent.numerator, exponent.denominator)
        if below and not u.vanishes():
            whole_part = self._power(u, Fraction(below))
            return whole_part * self._power(u, Fraction(above, exponent.denominator))
        if value is not None:
            whole, exact = value.p.root(exponent.denominator), value.q.root(exponent.denominator)
            if whole**exponent.denominator == value.p and exact**exponent.denominator == value.q:
                return self._power(self.number(fmpq(whole, exact)), Fraction(exponent.numerator))
        name = ("root", u.key(), exponent.denominator)
        root = self.atom(name, 1, (u,))
        self._relate(name, exponent.denominator, u)
        return self._power(root, Fraction(exponent.numerator))

    def _inverse(self, u: Element) -> Element:
        if u.vanishes():
            raise NotInRing("1/0")
        if len(u.terms) == 1:
            ((monomial, value),) = u.terms.items()
            return Element(self, {tuple((atom, -exponent) for atom, exponent in monomial): 1 / value})
        scale = u.leading()
        return self._opaque("inverse", u * (1 / scale)) * (1 / scale)
