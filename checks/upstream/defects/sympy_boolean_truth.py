"""`bool` of an undecided SymPy proposition is True, so `if Implies(given, goal):` accepts a false goal."""

import sympy

from checks.upstream.corpus import Defect, Observation

x, y = sympy.symbols("x y", real=True)
UNDECIDED = sympy.Implies(x > y, x > 2 * y)  # false at x = 3, y = 2


def shown() -> Observation:
    truth = bool(UNDECIDED)
    return Observation(holds=truth, detail=f"bool({UNDECIDED}) is {truth}")


def relied_on() -> Observation:
    undecided = UNDECIDED is sympy.S.true or UNDECIDED is sympy.S.false
    decided = sympy.Lt(0, 1) is sympy.S.true and sympy.Lt(1, 0) is sympy.S.false
    return Observation(
        holds=decided and not undecided, detail="true and false are singletons, the undecided is neither"
    )


DEFECT = Defect(
    title="an undecided SymPy proposition counts as true",
    source="https://github.com/teorth/estimates/issues/4",
    known_present=True,
    shown=shown,
    reliance="`is S.true` tells decided from undecided",
    relied_on=relied_on,
)
