"""f ≥ 0 by monotonicity: f ≥ 0 where x is smallest and ∂f/∂x ≥ 0, again and again, until the sign is seen.

    prove(f, x₁ x₂ …):  f is 0, or a sum of products of non-negative atoms times a positive factor      "form"
                        or all x are used up, the box is finite, and branch and bound proves it         "box"
                        or f(x₁ = lo) ≥ 0 without x₁, and ∂f/∂x₁ ≥ 0 with x₂ …                          "derivative"

Elements of the ring of `numerics.prover.exact` decide: common factors that are ≥ 0 on the whole box are
stripped first, so that the derivative is that of the other factor.  Ranges may be infinite upwards.  At every
point of the box where f is defined f ≥ 0 is proved; f need not be defined on all of it (sin u / u at 0).

Against branch and bound (`numerics.prover.boxes`): that needs finite ends, a value everywhere and no order of
variables, and its whole proof is re-checked; this one takes infinite ends, and asks for an order in which the
derivatives become simpler.  Neither falls back on the other: what is left here as "box" goes there, without the
side conditions, and if it is undecided there nothing is proved here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from numerics.ball import compile_tree
from numerics.prover.derivative import derivative
from numerics.prover.exact import Element, NotInRing, Ring
from numerics.prover.jet import evaluate
from numerics.prover.tree import Tree, add, as_fmpq, multiply, power, rational, substitute, variables

__all__ = ["Chain", "Order", "Side", "Step", "vanishes"]

# Exponents are counted in these parts, so that sums of the usual fractions are whole.
_PARTS = 180_000


class _SplitRing(Ring):
    """The ring in which exp(u + v) is exp u · exp v and exp(2u) is (exp u)², so that common Gaussian factors are
    seen.
    """

    def _exp(self, u: Element) -> Element:
        result = self.number(1)
        for key, value in u.terms.items():
            # Powers of a common base, and one factor for what is left of the coefficient.
            whole = (value * _PARTS).floor()
            rest = value - fmpq(whole, _PARTS)
            for part, exponent in ((fmpq(1, _PARTS), int(whole)), (rest, 1)):
                if part != 0 and exponent:
                    base = Element(self, {key: part})
                    result = result * self.atom(("exp", base.key()), exponent, (base,))
        return result

    def tree(self, element: Element) -> Tree:
        terms = []
        for key, value in element.terms.items():
            exponents, factors = [], [rational(value)]
            for atom, exponent in key:
                origin, arguments = self.origin(atom)
                if origin[0] == "exp":
                    exponents.append(multiply(rational(exponent), self.tree(arguments[0])))
                else:
                    factors.append(power(self.atom_tree(atom), exponent))
            terms.append(multiply(*factors, *([("exp", add(*exponents))] if exponents else [])))
        return add(*terms)


# Functions that are smooth on the whole line, and those of them that have the sign of their argument there.
_SMOOTH = frozenset({"exp", "erf", "owen", "sin", "cos", "atan", "sinh", "cosh", "tanh"})
# Functions with simpler derivatives, the deepest first.
_PRIMITIVES = (frozenset({"owen", "atan"}), frozenset({"erf"}))
_ODD = frozenset({"erf", "atan", "sinh", "tanh"})

Side = tuple[Tree, "Tree | None"]
Order = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A statement that the chain leaves to branch and bound: ``tree`` ≥ 0 on the sides not in ``fixed``."""

    tree: Tree
    fixed: frozenset[str]


