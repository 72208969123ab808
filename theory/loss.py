"""Population loss, gradient and Hessian form of a teacher–student network, as trees over its rows.

With effective rows u_a (students first, then teachers), signs s_a (+ output weight of a student, − that of a teacher) and
the dual kernel k of the activation,

    L = λ Σ_{a,b} s_a s_b k(p_a, p_b, c_ab),
    ∇_{u_i} L = 2 λ s_i Σ_b s_b (2 k_p(i, b) u_i + k_c(i, b) u_b),

where the sum includes b = i because the partials of the kernel are division-safe at angle 0 (it leaves b = i out for an
activation that jumps, where they are infinite and k(u, u) is constant).  Every coefficient is a scalar
in Gram variables, so the trees hold in every dimension.  They are derived from the kernel; nothing here is typed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr, Indexed, Integer, S, Symbol

from theory.heads import Distinct, angle, dot, norm
from theory.kernel import DualKernel, derive_kernel
from theory.quantity import Setting
from theory.symbols import (
    V,
    a,
    b,
    c,
    i,
    j,
    over,
    p,
    q,
    rho1,
    rho2,
    student_weight,
    teacher_weight,
    teachers,
    theta,
    v,
    w,
)

__all__ = [
    "Row",
    "effective_gradient",
    "gradient",
    "hessian_form",
    "in_direction",
    "kernel_of",
    "population_loss",
    "student",
    "teacher",
]


@dataclass(frozen=True, kw_only=True)
class Row:
    """An effective neuron: its vector, direction, norm, squared norm and signed output weight as trees."""

    vector: Expr
    direction: Expr
    norm: Expr
    square: Expr
    weight: Expr = S.One


def student(setting: Setting, index: Symbol) -> Row:
    """Effective neuron u(w_i) of the model's parametrisation."""
    row, weight = w[index], student_weight[index] if setting.weighted else Integer(1)
    if setting.model.parametrisation.name == "identity":
        return Row(vector=row, direction=row, norm=norm(row), square=dot(row, row), weight=weight)
    return Row(vector=norm(row) * row, direction=row, norm=dot(row, row), square=dot(row, row) ** 2, weight=weight)


def teacher(setting: Setting, index: Symbol) -> Row:
    """Teacher neuron; the single teacher of a single-teacher setting is the plain symbol v."""
    row = teachers[index] if setting.several_teachers else v
    weight = teacher_weight[index] if setting.weighted else Integer(1)
    return Row(vector=row, direction=row, norm=norm(row), square=dot(row, row), weight=weight)


def over_teachers(setting: Setting, summand: Callable[[Symbol], Expr], index: Symbol = a) -> Expr:
    """Σ over teachers, or the one term of a single teacher."""
    if not setting.several_teachers and not setting.weighted:
        return summand(index)
    return over(summand(index), index)


def kernel_of(setting: Setting, first: Row, second: Row, which: str | None = None) -> Expr:
    """The dual kernel (or its partial ``which``) at a pair of rows, in the chart in which it is division-safe."""
    kernel: DualKernel = derive_kernel(setting.model.activation)
    gram_chart = kernel.chart == "gram"
    expression = (kernel.gram if gram_chart else kernel.polar) if which is None else kernel.partial(which)
    if gram_chart:
        return expression.xreplace({p: first.square, q: second.square, c: dot(first.vector, second.vector)})
    return expression.xreplace({rho1: first.norm, rho2: second.norm, theta: angle(first.direction, second.direction)})


def population_loss(setting: Setting) -> Expr:
    """L = λ (Σ_i k(u_i, u_i) + Σ_{i≠j} k(u_i, u_j) − 2 Σ_ia k(u_i, v_a) + Σ_ab k(v_a, v_b)), with output weights if any.

    The diagonal of the students stands apart: its derivatives are not those of the kernel at two distinct rows.
    """

    def pair(first: Row, second: Row) -> Expr:
        return first.weight * second.weight * kernel_of(setting, first, second)

    own = student(setting, i)
    if setting.model.activation.discontinuous:
        # k(u, u) is a constant, but at u = 0 it has no value; the angle of a zero row says so.
        diagonal = kernel_of(setting, own, own)
    else:
        diagonal = derive_kernel(setting.model.activation).diagonal.xreplace({p: own.square})
    students = over(Distinct(i, j) * pair(own, student(setting, j)), i, j) + over(own.weight**2 * diagonal, i)
    cross = over(over_teachers(setting, lambda index: pair(student(setting, i), teacher(setting, index))), i)
    targets = over_teachers(
        setting,
        lambda first: over_teachers(setting, lambda second: pair(teacher(setting, first), teacher(setting, second)), b),
    )
    return setting.model.scale * (students - 2 * cross + targets)


