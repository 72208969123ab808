"""The loss of a network with neurons added and taken away: ½ E(Σ_i [w_i·x]₊ + Σ_added − Σ_removed − [v·x]₊)²."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Expr, Indexed, Integer, Rational

from theory import loss as population
from theory.heads import dot, norm
from theory.kernel import derive_kernel
from theory.model import find_model
from theory.quantity import Setting
from theory.symbols import j, over, p, v, w

SETTING = Setting(model=find_model("xu23a"))
LOSS = population.population_loss(SETTING)
GRADIENT = population.effective_gradient(SETTING)


def row(vector: Expr) -> population.Row:
    """A neuron given by its vector."""
    return population.Row(vector=vector, direction=vector, norm=norm(vector), square=dot(vector, vector))


def pair(first: Expr, second: Expr) -> Expr:
    """Υ(a, b) = E [a·x]₊ [b·x]₊ of the derived kernel."""
    if first == second:
        return derive_kernel(SETTING.model.activation).diagonal.xreplace({p: dot(first, first)})
    return population.kernel_of(SETTING, row(first), row(second))


def loss_with(added: Sequence[Expr], removed: Sequence[Expr] = ()) -> Expr:
    """Loss of the network with these neurons added and those taken away."""
    extra = [(vector, 1) for vector in added] + [(vector, -1) for vector in removed]
    change = sum((sign * (over(pair(w[j], vector), j) - pair(vector, v)) for vector, sign in extra), Integer(0))
    own = sum((sign * other * pair(x, y) for x, sign in extra for y, other in extra), Integer(0))
    return LOSS + change + own / 2


def loss_of(vectors: Sequence[Expr]) -> Expr:
    """Loss of the network of exactly these neurons."""
    students = sum((pair(x, y) for x in vectors for y in vectors), Integer(0))
    cross = sum((pair(x, v) for x in vectors), Integer(0))
    return Rational(1, 2) * students - cross + Rational(1, 2) * pair(v, v)


def moved(tree: Expr, student: Callable[[Expr], Expr], teacher: Expr = v) -> Expr:
    """The tree at the students ``student(i)`` in place of w[i], and at another teacher."""
    rows = {leaf: student(leaf.indices[0]) for leaf in tree.atoms(Indexed) if leaf.base == w}
    return tree.xreplace({**rows, v: teacher})
