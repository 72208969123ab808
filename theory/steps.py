"""Steps of an argument: inert differences that are ≥ 0 by a named theorem.

A step stands for a difference (`difference`), which is ≥ 0 whenever its ``premises`` are and its ``equations``
hold.  The theorems are few and closed: triangle inequalities, Cauchy–Schwarz, extrema, moduli, monotone roots.
Slacks that are sums and products of steps show, line by line, why an inequality holds.
"""

from __future__ import annotations

from typing import ClassVar

from sympy import Expr, Integer, sqrt

from theory.heads import Head, angle, dot, largest, least, magnitude, norm, positive_part, smallest
from theory.indices import substituted
from theory.symbols import over

__all__ = [
    "AngleTriangle",
    "CauchySchwarz",
    "LargestStep",
    "LeastStep",
    "ModulusStep",
    "Positive",
    "PositivePartStep",
    "RootStep",
    "SmallerOf",
    "SmallestStep",
    "Step",
    "SumCauchySchwarz",
    "SumTriangle",
    "Triangle",
    "Whole",
    "expanded",
]


class Step(Head):
    """A difference that is ≥ 0 by the theorem named ``rule``.

    Premises and equations of a ``pointwise`` step are about one Gaussian input x, and hold for almost all.
    """

    rule: ClassVar[str] = ""
    pointwise: ClassVar[bool] = False

    def difference(self) -> Expr:
        """The difference that the step stands for."""
        raise NotImplementedError

    def premises(self) -> tuple[Expr, ...]:
        """Trees that have to be ≥ 0."""
        return ()

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        """Pairs of trees, scalars or vectors, that have to be equal."""
        return ()


class Whole(Step):
    """A tree that is ≥ 0, or > 0, kept together: SymPy would mix a hypothesis with the rest of a sum."""

    nargs = 1
    rule = "as assumed"

    def difference(self) -> Expr:
        return expanded(self.args[0])

    def premises(self) -> tuple[Expr, ...]:
        return self.args


class Positive(Step):
    """0, and with it that x > 0 since x = y and y > 0 by its form: ``Positive(x, y)``; then 1/x has a value."""

    nargs = 2
    rule = "positive by an argument of its own"

    def difference(self) -> Expr:
        return Integer(0)


class Triangle(Step):
    """Σ_a ‖x_a‖ − ‖x‖ for x = Σ_a x_a: ``Triangle(x, x_1, x_2, …)``."""

    rule = "triangle inequality"

    def difference(self) -> Expr:
        return sum((norm(part) for part in self.args[1:]), Integer(0)) - norm(self.args[0])

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        return ((self.args[0], sum(self.args[1:], Integer(0))),)


class SumTriangle(Step):
    """Σ_j ‖x_j‖ + ‖y‖ − ‖x‖ for x = Σ_j x_j + y: ``SumTriangle(x, x_j, j, y)``, with any number of rests y."""

    rule = "triangle inequality"

    def difference(self) -> Expr:
        whole, term, index, *rests = self.args
        return over(norm(term), index) + sum(map(norm, rests), Integer(0)) - norm(whole)

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        whole, term, index, *rests = self.args
        return ((whole, sum(rests, over(term, index))),)


class AngleTriangle(Step):
    """∠(x, y) + ∠(y, z) − ∠(x, z): ``AngleTriangle(x, y, z)``."""

    nargs = 3
    rule = "triangle inequality of angles"

    def difference(self) -> Expr:
        x, y, z = self.args
        return angle(x, y) + angle(y, z) - angle(x, z)


class CauchySchwarz(Step):
    """‖x‖‖y‖ − ⟨x, y⟩: ``CauchySchwarz(x, y)``."""

    nargs = 2
    rule = "Cauchy–Schwarz"

    def difference(self) -> Expr:
        x, y = self.args
        return norm(x) * norm(y) - dot(x, y)


class SumCauchySchwarz(Step):
    """√(Σ a_i²) √(Σ b_i²) − Σ a_i b_i: ``SumCauchySchwarz(a_i, b_i, i)``."""

    nargs = 3
    rule = "Cauchy–Schwarz"

    def difference(self) -> Expr:
        first, second, index = self.args
        return sqrt(over(first**2, index)) * sqrt(over(second**2, index)) - over(first * second, index)


class LargestStep(Step):
    """max_k f − f at k = i: ``LargestStep(f, k, i)``."""

    nargs = 3
    rule = "a value is at most the largest"

    def difference(self) -> Expr:
        body, index, place = self.args
        return largest(body, index) - substituted(body, {index: place})


class SmallestStep(Step):
    """f at k = i − min_k f: ``SmallestStep(f, k, i)``."""

    nargs = 3
    rule = "a value is at least the smallest"

    def difference(self) -> Expr:
        body, index, place = self.args
        return substituted(body, {index: place}) - smallest(body, index)


class LeastStep(Step):
    """x − min(x, y, …): ``LeastStep(x, y, …)``."""

    rule = "a value is at least the smallest"

    def difference(self) -> Expr:
        return self.args[0] - least(*self.args)


class SmallerOf(Step):
    """min(s, t) = ½(s + t) − ½|s − t| for s, t ≥ 0; with s = b − x and t = b + x it is b − |x|."""

    nargs = 2
    rule = "the smaller of two"

    def difference(self) -> Expr:
        first, second = map(expanded, self.args)
        return (first + second) / 2 - magnitude((second - first) / 2)

    def premises(self) -> tuple[Expr, ...]:
        return self.args


class ModulusStep(Step):
    """b − |x| for b − x = s ≥ 0 and b + x = t ≥ 0: ``ModulusStep(b, x, s, t)``."""

    nargs = 4
    rule = "the smaller of two"

    def difference(self) -> Expr:
        return self.args[0] - magnitude(self.args[1])

    def premises(self) -> tuple[Expr, ...]:
        return self.args[2:]

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        bound, value, below, above = self.args
        return (bound - value, expanded(below)), (bound + value, expanded(above))


class PositivePartStep(Step):
    """[x]₊ − x."""

    nargs = 1
    rule = "positive part"

    def difference(self) -> Expr:
        return positive_part(self.args[0]) - self.args[0]


class RootStep(Step):
    """b − a for b ≥ 0 and b² − a² = s ≥ 0: ``RootStep(b, a, s)``."""

    nargs = 3
    rule = "roots are monotone"

    def difference(self) -> Expr:
        larger, smaller, _ = self.args
        return larger - smaller

    def premises(self) -> tuple[Expr, ...]:
        larger, _, gap = self.args
        return larger, gap

    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        larger, smaller, gap = self.args
        return ((larger**2 - smaller**2, expanded(gap)),)


def expanded(tree: Expr) -> Expr:
    """The tree with every step replaced by the difference that it stands for."""
    if isinstance(tree, Step):
        return expanded(tree.difference())
    if not tree.args or not tree.has(Step):
        return tree
    return tree.func(*map(expanded, tree.args))
