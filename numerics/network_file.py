"""Network files: JSON with numbers or decimal strings, read exactly.

    {"model": "xu23a", "students": [["0.5", "1e-9"]], "teachers": [[1, 0]]}

Instead of ``model`` the parts ``activation``, ``parametrisation``, ``scale``; optionally ``student_weights``
and ``teacher_weights``.  An activation of one's own is an object with a prefix tree in the variable z,
``{"name": "softplus", "expression": ["log", ["add", ["rat", "1"], ["exp", ["var", "z"]]]]}``.  Rows are neurons.
Binary64 values are the nearest to the exact numbers, which are kept beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

__all__ = ["exact_number", "read_network"]

KEYS = (
    "model",
    "students",
    "teachers",
    "student_weights",
    "teacher_weights",
    "activation",
    "parametrisation",
    "scale",
)
LARGEST_EXPONENT = 300
_EXAMPLE = '{"model": "xu23a", "students": [["0.5", "0.1"]], "teachers": [["1", "0"]]}'


def exact_number(where: str, value: Any) -> Fraction:
    """The exact value of a JSON number, a decimal string such as "1e-9" or a ratio such as "1/3".

    Raises ValueError for anything else, and for magnitudes beyond 1e±300.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        raise ValueError(f"{where} is {_shown(value)}, not a number; write a number or a decimal string")
    try:
        number = _parsed(value)
    except (ValueError, ArithmeticError, InvalidOperation) as error:
        raise ValueError(f'{where} is {_shown(value)}, not a finite number; write for example 0.5 or "1e-9"') from error
    if number and not Fraction(10) ** -LARGEST_EXPONENT <= abs(number) <= Fraction(10) ** LARGEST_EXPONENT:
        raise ValueError(f"{where} is {_shown(value)}, beyond 1e±{LARGEST_EXPONENT}; rescale the network")
    return number


def _parsed(value: int | float | str | Decimal | Fraction) -> Fraction:
    if isinstance(value, str) and "/" in value:
        numerator, denominator = value.split("/")
        return _parsed(numerator.strip()) / _parsed(denominator.strip())
    if isinstance(value, str):
        value = Decimal(value.strip())
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(value)
        # A short string such as 1e999999999 stands for a number of a billion digits.
        if value and abs(value.adjusted()) > 2 * LARGEST_EXPONENT:
            return Fraction(10) ** (2 * LARGEST_EXPONENT * (1 if value.adjusted() > 0 else -1))
    return Fraction(value)


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"the key {key!r} occurs twice; keep one")
        seen[key] = value
    return seen


def _load(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ValueError(f"network file {str(path)!r} cannot be read ({reason}); check the path") from error
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(
            f"network file {str(path)!r} is not JSON at {place} ({error.msg}); write {_EXAMPLE}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"network file {str(path)!r} cannot be used: {str(error)[:200]}") from error


def _rows(key: str, value: Any) -> tuple[tuple[Fraction, ...], ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"{key} is {_shown(value)}; give a non-empty list of rows, one per neuron")
    rows = []
    for index, row in enumerate(value):
        if not isinstance(row, list | tuple) or not row:
            raise ValueError(f"{key}[{index}] is {_shown(row)}; give a non-empty list of numbers")
        if len(row) != len(value[0]):
            raise ValueError(f"{key}[{index}] has {len(row)} entries, {key}[0] has {len(value[0])}; make them equal")
        rows.append(tuple(exact_number(f"{key}[{index}][{column}]", entry) for column, entry in enumerate(row)))
    return tuple(rows)


def _weights(key: str, value: Any) -> tuple[Fraction, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{key} is {_shown(value)}; give a list of numbers, one per neuron")
    return tuple(exact_number(f"{key}[{index}]", entry) for index, entry in enumerate(value))


def _own_activation(data: Mapping[str, Any]) -> Any:
    """An `Activation` from its expression as a tree, which is data and runs nothing."""
    from numerics.prover.tree import decode, from_json, variables
    from theory.activation import Activation, z

    example = '{"name": "softplus", "expression": ["log", ["add", ["rat", "1"], ["exp", ["var", "z"]]]]}'
    unknown = sorted(set(map(str, data)) - {"name", "expression", "slope_at_zero"})
    if unknown or not isinstance(data.get("name"), str) or "expression" not in data:
        raise ValueError(f"activation is {_shown(dict(data))}; write {example}")
    name = data["name"]
    try:
        tree = from_json(data["expression"])
    except (ValueError, ZeroDivisionError, RecursionError) as error:
        raise ValueError(f"activation {name!r}: {str(error)[:120]}; write {example}") from error
    strange = sorted(variables(tree) - {"z"})
    if strange:
        raise ValueError(f"activation {name!r} has the variables {', '.join(strange)}; z is the only one")
    slope = data.get("slope_at_zero")
    if slope is not None:
        exact = exact_number("activation.slope_at_zero", slope)
        slope = decode(("rat", str(exact)), {})
    return Activation.from_expression(name, decode(tree, {"z": z}), slope_at_zero=slope)


def read_network(source: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of `numerics.network.Network` for a network file or a mapping of the same form.

    Raises ValueError with one line that names what is wrong, where, and the remedy.
    """
    data = source if isinstance(source, Mapping) else _load(Path(source))
    if not isinstance(data, Mapping):
        raise ValueError(f"a network file holds one JSON object, not {type(data).__name__}; write {_EXAMPLE}")
    for key in data:
        if key not in KEYS:
            near = get_close_matches(str(key), KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(KEYS)}"
            raise ValueError(f"unknown key {key!r} in a network file; {hint}")
    for key in ("students", "teachers"):
        if key not in data:
            raise ValueError(f"the key {key!r} is missing from a network file; write {_EXAMPLE}")
    arguments: dict[str, Any] = {}
    for key in ("model", "activation", "parametrisation"):
        if data.get(key) is not None:
            if key == "activation" and isinstance(data[key], Mapping):
                arguments[key] = _own_activation(data[key])
                continue
            if not isinstance(data[key], str):
                raise ValueError(f"{key} is {_shown(data[key])}; give a name as a string")
            arguments[key] = data[key]
    if data.get("scale") is not None:
        arguments["scale"] = exact_number("scale", data["scale"])
    for key in ("students", "teachers"):
        exact = _rows(key, data[key])
        arguments[f"exact_{key}"] = exact
        arguments[key] = [[float(entry) for entry in row] for row in exact]
    for key in ("student_weights", "teacher_weights"):
        if data.get(key) is not None:
            weights = _weights(key, data[key])
            arguments[f"exact_{key}"] = weights
            arguments[key] = [float(entry) for entry in weights]
    return arguments
