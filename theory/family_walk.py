"""Exact values of claim trees over a symmetric family, for every r at once.

Indices stand for (group, label): equal labels are the same copy, different labels different copies.  A sum
over neurons is the sum over the labels in use plus (r − number of labels in use) times one further copy, so
that values are expressions in r and the parameters that hold for every r ≥ 1: where r is smaller than the
number of labels, a factor vanishes.

Angles are those of parallel, antiparallel and orthogonal rows; anything else is refused.  Nothing is
simplified: numbers are compared as rational multiples of π, polynomials by their coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sympy import (
    Add,
    Expr,
    Indexed,
    Integer,
    Mul,
    NumberSymbol,
    Pow,
    Rational,
    Sum,
    Symbol,
    cos,
    expand,
    pi,
    sin,
)
from sympy.core.function import Function

from theory import heads
from theory.family_vector import FamilyVector, placed
from theory.quantity import Setting, Vocabulary, find_quantity, instantiate, leaf_key
from theory.symbols import axis_of
from theory.symmetric_family import Group, SymmetricFamily

__all__ = ["FamilyWalk", "NotInFamily"]

Place: TypeAlias = "tuple[Group, int | None]"
Environment: TypeAlias = Mapping[Symbol, Place]


class NotInFamily(ValueError):
    """A tree has no exact value over the family; the message names the piece."""


@dataclass(kw_only=True)
class FamilyWalk:
    """Evaluates trees over one family."""

    family: SymmetricFamily
    setting: Setting
    extra: Vocabulary = field(default_factory=dict)

    def __call__(self, tree: Expr) -> Expr:
        """Value of a scalar tree without free indices; NotInFamily where it has none."""
        return self.normal(self._scalar(tree, {}))

    def at_pair(self, tree: Expr, first: Symbol, second: Symbol, groups: tuple[Group, ...]) -> list[Expr]:
        """Values at every kind of pair of different neurons of these groups."""
        places = [(group, 0 if group.repeated else None) for group in groups]
        others = [*places, *((group, 1) for group in groups if group.repeated)]
        return [
            self.normal(self._scalar(tree, {first: one, second: other}))
            for one in places
            for other in others
            if one != other
        ]

    # -- numbers
    # ---------------------------------------------------------------------------------------------------

    def normal(self, value: Expr) -> Expr:
        """The value expanded, with even powers of the declared lengths written in the parameters."""
        result = expand(value)
        for length, square in self.family.lengths.items():
            if result.has(length):
                result = expand(result.replace(_power_of(length), lambda node, s=square, k=length: _halved(node, k, s)))
        return result

    def _root(self, square: Expr) -> Expr:
        """√ of a square: exact for monomials in positive symbols, a formal root otherwise."""
        reduced = self.normal(square)
        for candidate in (expand(square), reduced):
            coefficient, powers = candidate.as_coeff_Mul()
            factors = powers.as_powers_dict()
            if isinstance(coefficient, Rational) and all(_even(base, exponent) for base, exponent in factors.items()):
                half = Mul(*(base ** (exponent / 2) for base, exponent in factors.items()))
                return Pow(coefficient, Rational(1, 2)) * half
        return Pow(reduced, Rational(1, 2))

    # -- scalars
    # ---------------------------------------------------------------------------------------------------

    def _scalar(self, tree: Expr, env: Environment) -> Expr:
        if isinstance(tree, Rational | NumberSymbol):
            return tree
        if isinstance(tree, Add):
            return Add(*(self._scalar(term, env) for term in tree.args))
        if isinstance(tree, Mul):
            return self._product(tree, env)
        if isinstance(tree, Pow):
            return self._power(tree, env)
        if isinstance(tree, Sum):
            return self._total(tree, env)
        if isinstance(tree, heads.Head):
            return self._head(tree, env)
        if isinstance(tree, Symbol | Indexed):
            return self._leaf(tree, env)
        if isinstance(tree, Function) and type(tree) in _AT_ANGLES:
            return _AT_ANGLES[type(tree)](self._scalar(tree.args[0], env), tree)
        raise NotInFamily(f"{tree} has no exact value over a family")

    def _product(self, tree: Mul, env: Environment) -> Expr:
        # A vanishing mask stands for a term that is left out, even where the rest is undefined.
        masks = [factor for factor in tree.args if isinstance(factor, heads.Distinct)]
        if any(self._scalar(mask, env) == 0 for mask in masks):
            return Integer(0)
        return Mul(*(self._scalar(factor, env) for factor in tree.args if factor not in masks))

    def _power(self, tree: Pow, env: Environment) -> Expr:
        base, exponent = tree.args
        if not isinstance(exponent, Rational):
            raise NotInFamily(f"{tree} has an exponent that is no rational number")
        if isinstance(base, heads.norm) and isinstance(exponent, Integer) and exponent % 2 == 0:
            return self._scalar(heads.dot(base.args[0], base.args[0]), env) ** (exponent / 2)
        value = self._scalar(base, env)
        if int(exponent.q) == 2:
            return self._root(value) ** (2 * exponent)
        if int(exponent.q) != 1:
            raise NotInFamily(f"{tree}: only integer and half-integer powers are supported")
        return value**exponent

    def _leaf(self, leaf: Expr, env: Environment) -> Expr:
        name, arity = leaf_key(leaf)
        family = self.family
        sizes = {
            "n": family.count(family.students),
            "m": family.count(family.teachers),
            "d": family.dimension,
        }
        if arity == 0 and name in sizes and (name, 0) not in self.extra:
            return sizes[name]
        quantity = find_quantity(name, arity, self.extra)
        definition = instantiate(quantity, self.setting, leaf.indices if arity else ())
        return self._scalar(definition, env)

    def _head(self, tree: heads.Head, env: Environment) -> Expr:
        if isinstance(tree, heads.dot):
            return self._dot(self._vector(tree.args[0], env), self._vector(tree.args[1], env))
        if isinstance(tree, heads.norm):
            vector = self._vector(tree.args[0], env)
            return self._root(self._dot(vector, vector))
        if isinstance(tree, heads.angle):
            return self._angle(tree, env)
        if isinstance(tree, heads.Distinct):
            first, second = (env[index] for index in tree.args)
            return Integer(0 if first == second else 1)
        if isinstance(tree, heads.largest | heads.smallest):
            return self._extremum(tree, env)
        raise NotInFamily(f"{tree}: the head {type(tree).__name__} has no exact value over a family")

    def _angle(self, tree: heads.angle, env: Environment) -> Expr:
        x, y = (self._vector(argument, env) for argument in tree.args)
        p, q, c = (self.normal(self._dot(*pair)) for pair in ((x, x), (y, y), (x, y)))
        if p == 0 or q == 0:
            raise NotInFamily(f"{tree} is undefined: a row vanishes")
        if c == 0:
            return pi / 2
        if self.normal(p * q - c**2) != 0:
            raise NotInFamily(f"{tree} is neither 0 nor π/2 nor π over this family")
        opposite = self._opposite(self._dot(x, y))
        return pi if opposite and not isinstance(tree, heads.line_angle) else Integer(0)

    def _opposite(self, inner: Expr) -> bool:
        """Whether a product of two parallel rows is negative: all its terms are, monomials in positive
        symbols.
        """
        signs = set()
        for term in Add.make_args(expand(inner)):
            coefficient, _ = term.as_coeff_Mul()
            if not isinstance(coefficient, Rational):
                raise NotInFamily(f"the sign of {inner} is not seen by its form")
            signs.add(int(coefficient.p) < 0)
        if len(signs) != 1:
            raise NotInFamily(f"the sign of {inner} is not seen by its form")
        return signs.pop()

    # -- sums and extrema
    # ------------------------------------------------------------------------------------------

    def _places(self, index: Symbol, env: Environment) -> list[tuple[Place, Expr, bool]]:
        """(place, multiplicity, whether it surely exists) of an index beside those in use."""
        kind = axis_of(index)
        groups = {"student": self.family.students, "teacher": self.family.teachers}.get(kind)
        if groups is None:
            raise NotInFamily(f"a family has no {kind} rows")
        used = sorted({label for _, label in env.values() if label is not None})
        fresh = max(used, default=-1) + 1
        places: list[tuple[Place, Expr, bool]] = []
        for group in groups:
            if group.repeated:
                places += [((group, label), Integer(1), True) for label in used]
                places.append(((group, fresh), self.family.copies - len(used), not used))
            else:
                places.append(((group, None), Integer(1), True))
        return places

    def _total(self, tree: Sum, env: Environment) -> Expr:
        (index, *_), *more = tree.limits
        body = Sum(tree.function, *more) if more else tree.function
        terms = [many * self._scalar(body, {**env, index: place}) for place, many, _ in self._places(index, env)]
        return self.normal(Add(*terms))

    def _extremum(self, tree: heads.Head, env: Environment) -> Expr:
        body, index = tree.args
        sign = 1 if isinstance(tree, heads.largest) else -1
        values = [(self._scalar(body, {**env, index: place}), sure) for place, _, sure in self._places(index, env)]
        if len({value for value, _ in values}) == 1:
            return values[0][0]
        ranked = sorted(values, key=lambda item: sign * _multiple_of_pi(item[0]), reverse=True)
        best = ranked[0][0]
        if not any(sure for value, sure in values if value == best):
            raise NotInFamily(f"{tree} depends on whether there are more copies")
        return best

    # -- vectors
    # ---------------------------------------------------------------------------------------------------

    def _vector(self, tree: Expr, env: Environment) -> FamilyVector:
        if isinstance(tree, Add):
            total = FamilyVector()
            for term in tree.args:
                total = total.plus(self._vector(term, env))
            return total
        if isinstance(tree, Mul):
            return self._scaled(tree, env)
        if isinstance(tree, Sum):
            return self._vector_sum(tree, env)
        if isinstance(tree, Symbol | Indexed):
            return self._row(tree, env)
        raise NotInFamily(f"{tree} is no vector of the family")

    def _scaled(self, tree: Mul, env: Environment) -> FamilyVector:
        factors = list(tree.args)
        for place, factor in enumerate(factors):
            rest = Mul(*factors[:place], *factors[place + 1 :])
            if self._is_vector(factor):
                return self._vector(factor, env).times(self._scalar(rest, env))
        raise NotInFamily(f"{tree} is a scalar where a vector is needed")

    def _is_vector(self, tree: Expr) -> bool:
        if isinstance(tree, Symbol | Indexed):
            name, arity = leaf_key(tree)
            if name in ("w", "v"):
                return True
            return (name, arity) not in _SIZE_KEYS and find_quantity(name, arity, self.extra).vector
        if isinstance(tree, Sum):
            return self._is_vector(tree.function)
        if isinstance(tree, Add | Mul):
            return any(self._is_vector(argument) for argument in tree.args)
        return False

    def _row(self, leaf: Expr, env: Environment) -> FamilyVector:
        name, arity = leaf_key(leaf)
        if name == "v" and arity == 0:
            if len(self.family.teachers) != 1 or self.family.teachers[0].repeated:
                raise NotInFamily("the single teacher v is not in a family with several")
            return placed(self.family.teachers[0], None)
        if name in ("w", "v"):
            return placed(*env[leaf.indices[0]])
        quantity = find_quantity(name, arity, self.extra)
        return self._vector(instantiate(quantity, self.setting, leaf.indices if arity else ()), env)

    def _vector_sum(self, tree: Sum, env: Environment) -> FamilyVector:
        (index, *_), *more = tree.limits
        body = Sum(tree.function, *more) if more else tree.function
        total = FamilyVector()
        for place, many, _ in self._places(index, env):
            value = self._vector(body, {**env, index: place})
            total = total.plus(self._gathered(value, place, many, env))
        return total

    def _gathered(self, value: FamilyVector, place: Place, many: Expr, env: Environment) -> FamilyVector:
        _, label = place
        used = frozenset(other for _, other in env.values() if other is not None)
        return value.times(many) if label is None or label in used else value.over_others(label, used, many)

    def _dot(self, x: FamilyVector, y: FamilyVector) -> Expr:
        return x.dot(y, self.family.copies)


_SIZE_KEYS = {("n", 0), ("m", 0), ("d", 0), ("N", 0)}


def _power_of(length: Symbol) -> Callable[[Expr], bool]:
    return lambda node: isinstance(node, Pow) and node.base == length and isinstance(node.exp, Integer)


def _halved(node: Pow, length: Symbol, square: Expr) -> Expr:
    half, odd = divmod(int(node.exp), 2)
    return square**half * length**odd


def _even(base: Expr, exponent: Expr) -> bool:
    # √(x²) = x for a positive symbol x; π is positive too.
    return (isinstance(base, Symbol) or base is pi or base == 1) and isinstance(exponent, Integer) and exponent % 2 == 0


def _multiple_of_pi(value: Expr) -> Rational:
    ratio = value if value == 0 else value / pi
    if not isinstance(ratio, Rational):
        raise NotInFamily(f"{value} is no rational multiple of π, so that its size is not compared")
    return ratio


def _sine(value: Expr, tree: Expr) -> Expr:
    turns = 2 * _multiple_of_pi(value)
    if not isinstance(turns, Integer):
        raise NotInFamily(f"{tree}: only multiples of π/2 have exact sines here")
    return Integer((0, 1, 0, -1)[int(turns) % 4])


def _cosine(value: Expr, tree: Expr) -> Expr:
    return _sine(value + pi / 2, tree)


_AT_ANGLES: dict[type, Callable[[Expr, Expr], Expr]] = {sin: _sine, cos: _cosine}
