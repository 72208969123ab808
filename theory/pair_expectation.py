"""Gaussian expectations as inert functions of Gram variables, for activations without a closed form.

    pair(p, q, c) = E f(X) g(Y)   with Var X = p, Var Y = q, Cov(X, Y) = c,        mean(p) = E F(X).

Derivatives stay in the family by Price's theorem and the heat equation,

    ∂_c E f(X) g(Y) = E f′(X) g′(Y),   ∂_p E f(X) g(Y) = ½ E f″(X) g(Y),   d/dp E F(X) = ½ E F″(X).

Each pair of integrands is a class of its own, so that trees and arithmetics treat it like any function of three scalars.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, ClassVar, cast

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol, diff, exp, srepr
from sympy.core.function import FunctionClass

from theory.heads import Elementwise
from theory.shapes import z
from theory.strip import strip_bound

__all__ = ["GaussianMean", "GaussianPair", "derivative_of", "gaussian_mean", "gaussian_pair"]

_HALF = Rational(1, 2)


class GaussianPair(Elementwise):
    """E ``first``(X) ``second``(Y) as a function of (p, q, c); domain p, q ≥ 0 and c² ≤ pq."""

    first: ClassVar[Expr]
    second: ClassVar[Expr]

    def fdiff(self, argindex: int = 1) -> Expr:
        f, g = type(self).first, type(self).second
        if argindex == 3:
            return _pair(derivative_of(f), derivative_of(g), self.args)
        if argindex == 1:
            return _HALF * _pair(derivative_of(derivative_of(f)), g, self.args)
        return _HALF * _pair(f, derivative_of(derivative_of(g)), self.args)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        text = _expectation(f"{_at(self.first, 'X')}{_at(self.second, 'Y')}", printer, self.args)
        return self._power(text, exp)


class GaussianMean(Elementwise):
    """E ``integrand``(X) as a function of the variance p ≥ 0."""

    integrand: ClassVar[Expr]

    def fdiff(self, argindex: int = 1) -> Expr:
        curvature = derivative_of(derivative_of(type(self).integrand))
        return Integer(0) if curvature == 0 else _HALF * gaussian_mean(curvature)(*self.args)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(_expectation(_at(self.integrand, "X"), printer, self.args), exp)


def gaussian_pair(first: Expr, second: Expr) -> type[GaussianPair]:
    """The function (p, q, c) ↦ E first(X) second(Y) of two expressions in z, the same class for the same expressions.

    Raises ValueError where `theory.strip` does not bound an integrand.
    """
    return _pair_class(first, second)


def gaussian_mean(integrand: Expr) -> type[GaussianMean]:
    """The function p ↦ E integrand(X), likewise."""
    return _mean_class(integrand)


@cache
def _pair_class(first: Expr, second: Expr) -> type[GaussianPair]:
    for integrand in (first, second):
        strip_bound(integrand, z)
    members = {"first": first, "second": second, "nargs": 3, "__module__": __name__}
    made: Any = FunctionClass(f"E_pair_{_mark(first, second)}", (GaussianPair,), members)
    return cast("type[Any]", made)


@cache
def _mean_class(integrand: Expr) -> type[GaussianMean]:
    strip_bound(integrand, z)
    members = {"integrand": integrand, "nargs": 1, "__module__": __name__}
    made: Any = FunctionClass(f"E_mean_{_mark(integrand)}", (GaussianMean,), members)
    return cast("type[Any]", made)


def _mark(*expressions: Expr) -> str:
    """A name of the expressions that is the same in every process."""
    return hashlib.sha256("|".join(map(srepr, expressions)).encode()).hexdigest()[:16]


def _pair(first: Expr, second: Expr, arguments: tuple[Expr, ...]) -> Expr:
    return Integer(0) if first == 0 or second == 0 else gaussian_pair(first, second)(*arguments)


@cache
def derivative_of(expression: Expr) -> Expr:
    """d/dz of an expression, with e^w/(1 + e^w) written as 1/(1 + e^{−w}), which does not grow.  Exact."""
    # Not multiplied out: powers of 1 + e^w in denominators have to stay what they are.
    return _tamed(diff(expression, z))


def _tamed(expression: Expr) -> Expr:
    return Add(*map(_tamed_term, Add.make_args(expression)))


def _tamed_term(term: Expr) -> Expr:
    """e^{kw} (1 + e^w)^{−n} = (1 + e^{−w})^{−k} (1 + e^w)^{k−n} for 1 ≤ k ≤ n."""
    factors = list(Mul.make_args(term))
    for place, factor in enumerate(factors):
        if not (isinstance(factor, Pow) and isinstance(factor.exp, Integer) and int(factor.exp) < 0):
            continue
        rest = factor.base - 1
        if not isinstance(rest, exp):
            continue
        w, n = rest.args[0], -int(factor.exp)
        for other, candidate in enumerate(factors):
            if not isinstance(candidate, exp):
                continue
            ratio = (candidate.args[0] / w).cancel()
            if isinstance(ratio, Integer) and 1 <= int(ratio) <= n:
                k = int(ratio)
                kept = [one for index, one in enumerate(factors) if index not in (place, other)]
                return Mul(*kept, Pow(1 + exp(-w), -k), Pow(factor.base, k - n))
    return term


def _at(expression: Expr, letter: str) -> str:
    from theory.display import to_latex

    return rf"\left({to_latex(expression.xreplace({z: Symbol(letter, real=True)}))}\right)"


def _expectation(body: str, printer: Any, arguments: tuple[Expr, ...]) -> str:
    inside = ", ".join(printer._print(argument) for argument in arguments)
    return rf"\mathbb{{E}}_{{{inside}}}\left[{body}\right]"