def effective_gradient(setting: Setting) -> Expr:
    """∇_{u_i} L, a vector tree with free axis i."""
    own = student(setting, i)

    def pull(other: Row) -> Expr:
        coefficient_self = 2 * kernel_of(setting, own, other, "p")
        coefficient_other = kernel_of(setting, own, other, "c")
        return other.weight * (coefficient_self * own.vector + coefficient_other * other.vector)

    attraction = over_teachers(setting, lambda index: pull(teacher(setting, index)))
    repulsion = pull(student(setting, j))
    if setting.model.activation.discontinuous:
        # The partials of the kernel are infinite at the row itself, while k(u, u) is constant.
        repulsion = Distinct(i, j) * repulsion
    return 2 * setting.model.scale * own.weight * (over(repulsion, j) - attraction)


def gradient(setting: Setting, effective: Expr) -> Expr:
    """∇_{w_i} L = J_iᵀ ∇_{u_i} L, with J = ‖w‖ (I + w̄ w̄ᵀ) for u = ‖w‖ w and J = I for u = w."""
    if setting.model.parametrisation.name == "identity":
        return effective
    return norm(w[i]) * effective + dot(w[i], effective) / norm(w[i]) * w[i]


@dataclass(frozen=True, kw_only=True)
class _Jet:
    """First and second derivative of a row along the direction V."""

    first: Expr
    second: Expr


def _student_jet(setting: Setting, index: Symbol) -> _Jet:
    row, direction = w[index], V[index]
    if setting.model.parametrisation.name == "identity":
        return _Jet(first=direction, second=Integer(0))
    slope = dot(row, direction) / norm(row)
    first = norm(row) * direction + slope * row
    second = 2 * slope * direction + (dot(direction, direction) - slope**2) / norm(row) * row
    return _Jet(first=first, second=second)


def _pair_second_derivative(setting: Setting, rows: tuple[Row, Row], jets: tuple[_Jet, _Jet]) -> Expr:
    """d²/dε² k(p, q, c) along two moving rows, by the chain rule through the Gram variables."""
    (x, y), (dx, dy) = rows, jets

    def product(left: Expr, right: Expr) -> Expr:
        return Integer(0) if left == 0 or right == 0 else dot(left, right)

    first = {
        "p": 2 * product(x.vector, dx.first),
        "q": 2 * product(y.vector, dy.first),
        "c": product(dx.first, y.vector) + product(x.vector, dy.first),
    }
    second = {
        "p": 2 * product(dx.first, dx.first) + 2 * product(x.vector, dx.second),
        "q": 2 * product(dy.first, dy.first) + 2 * product(y.vector, dy.second),
        "c": product(dx.second, y.vector) + 2 * product(dx.first, dy.first) + product(x.vector, dy.second),
    }
    total = sum((kernel_of(setting, x, y, name) * value for name, value in second.items()), Integer(0))
    for one in "pqc":
        for other in "pqc":
            if first[one] != 0 and first[other] != 0:
                mixed = "".join(sorted(one + other, key="pqc".index))
                total += kernel_of(setting, x, y, mixed) * first[one] * first[other]
    return total


def _self_second_derivative(setting: Setting, row: Row, jet: _Jet) -> Expr:
    """d²/dε² k(p, p, p): the diagonal has its own field because the second partials are singular there."""
    kernel = derive_kernel(setting.model.activation)
    slope = 2 * dot(row.vector, jet.first)
    curvature = 2 * dot(jet.first, jet.first) + (2 * dot(row.vector, jet.second) if jet.second != 0 else 0)
    at = {p: row.square}
    return kernel.diagonal_partial(2).xreplace(at) * slope**2 + kernel.diagonal_partial(1).xreplace(at) * curvature


def hessian_form(setting: Setting) -> Expr:
    """D²L(w)[V, V] for directions V[i]; undefined at a zero neuron of a non-smooth model."""
    at_rest = _Jet(first=Integer(0), second=Integer(0))
    own, other = student(setting, i), student(setting, j)
    jet, other_jet = _student_jet(setting, i), _student_jet(setting, j)
    pairs = own.weight * other.weight * _pair_second_derivative(setting, (own, other), (jet, other_jet))
    selves = own.weight**2 * _self_second_derivative(setting, own, jet)

    def against(index: Symbol) -> Expr:
        target = teacher(setting, index)
        return own.weight * target.weight * _pair_second_derivative(setting, (own, target), (jet, at_rest))

    cross = over(over_teachers(setting, against), i)
    return setting.model.scale * (over(Distinct(i, j) * pairs, i, j) + over(selves, i) - 2 * cross)


def in_direction(tree: Expr, direction: Callable[[Expr], Expr]) -> Expr:
    """A tree over the free directions V[i], taken in the direction V[i] = direction(i)."""
    slots = {leaf: direction(leaf.indices[0]) for leaf in tree.atoms(Indexed) if leaf.base == V}
    return tree.xreplace(slots)
