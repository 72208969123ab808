"""Trees that are ≥ 0, or > 0, by their form alone: sums and products of squares, norms, angles, hypotheses.

The rules are structural and one-sided: a derivation means "certainly so wherever defined"; None means "not
seen", never "negative".  No sign decision of SymPy is consulted: numbers are compared as integers, everything
else by its head.

    |x|²|y|² − ⟨x, y⟩² ≥ 0           (Cauchy–Schwarz)
    Σ_ij Π_r ⟨a_i^r, a_j^r⟩ ≥ 0      (Schur: products of Gram matrices are positive semidefinite)

A sum is read with a new symbol for its index, so that a hypothesis on one row is never used for all of them;
a hypothesis that holds for all rows is a `Fact` with that index in ``for_all``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sympy import Add, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol, cos, exp, pi, sin

from theory.heads import (
    Binder,
    Distinct,
    after_step,
    angle,
    dot,
    greatest,
    largest,
    least,
    magnitude,
    norm,
    positive_part,
    smallest,
)
from theory.indices import canonical, instances, is_multiple, opened
from theory.steps import Step

__all__ = ["Fact", "nonnegative_by_form", "positive_by_form"]

Definition = Callable[[Expr], Expr | None]
Rules = frozenset[str] | None
Special = Callable[[Step, bool], Rules]
Number = Callable[[Expr], Rules]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A tree of known sign; for all values of the indices ``for_all``."""

    tree: Expr
    for_all: tuple[Symbol, ...] = ()


Facts = Sequence[Expr | Fact]


def nonnegative_by_form(
    tree: Expr,
    assumed: Facts = (),
    definition: Definition = lambda leaf: None,
    positive: Facts = (),
    special: Special = lambda step, strict: None,
    number: Number = lambda node: None,
) -> Rules:
    """The rules by which ``tree`` ≥ 0 follows from its form, or None if none are seen.

    ``assumed`` are trees known to be ≥ 0 (hypotheses, scalars in their range), ``positive`` trees known to be
    > 0; ``definition`` expands quantity leaves; ``special`` gives the rules of a step (≥ 0, or > 0 if
    ``strict``), whose premises and equations are its own business; ``number`` those of a closed number > 0.
    """
    reader = _Reader(assumed=assumed, positive=positive, definition=definition, special=special, number=number)
    return reader.nonnegative(tree)


