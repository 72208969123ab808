"""Validation of weights: whatever a user may hand over, as float64 arrays or one clear ValueError."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Rational

from theory.activation import Activation, find_activation
from theory.model import Model, custom_model, find_model
from theory.parametrisation import Parametrisation

__all__ = ["output_weights", "resolve_model", "rows_of"]

Floats = NDArray[np.float64]


def _numbers(argument: str, value: Any) -> Floats:
    try:
        array = np.array(value, dtype=np.float64)
    except OverflowError as error:
        raise ValueError(f"{argument} holds a number beyond binary64; scale the network down") from error
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{argument} is not a rectangular array of real numbers ({_ragged(value) or error}); "
            "give all rows the same length and only numbers"
        ) from error
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        place = tuple(int(index) for index in bad[0])
        raise ValueError(f"{argument}{list(place)} is {array[place]}; weights must be finite")
    return array


def _ragged(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        lengths = [len(row) for row in value if isinstance(row, Sequence | np.ndarray) and not isinstance(row, str)]
        if len(lengths) == len(value) and len(set(lengths)) > 1:
            odd = next(index for index, length in enumerate(lengths) if length != lengths[0])
            return f"row {odd} has {lengths[odd]} entries, row 0 has {lengths[0]}"
    return ""


def rows_of(argument: str, value: Any, width: int | None = None) -> Floats:
    """``value`` as a read-only array (..., rows, d) with rows ≥ 1 and d ≥ 1; d must equal ``width`` if given.

    Raises ValueError naming the argument, the value and the remedy.
    """
    array = _numbers(argument, value)
    if array.ndim < 2:
        raise ValueError(f"{argument} has shape {array.shape}; give rows of neurons, an array (..., rows, d)")
    if array.shape[-2] == 0:
        raise ValueError(f"{argument} has no rows (shape {array.shape}); give at least one neuron")
    if array.shape[-1] == 0:
        raise ValueError(f"{argument} has rows of length 0 (shape {array.shape}); give dimension d >= 1")
    if width is not None and array.shape[-1] != width:
        raise ValueError(
            f"{argument} has rows of length {array.shape[-1]}, students of length {width}; make them equal"
        )
    array.setflags(write=False)
    return array


def output_weights(argument: str, value: Any, rows: int) -> Floats | None:
    """Output weights as an array (..., rows), or None; ValueError if their number is not ``rows``."""
    if value is None:
        return None
    array = _numbers(argument, value)
    if array.ndim < 1 or array.shape[-1] != rows:
        raise ValueError(f"{argument} has shape {array.shape} for {rows} neurons; give one weight per neuron")
    array.setflags(write=False)
    return array


def resolve_model(
    model: str | Model | None,
    activation: str | Activation | None,
    parametrisation: str | Parametrisation | None,
    scale: Any,
) -> Model:
    """The model named, or the one put together from its parts; ValueError if both or neither are given."""
    parts = {"activation": activation, "parametrisation": parametrisation, "scale": scale}
    given = [name for name, value in parts.items() if value is not None]
    if model is not None:
        if given:
            raise ValueError(f"model={_name(model)!r} already fixes {', '.join(given)}; give the model or its parts")
        if not isinstance(model, str | Model):
            raise ValueError(f"model={model!r} is neither a name nor a Model; write for example model='xu23a'")
        return find_model(model) if isinstance(model, str) else model
    if activation is None:
        raise ValueError("neither model nor activation is given; write for example model='xu23a' or activation='relu'")
    found = find_activation(activation) if isinstance(activation, str) else activation
    loose = sorted(map(str, getattr(found, "parameters", ())))
    if loose:
        raise ValueError(f"activation {found.name!r} has the parameter {', '.join(loose)}; give it a rational value")
    return custom_model(
        activation=found,
        parametrisation="identity" if parametrisation is None else parametrisation,
        scale=Rational(1, 2) if scale is None else _exact_scale(scale),
    )


def _name(model: str | Model) -> str:
    return model if isinstance(model, str) else getattr(model, "name", repr(model))


def _exact_scale(scale: Any) -> Rational:
    try:
        if isinstance(scale, float) and not math.isfinite(scale):
            raise ValueError(scale)
        value = scale if isinstance(scale, Rational) else Rational(*Fraction(scale).as_integer_ratio())
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        raise ValueError(f"scale={scale!r} is not a number; give for example '1/2'") from error
    if not value.p > 0:
        raise ValueError(f"scale={scale!r} must be positive")
    return value
