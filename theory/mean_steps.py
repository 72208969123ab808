"""Steps about Gaussian means: what is ≥ 0 at almost every input is ≥ 0 on average, and Cauchy–Schwarz in L²."""

from __future__ import annotations

from sympy import Expr

from theory.expectation import gaussian_expectation
from theory.half_spaces import gaussian_mean
from theory.heads import expectation, magnitude, positive_part
from theory.indicators import sgn
from theory.steps import Step

__all__ = ["Mean", "MeanCauchySchwarz"]


def _mean(function: Expr) -> Expr:
    """E f in closed form, or as the head, which stands for the same number."""
    if not function.has(positive_part, magnitude, sgn):
        return gaussian_expectation(function)
    try:
        return gaussian_mean(function)
    except ValueError:
        return expectation(function)


class Mean(Step):
    """E f(x) over x ~ N(0, I) for f ≥ 0: ``Mean(f, g)`` with g = f at almost every x, and g ≥ 0 by its form."""

    nargs = (1, 2)
    rule = "the mean of what is ≥ 0"
    pointwise = True

    def difference(self) -> Expr:
        return _mean(self.args[0])

    def premises(self) -> tuple[Expr, ...]:
        return (self.args[-1],)

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        return () if len(self.args) == 1 else ((self.args[0], self.args[1]),)


class MeanCauchySchwarz(Step):
    """A B − E f g for functions f, g of x ~ N(0, I) with √E f² = A and √E g² = B: ``MeanCauchySchwarz(f, g, A, B)``."""

    nargs = 4
    rule = "Cauchy–Schwarz in L²"

    def difference(self) -> Expr:
        first, second, one, other = self.args
        return one * other - _mean(first * second)

    def premises(self) -> tuple[Expr, ...]:
        return self.args[2:]

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        first, second, one, other = self.args
        return (one**2, _mean(first**2)), (other**2, _mean(second**2))
