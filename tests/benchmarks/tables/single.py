"""The right-hand side of one small network."""

from __future__ import annotations

import alternatives
import numpy as np
from race import race
from record import Goal, Table
from start import BACKENDS, network

from numerics import gradient_field

N, D = 5, 10


def measure() -> Table:
    net = network(N, D)
    students, teacher = np.array(net.students), np.array(net.teachers)
    contenders = {f"lemmata, {name}": gradient_field(net, backend=name) for name in BACKENDS}
    others = {
        "SymPy lambdify, norms and dots shared by hand": alternatives.hand_shared(N, D, "numpy"),
        "the same with modules='math'": alternatives.hand_shared(N, D, "math"),
        "SymPy lambdify per component": alternatives.per_component(N, D, "numpy"),
        "the same per component with modules='math'": alternatives.per_component(N, D, "math"),
        "NumPy program around a lambdified pair kernel": alternatives.pair_kernel(N),
        "NumPy textbook form, arccos": alternatives.textbook,
    }
    works = {name: (lambda f=f: f(students)) for name, f in contenders.items()}
    works |= {name: (lambda f=f: f(students, teacher)) for name, f in others.items()}
    seconds = race(works)
    shared, component = "SymPy lambdify, norms and dots shared by hand", "SymPy lambdify per component"
    plain = seconds["lemmata, numpy"]
    goals = [
        Goal(what="NumPy against hand-shared lambdify", value=seconds[shared] / plain, bound=1.5),
        Goal(what="NumPy against hand-shared lambdify, 'math'", value=seconds[list(others)[1]] / plain, bound=1.5),
        Goal(what="NumPy against per-component lambdify", value=seconds[component] / plain, bound=8),
        Goal(what="NumPy against per-component lambdify, 'math'", value=seconds[list(others)[3]] / plain, bound=8),
    ]
    if "lemmata, numba" in seconds:
        fast = seconds["lemmata, numba"]
        goals += [
            Goal(what="Numba against hand-shared lambdify", value=seconds[shared] / fast, bound=40),
            Goal(what="Numba against hand-shared lambdify, 'math'", value=seconds[list(others)[1]] / fast, bound=40),
            Goal(what="Numba, one call", value=1e6 * fast, bound=3, at_least=False, unit="µs"),
        ]
    return Table(title=f"single: one right-hand side, n = {N}, d = {D}", seconds=seconds, goals=goals)
