"""Rates against laws that are known: made-up ones, xu23a for one and two students, and false ones."""

import numpy as np
import pytest

from numerics import Network, gradient_flow
from numerics.dynamics.bounds import two_sided
from numerics.dynamics.rates import measure_rate

T = np.geomspace(1.0, 1e8, 400)


def test_a_power_with_a_power_correction():
    loss = 7 * T**-3 * (1 + T**-1.0)
    slope = -21 * T**-4 - 28 * T**-5
    rate = measure_rate(T, loss, slope)
    assert (rate.kind, rate.law, rate.exact_derivative) == ("power", -3.0, True)
    assert rate.exponent.low <= -3 <= rate.exponent.high
    assert rate.constant.low <= 7 <= rate.constant.high
    assert rate.constant.width < 1e-5
    assert rate.bounds.lower <= loss[-1] <= rate.bounds.upper
    assert "t^p" in str(rate)
    assert rate.plain()["exponent_interval"] == [rate.exponent.low, rate.exponent.high]


def test_a_logarithm_beside_the_power_is_seen_in_the_interval():
    """Q = t⁻² ln t has the local exponent −2 + 1/ln t, −1.946 at t = 1e8; a slope alone would say −1.95."""
    times = T[T > 3]
    values = times**-2 * np.log(times)
    slope = -2 * times**-3 * np.log(times) + times**-3
    rate = measure_rate(times, values, slope)
    assert rate.local == pytest.approx(-1.9457, abs=1e-4)
    assert rate.exponent.low <= -2.0 <= rate.exponent.high
    assert rate.exponent.correction == "logarithmic"


def test_without_a_slope_neighbours_give_mean_exponents():
    rate = measure_rate(T, 2 * T**-1.5 + 0 * T, None)
    assert rate.exponent.value == pytest.approx(-1.5, abs=1e-8)
    assert rate.law == -1.5
    assert rate.bounds is None
    assert not rate.exact_derivative


def test_exponential_decay():
    t = np.linspace(0.1, 40, 300)
    rate = measure_rate(t, 5 * np.exp(-0.7 * t), -3.5 * np.exp(-0.7 * t))
    assert rate.kind == "exponential"
    assert rate.exponent.value == pytest.approx(-0.7)
    assert "exp" in str(rate)


def test_values_at_the_floor_are_left_out():
    t = np.linspace(0.1, 400, 4000)
    values = np.exp(-t) + 1e-20
    rate = measure_rate(t, values, -np.exp(-t), floor=1e-19)
    assert rate.kind == "exponential"
    assert rate.exponent.value == pytest.approx(-1.0, abs=1e-4)


def test_what_is_not_known_is_not_said():
    assert measure_rate(T, np.ones_like(T), None).kind == "undetermined"
    assert measure_rate(T[:5], T[:5] ** -1.0, None).kind == "undetermined"
    assert "decade" in str(measure_rate(T[:5], T[:5] ** -1.0, None))
    noise = T**-1.0 * np.exp(np.random.default_rng(0).normal(size=T.size))
    assert measure_rate(T, noise, None).kind == "undetermined"
    with pytest.raises(ValueError, match="must be negative"):
        measure_rate(T, T**-1.0, None, exponent=3.0)


def test_bounds_follow_from_the_derivative():
    """−Q̇ = c(t) Q^{4/3} with c between 2 and 3: the bounds hold, are not trivial, and fail for a wrong c."""
    t = np.geomspace(1.0, 1e4, 2000)
    y = 1.0 + (2.5 * (t - 1) + 0.5 * (np.sin(np.log(t)) * t + 0 * t) - 0.0) / 3
    slope_y = np.gradient(y, t, edge_order=2)
    q, slope = y**-3, -3 * y**-4 * slope_y
    bounds = two_sided(t, q, slope, law=-3.0, decades=3.0)
    lower, upper = bounds.envelope(t[t >= bounds.since])
    inside = q[t >= bounds.since]
    assert (lower <= inside * (1 + 1e-3)).all()
    assert (inside <= upper * (1 + 1e-3)).all()
    assert bounds.lower < q[-1] < bounds.upper < 10 * bounds.lower
    false = two_sided(t, q, 2 * slope, law=-3.0, decades=3.0)
    assert not false.lower <= q[-1] <= false.upper
    with pytest.raises(ValueError, match="before"):
        bounds.envelope(0.5)
    with pytest.raises(ValueError, match="negative"):
        two_sided(t, q, slope, law=3.0)


def test_two_students_have_the_sharp_law():
    """L t³ → 8π²/3 h² (1 − h)² with h the limit of h₁/‖v‖."""
    net = Network(model="xu23a", students=[[0.05, 0.03], [0.1, -0.01]], teachers=[[1, 0]])
    run = gradient_flow(net, until=1e9)
    rate = run.rate()
    h = run.states[-1, 0, 0]
    law = 8 * np.pi**2 / 3 * h**2 * (1 - h) ** 2
    assert (rate.kind, rate.law) == ("power", -3.0)
    assert rate.exponent.low <= -3 <= rate.exponent.high
    assert rate.exponent.width < 1e-3
    assert rate.constant.value == pytest.approx(law, rel=1e-6)
    assert rate.bounds.lower * (1 - 1e-7) <= run.loss[-1] <= rate.bounds.upper * (1 + 1e-7)
    assert rate.bounds.upper / rate.bounds.lower < 1.001
    forced = run.rate(exponent=-2.0)
    assert forced.law == -2.0


def test_one_student_converges_linearly():
    """The Hessian at w = v is ½ I, so that the loss falls like e^{−t}."""
    run = gradient_flow(Network(model="xu23a", students=[[0.2, 0.3]], teachers=[[1.0, 0.0]]), until=1e3)
    rate = run.rate()
    assert rate.kind == "exponential"
    assert rate.exponent.low <= -1 <= rate.exponent.high
    assert rate.exponent.width < 0.02


def test_other_quantities_and_batches():
    net = Network(model="xu23a", students=[[0.05, 0.03], [0.1, -0.01]], teachers=[[1, 0]])
    run = gradient_flow(net, until=1e6, quantities=["Z", "theta"])
    assert run.rate("Z").law == -1.0
    with pytest.raises(ValueError, match="not recorded"):
        run.rate("theta")
    both = Network(model="xu23a", students=np.stack([net.students, net.students]), teachers=[[1, 0]])
    batch = gradient_flow(both, until=10.0)
    with pytest.raises(ValueError, match="take one instance"):
        batch.rate()
    assert batch.instance(1).rate().kind in {"power", "undetermined", "exponential"}
