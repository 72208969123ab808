"""Contact points: where an inequality is tight, the zero is divided out before anything is enclosed.

Face contact.  If ∂^j f/∂x^j (p, ·) ≡ 0 for j < m (seen exactly, in the ring of `numerics.prover.exact`), then for x
in X

    f(x, y) = t^m · q,   t = x − p,   q ∈ Σ_{j=m}^{K−1} c_j(Y) t^{j−m} + c_K(H, Y) t^{K−m},

with c_j = ∂^j f/∂x^j / j!, the first ones at p, the last one over H = hull(p, X) (Lagrange's remainder).  f
has then the sign of t^m q.  Several faces are divided out at once by nesting: the coefficients c_j(·) and
the remainder, as functions of the next variable, vanish there to its order too, because f does for every x.

Corner contact.  A zero of the quotient at a vertex p of a box with edges e is blown up: for each variable i
of a set S

    x_i = p_i + e_i s_i^{w_i},   x_j = p_j + e_j s_i^{w_j} s_j  (j in S, j ≠ i),   s in [0, 1]^S.

With s_i = max_j |(x_j − p_j)/e_j|^{1/w_j}, reached at i, every point of the box lies in some chart and no
chart leaves the box: the statement on the box is equivalent to the statements in all charts, where the
corner has become the face s_i = 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from flint import arb, fmpq

from numerics.ball import ball, power
from numerics.prover.enclosure import Box
from numerics.prover.exact import Element, NotInRing, Ring
from numerics.prover.jet import Jet, ball_call, evaluate, variable
from numerics.prover.tree import Tree, add, multiply, rational, substitute
from numerics.prover.tree import power as power_tree

__all__ = ["Contact", "Corner", "blow_up", "quotient", "vanishes", "vanishing_order"]

MAX_ORDER = 12


@dataclass(frozen=True, kw_only=True)
class Contact:
    """f vanishes to ``order`` at variable = point; the quotient is expanded up to the remainder of
    ``degree`` ≥ order.
    """

    variable: str
    point: fmpq
    order: int
    degree: int


@dataclass(frozen=True, kw_only=True)
class Corner:
    """The quotient of f by its face zeros vanishes at this point of a subset of the variables."""

    point: tuple[tuple[str, fmpq], ...]


def _nest(level: int, lengths: Sequence[int], value: Any) -> Any:
    """The variable of one level as a jet in all of them, the outermost first."""
    result: Any = variable(value, lengths[level])
    for outer in reversed(lengths[:level]):
        result = Jet([result, *[fmpq(0)] * (outer - 1)])
    return result


def _ring_values(ring: Ring, names: Sequence[str], fixed: Mapping[str, fmpq]) -> dict[str, Any]:
    return {name: ring.number(fixed[name]) if name in fixed else ring.atom(("variable", name)) for name in names}


def _is_zero(value: Any) -> bool:
    return value.vanishes() if isinstance(value, Element) else isinstance(value, fmpq) and value == 0


def vanishing_order(tree: Tree, names: Sequence[str], name: str, point: fmpq, fixed: Mapping[str, fmpq]) -> int:
    """The largest m ≤ MAX_ORDER such that f and its first m − 1 derivatives in ``name`` vanish identically
    at ``point``.

    Exact, in the other variables (those in ``fixed`` held at their value); 0 where the ring cannot tell.
    """
    length = 2
    while True:
        ring = Ring()
        values = _ring_values(ring, names, fixed)
        values[name] = variable(ring.number(point), length)
        try:
            result = evaluate(tree, values, ring.call)
        except NotInRing:
            return 0
        if not isinstance(result, Jet):
            return 0  # free of the variable: not zero there, or zero everywhere
        order = next((j for j, value in enumerate(result.c) if not _is_zero(value)), length)
        if order < length:
            return order
        if length >= MAX_ORDER:
            return 0  # zero to every order that was tried: nothing to divide out
        length = min(2 * length, MAX_ORDER)


def vanishes(
    tree: Tree,
    names: Sequence[str],
    point: Mapping[str, fmpq],
    fixed: Mapping[str, fmpq],
    orders: Mapping[str, int],
) -> bool:
    """True only if the mixed Taylor coefficient of the given orders at ``point`` is identically 0 in the
    other variables.

    With no orders: f itself is 0 there.  Exact; False where the ring cannot tell.
    """
    ring = Ring()
    values = _ring_values(ring, names, {**fixed, **point})
    levels = [name for name in point if orders.get(name)]
    lengths = [orders[name] + 1 for name in levels]
    for level, name in enumerate(levels):
        values[name] = _nest(level, lengths, ring.number(point[name]))
    try:
        result = evaluate(tree, values, ring.call)
    except NotInRing:
        return False
    for name in levels:
        result = result.c[orders[name]] if isinstance(result, Jet) else fmpq(0)
    return _is_zero(result)


def quotient(tree: Tree, names: Sequence[str], box: Box, contacts: Sequence[Contact]) -> tuple[int, arb]:
    """(s, q): on the box f = s · |t₁|^m₁ ⋯ |t_k|^m_k · (a value in q), with s = ±1.  The zeros themselves
    are not checked here.

    Encloses; s = 0 if the sign of some t^m is not constant on the box, q is NaN where f is not smooth enough.
    """
    sides = dict(zip(names, box, strict=True))
    sign = 1
    for contact in contacts:
        lo, hi = sides[contact.variable]
        if contact.order % 2 and lo < contact.point:
            if hi > contact.point:
                return 0, arb.nan()
            sign = -sign
    ordinary = {name: lo if lo == hi else arb(lo).union(arb(hi)) for name, (lo, hi) in sides.items()}
    steps = [
        arb(lo - contact.point).union(arb(hi - contact.point))
        for contact in contacts
        for lo, hi in [sides[contact.variable]]
    ]

    def collapse(value: Any, level: int, choice: tuple[bool, ...]) -> arb:
        if level == len(contacts):
            return ball(value)
        contact = contacts[level]
        wanted = [contact.degree] if choice[level] else list(range(contact.order, contact.degree))
        coefficients = value.c if isinstance(value, Jet) else [value, *[fmpq(0)] * contact.degree]
        total = arb(0)
        for j in reversed(wanted):  # Horner
            total = total * steps[level] + collapse(coefficients[j], level + 1, choice)
        return total * power(steps[level], wanted[0] - contact.order) if wanted else total

    total = arb(0)
    for choice in product((False, True), repeat=len(contacts)):  # True: the remainder, over the hull
        if any(not last and contact.degree == contact.order for last, contact in zip(choice, contacts, strict=True)):
            continue
        values = dict(ordinary)
        lengths = [contact.degree + last for last, contact in zip(choice, contacts, strict=True)]
        for level, (last, contact) in enumerate(zip(choice, contacts, strict=True)):
            lo, hi = sides[contact.variable]
            centre: Any = contact.point
            if last:
                centre = arb(min(lo, contact.point)).union(arb(max(hi, contact.point)))
            values[contact.variable] = _nest(level, lengths, centre)
        total = total + collapse(evaluate(tree, values, ball_call), 0, choice)
    return sign, total


def blow_up(
    names: Sequence[str], corner: Mapping[str, tuple[fmpq, fmpq]], weights: Mapping[str, int]
) -> list[dict[str, Tree]]:
    """The changes of variables of the charts at a vertex; ``corner`` gives (p_j, e_j) for the variables of
    S. Exact.

    In chart i the variable i is s_i and every other variable j of S is s_j, all in [0, 1].
    """
    charts = []
    for i in corner:
        radius: Tree = ("var", i)
        chart: dict[str, Tree] = {}
        for j, (point, edge) in corner.items():
            scale = power_tree(radius, weights[j])
            parts = (scale,) if i == j else (scale, ("var", j))
            chart[j] = add(rational(point), multiply(rational(edge), *parts))
        charts.append(chart)
    return charts


def in_chart(tree: Tree, chart: Mapping[str, Tree]) -> Tree:
    """The statement in the coordinates of a chart."""
    return substitute(tree, chart)
