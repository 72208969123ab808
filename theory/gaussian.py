"""Exact expectations over a standard Gaussian input x ~ N(0, I).

Two routes, neither of which meets a dimension: polynomials in linear forms by Wick's pairings, and products
of positively homogeneous functions of two linear forms by polar coordinates in the plane that the two forms
span.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache

from sympy import (
    Add,
    Expr,
    Float,
    Integer,
    Mul,
    Poly,
    Pow,
    Rational,
    Symbol,
    cos,
    diff,
    gamma,
    integrate,
    pi,
    sin,
)
from sympy.polys.polyerrors import PolynomialError

from theory.activation import Homogeneous
from theory.symbols import rho1, rho2, theta
from theory.trigonometric import equal, normal_form

__all__ = [
    "Arc",
    "PolarExpectation",
    "antiderivative",
    "gaussian_moment",
    "isserlis",
    "phi",
    "polar_expectation",
]

Gram = Callable[[Hashable, Hashable], Expr]

# Polar angle in the plane of the two linear forms, measured from the first.
phi = Symbol("phi", real=True)


def gaussian_moment(indices: Sequence[Hashable], gram: Gram) -> Expr:
    """E ∏_a ⟨x, u_a⟩ = Σ over pairings of the indices of ∏ gram(a, b).

    Domain: any finite list of indices, with repetitions; ``gram(a, b)`` = ⟨u_a, u_b⟩ symmetric.  Exact; 0 for
    an odd number. Pairings that only permute equal indices are counted, not listed, so high powers of few
    forms are cheap.
    Source: Isserlis, Biometrika 12 (1918) 134–139.
    """
    counts = Counter(indices)
    names = tuple(counts)

    @cache
    def moment(multiplicities: tuple[int, ...]) -> Expr:
        slot = next((position for position, count in enumerate(multiplicities) if count), None)
        if slot is None:
            return Integer(1)
        rest = _lowered(multiplicities, slot)
        terms = (
            Mul(count, gram(names[slot], names[partner]), moment(_lowered(rest, partner)))
            for partner, count in enumerate(rest)
            if count
        )
        return Add(*terms).expand()

    return moment(tuple(counts[name] for name in names))


def isserlis(polynomial: Expr, forms: Sequence[Symbol], gram: Gram) -> Expr:
    """E of a polynomial in the symbols ``forms``, each standing for a linear form ⟨x, u_a⟩, as a polynomial
    in Gram entries.

    Domain: coefficients free of the forms; ``gram`` takes two of the symbols.  Exact.
    Raises ValueError if the expression is not polynomial in the forms or contains a float.
    """
    if not polynomial.is_polynomial(*forms):
        raise ValueError(f"{polynomial} is not a polynomial in {', '.join(map(str, forms))}; use polar_expectation")
    if polynomial.has(Float):
        raise ValueError(f"{polynomial} contains a binary float; write exact rationals")
    terms = []
    for powers, coefficient in Poly(polynomial, *forms).terms():
        indices = [form for form, power in zip(forms, powers, strict=True) for _ in range(power)]
        terms.append(coefficient * gaussian_moment(indices, gram))
    return Add(*terms).expand()


@dataclass(frozen=True, kw_only=True)
class Arc:
    """The part of the circle on which both linear forms keep their sign, with the integral over it."""

    start: Expr
    stop: Expr
    integrand: Expr
    antiderivative: Expr
    value: Expr


@dataclass(frozen=True, kw_only=True)
class PolarExpectation:
    """E f(x·u) g(x·u′) = ρ₁^k ρ₂^l · radial/(2π) · Σ arcs, for f, g of degrees k, l."""

    radial: Expr
    arcs: tuple[Arc, ...]
    value: Expr


def polar_expectation(first: Homogeneous, second: Homogeneous) -> PolarExpectation:
    """E f(x·u) g(x·u′), with ρ₁ = |u|, ρ₂ = |u′| and the angle θ ∈ [0, π] from u to u′.

    In the plane of u and u′ put x = r (cos φ, sin φ) with u along φ = 0 and u′ along φ = θ.  Then

        E f g = ρ₁^k ρ₂^l (1/2π) ∫₀^∞ r^{k+l+1} e^{−r²/2} dr ∫ f(cos φ) g(cos(φ − θ)) dφ,

    the radial factor is 2^{(k+l)/2} Γ((k+l)/2 + 1), and the circle falls into four arcs of lengths θ, π − θ,
    θ, π − θ on which the integrand is a trigonometric polynomial.
    Domain: θ ∈ [0, π]; at its ends by continuity.  Exact: each antiderivative is checked by differentiating
    back.
    """
    radial = Pow(2, Rational(first.degree + second.degree, 2)) * gamma(Rational(first.degree + second.degree, 2) + 1)
    half = pi / 2
    # (start, stop, sign of cos φ, sign of cos(φ − θ)), counter-clockwise from φ = −π/2.
    circle = (
        (-half, theta - half, 1, -1),
        (theta - half, half, 1, 1),
        (half, theta + half, -1, 1),
        (theta + half, 3 * half, -1, -1),
    )
    arcs = []
    for start, stop, sign, other_sign in circle:
        weight = _on_side(first, sign) * _on_side(second, other_sign)
        if weight == 0:
            continue
        integrand = weight * cos(phi) ** first.degree * cos(phi - theta) ** second.degree
        primitive = antiderivative(integrand, phi)
        value = normal_form(primitive.xreplace({phi: stop}) - primitive.xreplace({phi: start}))
        arcs.append(Arc(start=start, stop=stop, integrand=integrand, antiderivative=primitive, value=value))
    scale = rho1**first.degree * rho2**second.degree * radial / (2 * pi)
    return PolarExpectation(
        radial=radial, arcs=tuple(arcs), value=normal_form(scale * Add(*(arc.value for arc in arcs)))
    )


@cache
def antiderivative(integrand: Expr, variable: Symbol) -> Expr:
    """∫ integrand d variable for a polynomial in the variable, its sine and its cosine; other symbols are
    constants.

    Exact: SymPy's answer is accepted only if its derivative has the normal form of the integrand.
    Raises ArithmeticError if that check fails, ValueError if the integrand is no trigonometric polynomial.
    """
    try:
        own = Poly(normal_form(integrand).expand(), variable, sin(variable), cos(variable))
    except PolynomialError as error:
        raise ValueError(f"{integrand} divides by {variable} or its sine; no antiderivative is given") from error
    terms = (coefficient * _monomial_antiderivative(powers, variable) for powers, coefficient in own.terms())
    primitive = normal_form(Add(*terms))
    if not equal(diff(primitive, variable), integrand):
        raise ArithmeticError(f"the antiderivative {primitive} of {integrand} fails differentiation; do not use it")
    return primitive


@cache
def _monomial_antiderivative(powers: tuple[int, int, int], variable: Symbol) -> Expr:
    power, sines, cosines = powers
    return integrate(variable**power * sin(variable) ** sines * cos(variable) ** cosines, variable)


def _on_side(shape: Homogeneous, sign: int) -> Expr:
    """Coefficient of z^k in the shape where z has that sign: α for z > 0, (−1)^k β for z < 0."""
    return shape.right if sign == 1 else (-1) ** shape.degree * shape.left


def _lowered(multiplicities: tuple[int, ...], slot: int) -> tuple[int, ...]:
    return (*multiplicities[:slot], multiplicities[slot] - 1, *multiplicities[slot + 1 :])
