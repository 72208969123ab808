"""From a float instance that seems to violate a claim to the simplest exact instance that certainly does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Rational

from checks.claim import Claim
from checks.given import Networks, Point
from checks.instances import frame_of_arrays, space_of
from checks.witness import Finding, examine
from numerics.arithmetic.floating import Floating
from numerics.instances.rational import simplify_witness

__all__ = ["built", "point_of", "simplest_violation"]

# Exact evaluations spent on making a witness readable; each costs about a millisecond.
_CALLS = 600


def simplest_violation(claim: Claim, instance: Mapping[str, Any]) -> Finding:
    """The finding at a simple exact instance near ``instance`` that balls confirm as a violation, else that at ``instance``."""
    given = claim.given
    assert isinstance(given, Networks)
    instance = built(given, instance)
    exact = examine(claim, point_of(given, instance))
    if not exact.violated:
        return exact
    simple = simplify_witness(
        instance,
        lambda candidate: examine(claim, point_of(given, candidate)).violated,
        space=space_of(given),
        calls=_CALLS,
    )
    finding = exact if simple is None else examine(claim, point_of(given, simple))
    return finding if finding.violated else exact


def built(given: Networks, instance: Mapping[str, Any]) -> Mapping[str, Any]:
    """The drawn instance with the students that ``drawn_as`` made of it, so that balls recheck what floats saw."""
    if given.drawn_as is None or given.students_as is not None:
        return instance
    batch = {name: np.asarray(value)[None] for name, value in instance.items()}
    with np.errstate(all="ignore"):
        students = frame_of_arrays(given, batch, Floating()).entries["w"].data[0]
    return {**instance, "w": students}


def point_of(given: Networks, instance: Mapping[str, Any]) -> Point:
    """One drawn instance as the exact point that its numbers are."""
    rows: dict[str, Any] = {}
    scalars: dict[str, Any] = {}
    for name, value in instance.items():
        array = np.asarray(value, dtype=object)
        if array.ndim == 2:
            width = 1 if name in given.coefficients else array.shape[1]
            rows[name] = tuple(tuple(_rational(entry) for entry in row[:width]) for row in array)
        else:
            scalars[name] = _rational(array[()])
    return Point(rows=rows, scalars=scalars)


def _rational(value: Any) -> Rational:
    fraction = (
        value
        if isinstance(value, Fraction)
        else Fraction(float(value))
        if isinstance(value, float)
        else Fraction(value)
    )
    return Rational(fraction.numerator, fraction.denominator)
