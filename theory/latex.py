r"""LaTeX of claim trees, as a paper would print them: \theta_{ij}, \lVert w_i\rVert, \sum_{j \neq i}."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sympy import Add, Expr, Integer, Mul
from sympy.printing.latex import LatexPrinter

from theory import heads
from theory.glyphs import angle_indices, in_pieces, is_row, is_vector, quantity_of, subscripted
from theory.quantity import Vocabulary
from theory.reading import condition, readable

__all__ = ["to_latex"]

_FUNCTIONS = {"sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "acos": r"\arccos", "asin": r"\arcsin", "atan": r"\arctan"}
_NO_WORDS: Mapping[Any, str] = MappingProxyType({})


def to_latex(tree: Expr, *, extra: Vocabulary = MappingProxyType({}), words: Mapping[Any, str] = _NO_WORDS) -> str:
    """LaTeX of a tree.  ``extra`` holds own quantities, ``words`` the LaTeX of leaves that have a letter of their own."""
    return _Latex(extra, words).doprint(readable(tree))


class _Latex(LatexPrinter):
    """Overrides what SymPy would print in its own notation."""

    def __init__(self, extra: Vocabulary, words: Mapping[Any, str]) -> None:
        LatexPrinter.__init__(self, {"mul_symbol": None, "inv_trig_style": "full"})
        self._extra = extra
        self._words = words

    def _print(self, expr: Any, **kwargs: Any) -> str:
        # Before SymPy asks the object itself: the heads' own LaTeX knows no short names.
        if expr in self._words:
            return _raised(self._words[expr], kwargs.get("exp"))
        if isinstance(expr, heads.angle):
            indices = angle_indices(expr)
            if indices is not None:
                return _raised(rf"\theta_{{{self._indices(indices)}}}", kwargs.get("exp"))
        if isinstance(expr, heads.dot) and expr.args[0] == expr.args[1] and kwargs.get("exp") is None:
            return self._print(heads.norm(expr.args[0]), exp="2")
        return str(LatexPrinter._print(self, expr, **kwargs))

    def _indices(self, indices: tuple[Expr, ...]) -> str:
        names = [str(self._print(index)) for index in indices]
        short = all(len(name) == 1 or name.startswith("\\") for name in names)
        return ("" if short else ", ").join(names)

    def _print_Indexed(self, expr: Any, exp: Any = None) -> str:
        quantity = quantity_of(expr, self._extra)
        base = quantity.latex if quantity else str(self._print(expr.base.label))
        return _raised(subscripted(base, self._indices(expr.indices)), exp)

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        quantity = quantity_of(expr, self._extra) if expr.is_Symbol and not hasattr(expr, "axis_kind") else None
        return quantity.latex if quantity else str(LatexPrinter._print_Symbol(self, expr, style))

    def _print_Function(self, expr: Any, exp: Any = None) -> str:
        name = _FUNCTIONS.get(type(expr).__name__)
        if name is None or len(expr.args) != 1:
            return str(LatexPrinter._print_Function(self, expr, exp))
        (argument,) = expr.args
        text = self._print(argument)
        bare = argument.is_Atom or isinstance(argument, heads.angle) or hasattr(argument, "indices")
        return f"{_raised(name, exp)} {text}" if bare else rf"{_raised(name, exp)}\left({text}\right)"

    # SymPy looks methods up by the names of its classes.
    _print_sin = _print_cos = _print_tan = _print_acos = _print_asin = _print_atan = _print_Function

    def _print_Sum(self, expr: Any) -> str:
        parts = condition(expr)
        names = {index: str(self._print(index)) for index in parts.indices}
        unequal = [rf"{self._print(a)} \neq {self._print(b)}" for a, b in parts.distinct]
        if len(parts.indices) == 1 and unequal:
            signs = rf"\sum_{{{', '.join(unequal)}}}"
        elif len(parts.indices) == 2 and len(unequal) == 1 and set(parts.distinct[0]) == set(parts.indices):
            signs = rf"\sum_{{{unequal[0]}}}"
        elif len(set(parts.limits.values())) == 1 and len(names) > 1 and not unequal:
            low, high = next(iter(parts.limits.values()))
            signs = rf"\sum_{{{', '.join(names.values())}={self._print(low)}}}^{{{self._print(high)}}}"
        else:
            each = (
                rf"\sum_{{{names[index]}={self._print(low)}}}^{{{self._print(high)}}}"
                for index, (low, high) in parts.limits.items()
            )
            signs = "".join(each) + (rf"_{{{', '.join(unequal)}}}" if unequal else "")
        body = self._print(parts.summand)
        return rf"{signs} \left({body}\right)" if isinstance(parts.summand, Add) else f"{signs} {body}"

    def _print_Mul(self, expr: Any) -> str:
        pieces = in_pieces(expr, self._extra)
        if pieces is None:
            return str(LatexPrinter._print_Mul(self, expr))
        scalar, vector, unit = pieces
        text = self._print(vector)
        if unit:
            text = self._unit(text)
        elif isinstance(vector, Add):
            text = rf"\left({text}\right)"
        if scalar == 1:
            return text
        if scalar == -1:
            return f"- {text}"
        head = self._print(scalar)
        return rf"\left({head}\right) {text}" if isinstance(scalar, Add) else f"{head} {text}"

    @staticmethod
    def _unit(text: str) -> str:
        name, mark, index = text.partition("_")
        return rf"\bar{{{name}}}{mark}{index}"

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        if not is_vector(expr, self._extra):
            return str(LatexPrinter._print_Add(self, expr, order))
        terms = sorted(expr.args, key=lambda term: (_negative(term), is_row(term), term.sort_key()))
        text = ""
        for term in terms:
            printed = self._print(-term) if _negative(term) else self._print(term)
            if isinstance(-term if _negative(term) else term, Add):
                printed = rf"\left({printed}\right)"
            sign = "-" if _negative(term) else "+"
            text += f" {sign} {printed}" if text else (f"- {printed}" if sign == "-" else printed)
        return text


def _negative(term: Expr) -> bool:
    coefficient = term.as_coeff_Mul()[0] if isinstance(term, Mul) else Integer(1)
    return bool(coefficient.is_Rational and coefficient.p < 0)


def _raised(text: str, exp: Any) -> str:
    return text if exp is None else f"{text}^{{{exp}}}"