def positive_by_form(
    tree: Expr,
    assumed: Facts = (),
    definition: Definition = lambda leaf: None,
    positive: Facts = (),
    special: Special = lambda step, strict: None,
    number: Number = lambda node: None,
) -> Rules:
    """The rules by which ``tree`` > 0 follows from its form, or None if none are seen."""
    reader = _Reader(assumed=assumed, positive=positive, definition=definition, special=special, number=number)
    return reader.positive_rules(tree)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    assumed: Facts = ()
    positive: Facts = ()
    definition: Definition = field(default=lambda leaf: None)
    special: Special = field(default=lambda step, strict: None)
    number: Number = field(default=lambda node: None)

    def nonnegative(self, node: Expr) -> Rules:
        if _among(node, self.assumed) or _among(node, self.positive):
            return frozenset({"hypothesis"})
        if isinstance(node, Rational):
            return frozenset() if int(node.p) >= 0 else None
        if isinstance(node, NumberSymbol | Distinct):
            return frozenset()  # π, e, … are positive
        if isinstance(node, Step):
            return self.special(node, False)
        if isinstance(node, norm | angle | magnitude | positive_part | exp):
            return frozenset({"norms, angles and moduli"})
        if isinstance(node, sin):
            factor, rest = node.args[0].as_coeff_Mul()
            part = isinstance(factor, Rational) and 0 < int(factor.p) <= int(factor.q)
            return frozenset({"sines of angles"}) if part and self._is_angle(rest) else None
        if isinstance(node, dot):
            return frozenset({"squares"}) if node.args[0] == node.args[1] else None
        if isinstance(node, Pow):
            return self._power(node)
        if isinstance(node, Mul):
            return _joined([self.nonnegative(factor) for factor in node.args])
        if isinstance(node, Add):
            found = _joined([self.nonnegative(term) for term in _summands(node)])
            return self._difference(node) if found is None else found
        if isinstance(node, Sum):
            found = self.nonnegative(opened(node))
            return self._schur(node) if found is None else found
        if isinstance(node, largest | smallest):
            return self.nonnegative(opened(node))
        if isinstance(node, least | greatest):
            return _joined([self.nonnegative(choice) for choice in node.args])
        if isinstance(node, after_step):
            # Of the next network nothing is assumed.
            return _Reader(definition=self.definition).nonnegative(node.args[0])
        if isinstance(node, Symbol | Indexed):
            expanded = self.definition(node)
            return None if expanded is None else self.nonnegative(expanded)
        return None

    def _is_angle(self, node: Expr) -> bool:
        """Whether a tree lies in [0, π] as an angle does."""
        if isinstance(node, angle):
            return True
        expanded = self.definition(node) if isinstance(node, Symbol | Indexed) else None
        return isinstance(expanded, angle)

    def _power(self, node: Pow) -> Rules:
        if isinstance(node.exp, Integer) and int(node.exp) % 2 == 0:
            return frozenset({"squares"})  # an even power of a real number, also a negative one where it is defined
        if isinstance(node.exp, Rational):
            return frozenset({"roots"}) if int(node.exp.q) == 2 else self.nonnegative(node.base)
        return None

    def _difference(self, node: Add) -> Rules:
        if not node.free_symbols and not node.atoms(Step):
            return self.number(node)
        if _outweighs(node):
            return frozenset({"sines and cosines are at most 1"})
        if self._within_straight(node):
            return frozenset({"angles are at most π"})
        return self._cauchy_schwarz(node)

    def _within_straight(self, node: Add) -> bool:
        """c π − Σ k_r θ_r with angles θ_r ≤ π, rational k_r > 0 and c ≥ Σ k_r."""
        balance = Rational(0)
        for term in node.args:
            factor, rest = term.as_coeff_Mul()
            if not isinstance(factor, Rational):
                return False
            if rest != pi and not (int(factor.p) < 0 and self._is_angle(rest)):
                return False
            balance += factor
        return int(balance.p) >= 0

    def _cauchy_schwarz(self, node: Add) -> Rules:
        """|x|²|y|² M − ⟨x, y⟩² M with M ≥ 0."""
        if len(node.args) != 2:
            return None
        for first, second in (node.args, node.args[::-1]):
            for square in Mul.make_args(second):
                if isinstance(square, Pow) and isinstance(square.base, dot) and square.exp == 2:
                    x, y = square.base.args
                    factor = -second / square
                    rules = self.nonnegative(factor)
                    if rules is not None and first == dot(x, x) * dot(y, y) * factor:
                        return rules | {"Cauchy–Schwarz"}
        return None

    def _schur(self, node: Sum) -> Rules:
        """Σ over i, j of products of ⟨a(i), a(j)⟩ with a factor ≥ 0 that depends on neither."""
        if len(node.limits) != 2:
            return None
        (i, *_), (j, *_) = node.limits
        found: list[Rules] = [frozenset({"products of Gram matrices"})]
        for factor in Mul.make_args(node.function):
            base = (
                factor.base
                if isinstance(factor, Pow) and isinstance(factor.exp, Integer) and factor.exp > 0
                else factor
            )
            if isinstance(base, dot) and _swapped(base, i, j):
                continue
            if factor.free_symbols & {i, j}:
                return None
            found.append(self.nonnegative(factor))
        return _joined(found)

    def positive_rules(self, node: Expr) -> Rules:
        if _among(node, self.positive):
            return frozenset({"hypothesis"})
        if isinstance(node, Rational):
            return frozenset() if int(node.p) > 0 else None
        if isinstance(node, NumberSymbol | exp):
            return frozenset()
        if isinstance(node, Step):
            return self.special(node, True)
        if isinstance(node, norm):
            return self.positive_rules(dot(node.args[0], node.args[0]))
        if isinstance(node, dot) and node.args[0] == node.args[1]:
            return frozenset({"hypothesis"}) if _among(norm(node.args[0]), self.positive) else None
        if isinstance(node, after_step) and isinstance(node.args[0], norm):
            (row,) = node.args[0].args
            return self.positive_rules(after_step(dot(row, row)))
        if isinstance(node, Add):
            if not node.free_symbols and not node.atoms(Step):
                return self.number(node)
            found = [self.nonnegative(term) for term in _summands(node)]
            strict = [self.positive_rules(term) for term in _summands(node)]
            return None if all(rules is None for rules in strict) else _joined(found)
        if isinstance(node, Mul):
            return _joined([self.positive_rules(factor) for factor in node.args])
        if isinstance(node, Pow) and isinstance(node.exp, Rational):
            rules = self.positive_rules(node.base)
            # 1/x is never 0, so that a quotient which is ≥ 0 is > 0 where it is defined.
            return self.nonnegative(node) if rules is None and int(node.exp.p) < 0 else rules
        if isinstance(node, Symbol | Indexed):
            expanded = self.definition(node)
            return None if expanded is None else self.positive_rules(expanded)
        return None


