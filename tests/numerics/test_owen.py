"""Owen's T: enclosures, derivative rules and a certified inequality with its false neighbour."""

import numpy as np
from flint import acb, arb
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import owens_t as reference
from sympy import Rational, Symbol, atan, diff, erf, pi, sqrt

from checks.methods.box import seal
from checks.recheck.balls import owen as checked
from numerics.ball import compile_ball, precision
from numerics.owen import owens_t as enclose
from numerics.prover.boxes import prove_nonnegative
from theory.owen import owens_t

h, k = Symbol("h", real=True), Symbol("k", real=True)
reals = st.floats(-6, 6, allow_nan=False)


@given(reals, st.floats(-40, 40))
def test_points_against_scipy_and_the_checker(x: float, slope: float) -> None:
    value = enclose(arb(x), arb(slope))
    assert abs(float(value.mid()) - reference(x, slope)) < 1e-14
    assert value.overlaps(checked(arb(x), arb(slope)))


@given(reals, reals, st.floats(0, 2), st.floats(0, 2))
def test_balls_contain_their_points(x: float, slope: float, dx: float, da: float) -> None:
    ball = enclose(arb(x).union(arb(x + dx)), arb(slope).union(arb(slope + da)))
    for s in np.linspace(0, 1, 4):
        for t in np.linspace(0, 1, 4):
            assert ball.overlaps(enclose(arb(x + s * dx), arb(slope + t * da)))


def test_many_digits_against_the_integral() -> None:
    with precision(200):
        value = enclose(arb(1), arb(2))
        integral = acb.integral(lambda x, _: (-(x * x + 1) / 2).exp() / (1 + x * x) / (2 * acb.pi()), 0, 2).real
        assert value.overlaps(integral)
        assert value.rad() < 1e-55


def test_derivatives_against_differences() -> None:
    with precision(256):
        step = arb(10) ** -20
        for number, symbol in enumerate((h, k)):
            slope = compile_ball(diff(owens_t(h, k), symbol), (h, k))(arb(0.5), arb(0.75))
            moved = [arb(0.5), arb(0.75)]
            moved[number] += step
            rise = (enclose(*moved) - enclose(arb(0.5), arb(0.75))) / step
            assert abs(rise - slope) < 1e-18


def test_certified_and_refuted() -> None:
    box = {h: (0, Rational(1, 4)), k: (2, 3)}
    lemma = 2 * atan(k) / pi - 4 * owens_t(h, k) - h / sqrt(2 * pi) * erf(h * k / sqrt(2))
    proof = prove_nonnegative(lemma, box, contact={h: (0, 4)}, work=4000)
    assert proof.status == "certified"
    assert seal(proof)[1] == ""
    beyond = {h: (0, Rational(1, 4)), k: (1, Rational(3, 2))}
    assert prove_nonnegative(lemma, beyond, contact={h: (0, 4)}, work=4000).status == "refuted"
