"""SymPy expressions of a kernel -> vectorised NumPy callables.

Only functions of a few scalar variables are compiled (the dual kernel and its partials), never whole
networks, and never for balls: rationals become the nearest binary64 number here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Float, Symbol, lambdify
from sympy.printing.numpy import NumPyPrinter

from numerics.quadrature.hermite_series import pair_errors, series_function
from theory.activation import Activation
from theory.kernel import derive_kernel
from theory.pair_expectation import GaussianMean, GaussianPair
from theory.symbols import p

__all__ = ["CompiledKernel", "compile_expressions", "compile_kernel"]

Floats = NDArray[np.float64]

FIRST = ("p", "q", "c")
SECOND = ("pp", "pq", "pc", "qq", "qc", "cc")


class _FloatPrinter(NumPyPrinter):
    """Rationals as the one nearest binary64 literal, square roots as sqrt."""

    def _print_Rational(self, expr: Any) -> str:
        return repr(int(expr.p) / int(expr.q))

    def _print_Integer(self, expr: Any) -> str:
        return f"{int(expr)}.0" if abs(int(expr)) > 1 else str(int(expr))

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.exp.is_Integer:
            return f"({self._print(expr.base)})**({int(expr.exp)})"
        return str(super()._print_Pow(expr, rational=rational))


def compile_expressions(
    variables: tuple[Symbol, ...], expressions: tuple[Expr, ...]
) -> Callable[..., tuple[Floats, ...]]:
    """f(x₁, …) -> values of all expressions, elementwise on arrays that broadcast together.

    Common subexpressions are shared.  Relative error: a few ulp per operation, no cancellation is removed.
    Raises ValueError if an expression has other free symbols or contains a Float (its digits would be lost
    silently).
    """
    for expression in expressions:
        stray = expression.free_symbols - set(variables)
        if stray:
            raise ValueError(
                f"expression {expression} has free symbols {sorted(map(str, stray))}; compile kernels only"
            )
        if expression.has(Float):
            raise ValueError(f"expression {expression} contains a Float; use exact numbers")
    heads = {type(node) for expression in expressions for node in expression.atoms(GaussianPair, GaussianMean)}
    series = {head.__name__: series_function(head) for head in heads}
    options = {"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": False}
    printer = _FloatPrinter({**options, "user_functions": {name: name for name in series}})
    modules = [series, "numpy"]
    raw = lambdify(variables, list(expressions), modules=modules, printer=printer, cse=True)

    def values(*arguments: Floats) -> tuple[Floats, ...]:
        shape = np.broadcast_shapes(*(np.shape(argument) for argument in arguments))
        return tuple(np.broadcast_to(np.asarray(value, dtype=np.float64), shape) for value in raw(*arguments))

    return values


@dataclass(frozen=True, kw_only=True)
class CompiledKernel:
    """The dual kernel k and its first and second Gram partials as NumPy callables in the kernel's
    division-safe chart.

    ``chart``: "gram" (arguments p, q, c) or "polar" (ρ₁, ρ₂, θ).  ``value`` gives (k,), ``first`` (k_p, k_q,
    k_c), ``second`` (k_pp, k_pq, k_pc, k_qq, k_qc, k_cc); ``diagonal`` gives (k, k′, k″) of k(p, p, p) in p.
    ``error`` bounds what a truncated series adds to the rounding of k, None where k is a closed form.
    """

    chart: str
    value: Callable[..., tuple[Floats, ...]]
    first: Callable[..., tuple[Floats, ...]]
    second: Callable[..., tuple[Floats, ...]]
    diagonal: Callable[[Floats], tuple[Floats, ...]]
    error: Callable[..., Floats] | None = None


@cache
def compile_kernel(activation: Activation) -> CompiledKernel:
    """Compile the derived dual kernel of an activation (cached)."""
    kernel = derive_kernel(activation)
    return CompiledKernel(
        chart=kernel.chart,
        value=compile_expressions(kernel.variables, (kernel.expression,)),
        first=compile_expressions(kernel.variables, tuple(kernel.partial(name) for name in FIRST)),
        second=compile_expressions(kernel.variables, tuple(kernel.partial(name) for name in SECOND)),
        diagonal=compile_expressions((p,), (kernel.diagonal, *(kernel.diagonal_partial(k) for k in (1, 2)))),
        error=_series_error(kernel.gram),
    )


def _series_error(kernel: Expr) -> Callable[..., Floats] | None:
    head = type(kernel)
    if not issubclass(head, GaussianPair):
        return None
    return lambda *variables: pair_errors(head.first, head.second, *variables)