def _summands(node: Add) -> tuple[Expr, ...]:
    """The terms of a sum, closed numbers among them taken together."""
    numbers = [term for term in node.args if not term.free_symbols and not term.atoms(Step)]
    if len(numbers) < 2 or len(numbers) == len(node.args):
        return node.args
    return (*(term for term in node.args if term not in numbers), Add(*numbers))


def _outweighs(node: Add) -> bool:
    """c + Σ k_r · (product of sines and cosines) with a rational c ≥ Σ |k_r|."""
    balance = Rational(0)
    for term in node.args:
        factor, rest = term.as_coeff_Mul()
        if not isinstance(factor, Rational):
            return False
        if rest == 1:
            balance += factor
            continue
        bases = [one.base if isinstance(one, Pow) else one for one in Mul.make_args(rest)]
        powers = [one.exp for one in Mul.make_args(rest) if isinstance(one, Pow)]
        if not all(isinstance(base, sin | cos) for base in bases):
            return False
        if not all(isinstance(power, Integer) and int(power.p) > 0 for power in powers):
            return False
        balance -= factor if int(factor.p) > 0 else -factor
    return int(balance.p) >= 0


def _among(node: Expr, known: Facts) -> bool:
    """Whether a positive multiple of the node is known."""
    like = canonical(node)
    for one in known:
        fact = one if isinstance(one, Fact) else Fact(tree=one)
        if any(is_multiple(like, canonical(tree)) for tree in instances(fact.tree, fact.for_all, node)):
            return True
    return False


def _joined(found: Sequence[Rules]) -> Rules:
    return None if any(one is None for one in found) else frozenset().union(*(one for one in found if one is not None))


def _swapped(node: dot, i: Expr, j: Expr) -> bool:
    """Whether the two arguments are one vector that depends on i, and the same vector at j."""
    x, y = node.args
    return any(
        i in one.free_symbols
        and j not in one.free_symbols
        # A sum over j inside would capture what is put in the place of i.
        and not any(j in _bound(inner) and i in inner.free_symbols for inner in one.atoms(Sum, Binder))
        and one.xreplace({i: j}) == other
        for one, other in ((x, y), (y, x))
    )


def _bound(node: Expr) -> set[Expr]:
    return {limit[0] for limit in node.limits} if isinstance(node, Sum) else {node.args[1]}
