"""Exact values in closed form: Q-linear combinations of square roots, π, angles, and other values kept as
they are.

A `Form` is a polynomial with rational coefficients in *atoms* (π, acute angles, opaque values) times square
roots of integers.  Equal roots are recognised across classes of squares, so a form without terms is exactly
0; different atoms are treated as independent, so a form with terms may still vanish by a relation that is not
seen (arctan ½ + arctan ⅓ = π/4). Where nothing irrational is left, results are plain ``fmpq``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flint import arb, ctx, fmpq

from numerics.ball import precision
from numerics.evaluation.radicals import Radicals

__all__ = ["Form", "Forms", "Number", "TooComplex"]

Atoms = tuple[tuple[int, int], ...]  # (atom, exponent), sorted, exponents not 0
Monomial = tuple[int, Atoms]  # representative of the root's class (1 for none), atoms

MAX_TERMS = 200_000


class TooComplex(ValueError):
    """Raised where a closed form would grow beyond use; the value can still be enclosed."""


class Form:
    """A value in closed form; immutable.  ``undefined`` spreads through every operation, also through a
    product with 0.
    """

    __slots__ = ("flat", "home", "terms", "undefined")

    def __init__(
        self, home: Forms, terms: Mapping[Monomial, fmpq], *, undefined: bool = False, flat: bool = False
    ) -> None:
        self.home = home
        self.terms = terms
        self.undefined = undefined
        # The sine of an angle that is exactly 0 or π; see `Forms.inverse`.
        self.flat = flat

    def __add__(self, other: Any) -> Any:
        return self.home.total((self, other))

    __radd__ = __add__

    def __neg__(self) -> Any:
        return Form(self.home, {key: -value for key, value in self.terms.items()}, undefined=self.undefined)

    def __sub__(self, other: Any) -> Any:
        return self.home.total((self, -other))

    def __rsub__(self, other: Any) -> Any:
        return self.home.total((other, -self))

    def __mul__(self, other: Any) -> Any:
        return self.home.product(self, other)

    __rmul__ = __mul__


Number = Form | fmpq


class Forms:
    """The roots and atoms met so far; every form belongs to one such home."""

    def __init__(self) -> None:
        self.radicals = Radicals()
        self._atoms: dict[Any, int] = {}
        self._names: list[Any] = []
        self._values: list[Callable[[], arb]] = []
        self._unbounded: set[int] = set()
        self._bits = 0
        self._balls: dict[Any, arb] = {}

    # -- making ----------------------------------------------------------------------------------------------

    def atom(self, name: Any, value: Callable[[], arb]) -> Form:
        """The atom of that name; ``value`` encloses it at the precision in force."""
        number = self._atoms.get(name)
        if number is None:
            number = self._atoms[name] = len(self._values)
            self._names.append(name)
            self._values.append(value)
        return Form(self, {(1, ((number, 1),)): fmpq(1)})

    def pi(self) -> Form:
        """π."""
        return self.atom("pi", arb.pi)

    def undefined(self) -> Form:
        """A value that does not exist."""
        return Form(self, {}, undefined=True)

    def bounded(self) -> Form:
        """A value that does not exist but would be bounded: 0 times it is 0, anything else with it does not
        exist.
        """
        form = self.atom(("bounded", len(self._values)), arb.nan)
        (((_, ((number, _),)), _),) = form.terms.items()
        self._unbounded.add(number)
        return form

    def flat_sine(self) -> Form:
        """sin 0 or sin π, which remembers where it comes from."""
        return Form(self, {}, flat=True)

    def root(self, value: fmpq) -> Number:
        """√value for a rational value; undefined below 0.  Exact."""
        if value < 0:
            return self.undefined()
        if value == 0:
            return fmpq(0)
        # √(a/b) = √(ab)/b
        factor, representative = self.radicals.root(int(value.p) * int(value.q))
        factor = factor / int(value.q)
        return factor if representative == 1 else Form(self, {(representative, ()): factor})

    # -- combining -------------------------------------------------------------------------------------------

    def total(self, terms: Iterable[Any]) -> Number:
        """Σ of forms and rationals."""
        found: dict[Monomial, fmpq] = {}
        undefined = False
        for term in terms:
            if isinstance(term, Form):
                undefined |= term.undefined
                for key, value in term.terms.items():
                    found[key] = found[key] + value if key in found else value
            else:
                found[_ONE] = found[_ONE] + term if _ONE in found else fmpq(term)
        return self._settled(found, undefined)

    def product(self, left: Any, right: Any) -> Number:
        """left · right."""
        if not isinstance(left, Form):
            left, right = right, left
        if not isinstance(right, Form):
            if left.undefined:
                return left
            return fmpq(0) if right == 0 else Form(self, {key: value * right for key, value in left.terms.items()})
        if left.undefined or right.undefined:
            return self.undefined()
        if len(left.terms) * len(right.terms) > MAX_TERMS:
            raise TooComplex("a product of closed forms has too many terms")
        found: dict[Monomial, fmpq] = {}
        for (root, atoms), x in left.terms.items():
            for (other_root, other_atoms), y in right.terms.items():
                factor, both = self.radicals.product(root, other_root)
                key = (both, _joined(atoms, other_atoms))
                value = x * y * factor
                found[key] = found[key] + value if key in found else value
        return self._settled(found, False)

    def _settled(self, terms: dict[Monomial, fmpq], undefined: bool) -> Number:
        if undefined:
            return self.undefined()
        kept = {key: value for key, value in terms.items() if value != 0}
        if len(kept) > MAX_TERMS:
            raise TooComplex("a closed form has too many terms")
        if not kept:
            return fmpq(0)
        return kept[_ONE] if len(kept) == 1 and _ONE in kept else Form(self, kept)

    def inverse(self, form: Form) -> Number | None:
        """1/form if it is one term or undefined, else None."""
        if form.undefined or not form.terms:
            return self.undefined()
        if len(form.terms) > 1:
            return None
        (((root, atoms), value),) = form.terms.items()
        if self._missing(form):
            return self.undefined()
        return self._settled({(root, tuple((atom, -power) for atom, power in atoms)): 1 / (value * root)}, False)

    # -- asking ----------------------------------------------------------------------------------------------

    def _missing(self, form: Form) -> bool:
        return any(atom in self._unbounded for _, atoms in form.terms for atom, _ in atoms)

    def exists(self, number: Number) -> bool:
        """Whether the value is defined."""
        return not isinstance(number, Form) or not (number.undefined or self._missing(number))

    def enclosure(self, number: Number) -> arb:
        """An enclosure of the value at the precision in force, NaN where it is undefined."""
        if not isinstance(number, Form):
            return arb(number)
        if not self.exists(number):
            return arb.nan()
        total = arb(0)
        for (root, atoms), value in number.terms.items():
            term = self._root(root) * value
            for atom, power in atoms:
                ball = self._value(atom)
                for _ in range(abs(power)):
                    term = term * ball if power > 0 else term / ball
            total += term
        return total

    def _root(self, number: int) -> arb:
        return self._cached(("root", number), lambda: arb(number).sqrt())

    def _value(self, atom: int) -> arb:
        return self._cached(("atom", atom), self._values[atom])

    def _cached(self, name: Any, compute: Callable[[], arb]) -> arb:
        """A ball at the precision in force; those of other precisions are forgotten."""
        if self._bits != ctx.prec:
            self._bits, self._balls = ctx.prec, {}
        if name not in self._balls:
            self._balls[name] = compute()
        return self._balls[name]

    def key(self, number: Number) -> Any:
        """A hashable name of a value, the same for values of the same form."""
        if not isinstance(number, Form):
            return int(number.p), int(number.q)
        return tuple(sorted((key, int(value.p), int(value.q)) for key, value in number.terms.items()))

    def pi_multiple(self, number: Number) -> tuple[fmpq, dict[int, fmpq]] | None:
        """(r, {atom: c}) with number = r π + Σ c · atom for rational r, c; None for any other form."""
        if not isinstance(number, Form):
            return (fmpq(0), {}) if number == 0 else None
        (((_, ((pi, _),)), _),) = self.pi().terms.items()
        ratio, rest = fmpq(0), {}
        for (root, atoms), value in number.terms.items():
            if root != 1 or len(atoms) != 1 or atoms[0][1] != 1:
                return None
            if atoms[0][0] == pi:
                ratio = value
            else:
                rest[atoms[0][0]] = value
        return ratio, rest

    def name_of(self, atom: int) -> Any:
        """The name under which an atom was made."""
        return self._names[atom]

    def sign(self, number: Number) -> int:
        """−1, 0 or 1.  Raises TooComplex where the value is undefined, or where enclosures up to 4096 bits
        contain 0.
        """
        if not isinstance(number, Form):
            return (number > 0) - (number < 0)
        if not number.terms and not number.undefined:
            return 0
        for bits in (64, 512, 4096):
            if bits == 512:
                from numerics.evaluation.angle_relations import resolved

                number = resolved(self, number)
                if not isinstance(number, Form):
                    return self.sign(number)
            with precision(bits):
                ball = self.enclosure(number)
                if ball > 0:
                    return 1
                if ball < 0:
                    return -1
        raise TooComplex("the sign of a closed form is undecided")


_ONE: Monomial = (1, ())


def _joined(left: Atoms, right: Atoms) -> Atoms:
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted((atom, power) for atom, power in powers.items() if power))
