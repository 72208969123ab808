"""Inert heads: the verbs of a claim tree that SymPy must not evaluate.

SymPy decides signs while it builds ``Abs``, ``Max`` or a relational, and gets some of them wrong; these heads are opaque
to it.  Their meaning is given once, by the structural walk (`numerics.evaluation.walk`), for every arithmetic.  Arguments ``x, y``
of the geometric heads are vector trees (linear combinations of rows with scalar coefficients).
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Float, Function, Symbol
from sympy.core.sympify import sympify

__all__ = [
    "Binder",
    "Distinct",
    "Elementwise",
    "after_step",
    "angle",
    "directional",
    "dot",
    "expectation",
    "greatest",
    "largest",
    "least",
    "line_angle",
    "magnitude",
    "norm",
    "positive_part",
    "rate",
    "smallest",
]


class Head(Function):
    """Common base: real valued, never evaluated by SymPy."""

    is_real = True
    is_commutative = True

    def _power(self, text: str, exp: Any) -> str:
        return text if exp is None else f"{text}^{{{exp}}}"


class dot(Head):
    """⟨x, y⟩ of two vectors; symmetric, the arguments are kept in canonical order."""

    nargs = 2

    @classmethod
    def eval(cls, x: Expr, y: Expr) -> Expr | None:
        first, second = sorted((x, y), key=lambda argument: argument.sort_key())
        return None if (first, second) == (x, y) else cls(first, second)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        left, right = (printer._print(argument) for argument in self.args)
        return self._power(rf"\left\langle {left}, {right}\right\rangle", exp)


class norm(Head):
    """‖x‖ = √⟨x, x⟩."""

    nargs = 1
    is_nonnegative = True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\left\lVert {printer._print(self.args[0])}\right\rVert", exp)


class angle(Head):
    """∠(x, y) ∈ [0, π] of two vectors; 0 with itself; undefined when one of them vanishes."""

    nargs = 2
    is_nonnegative = True

    @classmethod
    def eval(cls, x: Expr, y: Expr) -> Expr | None:
        first, second = sorted((x, y), key=lambda argument: argument.sort_key())
        return None if (first, second) == (x, y) else cls(first, second)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        left, right = (printer._print(argument) for argument in self.args)
        return self._power(rf"\angle\left({left}, {right}\right)", exp)


class line_angle(angle):
    """Angle of two lines, min(∠, π − ∠) ∈ [0, π/2]."""


class Distinct(Head):
    """1 where the indices differ, 0 where they agree; as a factor it masks what is undefined on the diagonal."""

    nargs = 2

    def _latex(self, printer: Any, exp: Any = None) -> str:
        left, right = (printer._print(argument) for argument in self.args)
        return rf"\mathbb{{1}}_{{{left}\neq {right}}}"


class Binder(Head):
    """A head that binds its second argument, an index, over the whole axis of it, as a sum does."""

    nargs = 2


class _Extremum(Binder):
    symbol = ""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body, index = (printer._print(argument) for argument in self.args)
        return self._power(rf"\{self.symbol}_{{{index}}} {body}", exp)


class largest(_Extremum):
    """max over the axis of an index: ``largest(f, i)``."""

    symbol = "max"


class smallest(_Extremum):
    """min over the axis of an index: ``smallest(f, i)``."""

    symbol = "min"


class _Choice(Head):
    symbol = ""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body = ", ".join(printer._print(argument) for argument in self.args)
        return self._power(rf"\{self.symbol}\left({body}\right)", exp)


class greatest(_Choice):
    """max of the scalars given: ``greatest(x, y, …)``."""

    symbol = "max"


class least(_Choice):
    """min of the scalars given: ``least(x, y, …)``."""

    symbol = "min"


class Elementwise(Head):
    """A function of scalars that each arithmetic knows by its class, such as a distribution function."""


class magnitude(Head):
    """|x| of a scalar."""

    nargs = 1
    is_nonnegative = True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\left|{printer._print(self.args[0])}\right|", exp)


class positive_part(Head):
    """max(x, 0) of a scalar."""

    nargs = 1
    is_nonnegative = True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\left({printer._print(self.args[0])}\right)_+", exp)


class after_step(Head):
    """The value of a tree after one step of gradient descent, w ← w − η ∇L(w)."""

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\left[{printer._print(self.args[0])}\right]_{{t+1}}", exp)


class rate(Head):
    """d/dt of a tree along the gradient flow ẇ = −∇L(w)."""

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\frac{{d}}{{dt}} {printer._print(self.args[0])}", exp)


class directional(Head):
    """D^order f(w)[V, …, V] for the directions V[i] of the students: ``directional(f, order)``."""

    nargs = 2

    def _latex(self, printer: Any, exp: Any = None) -> str:
        order = int(self.args[1])
        head = r"D" if order == 1 else rf"D^{{{order}}}"
        slots = ", ".join(["V"] * order)
        return self._power(rf"{head} {printer._print(self.args[0])}\left[{slots}\right]", exp)


class expectation(Head):
    """E over x ~ N(0, I) of a polynomial in the linear forms ⟨x, u⟩, x being the symbol of the Gaussian input."""

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\mathbb{{E}}_x\left[{printer._print(self.args[0])}\right]", exp)


gaussian_input = Symbol("x", real=True)


def inert(tree: Any) -> Expr:
    """SymPy tree of a number or expression, refusing floats (a binary64 literal is rarely the number meant)."""
    expression = sympify(tree)
    if expression.atoms(Float):
        raise ValueError(f"{expression} contains a binary float; write an exact number such as Rational(1, 10)")
    return expression
