"""Index degree: how many rows an identity has to be checked for so that it holds for every number of rows.

A family of functions D_n(w_1, …, w_n) has degree ≤ r if

    D_n(w_1, …, w_n) = Σ over S ⊆ {1, …, n}, |S| ≤ r, of g_{|S|}(w_S)                    (*)

with functions g_0, …, g_r that do not depend on n.  A term without sums over the students has degree 0; Σ_i
adds 1 to the degree of its summand (the sets S ∪ {i}); a sum of terms has the largest degree, a product the
sum of the degrees (unions of sets), a natural power a multiple of it; the number n itself is Σ_i 1.  Any
function of terms of degree 0 has degree 0, as such a term depends on named rows alone.  Functions of sums
(roots, angles, maxima) have no bound.  A quotient A/B is kept as numerator and denominator: A/B = C/E
wherever defined if A·E − C·B, of finite degree, vanishes.

If D_n ≡ 0 for n = 0, …, r then g_0 = D_0 = 0, g_1(w_1) = D_1 − g_0 = 0, and so on by induction on |S| (Möbius
inversion over subsets), so D_n ≡ 0 for all n.  D_0 may be left out if D_{r+1} ≡ 0 as well: D_1 = … = D_r ≡ 0
gives g_k = (−1)^k g_0, and then D_{r+1} = ± g_0.  With s free indices the rows that they name are set apart
first: (*) holds over the other rows, for every pattern of equalities among the indices, so n = 1, …, r + s
suffice.  All rows of data of one index (student, direction, coefficient) count as one row; hypotheses on
single rows, pairs, … keep the argument, as subfamilies satisfy them too.

The hypothesis Σ_i β_i² = c > 0 couples all rows.  Let D have degree ≤ K in β.  As −β meets it too, the parts
of D that are even and odd in β vanish apart on the sphere, and so everywhere once their components are
multiplied by powers of Σ β_i²/c up to one degree in β.  That adds at most ⌊K/2⌋ to the index degree, and it
is D on the sphere that has to be checked.

A free number y with y² = S, S of degree s, may stand for the root of a sum.  D = P_0 + P_1 y after reduction,
and what vanishes at each n are P_0 and P_1; their degree is at most that of D if every factor y counts s/2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Add, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol
from sympy.core.function import Function

from numerics.evaluation.walk import Walk
from theory import heads
from theory.quantity import find_quantity, leaf_key
from theory.symbols import AXES, axis_of
from theory.symbols import eta as step_size
from theory.symbols import w as students

__all__ = ["Degree", "IndexDegree", "Unbounded", "free_axes", "names_rows"]

_SIZE_OF = {"n": "student", "m": "teacher", "N": "sample"}


class Unbounded(ValueError):
    """A term has no index degree; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Degree:
    """Degree of the numerator over a product of denominators, given as (power, degree) by tree."""

    top: Fraction = Fraction(0)
    below: Mapping[Expr, tuple[int, Fraction]] = field(default_factory=dict)

    @property
    def zero(self) -> bool:
        """Whether the term depends on named rows alone."""
        return self.top == 0 and not self.below


_ZERO = Degree()


