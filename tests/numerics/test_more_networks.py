"""Networks of the further activations: certified digits, floats within their bound, flows, files and refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from sympy import erf, exp, log, sqrt, tanh

from numerics import Network, gradient_descent, gradient_flow
from numerics.evaluation.certified import Certified
from theory.activation import Activation, find_activation, z

SOFTPLUS = Activation.from_expression("softplus", log(1 + exp(z)))
OWN = (
    SOFTPLUS,
    Activation.from_expression("gelu", z * (1 + erf(z / sqrt(2))) / 2),
    Activation.from_expression("tanh", tanh(z)),
)
NAMES = (
    "leaky_relu(1/10)",
    "relu_power",
    "relu_power(3)",
    "step",
    "sign",
    "erf",
    "hermite(3)",
    "cosine",
    "sine",
    "exponential",
)
DIRECTION = ((Fraction(1), Fraction(0), Fraction(1, 2)), (Fraction(0), Fraction(1), Fraction(2)))


def network(activation: Any, seed: int = 1, **parts: Any) -> Network:
    rng = np.random.default_rng(seed)
    students, teachers = (np.round(rng.standard_normal((2, 3)), 2) for _ in range(2))
    weights = {"student_weights": [1, -0.5], "teacher_weights": [1, 2]}
    return Network(activation=activation, students=students, teachers=teachers, **{**weights, **parts})


@pytest.mark.parametrize("activation", [*NAMES, *OWN], ids=lambda value: getattr(value, "name", value))
@pytest.mark.parametrize("parametrisation", ["identity", "norm_times"])
def test_floats_agree_with_certified_digits(activation: Any, parametrisation: str) -> None:
    """Several teachers and output weights, loss, gradient and Hessian form, in both parametrisations."""
    net = network(activation, parametrisation=parametrisation, scale=Fraction(1, 4))
    certified = Certified(network=net, direction=DIRECTION, digits=18)
    names = (
        ["loss", "gradient"]
        if activation in OWN and parametrisation == "norm_times"
        else ["loss", "gradient", "hessian_form"]
    )
    values, reasons = certified.evaluate(names)
    assert not reasons
    assert abs(net.loss - float(values["loss"])) <= net.loss_error
    assert net.loss_error < 1e-9 * (1 + net.loss)
    exact = np.array([[float(entry) for entry in row] for row in values["gradient"]])
    assert np.abs(net.gradient - exact).max() <= 1e-11 * (1 + np.abs(exact).max())
    if "hessian_form" in values:
        form, matrix = net.hessian_form(np.array(DIRECTION, dtype=float)), net.hessian()
        along = np.array(DIRECTION, dtype=float).ravel()
        assert form == pytest.approx(float(values["hessian_form"]), rel=1e-9, abs=1e-9)
        assert along @ matrix @ along == pytest.approx(form, rel=1e-9, abs=1e-9)


def test_sixty_digits_of_the_error_function() -> None:
    net = Network(activation="erf", students=[[0.5, 0.25]], teachers=[[1, 0]])
    values, _ = Certified(network=net, digits=60).evaluate(["loss"])
    with mpmath.workdps(80):

        def kernel(x: Any, y: Any, inner: Any) -> Any:
            return 2 / mpmath.pi * mpmath.asin(2 * inner / mpmath.sqrt((1 + 2 * x) * (1 + 2 * y)))

        x, y, inner = mpmath.mpf(5) / 16, mpmath.mpf(1), mpmath.mpf(1) / 2
        loss = (kernel(x, x, x) - 2 * kernel(x, y, inner) + kernel(y, y, y)) / 2
        assert abs(mpmath.mpf(values["loss"]) - loss) < mpmath.mpf(10) ** -60
        assert len(values["loss"]) >= 62


@pytest.mark.parametrize(
    "activation", ["erf", "cosine", "relu_power", "hermite", SOFTPLUS], ids=lambda value: getattr(value, "name", value)
)
def test_near_the_optimum_certified_digits_do_not_drown(activation: Any) -> None:
    students, teachers = [[1, 1e-9], [0, 2]], [[1, 0], [0, 2]]
    net = Network(activation=activation, students=students, teachers=teachers)
    values, reasons = Certified(network=net, digits=6).evaluate(["loss"])
    assert not reasons
    assert 0 < float(values["loss"]) < 1e-15
    assert (
        abs(net.loss - float(values["loss"])) <= net.loss_error
    )  # the stated error is larger than this loss, and says so
    same = Network(activation=activation, students=teachers, teachers=teachers)
    exact, _ = Certified(network=same).evaluate(["loss", "gradient"])
    assert exact == {"loss": "0", "gradient": [["0", "0"], ["0", "0"]]}


@pytest.mark.parametrize("name", ["sign", "step"])
def test_where_a_jump_has_no_gradient(name: str) -> None:
    net = Network(activation=name, students=[[1, 0], [0, 1]], teachers=[[2, 0], [1, 3]])
    values, reasons = Certified(network=net).evaluate(["loss", "gradient"])
    assert values["gradient"][0] is None
    assert "parallel" in reasons["gradient[0]"]
    assert list(net.gradient_defined) == [False, True]
    assert np.isnan(net.gradient[0]).all()
    assert np.isfinite(net.gradient[1]).all()
    assert float(values["loss"]) == pytest.approx(float(net.loss), rel=1e-14)
    zero = Network(activation=name, students=[[0, 0]], teachers=[[1, 0]])
    values, reasons = Certified(network=zero).evaluate(["loss", "gradient"])
    assert values["loss"] is None
    assert "vanishes" in reasons["loss"]
    assert np.isnan(zero.loss)


def test_zero_neurons_of_smooth_activations() -> None:
    for activation in ("erf", "cosine", "exponential", SOFTPLUS):
        net = Network(activation=activation, students=[[0, 0]], teachers=[[1, 0]])
        values, reasons = Certified(network=net).evaluate(["loss", "gradient"])
        assert not reasons
        assert net.gradient_defined.all()
        exact = np.array([[float(entry) for entry in row] for row in values["gradient"]])
        assert np.abs(net.gradient - exact).max() < 1e-14


@pytest.mark.parametrize(
    "activation", ["erf", "sine", "leaky_relu", SOFTPLUS], ids=lambda value: getattr(value, "name", value)
)
def test_flow_and_descent(activation: Any) -> None:
    net = Network(activation=activation, students=[[0.3, 0.2], [-0.1, 0.4]], teachers=[[1, 0.5]])
    flow = gradient_flow(net, until=20)
    assert flow.loss[-1] < 0.8 * flow.loss[0]
    assert (np.diff(flow.loss) <= 1e-12).all()
    descent = gradient_descent(net, step=0.1, steps=50)
    assert descent.loss[-1] < descent.loss[0]


def test_network_files_carry_activations() -> None:
    softplus = {"name": "softplus", "expression": ["log", ["add", ["rat", "1"], ["exp", ["var", "z"]]]]}
    data = {"activation": softplus, "students": [["0.5", "1e-9"]], "teachers": [["1", "0"], [0, 1]]}
    assert Network.from_json(data).activation == SOFTPLUS
    leaky = Network.from_json({**data, "activation": "leaky_relu(1/10)"})
    assert leaky.activation == find_activation("leaky_relu(1/10)")
    for wrong, message in (
        ({**softplus, "expression": ["log", ["var", "y"]]}, "variables y"),
        ({**softplus, "expression": ["system", ["var", "z"]]}, "not an expression tree"),
        ({**softplus, "expression": ["log", ["var", "z"]]}, "log"),
        ({"expression": ["var", "z"]}, "write"),
        ({**softplus, "code": "1"}, "write"),
    ):
        with pytest.raises(ValueError, match=message):
            Network.from_json({**data, "activation": wrong})
    with pytest.raises(ValueError, match="unknown activation"):
        Network.from_json({**data, "activation": "softplus"})
