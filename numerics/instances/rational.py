"""Exact rational instances, and witnesses made as simple as an exact predicate allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np

from numerics.instances.shrinking import PASSES, ExactInstance, Predicate, Rows, Shrinker, rounded, turned
from numerics.instances.simplest import complexity, simplest_between, simplest_near
from numerics.instances.space import Space

__all__ = [
    "ExactInstance",
    "Predicate",
    "Rows",
    "complexity",
    "exact_instance",
    "simplest_between",
    "simplest_near",
    "simplify_witness",
]


def exact_instance(instance: Mapping[str, np.ndarray]) -> ExactInstance:
    """The rationals that the binary64 numbers of one instance are: families as tuples of rows, scalars as
    numbers.
    """
    exact: ExactInstance = {}
    for name, values in instance.items():
        array = np.asarray(values, dtype=np.float64)
        if not np.isfinite(array).all() or array.ndim not in (0, 2):
            raise ValueError(f"{name}={array!r}: need a finite scalar or a finite (rows, d) array of one instance")
        if array.ndim == 0:
            exact[name] = Fraction(float(array))
        else:
            exact[name] = tuple(tuple(Fraction(float(entry)) for entry in row) for row in array)
    return exact


def simplify_witness(
    instance: Mapping[str, np.ndarray] | ExactInstance,
    is_violated: Predicate,
    *,
    space: Space | None = None,
    calls: int = 3000,
) -> ExactInstance | None:
    """A simple exact instance for which ``is_violated`` returns True, or None if it holds at none of the
    starts.

    Starts: the instance at exactly its binary64 values, and the same with its vectors turned into as few
    coordinates as they span. Then, as long as ``is_violated`` says True: fewer rows, fewer columns, zero
    rows and entries, rows equal to others, small integers, simplest rationals. ``is_violated`` is called at
    most ``calls`` times; it decides alone (the shrinking trusts nothing else), so it must be exact.
    ``space`` keeps its ranges and intervals.

    Exactness: every number is a Fraction. Raises ValueError for entries that are not finite.
    """
    plain = {
        name: value if isinstance(value, tuple | Fraction) else exact_instance({name: value})[name]
        for name, value in instance.items()
    }
    kinds = {family.name: family.kind for family in space.families} if space is not None else {}
    families = [name for name, value in plain.items() if isinstance(value, tuple)]
    # Teachers get the first axes; where nobody says who they are, they are the fewer rows.
    order = tuple(sorted(families, key=lambda name: (kinds.get(name) != "teacher", _length(plain[name]))))
    shrinker = Shrinker(holds=is_violated, best=plain, calls_left=calls, space=space, axes_first=order)
    if not any(shrinker.try_(start) for start in _starts(plain, order)):
        return None
    while True:
        before = shrinker.best
        for one_pass in PASSES:
            one_pass(shrinker)
        if shrinker.best == before or shrinker.calls_left <= 0:
            return shrinker.best


def _length(value: Rows | Fraction) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _starts(plain: ExactInstance, axes_first: tuple[str, ...]) -> Iterator[ExactInstance]:
    yield plain
    for digits in (12, 9, 6, 4, 3, 2):  # a boundary met exactly in rationals may have been lost in binary
        yield rounded(plain, Fraction(1, 10**digits))
    yield from turned(plain, axes_first)