@dataclass(kw_only=True)
class IndexDegree:
    """Degrees in one kind of index ("student", "teacher", "sample") of trees over the frame of a walk.

    ``built`` gives the trees of inputs that are built from others: students, or scalars solved from a
    hypothesis. ``generalised`` names quantities that the frame holds as free inputs; where their dependence
    on the students would matter (in derivatives, after a step) there is no degree.  ``letter`` asks for the
    degree in an input of that name instead.
    """

    walk: Walk
    kind: str = ""
    built: Mapping[str, Expr] = field(default_factory=dict)
    generalised: frozenset[str] = frozenset()
    letter: str = ""
    # Free numbers by name, with the trees of their squares.
    roots: Mapping[str, Expr] = field(default_factory=dict)
    _memo: dict[tuple[Expr, bool], Degree] = field(default_factory=dict, repr=False)

    def __call__(self, tree: Expr, moved: bool = False) -> Degree:
        """Degree of a tree; ``moved`` if it stands after a step of gradient descent.  Raises Unbounded."""
        key = (tree, moved)
        if key not in self._memo:
            self._memo[key] = self._degree(tree, moved)
        return self._memo[key]

    def _degree(self, tree: Expr, moved: bool) -> Degree:
        if isinstance(tree, Rational | NumberSymbol | heads.Distinct):
            return _ZERO
        if isinstance(tree, Symbol | Indexed):
            return self._leaf(tree, moved)
        if isinstance(tree, Add):
            return _sum([self(argument, moved) for argument in tree.args])
        if isinstance(tree, Mul):
            return _product([self(argument, moved) for argument in tree.args])
        if isinstance(tree, Pow):
            return self._power(tree, moved)
        if isinstance(tree, Sum):
            return self._total(tree, moved)
        if isinstance(tree, heads.Head):
            return self._head(tree, moved)
        if isinstance(tree, Function):
            return self._function(tree, moved)
        raise Unbounded(f"{type(tree).__name__} in {tree}")

    def _leaf(self, leaf: Expr, moved: bool) -> Degree:
        name, arity = leaf_key(leaf)
        entry = self.walk.frame.entries.get(name)
        if names_rows(leaf):
            raise Unbounded(f"the row named by number in {leaf}")
        if name == self.letter:
            return Degree(top=Fraction(1))
        if name in self.roots:
            square = self(self.roots[name])
            if square.below:
                raise Unbounded(f"the root of the quotient {self.roots[name]}")
            return Degree(top=square.top / 2)
        if moved and name in self.generalised:
            raise Unbounded(f"{leaf} after a step")
        if name == "w" and entry is not None and moved:
            index = leaf.indices[0]
            return self(students[index] - step_size * find_quantity("gradient", 1).symbol[index])
        if entry is not None and (arity == (entry.axis is not None) or entry.vector):
            return self(self.built[name]) if name in self.built else _ZERO
        if arity == 0 and name in _SIZE_OF and (name, 0) not in self.walk.extra:
            return Degree(top=Fraction(1)) if _SIZE_OF[name] == self.kind else _ZERO
        definition = self.walk.definition(leaf)
        return _ZERO if definition is None else self(definition, moved)

    def _power(self, tree: Pow, moved: bool) -> Degree:
        base, exponent = self._without_root(*tree.args)
        inner = self(base, moved)
        if inner.zero and self(exponent, moved).zero:
            return _ZERO
        if not isinstance(exponent, Integer):
            raise Unbounded(f"the power {tree} of a sum")
        if exponent > 0:
            return _product([inner] * int(exponent))
        # 1/(N/M) = M/N with N = base · M.
        numerator = sum((power * degree for power, degree in inner.below.values()), Fraction(0))
        name = heads.after_step(base) if moved else base
        below = {name: (1, inner.top)} if inner.top else {}
        return _product([Degree(top=numerator, below=below)] * int(-exponent))

    def _without_root(self, base: Expr, exponent: Expr) -> tuple[Expr, Expr]:
        """An even power of a norm or square root, also of a quantity that is one, as a power of what stands
        under it.
        """
        if isinstance(exponent, Integer) and exponent % 2 == 0:
            is_quantity = isinstance(base, Symbol | Indexed) and leaf_key(base)[0] not in self.built
            form = self.walk.definition(base) if is_quantity else None
            form = base if form is None else form
            if isinstance(form, heads.norm):
                return heads.dot(form.args[0], form.args[0]), exponent / 2
            if isinstance(form, Pow) and form.exp == Rational(1, 2):
                return form.base, exponent / 2
        return base, exponent

    def _total(self, tree: Sum, moved: bool) -> Degree:
        inner = self(tree.function, moved)
        top = inner.top
        for index, *_ in tree.limits:
            dependent = [below for below in inner.below if index in below.free_symbols]
            if dependent:
                raise Unbounded(f"the sum over {index} of quotients with the denominator {dependent[0]}")
            top += axis_of(index) == self.kind
        return Degree(top=top, below=inner.below)

    def _head(self, tree: heads.Head, moved: bool) -> Degree:
        if isinstance(tree, heads.dot):
            return _product([self(argument, moved) for argument in tree.args])
        if isinstance(tree, heads.after_step):
            return self(tree.args[0], True)
        if isinstance(tree, heads.largest | heads.smallest):
            body, index = tree.args
            if axis_of(index) == self.kind:
                raise Unbounded(f"the extremum {tree} over all rows")
            return self._all_zero(tree, (body,), moved)
        if isinstance(
            tree, heads.norm | heads.angle | heads.magnitude | heads.positive_part | heads.least | heads.greatest
        ):
            return self._all_zero(tree, tree.args, moved)
        if not isinstance(tree, heads.expectation) and self.mentions(tree.args[0]):
            raise Unbounded(f"the derivative {tree}")
        return self(self.walk.expand(tree), moved)

    def mentions(self, tree: Expr) -> bool:
        """Whether a tree, with its definitions, contains one of the generalised quantities."""
        if not self.generalised:
            return False
        if tree.has(heads.rate, heads.after_step):
            # Both bring the gradient in.
            return True
        for leaf in tree.atoms(Symbol, Indexed):
            if leaf_key(leaf)[0] in self.generalised:
                return True
            definition = self._definition(leaf)
            if definition is not None and self.mentions(definition):
                return True
        return False

    def _definition(self, leaf: Expr) -> Expr | None:
        try:
            return self.walk.definition(leaf)
        except ValueError:
            # An index, or the label of an indexed leaf.
            return None

    def _function(self, tree: Function, moved: bool) -> Degree:
        return self._all_zero(tree, tree.args, moved)

    def _all_zero(self, tree: Expr, arguments: Iterable[Expr], moved: bool) -> Degree:
        if not all(self(argument, moved).zero for argument in arguments):
            raise Unbounded(f"{tree}, a function of a sum over the rows")
        return _ZERO


def _product(factors: list[Degree]) -> Degree:
    below: dict[Expr, tuple[int, Fraction]] = {}
    for factor in factors:
        for tree, (power, degree) in factor.below.items():
            below[tree] = (below.get(tree, (0, None))[0] + power, degree)
    return Degree(top=sum((factor.top for factor in factors), Fraction(0)), below=below)


def _sum(terms: list[Degree]) -> Degree:
    """Over the least common denominator."""
    below: dict[Expr, tuple[int, Fraction]] = {}
    for term in terms:
        for tree, (power, degree) in term.below.items():
            below[tree] = (max(below.get(tree, (0, None))[0], power), degree)

    def raised(term: Degree) -> Fraction:
        missing = ((power - term.below.get(tree, (0, None))[0]) * degree for tree, (power, degree) in below.items())
        return term.top + sum(missing, Fraction(0))

    return Degree(top=max(map(raised, terms)), below=below)


def free_axes(trees: Iterable[Expr], kind: str) -> int:
    """Number of free indices of a kind."""
    symbols = {symbol for tree in trees for symbol in tree.free_symbols}
    return sum(axis_of(symbol) == kind for symbol in symbols if symbol in AXES)


def names_rows(tree: Expr) -> bool:
    """Whether a tree names rows by number, such as w[0]."""
    return any(isinstance(index, Integer) for leaf in tree.atoms(Indexed) for index in leaf.indices)
