"""Random statements from end to end: nothing certified is violated at a random point, no witness is wrong,
no certificate rejected.
"""

from collections import Counter

import mpmath
import numpy as np
import pytest
import random_expressions
from flint import fmpq
from random_expressions import DIGITS, NAMES, Undefined, as_fmpq, number
from sympy import symbols

from checks.certificate_checker import check
from numerics.prover.boxes import prove_statement
from numerics.prover.certificate import Statement
from numerics.prover.tree import add, multiply, power, rational


def statement(rng: np.random.Generator) -> Statement:
    """A statement that is often tight or nearly so."""
    f = random_expressions.tree(rng, int(rng.integers(1, 4)))
    kind = rng.integers(6)
    p = random_expressions.as_fmpq(number(rng))
    shifted = add(("var", "x"), rational(-p))
    if kind == 1:
        f = power(f, 2)
    elif kind == 2:
        f = multiply(power(shifted, int(rng.integers(1, 5))), f)
    elif kind == 3:
        f = add(power(shifted, 2), multiply(rational(fmpq(1, 1000)), f))
    elif kind == 4:
        f = multiply(f, random_expressions.tree(rng, 2))
    elif kind == 5:
        f = add(f, multiply(rational(-1), random_expressions.tree(rng, 1)))
    where = []
    if rng.random() < 0.4:
        where.append(
            add(
                multiply(rational(number(rng)), ("var", "x")),
                multiply(rational(number(rng)), ("var", "y")),
                rational(number(rng)),
            )
        )
    sides = tuple(
        (name, rational(lo), rational(hi)) for name, (lo, hi) in zip(NAMES, random_expressions.box(rng), strict=True)
    )
    return Statement(tree=f, sides=sides, where=tuple(where), strict=bool(rng.random() < 0.2), symbols=symbols("x y"))


def holds(tree, point, strict) -> bool | None:
    """f ≥ 0 (> 0) at 100 digits; None where rounding decides or f is undefined within rounding."""
    try:
        value = random_expressions.value(tree, point)
    except Undefined as undefined:
        return False if undefined.robust else None
    if abs(value) < mpmath.mpf(10) ** -60:
        return None
    return value > 0


def survive(rng: np.random.Generator, count: int, work: int) -> Counter:
    seen: Counter = Counter()
    for _ in range(count):
        claim = statement(rng)
        proof = prove_statement(claim, work=work)
        seen[proof.status] += 1
        if proof.status == "certified":
            report = check(proof.certificate())
            assert report.ok, (claim, report.reason)
            box = tuple((as_fmpq_text(lo), as_fmpq_text(hi)) for _, lo, hi in claim.sides)
            for _ in range(12):
                exact = random_expressions.point(rng, box)
                at = {name: mpmath.mpf(int(p.p)) / int(p.q) for name, p in zip(NAMES, exact, strict=True)}
                if all(holds(condition, at, False) is True for condition in claim.where):
                    assert holds(claim.tree, at, claim.strict) is not False, (claim, exact)
        if proof.status == "refuted":
            at = {symbol.name: mpmath.mpf(int(v.p)) / int(v.q) for symbol, v in proof.witness.items()}
            assert all(holds(condition, at, False) is not False for condition in claim.where), claim
            verdict = holds(claim.tree, at, claim.strict)
            assert verdict is not True, (claim, at)
    return seen


def as_fmpq_text(tree):
    return as_fmpq(random_expressions.Fraction(tree[1]))


def test_random_statements():
    with mpmath.workdps(DIGITS):
        seen = survive(np.random.default_rng(11), 250, 60)
    assert seen["certified"] >= 40
    assert seen["refuted"] >= 40


@pytest.mark.soundness
@pytest.mark.parametrize("seed", range(4))
def test_many_random_statements(seed):
    with mpmath.workdps(DIGITS):
        seen = survive(np.random.default_rng(seed), 2000, 200)
    assert seen["certified"] >= 300
    assert seen["refuted"] >= 300
