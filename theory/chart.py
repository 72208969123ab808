"""The two charts of a pair of rows u, u′, and differentiation in Gram variables from either of them.

    gram    (p, q, c)      p = |u|², q = |u′|², c = u·u′
    polar   (ρ₁, ρ₂, θ)    ρ₁ = √p, ρ₂ = √q, c = ρ₁ρ₂ cos θ, θ ∈ [0, π]

Kernels of homogeneous activations live in the polar chart, where their partials have no quotient that
vanishes at alignment unless they are truly singular there; polynomial kernels live in the Gram chart.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Poly, Pow, Rational, Symbol, acos, cancel, cos, diff, factor, sin, sqrt

from theory.symbols import c, p, q, rho1, rho2, theta
from theory.trigonometric import normal_form

__all__ = ["CHARTS", "differentiate", "gram_from_polar", "polar_by_substitution", "polar_from_gram"]

CHARTS: dict[str, tuple[Symbol, Symbol, Symbol]] = {"gram": (p, q, c), "polar": (rho1, rho2, theta)}


def differentiate(expression: Expr, chart: str, variable: str) -> Expr:
    """∂/∂p, ∂/∂q or ∂/∂c, the other two Gram variables being fixed, of an expression in the given chart, in
    that chart.

    In the polar chart, from p = ρ₁², q = ρ₂², c = ρ₁ρ₂ cos θ:

        ∂_p = (1/2ρ₁) ∂_ρ₁ + cos θ/(2ρ₁² sin θ) ∂_θ,   ∂_q alike with ρ₂,   ∂_c = −1/(ρ₁ρ₂ sin θ) ∂_θ.

    Domain: interior of the chart; the normal form then removes every sine in a denominator that can be
    removed.  Exact.
    """
    if chart == "gram":
        return _collected(diff(expression, {"p": p, "q": q, "c": c}[variable]))
    turn = diff(expression, theta) / sin(theta)
    if variable == "c":
        return normal_form(-turn / (rho1 * rho2))
    radius = {"p": rho1, "q": rho2}[variable]
    return normal_form(diff(expression, radius) / (2 * radius) + turn * cos(theta) / (2 * radius**2))


def _collected(expression: Expr) -> Expr:
    """Polynomials and exponentials multiplied out; a rational function over one square root in lowest terms.  Exact."""
    roots = {node.base for node in expression.atoms(Pow) if isinstance(node.exp, Rational) and int(node.exp.q) == 2}
    if len(roots) != 1:
        # Exponentials stay whole: split into factors they overflow where their product does not.
        return expression.expand(power_exp=False)
    (radicand,) = roots
    root = Symbol("r", positive=True)
    powers = {node: root ** (2 * node.exp) for node in expression.atoms(Pow) if node.base == radicand}
    even = cancel(expression.xreplace(powers) * root)
    above, below = (_without_root(part, root, radicand) for part in even.as_numer_denom())
    if above is None or below is None:
        return expression.expand(power_exp=False)
    return factor(cancel(above / below)) * Pow(radicand, -Rational(1, 2))


def _without_root(polynomial: Expr, root: Symbol, radicand: Expr) -> Expr | None:
    """A polynomial in even powers of √radicand without the root, None if there are odd ones."""
    terms = Poly(polynomial, root).terms()
    if any(power % 2 for (power,), _ in terms):
        return None
    return Add(*(value * radicand ** (power // 2) for (power,), value in terms))


def polar_by_substitution(expression: Expr) -> Expr:
    """Any expression in (p, q, c) written in (ρ₁, ρ₂, θ), without a normal form.  Exact."""
    return _replaced(expression, {p: rho1**2, q: rho2**2, c: rho1 * rho2 * cos(theta)}.get)


def polar_from_gram(expression: Expr) -> Expr:
    """A polynomial in (p, q, c) written in (ρ₁, ρ₂, θ).  Exact."""
    return normal_form(_replaced(expression, {p: rho1**2, q: rho2**2, c: rho1 * rho2 * cos(theta)}.get))


def gram_from_polar(expression: Expr) -> Expr:
    """An expression in (ρ₁, ρ₂, θ) written in (p, q, c), with θ = acos(c/√(pq)): for display only.

    The angle loses all its digits near alignment in this chart, and SymPy may decide its sign wrongly once
    numbers are put in; evaluate the polar chart instead.
    """
    root = sqrt(p) * sqrt(q)
    new = {
        rho1: sqrt(p),
        rho2: sqrt(q),
        cos(theta): c / root,
        sin(theta): sqrt(p * q - c**2) / root,
        theta: acos(c / root),
    }
    # The radii go into the bracket, where they cancel the roots; what is left outside is a constant.
    outside, bracket = expression.as_independent(theta, as_Add=False)
    constant, radii = outside.as_independent(rho1, rho2, as_Add=False)
    return constant * Add(*(_replaced(radii * term, new.get) for term in Add.make_args(bracket)))


def _replaced(node: Expr, new: Callable[[Expr], Expr | None]) -> Expr:
    """Rebuild a tree with nodes replaced from the top, so that cos θ is caught before θ."""
    replacement = new(node)
    if replacement is not None:
        return replacement
    return node.func(*(_replaced(argument, new) for argument in node.args)) if node.args else node
