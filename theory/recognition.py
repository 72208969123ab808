"""Which shape an expression in z has: a closed form is looked for first, certified quadrature is the last resort."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Poly,
    Pow,
    Rational,
    SympifyError,
    erf,
    sign,
    sympify,
)
from sympy.polys.polyerrors import PolynomialError

from theory.heads import inert, magnitude, positive_part
from theory.shapes import ErrorFunction, Exponentials, Homogeneous, Polynomial, Shape, Smooth, z

__all__ = ["recognise", "written"]

_PIECES = (magnitude, positive_part, Abs, Max, Min, Heaviside, sign)


def recognise(name: str, expression: Any) -> Shape:
    """The shape of σ(z) = expression.  Raises ValueError that starts with the name and names the part at fault."""
    try:
        if isinstance(expression, str):
            raise ValueError(
                "the expression is text; write it with the symbol z of theory.shapes, such as log(1 + exp(z))"
            )
        try:
            tree = inert(sympify(expression))
        except (SympifyError, AttributeError) as error:
            raise ValueError(f"{expression!r} is no SymPy expression") from error
        if not isinstance(tree, Expr):
            raise ValueError(f"{expression!r} is no SymPy expression in z")
        strange = sorted(str(symbol) for symbol in tree.free_symbols - {z})
        if strange:
            raise ValueError(f"it has the symbols {', '.join(strange)}; only the z of theory.shapes may stand in it")
        if z not in tree.free_symbols:
            raise ValueError(f"{tree} does not depend on z")
        return _shape(tree)
    except ValueError as error:
        raise ValueError(f"activation {name!r}: {error}") from error


def _shape(tree: Expr) -> Shape:
    if tree.has(*_PIECES):
        return _pieces(tree)
    polynomial = _polynomial(tree)
    if polynomial is not None:
        return Polynomial(coefficients=polynomial)
    error_function = _error_function(tree)
    if error_function is not None:
        return error_function
    try:
        return Exponentials(expression=tree)
    except ValueError:
        return Smooth(expression=tree)


def _polynomial(tree: Expr) -> tuple[Rational, ...] | None:
    try:
        found = Poly(tree, z).all_coeffs()
    except PolynomialError:
        return None
    return tuple(reversed(found)) if all(isinstance(value, Rational) for value in found) else None


def _error_function(tree: Expr) -> ErrorFunction | None:
    """offset + amplitude · erf(r z) with r² rational."""
    parts = tree.expand().as_independent(z, as_Add=True)
    offset, rest = parts
    amplitude, function = rest.as_independent(z, as_Add=False)
    if not (isinstance(offset, Rational) and isinstance(amplitude, Rational) and isinstance(function, erf)):
        return None
    rate = function.args[0].coeff(z, 1)
    square = rate**2
    if function.args[0] != rate * z or not isinstance(square, Rational) or square == 0:
        return None
    # r = ±√square, and √square is positive: the quotient is ±1 by construction of the root.
    side = (rate / Pow(square, Rational(1, 2))).expand()
    if side not in (Integer(1), Integer(-1)):
        return None
    return ErrorFunction(square=square, amplitude=amplitude * side, offset=offset)


def _pieces(tree: Expr) -> Homogeneous:
    """α z₊^k + β (−z)₊^k, from the monomials that the expression is on either side of 0."""
    right, left = (_polynomial(_on_side(tree, side).expand()) for side in (1, -1))
    if right is None or left is None:
        raise ValueError(f"{tree} is not piecewise polynomial with rational coefficients on either side of 0")
    sides = [{power: value for power, value in enumerate(one) if value != 0} for one in (right, left)]
    degrees = {power for side in sides for power in side}
    if len(degrees) != 1:
        raise ValueError(
            f"{tree} is no multiple of one power of |z| on either side of 0 (it has the powers {sorted(degrees)}); kinks "
            "are supported for α z₊^k + β (−z)₊^k only"
        )
    (degree,) = degrees
    at = [side.get(degree, Integer(0)) for side in sides]
    return Homogeneous(degree=degree, right=at[0], left=(-1) ** degree * at[1])


def _on_side(node: Expr, side: int) -> Expr:
    """The expression for z of that sign, kinked pieces replaced by what they are there."""
    if isinstance(node, _PIECES):
        if isinstance(node, Max | Min):
            slopes = [_slope(argument) for argument in node.args]
            chosen = max if isinstance(node, Max) == (side > 0) else min
            return chosen(slopes) * z
        slope = _slope(node.args[0]) * side  # slope of the argument in |z|
        if slope == 0:
            raise ValueError(f"{node} is a constant; write its value")
        positive = int(slope.p) > 0
        values: dict[type, Callable[[], Expr]] = {
            magnitude: lambda: abs(slope) * side * z,
            Abs: lambda: abs(slope) * side * z,
            positive_part: lambda: slope * side * z if positive else Integer(0),
            Heaviside: lambda: Integer(1 if positive else 0),
            sign: lambda: Integer(1 if positive else -1),
        }
        return values[type(node)]()
    if not node.args:
        return node
    return node.func(*(_on_side(argument, side) for argument in node.args))


def _slope(argument: Expr) -> Rational:
    slope = argument.coeff(z, 1)
    if not isinstance(slope, Rational) or argument != slope * z:
        raise ValueError(f"{argument} inside a kinked piece is not a rational multiple of z")
    return slope


def written(shape: Shape) -> str:
    """LaTeX of σ(z)."""
    from theory.display import to_latex

    return to_latex(shape.definition)
