"""Conditions on a state that a flow can enter or leave, written as text.

    COMPARISON {and COMPARISON}      COMPARISON: TERM <= TERM or TERM >= TERM
    TERM: [NUMBER *] QUANTITY, [NUMBER *] max(QUANTITY), [NUMBER *] min(QUANTITY), or NUMBER

with quantities of the vocabulary, such as ``max(theta) <= 0.01 and max(h) <= 2 * min(h)``.  A quantity with
an index must stand in max(…) or min(…).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theory.quantity import find_quantity

__all__ = ["Condition", "read_condition"]

Floats = NDArray[np.float64]
Key = tuple[str, int]

_TERM = re.compile(
    r"(?:(?P<factor>[-+0-9.eE]+)\s*\*\s*)?(?:(?P<fold>max|min)\(\s*(?P<inner>\w+)\s*\)|(?P<name>[A-Za-z_]\w*))"
)


@dataclass(frozen=True, kw_only=True)
class Term:
    """factor · fold(quantity), or the factor alone where ``name`` is empty."""

    factor: float
    name: str = ""
    fold: str = ""

    @property
    def key(self) -> Key:
        """(name, number of indices)."""
        return self.name, 1 if self.fold else 0

    def value(self, values: Mapping[Key, Floats]) -> Floats:
        if not self.name:
            return np.asarray(self.factor)
        found = values[self.key]
        flat = found.reshape(len(found), -1)
        return self.factor * (np.min(flat, axis=1) if self.fold == "min" else np.max(flat, axis=1))


@dataclass(frozen=True, kw_only=True)
class Condition:
    """left ≤ right for all pairs of ``parts``; ``keys`` are the quantities it needs."""

    text: str
    parts: tuple[tuple[Term, Term], ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys(term.key for pair in self.parts for term in pair if term.name))

    def margin(self, values: Mapping[Key, Floats]) -> Floats:
        """The smallest right − left, (T,): not negative where the condition holds, NaN where undefined."""
        margins = [right.value(values) - left.value(values) for left, right in self.parts]
        return np.asarray(np.min(np.broadcast_arrays(*margins), axis=0), dtype=np.float64)


def read_condition(text: str) -> Condition:
    """The condition a text describes.  Raises ValueError that says what cannot be read and how to write it."""
    parts = []
    for comparison in re.split(r"\band\b", text):
        sides = re.split(r"(<=|>=)", comparison)
        if len(sides) != 3:
            raise ValueError(f"{comparison.strip()!r} is no comparison; write for example 'Z <= 0.01'")
        left, right = _term(sides[0], text), _term(sides[2], text)
        parts.append((left, right) if sides[1] == "<=" else (right, left))
    condition = Condition(text=" ".join(text.split()), parts=tuple(parts))
    if not condition.keys:
        raise ValueError(f"{text!r} names no quantity; write for example 'Z <= 0.01'")
    return condition


def _term(text: str, whole: str) -> Term:
    text = text.strip()
    try:
        number = float(text)
    except ValueError:
        found = _TERM.fullmatch(text)
        try:
            factor = 1.0 if found is None or found["factor"] is None else float(found["factor"])
        except ValueError:
            found = None
        if found is None:
            raise ValueError(f"{text!r} in {whole!r} is no term; write a number, Z, 2 * Z or max(theta)") from None
        name, fold = found["inner"] or found["name"], found["fold"] or ""
        if find_quantity(name, 1 if fold else 0).vector:
            raise ValueError(f"{name} in {whole!r} is a vector; name scalars, such as Z or residual_norm") from None
        return Term(factor=factor, name=name, fold=fold)
    if not np.isfinite(number):
        raise ValueError(f"{text!r} in {whole!r} is not a finite number")
    return Term(factor=number)
