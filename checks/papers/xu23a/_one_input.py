"""Slacks that are means of something ≥ 0 at every Gaussian input x: the loss on a wedge, the residual, the parts of Lemma 8."""

from __future__ import annotations

from sympy import Expr, pi, sin

from checks.papers.xu23a._setting import angle_variable, unit_teacher
from checks.reduction.inherited import slack_of
from theory.half_spaces import active, silent
from theory.heads import Distinct, dot, gaussian_input, magnitude, norm, positive_part
from theory.mean_steps import Mean
from theory.steps import CauchySchwarz, RootStep
from theory.symbols import i, j, over, v, w
from theory.vocabulary import residual, theta, v_norm, w_norm, z

__all__ = ["first_part", "input_form", "neuron", "nonneg_part", "residual_below_loss", "wedge"]


# The loss at one Gaussian input: R = Σ [w_j·x]₊ − [v·x]₊.


def input_form(row: Expr) -> Expr:
    """u·x."""
    return dot(row, gaussian_input)


def neuron(row: Expr) -> Expr:
    """[u·x]₊."""
    return positive_part(input_form(row))


def wedge() -> Expr:
    """8πL − ‖w_i‖²(2θ_i − sin 2θ_i): on v·x < 0 the residual is Σ [w_j·x]₊, at least [w_i·x]₊."""
    rest = over(Distinct(i, j) * neuron(w[j]), j)
    output = over(neuron(w[j]), j) - neuron(v)
    off, on = silent(input_form(v)), active(input_form(v))
    return 4 * pi * Mean(output**2 - neuron(w[i]) ** 2 * off, output**2 * on + off * rest * (rest + 2 * neuron(w[i])))


def residual_below_loss() -> Expr:
    """8L − ‖r‖² = E (Σ |w_j·x| − |v·x|)²: R(x) + R(−x)."""
    return Mean((over(magnitude(input_form(w[j])), j) - magnitude(input_form(v))) ** 2)


# Lemma 8: I2 = E[R2 · Σ_i (c_i/‖v‖)(1{v·x ≥ 0} − 1{w_i·x ≥ 0}) v·x] with both factors ≥ 0.


def nonneg_part(share: Expr) -> Expr:
    """I2 for the minimum w*_i = ``share`` · v."""
    on, off = active(input_form(v)), silent(input_form(v))
    own_on, own_off = active(input_form(w[i])), silent(input_form(w[i]))
    value = over(neuron(w[j]) - input_form(w[j]) * on, j) * over(share * (neuron(v) - input_form(v) * own_on), i)
    form = over(on * positive_part(-input_form(w[j])) + off * neuron(w[j]), j) * over(
        share * (own_off * neuron(v) + own_on * positive_part(-input_form(v))), i
    )
    return Mean(value, form)


def first_part(share: Expr, sign: int) -> Expr:
    """Σ c_i θ_i²‖r‖/2π − sign · I1, with c_i = ``share`` · ‖v‖, by I1 = Σ c_i ⟨r, a_i⟩ and ‖a_i‖ ≤ θ_i²/2π."""
    spread = theta[i]
    along = (2 * spread - sin(2 * spread)) / (4 * pi)
    row = sign * (along * unit_teacher - sin(spread) / (2 * pi) * z[i] / w_norm[i])
    squares = slack_of("xu23a/lemma-8-i1-bound/reduced", at={angle_variable: spread})
    length = RootStep(spread**2 / (2 * pi), norm(row), squares)
    return over(share * v_norm * (CauchySchwarz(residual, row) + norm(residual) * length), i)
