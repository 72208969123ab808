"""The separation of the teachers as a hypothesis like any other: |∠|(v_a, v_b) ≥ Δ for a ≠ b."""

from __future__ import annotations

from dataclasses import replace

from sympy import pi

from checks.given import Networks, exact_rational
from checks.relation import AtMost
from theory.heads import Distinct, line_angle
from theory.symbols import a, b, teachers

__all__ = ["with_separation"]


def with_separation(given: Networks) -> Networks:
    """The same networks, their separation also among the hypotheses: samplers keep it, optimisers would not."""
    if given.separation is None or given.teachers == (1, 1):
        return given
    angles = line_angle(teachers[a], teachers[b]) + pi * (1 - Distinct(a, b))
    return replace(given, where=(*given.where, AtMost(exact_rational(given.separation), angles)))
