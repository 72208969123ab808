"""Conditions under which trees are defined, and which of them follow from others."""

from __future__ import annotations

import pytest
from sympy import Symbol, exp, log, sqrt

from theory.definedness import conditions, undefined_parts
from theory.heads import Distinct, after_step, angle, dot, norm
from theory.symbols import beta, i, j, k, over, v, w

x, y = Symbol("x", real=True), Symbol("y", real=True)


@pytest.mark.parametrize("tree", (x**2 + exp(y), over(norm(w[i]) * dot(w[i], v), i), dot(w[i], w[j]) / 3), ids=str)
def test_total_trees_have_no_condition(tree: object) -> None:
    assert conditions(tree) == frozenset()


@pytest.mark.parametrize(
    ("tree", "kind", "base"),
    (
        (1 / x, "nonzero", x),
        (1 / (x**2 * norm(v)), "nonzero", dot(v, v)),
        (sqrt(x), "nonnegative", x),
        (log(x), "defined", log(x)),
        (angle(w[i], v), "nonzero", dot(v, v)),
    ),
    ids=str,
)
def test_conditions_are_found(tree: object, kind: str, base: object) -> None:
    assert (kind, base) in {(one.kind, one.base) for one in conditions(tree)}


def test_conditions_are_granted_by_what_is_defined_anyway() -> None:
    assert undefined_parts(y / x, (1 / x,)) == ()
    assert undefined_parts(1 / norm(v), (), positive=(dot(v, v),)) == ()
    assert undefined_parts(sqrt(x**2 + y**2), ()) == ()
    assert undefined_parts(1 / (norm(w[i]) + norm(v)), (angle(w[i], v),)) == ()
    assert undefined_parts(1 / after_step(norm(w[i])), (after_step(angle(w[i], v)),)) == ()
    assert undefined_parts(after_step(norm(w[j])), (over(after_step(dot(w[i], v)), i),)) == ()
    assert undefined_parts(beta[i] / sqrt(over(beta[j] ** 2, j)), (beta[j] / sqrt(over(beta[j] ** 2, j)),)) == ()


@pytest.mark.parametrize(
    ("tree", "given"),
    (
        (1 / x, (x,)),
        (sqrt(-(x**2)), (x,)),
        (over(1 / beta[i], i), (1 / beta[i],)),  # one row says nothing about the others
        (1 / x, (Distinct(i, j) / x,)),  # masked where i = j
        (1 / norm(w[i]), (w[i],)),
        # Of the next weights as little is known as is said.
        (after_step(norm(w[i])), (angle(w[i], v),)),
        (after_step(norm(w[i])), (after_step(norm(w[j])),)),
        (after_step(norm(w[j])), (after_step(over(Distinct(i, k) * norm(w[k]), k)),)),
        (1 / after_step(norm(w[i])), (after_step(norm(w[i])),)),
        (1 / norm(w[i]), (after_step(angle(w[i], v)),)),
        (1 / (norm(w[i]) - norm(v)), (angle(w[i], v),)),
        (1 / (norm(w[i]) + norm(w[j])), (norm(w[i]),)),
    ),
    ids=str,
)
def test_conditions_stay_open(tree: object, given: tuple[object, ...]) -> None:
    assert undefined_parts(tree, given) != ()
