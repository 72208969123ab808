"""What one would write without lemmata, for the gradient of xu23a with one teacher (n students of dimension d).

Every function returns the gradient (n, d) as an array, which is what solvers want; the tests hold them against
each other, so that no ratio compares different things.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol, acos, diff, lambdify, pi, sqrt, symbols

from theory.activation import find_activation
from theory.kernel import derive_kernel
from theory.symbols import rho1, rho2, theta

Floats = NDArray[np.float64]
Gradient = Callable[[Floats, Floats], Any]


def textbook(students: Floats, teacher: Floats) -> Floats:
    """Equation (4) of xu23a with arccos in NumPy, one network at a time."""
    rows = np.vstack([students, teacher])
    signs = np.ones(len(rows))
    signs[-1] = -1.0
    norms = np.linalg.norm(rows, axis=1)
    cosines = np.clip(rows[:-1] @ rows.T / np.outer(norms[:-1], norms), -1, 1)
    angles = np.arccos(cosines)
    push = (np.sin(angles) * norms * signs).sum(axis=1)[:, None] * students / norms[:-1, None]
    return np.asarray((push + ((np.pi - angles) * signs) @ rows) / (2 * np.pi))


def _entries(name: str, count: int, width: int) -> list[list[Symbol]]:
    return [list(symbols(f"{name}_{row}_:{width}", real=True)) for row in range(count)]


def per_component(n: int, d: int, modules: str) -> Gradient:
    """The loss in the components of all rows, differentiated by each of them, lambdified with cse."""
    rows = _entries("w", n, d) + _entries("v", 1, d)
    signs = [1] * n + [-1]
    norms = [sqrt(sum(x**2 for x in row)) for row in rows]
    loss: Expr = 0
    for a in range(n + 1):
        loss += norms[a] ** 2 / 4
        for b in range(a):
            dot = sum(x * y for x, y in zip(rows[a], rows[b], strict=True))
            angle = acos(dot / (norms[a] * norms[b]))
            lengths = norms[a] ** 2 * norms[b] ** 2
            loss += signs[a] * signs[b] * (sqrt(lengths - dot**2) + (pi - angle) * dot) / (2 * pi)
    flat = [x for row in rows for x in row]
    gradient = [diff(loss, x) for x in flat[: n * d]]
    compiled = lambdify(flat, gradient, modules=modules, cse=True)

    def evaluate(students: Floats, teacher: Floats) -> Any:
        return np.array(compiled(*students.ravel().tolist(), *teacher.ravel().tolist())).reshape(n, d)

    return evaluate


def hand_shared(n: int, d: int, modules: str) -> Gradient:
    """All components from the derived partials of the kernel, norms and dots computed once by hand, cse on top."""
    kernel = derive_kernel(find_activation("relu"))
    rows = _entries("w", n, d) + _entries("v", 1, d)
    signs = [1] * n + [-1]
    norms = list(symbols(f"rho_:{n + 1}", positive=True))
    dots = {(i, b): Symbol(f"c_{i}_{b}", real=True) for i in range(n) for b in range(i + 1, n + 1)}

    def partial(name: str, i: int, b: int) -> Expr:
        angle = acos(dots[min(i, b), max(i, b)] / (norms[i] * norms[b]))
        return kernel.partial(name).subs({rho1: norms[i], rho2: norms[b], theta: angle}, simultaneous=True)

    gradient = []
    for i in range(n):
        others = [b for b in range(n + 1) if b != i]
        own = kernel.diagonal_partial(1) + sum(2 * signs[b] * partial("p", i, b) for b in others)
        cross = {b: signs[b] * partial("c", i, b) for b in others}
        gradient += [own * rows[i][k] + sum(cross[b] * rows[b][k] for b in others) for k in range(d)]
    flat = [x for row in rows for x in row]
    compiled = lambdify([*flat, *norms, *dots.values()], gradient, modules=modules, cse=True)
    upper = np.triu_indices(n, 1, n + 1)

    def evaluate(students: Floats, teacher: Floats) -> Any:
        stacked = np.concatenate([students, teacher])
        gram = stacked @ stacked.T
        norms = np.sqrt(np.diagonal(gram))
        return np.array(compiled(*stacked.ravel().tolist(), *norms.tolist(), *gram[:n][upper].tolist())).reshape(n, d)

    return evaluate


def pair_kernel(n: int) -> Gradient:
    """A NumPy program around the lambdified pair kernel: Gram matrix, two partials on it, one product."""
    kernel = derive_kernel(find_activation("relu"))
    partials = lambdify((rho1, rho2, theta), [2 * kernel.partial("p"), kernel.partial("c")], modules="numpy", cse=True)
    signs = np.ones(n + 1)
    signs[-1] = -1.0

    def evaluate(students: Floats, teacher: Floats) -> Any:
        rows = np.concatenate([students, teacher])
        gram = students @ rows.T
        norms = np.sqrt(np.einsum("id,id->i", rows, rows))
        angles = np.arccos(np.clip(gram / (norms[:n, None] * norms), -1.0, 1.0))
        own, cross = partials(norms[:n, None], norms, angles)
        return (own * signs).sum(axis=1)[:, None] * students + (cross * signs) @ rows

    return evaluate
