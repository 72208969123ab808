"""The checker's own arithmetic against 100-digit values: it has to enclose as strictly as the prover's."""

import mpmath
import numpy as np
import pytest
import random_expressions
from flint import arb, fmpq
from random_expressions import DIGITS, NAMES, Undefined, as_ball

from checks.recheck.balls import Rejected, ball, on_balls
from checks.recheck.code import Code, run, sign
from checks.recheck.leaves import mean_value, quotient, sides_as_balls
from checks.recheck.ring import Poly, in_ring
from checks.recheck.statement import differentiate, parse
from numerics.ball import precision


def as_lists(tree):
    return [as_lists(part) if isinstance(part, tuple) else part for part in tree]


def shown(poly: Poly) -> arb:
    """The value of a ring element whose atoms are roots of integers."""
    total = arb(0)
    for key, factor in poly.terms.items():
        term = arb(factor)
        for atom, exponent in key:
            _, inside = atom.split("(", 1)
            value = {"3": 3, "2": 2}[inside.split("'")[1]]
            term *= arb(value).sqrt() ** exponent
        total += term
    return total


@pytest.mark.parametrize("twelfths", range(-24, 25))
@pytest.mark.parametrize("name", ["sin", "cos"])
def test_special_values(twelfths, name):
    found = in_ring(name, Poly.atom("pi") * fmpq(twelfths, 12))
    if any(atom.startswith("sin(") for key in found.terms for atom, _ in key):
        assert twelfths % 12 in ((1, 5, 7, 11))  # these stay symbols
        return
    angle = arb.pi() * twelfths / 12
    assert shown(found).overlaps(angle.sin() if name == "sin" else angle.cos())


def contain(rng: np.random.Generator, expressions: int, points: int) -> int:
    checked = 0
    for _ in range(expressions):
        tree = random_expressions.tree(rng, int(rng.integers(1, 5)))
        sides = random_expressions.box(rng)
        box = dict(zip(NAMES, sides, strict=True))
        code = Code(parse(as_lists(tree), NAMES))
        memory = run(code, sides_as_balls(box), on_balls, box)
        plain = ball(memory[-1])
        try:
            side = sign(code, len(memory) - 1, memory, box)
        except Rejected:
            side = 0
        found = [plain]
        if plain.is_finite():  # the rules beyond the plain ball are only used then
            found.append(ball(mean_value(code, box)))
            contacts = [
                (name, bounds[rng.integers(2)], 0, int(rng.integers(1, 4)))
                for name, bounds in box.items()
                if bounds[0] < bounds[1] and rng.random() < 0.7
            ]
            found.append(ball(quotient(code, box, contacts)))
        for _ in range(points):
            point = random_expressions.point(rng, sides)
            at = {name: mpmath.mpf(int(p.p)) / int(p.q) for name, p in zip(NAMES, point, strict=True)}
            try:
                exact = as_ball(random_expressions.value(tree, at))
            except Undefined as undefined:
                if undefined.robust and plain.is_finite():
                    pytest.fail(f"{tree} is undefined at {point} of {box}, but has the enclosure {plain}")
                continue
            for enclosure in found:
                assert not enclosure.is_finite() or enclosure.overlaps(exact), (tree, box, point, enclosure)
            assert side <= 0 or exact.upper() >= 0, (tree, box, point)
            assert side >= 0 or exact.lower() <= 0, (tree, box, point)
            checked += 1
    return checked


def test_the_checkers_enclosures_contain_the_values():
    with mpmath.workdps(DIGITS), precision(96):
        assert contain(np.random.default_rng(21), 400, 6) > 1500


@pytest.mark.soundness
@pytest.mark.parametrize("seed", range(4))
def test_the_checkers_enclosures_contain_many_values(seed):
    with mpmath.workdps(DIGITS), precision(64):
        assert contain(np.random.default_rng(300 + seed), 10_000, 8) > 40_000


def test_derivatives_agree_with_difference_quotients():
    rng = np.random.default_rng(5)
    compared = 0
    while compared < 150:
        tree = random_expressions.tree(rng, 3)
        try:
            code = Code(parse(as_lists(tree), NAMES))
            slope = Code(differentiate(code.tree, "x"))
        except Rejected:
            continue
        point = {name: fmpq(int(rng.integers(1, 30)), 17) for name in NAMES}
        step = fmpq(1, 10**12)
        with precision(300):
            exact = ball(run(slope, point, on_balls)[-1])
            ends = [ball(run(code, {**point, "x": point["x"] + h}, on_balls)[-1]) for h in (-step, step)]
            if not exact.is_finite() or not all(end.is_finite() for end in ends) or not abs(ends[0]) < 10**6:
                continue
            assert abs((ends[1] - ends[0]) / (2 * step) - exact) < 1e-3 * (abs(exact) + 1)
        compared += 1
