"""Parametrisations and models: derivatives against componentwise differentiation, and refusals."""

from __future__ import annotations

import pytest
from sympy import Matrix, Rational, Symbol, sqrt, symbols

from theory.activation import find_activation
from theory.model import Model, custom_model, find_model, models
from theory.parametrisation import IDENTITY, NORM_TIMES, Parametrisation, find_parametrisation, weight_norm

CUBE = Parametrisation(name="square_norm_times", title="", latex="", exponent=2)
FAMILY = [IDENTITY, NORM_TIMES, CUBE]


def componentwise(parametrisation: Parametrisation) -> tuple[Matrix, Matrix, Matrix]:
    """(u, dε u(w + εV), d²ε u(w + εV)) at ε = 0 for w = (w₁, w₂, w₃), by differentiating components."""
    w, direction, epsilon = Matrix(symbols("w_1:4")), Matrix(symbols("V_1:4")), Symbol("epsilon")
    moved = w + epsilon * direction
    length = sqrt(moved.dot(moved))
    effective = length**parametrisation.exponent * moved
    return tuple(effective.diff(epsilon, order).subs(epsilon, 0) for order in (0, 1, 2))  # type: ignore[return-value]


POINT = dict(zip(symbols("w_1:4 V_1:4"), map(Rational, (2, -3, 6, 1, 5, "-7/2")), strict=True))  # ‖w‖ = 7


@pytest.mark.parametrize("parametrisation", FAMILY, ids=lambda item: item.name)
def test_jets_agree_with_componentwise_differentiation(parametrisation: Parametrisation) -> None:
    effective, first, second = (item.subs(POINT) for item in componentwise(parametrisation))
    row, direction = (Matrix([POINT[name] for name in symbols(names)]) for names in ("w_1:4", "V_1:4"))
    length, at = Rational(7), {weight_norm: Rational(7)}
    unit = row / length
    along = unit.dot(direction)

    assert effective == parametrisation.factor.subs(at) * row
    assert effective.dot(effective) == parametrisation.effective_norm.subs(at) ** 2
    jacobian = parametrisation.jacobian
    assert first == jacobian.along_direction.subs(at) * direction + jacobian.along_row.subs(at) * along * unit
    jet = parametrisation.second_order
    bracket = jet.square.subs(at) * direction.dot(direction) + jet.radial_square.subs(at) * along**2
    assert second == jet.mixed.subs(at) * along * direction + bracket * unit


@pytest.mark.parametrize("parametrisation", FAMILY, ids=lambda item: item.name)
def test_inverse_jacobian(parametrisation: Parametrisation) -> None:
    """(a I + b w̄w̄ᵀ)(a′ I + b′ w̄w̄ᵀ) = I."""
    forward, back = parametrisation.jacobian, parametrisation.inverse_jacobian
    assert (forward.along_direction * back.along_direction).cancel() == 1
    cross = (
        forward.along_direction * back.along_row
        + forward.along_row * back.along_direction
        + forward.along_row * back.along_row
    )
    assert cross.cancel() == 0


def test_norm_times_is_what_the_source_states() -> None:
    assert NORM_TIMES.effective_norm == weight_norm**2
    assert (NORM_TIMES.jacobian.along_direction, NORM_TIMES.jacobian.along_row) == (weight_norm, weight_norm)
    jet = NORM_TIMES.second_order
    assert (jet.mixed, jet.square, jet.radial_square) == (2, 1, -1)


def test_the_three_models() -> None:
    facts = {
        name: (
            model.activation.name,
            model.parametrisation.name,
            model.scale,
            model.single_teacher,
            model.degree,
        )
        for name, model in models().items()
    }
    assert facts == {
        "wang21a": ("quadratic", "identity", Rational(1, 4), True, 2),
        "xu23a": ("relu", "identity", Rational(1, 2), True, 1),
        "zhou21b": ("absolute_value", "norm_times", Rational(1, 2), False, 2),
    }
    assert all(find_model(name) is model for name, model in models().items())


def test_custom_model_from_names() -> None:
    model = custom_model(activation="relu", parametrisation="norm_times", scale=2)
    assert (model.activation, model.parametrisation, model.scale) == (find_activation("relu"), NORM_TIMES, 2)


@pytest.mark.parametrize(
    "build, message",
    [
        (lambda: find_model("xu23"), "did you mean xu23a"),
        (lambda: find_model("qqqq"), "known: wang21a, xu23a, zhou21b"),
        (lambda: find_parametrisation("norm"), "norm_times"),
        (lambda: custom_model(activation="tanh"), "unknown activation 'tanh'"),
        (lambda: custom_model(activation="relu", scale=0), "positive"),
        (lambda: custom_model(activation="relu", scale=Rational(-1, 2)), "positive"),
        (lambda: custom_model(activation="relu", scale=0.5), "positive sympy.Rational"),  # type: ignore[arg-type]
        (lambda: Model(name="m", title="", activation=3), "activation of model 'm'"),  # type: ignore[arg-type]
        (lambda: Parametrisation(name="p", title="", latex="", exponent=-1), "exponent"),
    ],
)
def test_refusals_name_what_is_wrong(build: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()  # type: ignore[operator]
