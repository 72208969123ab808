"""The layout of claim trees, written in a style: products as fractions, sums with their conditions, unit
vectors with bars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sympy import (
    Add,
    E,
    EulerGamma,
    Expr,
    Indexed,
    Integer,
    Integral,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
    fraction,
    oo,
    pi,
)
from sympy.core.function import Function

from theory import heads
from theory.glyphs import angle_indices, in_pieces, is_row, is_vector, quantity_of
from theory.quantity import Vocabulary
from theory.reading import condition
from theory.style import Style
from theory.tidy import unit

__all__ = ["Typesetter"]

# How tightly a text binds: a sum, a product, a power, an atom.
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_POWERED_WORDS = ("sin", "cos", "tan")


@dataclass(frozen=True, kw_only=True)
class Typesetter:
    """Text of a tree in one style.  ``words`` are the texts of leaves that have a letter of their own."""

    style: Style
    extra: Vocabulary = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[Expr, str] = field(default_factory=lambda: MappingProxyType({}))

    def __call__(self, tree: Expr) -> str:
        """Text of the whole tree."""
        return self._set(tree)[0]

    def _print(self, tree: Any) -> str:
        # The name by which the heads' own `_latex` asks for their arguments.
        return self(tree)

    def _at(self, tree: Expr, level: int) -> str:
        """Text of a part that has to bind at least as tightly as ``level``."""
        text, own = self._set(tree)
        return text if own >= level else self.style.bracket(text)

    def _set(self, tree: Expr) -> tuple[str, int]:
        style = self.style
        if tree in self.words:
            return self.words[tree], _ATOM
        if isinstance(tree, Rational):
            return self._rational(tree)
        if tree in (pi, E, EulerGamma, oo, -oo):
            names = {pi: "pi", E: "e", EulerGamma: "euler", oo: "inf"}
            return (style.word(names[tree]), _ATOM) if tree in names else ("-" + style.word("inf"), _SUM)
        if isinstance(tree, Symbol | Indexed):
            return self._leaf(tree), _ATOM
        if isinstance(tree, Add):
            return self._add(tree), _SUM
        if isinstance(tree, Mul):
            return self._multiply(tree)
        if isinstance(tree, Pow):
            return self._power(tree)
        if isinstance(tree, Sum):
            return self._sum(tree), _PRODUCT
        if isinstance(tree, Integral):
            return self._integral(tree), _PRODUCT
        if isinstance(tree, heads.Head):
            return self._head(tree)
        if isinstance(tree, Function):
            return self._function(tree)
        return str(tree), _SUM

    def _rational(self, value: Rational) -> tuple[str, int]:
        if value.q == 1:
            return str(value.p), _ATOM if value >= 0 else _SUM
        sign = "-" if value.p < 0 else ""
        text = self.style.fraction(str(abs(value.p)), str(value.q), (True, True))
        return sign + text, _SUM if sign else _PRODUCT

    def _leaf(self, leaf: Expr) -> str:
        indices = [self(index) for index in leaf.indices] if isinstance(leaf, Indexed) else []
        is_index = isinstance(leaf, Symbol) and leaf.is_integer
        quantity = None if is_index else quantity_of(leaf, self.extra)
        name = str(leaf.base.label) if isinstance(leaf, Indexed) else str(leaf.name)
        base = self.style.quantity(quantity.latex, name) if quantity else self.style.name(name)
        return self.style.sub(base, indices)

    def _add(self, tree: Add) -> str:
        if is_vector(tree, self.extra):
            terms = sorted(
                tree.args,
                key=lambda term: (_negative(term), not term.has(Sum), is_row(term), term.sort_key()),
            )
        else:
            terms = tree.as_ordered_terms()
            if _negative(terms[0]):  # reads badly where a positive one is at hand
                terms.sort(key=_negative)
        text = ""
        for term in terms:
            minus = _negative(term)
            printed = self._at(-term if minus else term, _PRODUCT)
            sign = self.style.word("minus") if minus else "+"
            text += f" {sign} {printed}" if text else (f"-{printed}" if minus else printed)
        return text

    # -- products --------------------------------------------------------------------------------------------

    def _multiply(self, tree: Mul) -> tuple[str, int]:
        if _negative(tree):
            return f"-{self._at(-tree, _PRODUCT)}", _SUM
        pieces = in_pieces(tree, self.extra)
        scalar, tail = tree, ""
        if pieces is not None:
            scalar, vector = pieces
            tail = self._at(vector, _PRODUCT)
        if scalar == 1:
            return tail, _PRODUCT
        if _negative(scalar):
            return f"-{self._at(-scalar, _PRODUCT)} {tail}", _SUM
        head, sums = self._scalar(scalar)
        return self.style.product([text for text in (head, tail, *sums) if text]), _PRODUCT

    def _scalar(self, scalar: Expr) -> tuple[str, list[str]]:
        """Text of a scalar factor, and of the sums over axes that follow everything else."""
        # exp(−x) stays what it is, where SymPy would write 1/exp(x).
        powers = [factor for factor in Mul.make_args(scalar) if isinstance(factor, exp)]
        above, below = fraction(Mul(*(factor for factor in Mul.make_args(scalar) if factor not in powers)))
        factors = [*(factor for factor in Mul.make_args(above) if factor != 1), *powers]
        sums = [factor for factor in factors if isinstance(factor, Sum | Integral)]
        rest = [factor for factor in factors if factor not in sums]
        # A short bracket may stand on the bar; what has functions in it stands behind.
        behind = [factor for factor in rest if isinstance(factor, Add) and below != 1 and _has_words(factor)]
        over = sorted((factor for factor in rest if factor not in behind), key=_order)
        if below == 1:
            top = self.style.product([self._at(factor, _POWER) for factor in over])
            # Words such as sin end where the next factor begins, so they come last.
            return top, self._sums(behind, sums)
        alone = len(over) == 1
        top = "1" if not over else self(over[0]) if alone else self.style.product([self._at(f, _POWER) for f in over])
        bottom = [self._at(factor, _POWER) for factor in sorted(Mul.make_args(below), key=_order)]
        single = len(bottom) == 1 and not isinstance(below, Add)
        bottom_text = self(below) if isinstance(below, Add) else self.style.product(bottom)
        text = self.style.fraction(top, bottom_text, (not (alone and isinstance(over[0], Add)), single))
        return text, self._sums(behind, sums)

    def _sums(self, behind: list[Expr], sums: list[Expr]) -> list[str]:
        return [
            *(self._at(factor, _POWER) for factor in behind),
            *(self._at(factor, _PRODUCT) for factor in sums),
        ]

    def _unit(self, vector: Expr) -> str:
        if isinstance(vector, Indexed):
            return self.style.unit(self.style.name(str(vector.base.label)), [self(index) for index in vector.indices])
        return self.style.unit(self(vector), [])

    def _power(self, tree: Pow) -> tuple[str, int]:
        base, exponent = tree.args
        if exponent.is_Rational and exponent.p < 0:
            return self.style.fraction("1", self._at(base**-exponent, _POWER), (True, True)), _PRODUCT
        if exponent.is_Rational and exponent.p == 1 and exponent.q > 1:
            return self.style.root(self(base), str(exponent.q)), _ATOM
        name = type(base).__name__
        if name in _POWERED_WORDS and isinstance(exponent, Integer):
            return self._word(self.style.power(self.style.word(name), str(exponent)), base), _POWER
        return self.style.power(self._at(base, _ATOM), self(exponent)), _POWER

    # -- sums and integrals ----------------------------------------------------------------------------------

    def _sum(self, tree: Sum) -> str:
        parts, style = condition(tree), self.style
        names = {index: self(index) for index in sorted(parts.indices, key=str)}
        both = [sorted(pair, key=str) if set(pair) <= set(names) else pair for pair in parts.distinct]
        unequal = [f"{self(one)} {style.word('neq')} {self(other)}" for one, other in both]
        sign = style.word("sum")
        body = self._at(parts.summand, _PRODUCT)
        pair = len(names) == 2 and len(unequal) == 1 and set(parts.distinct[0]) == set(names)
        if unequal and (len(names) == 1 or pair):
            return f"{style.under(sign, ', '.join(unequal))} {body}"
        ranges = set(parts.limits.values())
        if len(ranges) == 1 and not unequal:
            ((low, high),) = ranges
            below = f"{', '.join(names.values())}={self(low)}"
            return f"{style.under(sign, below, self(high))} {body}"
        ends = {index: (self(low), self(high)) for index, (low, high) in parts.limits.items()}
        signs = [style.under(sign, f"{names[index]}={low}", high) for index, (low, high) in ends.items()]
        if unequal:
            signs[-1] = style.under(sign, ", ".join(unequal))
        return f"{' '.join(signs)} {body}"

    def _integral(self, tree: Integral) -> str:
        text = self._at(tree.function, _PRODUCT)
        for variable, low, high in tree.limits:
            text = f"{self.style.under(self.style.word('int'), self(low), self(high))} {text} d{self(variable)}"
        return text

    # -- functions and heads ---------------------------------------------------------------------------------

    def _function(self, tree: Function) -> tuple[str, int]:
        name = type(tree).__name__
        if name == "exp":
            return self.style.power("e", self(tree.args[0])), _POWER
        if len(tree.args) == 1 and (
            name in _POWERED_WORDS or name in ("log", "asin", "acos", "atan", "sinh", "cosh", "tanh")
        ):
            return self._word(self.style.word(name), tree), _POWER
        inside = ", ".join(map(self, tree.args))
        return self.style.word(name) + self.style.bracket(inside), _ATOM

    def _word(self, word: str, tree: Expr) -> str:
        """sin θ without brackets where the argument is one letter."""
        argument = tree.args[0]
        text, level = self._set(argument)
        bare = level == _ATOM and isinstance(argument, Symbol | Indexed | heads.angle)
        return f"{word} {text}" if bare else word + self.style.bracket(text)

    def _head(self, tree: heads.Head) -> tuple[str, int]:
        style = self.style
        if type(tree) is heads.angle:
            indices = angle_indices(tree)
            if indices is not None:
                return style.sub(style.name("theta"), [self(index) for index in indices]), _ATOM
        if isinstance(tree, heads.angle):
            word = style.word("lines" if isinstance(tree, heads.line_angle) else "angle")
            return word + style.bracket(", ".join(map(self, sorted(tree.args, key=_students_first)))), _ATOM
        if isinstance(tree, unit):
            return self._unit(tree.args[0]), _ATOM
        if isinstance(tree, heads.norm):
            return style.fence("norm", self(tree.args[0])), _ATOM
        if isinstance(tree, heads.dot):
            return style.fence("inner", ", ".join(map(self, sorted(tree.args, key=_students_first)))), _ATOM
        if isinstance(tree, heads.magnitude):
            return style.fence("magnitude", self(tree.args[0])), _ATOM
        if isinstance(tree, heads.positive_part):
            return style.sub(style.bracket(self(tree.args[0])), ["+"]), _ATOM
        if isinstance(tree, heads.largest | heads.smallest):
            sign = style.under(style.word("max" if isinstance(tree, heads.largest) else "min"), self(tree.args[1]))
            return f"{sign} {self._at(tree.args[0], _PRODUCT)}", _PRODUCT
        if isinstance(tree, heads.rate):
            return f"{style.word('d/dt')} {self._at(tree.args[0], _POWER)}", _PRODUCT
        if isinstance(tree, heads.after_step):
            return style.under(style.fence("square", self(tree.args[0])), "t+1"), _ATOM
        if isinstance(tree, heads.expectation):
            return style.under(style.word("E"), "x") + style.fence("square", self(tree.args[0])), _ATOM
        return self._other(tree), _PRODUCT

    def _other(self, tree: heads.Head) -> str:
        own = getattr(tree, "_latex", None)
        if own is not None and self.style.word("leq").startswith("\\"):
            return str(own(self))
        return f"{type(tree).__name__}({', '.join(map(self, tree.args))})"


def _has_words(tree: Expr) -> bool:
    return any(not isinstance(node, heads.Head) for node in tree.atoms(Function))


def _negative(term: Expr) -> bool:
    number = term.as_coeff_Mul()[0]
    return bool(number.is_Rational and number.p < 0)


def _students_first(row: Expr) -> tuple[bool, bool, str]:
    students = any(isinstance(leaf, Indexed) and str(leaf.base.label) == "w" for leaf in (row, *row.atoms(Indexed)))
    return not students, not isinstance(row, Indexed), str(row)


def _order(factor: Expr) -> tuple[int, str]:
    """Numbers, letters, norms and products, brackets, functions: the order in which factors read well."""
    base = factor.base if isinstance(factor, Pow) else factor
    if base.is_number:
        rank = 0 if base.is_Rational else 1
    elif isinstance(base, Symbol | Indexed):
        rank = 2
    elif isinstance(base, heads.angle):
        rank = 3
    elif isinstance(base, heads.norm | heads.dot | heads.magnitude):
        rank = 4
    elif isinstance(base, Add):
        rank = 5
    elif isinstance(base, Function) and not isinstance(base, heads.Head):
        rank = 6
    else:
        rank = 7
    return rank, str(factor)
