"""Steps expand to what they stand for, and their indices never mix with those around them."""

from __future__ import annotations

import pytest
from sympy import Expr, Symbol

from theory.half_spaces import gaussian_mean
from theory.heads import angle, dot, gaussian_input, largest, norm, smallest
from theory.indices import canonical, free_indices_of, instances, is_multiple, opened, substituted
from theory.mean_steps import Mean, MeanCauchySchwarz
from theory.steps import (
    AngleTriangle,
    CauchySchwarz,
    LargestStep,
    LeastStep,
    RootStep,
    SmallerOf,
    SmallestStep,
    SumCauchySchwarz,
    SumTriangle,
    Triangle,
    Whole,
    expanded,
)
from theory.symbols import beta, i, j, k, over, v, w

x, y = Symbol("x", real=True), Symbol("y", real=True)


@pytest.mark.parametrize(
    ("step", "difference"),
    (
        (Triangle(w[i] + v, w[i], v), norm(w[i]) + norm(v) - norm(w[i] + v)),
        (SumTriangle(w[i], w[j], j, v), over(norm(w[j]), j) + norm(v) - norm(w[i])),
        (AngleTriangle(w[i], v, w[j]), angle(w[i], v) + angle(v, w[j]) - angle(w[i], w[j])),
        (CauchySchwarz(w[i], v), norm(w[i]) * norm(v) - dot(w[i], v)),
        (LargestStep(beta[k], k, i), largest(beta[k], k) - beta[i]),
        (SmallestStep(beta[k], k, i), beta[i] - smallest(beta[k], k)),
        (RootStep(x, y, x**2 - y**2), x - y),
        (Whole(x - y), x - y),
        (Mean(dot(v, gaussian_input) ** 2), dot(v, v)),
    ),
    ids=str,
)
def test_differences(step: Expr, difference: Expr) -> None:
    assert expanded(step) == difference
    assert expanded(2 * over(step, k)) == 2 * over(difference, k) or step.has(k)


def test_nested_steps_expand_inside_out() -> None:
    nested = SmallerOf(CauchySchwarz(w[i], v), Whole(x))
    assert not expanded(nested).has(CauchySchwarz, Whole, SmallerOf)
    assert expanded(LeastStep(x, y)).has(x, y)
    assert expanded(SumCauchySchwarz(beta[i], beta[i], i)) == 0
    first, second = dot(v, gaussian_input), dot(w[i], gaussian_input)
    assert expanded(MeanCauchySchwarz(first, second, x, y)) == x * y - gaussian_mean(first * second)


def test_a_value_put_in_is_not_captured() -> None:
    """Σ_i ⟨w_k, w_i⟩ at k = i is about two rows, not about Σ ‖w_i‖²."""
    total = over(dot(w[k], w[i]), i)
    placed = substituted(total, {k: i})
    assert free_indices_of(placed) == {i}
    assert not placed.has(dot(w[i], w[i]))
    assert free_indices_of(expanded(LargestStep(total, k, i))) == {i}


def test_opening_a_sum_frees_its_index_under_a_new_name() -> None:
    (index,) = free_indices_of(opened(over(beta[i], i)))
    assert index != i
    assert free_indices_of(opened(largest(beta[i] + beta[j], i))) >= {j}


def test_copies_compare_equal_up_to_names() -> None:
    assert canonical(over(beta[i] * over(beta[j], j), i)) == canonical(over(beta[k] * over(beta[i], i), k))
    assert canonical(over(beta[i] * beta[k], i)) != canonical(over(beta[i] * beta[k], k))
    assert canonical(largest(beta[i], i)) == canonical(largest(beta[j], j))


def test_a_fact_about_all_rows_is_one_about_any() -> None:
    assert set(instances(beta[k], (k,), beta[i] + beta[j])) == {beta[i], beta[j]}
    assert list(instances(beta[k], (), beta[i])) == [beta[k]]
    assert is_multiple(2 * x - 2 * y, x - y)
    assert not is_multiple(y - x, x - y)
    assert not is_multiple(2 * x, x)