@dataclass(kw_only=True)
class Chain:
    """The argument for one inequality; ``sides`` are (lowest, highest) value per variable, None for no end.

    After `prove` returned True, ``boxes`` are the statements that still need branch and bound; their conjunction
    implies the inequality.  ``failed`` says where an argument that did not close broke off.
    """

    sides: Mapping[str, Side]
    boxes: list[Step] = field(default_factory=list)
    derivatives: int = 0
    failed: str = ""

    def prove(self, tree: Tree, along: Order) -> bool:
        """Whether tree ≥ 0 follows from ``boxes`` by derivatives along these variables, in this order.

        An item (x, order) says how to go on where x is smallest; x alone stands for the rest of the order.
        """
        shift = {}
        for name in _names(along):
            low = self.sides[name][0]
            if low[0] != "rat":
                raise ValueError(f"the lower end of {name} has to be rational for an argument by derivatives")
            if as_fmpq(low[1]) != 0:
                shift[name] = add(low, ("var", name))
        self.shifted = frozenset(shift)
        return self._prove(substitute(tree, shift), tuple(along), frozenset())

    def _prove(self, tree: Tree, along: tuple[Any, ...], fixed: frozenset[str]) -> bool:
        try:
            ring = _SplitRing()
            names = {name: ring.atom(("variable", name)) for name in variables(tree)}
            value = evaluate(tree, names, ring.call)
        except NotInRing as error:
            return self._stop(f"not a polynomial in smooth functions: {error}")
        element = value if isinstance(value, Element) else ring.number(value)
        signs = _Signs(ring=ring, sides=self.sides, shifted=self.shifted)
        element = signs.without_factors(element)
        if signs.nonnegative(element):
            return True
        stripped = ring.tree(element)
        if not along:
            if any(high is None for name, (_, high) in self.sides.items() if name in variables(stripped)):
                return self._stop("no sign is seen on an infinite range")
            if self.shifted & variables(stripped):
                back = {name: add(("var", name), _negative(self.sides[name][0])) for name in self.shifted}
                stripped = substitute(stripped, back)
            self.boxes.append(Step(tree=stripped, fixed=fixed))
            return True
        first, rest = along[0], along[1:]
        name, after = first if isinstance(first, tuple) else (first, rest)
        if name not in variables(stripped):
            return self._prove(stripped, rest, fixed)
        if not signs.smooth(element, name):
            return self._stop(f"not certainly smooth in {name}")
        self.derivatives += 1
        start = substitute(stripped, {name: rational(0)})
        remaining = tuple(other for other in after if name not in _names((other,)))
        return self._prove(start, remaining, fixed | {name}) and self._prove(derivative(stripped, name), rest, fixed)

    def _stop(self, why: str) -> bool:
        self.failed = why
        return False


def vanishes(tree: Tree) -> bool:
    """Whether a tree is 0 wherever it is defined, as an element of the ring after its denominators are cleared."""
    ring = _SplitRing()
    try:
        value = evaluate(tree, {name: ring.atom(("variable", name)) for name in variables(tree)}, ring.call)
    except NotInRing:
        return False
    element = value if isinstance(value, Element) else ring.number(value)
    # Only squares plus numbers are certainly not 0 here, such as 1 + κ²; that is all that is cleared.
    return _Signs(ring=ring, sides={}, shifted=frozenset()).without_factors(element).vanishes()


def _names(along: Order) -> frozenset[str]:
    return frozenset().union(
        *(_names((item[0], *item[1])) if isinstance(item, tuple) else frozenset({item}) for item in along)
    )


def _negative(low: Tree) -> Tree:
    return rational(-as_fmpq(low[1]))


