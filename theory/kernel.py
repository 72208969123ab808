"""Dual kernels k(p, q, c) = E σ(u·x) σ(u′·x) over x ~ N(0, I), with p = |u|², q = |u′|², c = u·u′, derived
from σ.

Everything rotation invariant about a teacher–student network is a function of these kernels and their
partials.  Polynomial activations are integrated by Wick pairings, homogeneous ones in polar coordinates, error functions
by Price's theorem, exponentials through the moment generating function; `theory.confirmation` derives each of these kernels
again from a different theorem.  Any other smooth activation keeps the expectation itself (`theory.smooth`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sympy import Expr, Integer, Rational, Symbol, diff, factorial2, sqrt

from theory.activation import Activation, ErrorFunction, Exponentials, Homogeneous, Polynomial, z
from theory.chart import CHARTS, differentiate, gram_from_polar, polar_from_gram
from theory.derivation import Step, homogeneous_steps, polynomial_steps
from theory.gaussian import isserlis, polar_expectation
from theory.symbols import c, p, q, rho1, rho2, theta
from theory.trigonometric import equal

__all__ = ["DualKernel", "Step", "derive_kernel"]

_GRAM_ORDER = "pqc"


@dataclass(frozen=True, kw_only=True)
class DualKernel:
    """The dual kernel of an activation, in both charts, with its diagonal and the steps of its derivation.

    ``chart`` names the chart in which partials are given and values should be computed: "polar" for homogeneous
    activations, "gram" for all others.  ``diagonal`` is k(p, p, p) in p; it is a field of its own
    because the second partials of a kinked activation are singular there while the diagonal is smooth.
    """

    activation: Activation
    chart: str
    gram: Expr
    polar: Expr
    diagonal: Expr
    steps: tuple[Step, ...]

    @property
    def variables(self) -> tuple[Symbol, Symbol, Symbol]:
        """The three variables of the chart."""
        return CHARTS[self.chart]

    @property
    def expression(self) -> Expr:
        """The kernel in its own chart."""
        return self.gram if self.chart == "gram" else self.polar

    def partial(self, which: str) -> Expr:
        """∂k for a word over p, q, c: ``partial("c")`` is ∂k/∂c, ``partial("pc")`` is ∂²k/∂p∂c, in any order
        of letters.

        In the chart of the kernel.  Domain: 0 < p, q and |c| ≤ √(pq) unless sin θ stands in a denominator,
        which says that the partial is singular at θ ∈ {0, π}.  Exact.
        Raises ValueError for any other word.
        """
        if not which or set(which) - set(_GRAM_ORDER):
            raise ValueError(f"partial {which!r} is no word over p, q, c; write for example 'c' or 'pc'")
        return _partial(self.chart, self.expression, "".join(sorted(which, key=_GRAM_ORDER.index)))

    def diagonal_partial(self, order: int) -> Expr:
        """d^order/dp^order of k(p, p, p), in p.  Exact.  Raises ValueError unless order ≥ 1 is an int."""
        if type(order) is not int or order < 1:
            raise ValueError(f"order {order!r} of a derivative of the diagonal must be a positive integer")
        return diff(self.diagonal, p, order)


@cache
def derive_kernel(activation: Activation) -> DualKernel:
    """The dual kernel of the activation, derived once per process.

    Exact.  Raises ArithmeticError if an inner check of the derivation fails (a defect of a library, not of
    the input).
    """
    shape = activation.shape
    if isinstance(shape, Polynomial):
        return _from_polynomial(activation, shape)
    if isinstance(shape, Homogeneous):
        return _from_homogeneous(activation, shape)
    # These derivations build on the records of this module.
    from theory.error_function import error_function_kernel
    from theory.exponential_kernel import exponential_kernel
    from theory.smooth import smooth_kernel

    if isinstance(shape, ErrorFunction):
        return error_function_kernel(activation)
    return exponential_kernel(activation) if isinstance(shape, Exponentials) else smooth_kernel(activation)


def _from_polynomial(activation: Activation, shape: Polynomial) -> DualKernel:
    first, second = Symbol("z_1", real=True), Symbol("z_2", real=True)
    product = activation.definition.xreplace({z: first}) * activation.definition.xreplace({z: second})
    entries = {(first, first): p, (second, second): q}
    gram = isserlis(product, (first, second), lambda a, b: entries.get((a, b), c))
    diagonal = isserlis((activation.definition**2).xreplace({z: first}), (first,), lambda a, b: p)
    _require(equal(gram.xreplace({q: p, c: p}), diagonal), activation)
    return DualKernel(
        activation=activation,
        chart="gram",
        gram=gram,
        polar=polar_from_gram(gram),
        diagonal=diagonal,
        steps=polynomial_steps(activation, product.expand(), gram, diagonal),
    )


def _from_homogeneous(activation: Activation, shape: Homogeneous) -> DualKernel:
    expectation = polar_expectation(shape, shape)
    polar = expectation.value
    # The diagonal by one-dimensional moments: E z^{2k} = (2k − 1)!!, half of it on either side of 0.
    diagonal = (shape.right**2 + shape.left**2) * Rational(1, 2) * factorial2(2 * shape.degree - 1) * p**shape.degree
    aligned = polar.xreplace({theta: Integer(0), rho1: sqrt(p), rho2: sqrt(p)})
    _require(equal(aligned, diagonal), activation)
    gram = gram_from_polar(polar)
    return DualKernel(
        activation=activation,
        chart="polar",
        gram=gram,
        polar=polar,
        diagonal=diagonal,
        steps=homogeneous_steps(activation, shape, expectation, gram, diagonal),
    )


@cache
def _partial(chart: str, expression: Expr, word: str) -> Expr:
    if not word:
        return expression
    return differentiate(_partial(chart, expression, word[:-1]), chart, word[-1])


def _require(agreement: bool, activation: Activation) -> None:
    if not agreement:
        raise ArithmeticError(f"the kernel of {activation.name} disagrees with its diagonal; do not use it")