@dataclass(frozen=True, kw_only=True)
class _Signs:
    """What is known of the atoms of a ring on the box."""

    ring: Ring
    sides: Mapping[str, Side]
    shifted: frozenset[str]

    def without_factors(self, element: Element) -> Element:
        """The element without powers of atoms ≥ 0: those that all terms share.

        An exponential is taken out of the terms with the deepest functions alone, whose derivatives are then simple.
        """
        element = self._cleared(element)
        common: dict[int, int] = {}
        monomials = [dict(key) for key in element.terms]
        deep: list[dict[int, int]] = []
        for heads in _PRIMITIVES:
            deep = deep or [key for key in monomials if any(self.ring.origin(atom)[0][0] in heads for atom in key)]
        for atom in {atom for key in monomials for atom in key}:
            gaussian = self.ring.origin(atom)[0][0] == "exp"
            power = min(key.get(atom, 0) for key in (deep if gaussian and deep else monomials))
            if power and self.atom(atom) >= 0:
                common[atom] = power
        inverse = tuple(sorted((atom, -power) for atom, power in common.items()))
        return element * Element(self.ring, {inverse: fmpq(1)})

    def _cleared(self, element: Element) -> Element:
        """The element times its denominators that are > 0 by form."""
        for atom in {atom for key in element.terms for atom, _ in key}:
            name, arguments = self.ring.origin(atom)
            if name[0] != "inverse" or not self.positive(arguments[0]):
                continue
            height = max(dict(key).get(atom, 0) for key in element.terms)
            total = self.ring.number(0)
            for key, value in element.terms.items():
                powers = dict(key)
                missing = height - powers.pop(atom, 0)
                term = Element(self.ring, {tuple(sorted(powers.items())): value})
                for _ in range(missing):
                    term = term * arguments[0]
                total = total + term
            element = total
        return element

    def nonnegative(self, element: Element) -> bool:
        """Whether every term is ≥ 0 by its form."""
        return all(
            value > 0 and all(exponent % 2 == 0 or self.atom(atom) >= 0 for atom, exponent in key)
            for key, value in element.terms.items()
        )

    def positive(self, element: Element) -> bool:
        """Whether every term is ≥ 0 by its form, and one of them > 0."""
        return self.nonnegative(element) and any(all(self.atom(atom) > 0 for atom, _ in key) for key in element.terms)

    def atom(self, number: int) -> int:
        """1 for an atom that is > 0 on the box, 0 for one that is ≥ 0, −1 if neither is seen."""
        name, arguments = self.ring.origin(number)
        if name == "pi":
            return 1
        head = name[0]
        if head == "variable":
            if name[1] not in self.sides:
                return -1
            low = self.sides[name[1]][0]
            if name[1] in self.shifted:
                return 0
            value = compile_tree(low, [])()
            return 1 if value > 0 else 0 if low == rational(0) else -1
        if head in ("exp", "cosh"):
            return 1
        if head in _ODD:
            return 0 if self.nonnegative(arguments[0]) else -1
        if head == "root":
            return 1 if self.positive(arguments[0]) else 0  # where it is defined
        if head == "inverse":
            return 1 if self.positive(arguments[0]) else -1
        if head in ("sin", "cos"):
            return self._half_wave(head, arguments[0])
        return -1

    def _half_wave(self, head: str, argument: Element) -> int:
        """sin and cos of a multiple of one variable whose range lies where they are ≥ 0."""
        if len(argument.terms) != 1:
            return -1
        ((key, value),) = argument.terms.items()
        name = self.ring.origin(key[0][0])[0] if len(key) == 1 and key[0][1] == 1 else None
        if not isinstance(name, tuple) or name[0] != "variable" or name[1] in self.shifted or name[1] not in self.sides:
            return -1
        low, high = self.sides[name[1]]
        if high is None or value < 0:
            return -1
        # The range in multiples of π, exactly where the end is one, by an enclosure elsewhere.
        bottom, top = (_multiple_of_pi(end, value) for end in (low, high))
        lowest, highest = (Fraction(0), Fraction(1)) if head == "sin" else (Fraction(-1, 2), Fraction(1, 2))
        return 0 if _at_most(lowest, bottom) and _at_most(top, highest) else -1

    def smooth(self, element: Element, name: str) -> bool:
        """Whether the element is smooth in a variable at every point of the box where it is defined."""
        return all(self._smooth_power(atom, exponent, name) for key in element.terms for atom, exponent in key)

    def _smooth_power(self, number: int, exponent: int, name: str) -> bool:
        origin, arguments = self.ring.origin(number)
        if isinstance(origin, str):
            return True
        if not self._depends(number, name):
            return True
        if exponent < 0 and self.atom(number) <= 0:
            return False
        if origin[0] == "variable":
            return True
        if origin[0] in ("root", "inverse") and not self.positive(arguments[0]):
            return False
        return origin[0] in (*_SMOOTH, "root", "inverse") and all(self.smooth(u, name) for u in arguments)

    def _depends(self, number: int, name: str) -> bool:
        origin, arguments = self.ring.origin(number)
        if isinstance(origin, str):
            return False
        if origin[0] == "variable":
            return bool(origin[1] == name)
        return any(self._depends(atom, name) for u in arguments for key in u.terms for atom, _ in key)


def _multiple_of_pi(end: Tree, factor: fmpq) -> fmpq | arb:
    """factor · end / π."""
    ring = Ring()
    try:
        value = evaluate(end, {}, ring.call)
        ratio = ring.pi_multiple(value if isinstance(value, Element) else ring.number(value))
    except NotInRing:
        ratio = None
    if ratio is not None:
        return fmpq(ratio.numerator, ratio.denominator) * factor
    return compile_tree(end, [])() * arb(factor) / arb.pi()


def _at_most(left: fmpq | arb | Fraction, right: fmpq | arb | Fraction) -> bool:
    first, second = (
        fmpq(end.numerator, end.denominator) if isinstance(end, Fraction) else end for end in (left, right)
    )
    if isinstance(first, fmpq) and isinstance(second, fmpq):
        return bool(first <= second)
    return bool(arb(first) <= arb(second))
