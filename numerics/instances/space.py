"""Where the instances of a statement live: families of vectors, scalars and one common dimension."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from numerics.instances.minima import Minima, minima_of

if TYPE_CHECKING:
    from theory.model import Model

Floats = NDArray[np.float64]
Batch = dict[str, Floats]
Kind = Literal["student", "teacher", "direction", "sample"]

_KINDS = ("student", "teacher", "direction", "sample")


def _check_range(argument: str, span: tuple[int, int], least: int) -> None:
    low, high = span
    if not (least <= low <= high):
        raise ValueError(f"{argument}={span!r}: need {least} <= low <= high; give a pair such as ({least}, 6)")


@dataclass(frozen=True, kw_only=True)
class Family:
    """(rows, d) array of vectors, one row per neuron, direction or input.

    ``rows`` is the inclusive range of the number of rows. ``like`` names another family instead, whose number
    of rows is then taken over (a Hessian direction has one row per student).
    """

    name: str
    kind: Kind
    rows: tuple[int, int] = (1, 1)
    like: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"kind={self.kind!r} of family {self.name!r}: choose one of {', '.join(_KINDS)}")
        _check_range(f"rows of family {self.name!r}", self.rows, 0)


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """A real number in [low, high], both ends included; ``scale="log"`` spreads it over orders of
    magnitude.
    """

    name: str
    low: Fraction
    high: Fraction
    scale: Literal["linear", "log"] = "linear"

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"scalar {self.name!r}: low={self.low} exceeds high={self.high}; swap them")
        if self.scale not in ("linear", "log"):
            raise ValueError(f"scale={self.scale!r} of scalar {self.name!r}: choose 'linear' or 'log'")
        if self.scale == "log" and self.low < 0:
            raise ValueError(f"scalar {self.name!r}: a log scale needs low >= 0, got {self.low}; use scale='linear'")

    @property
    def bounds(self) -> tuple[float, float]:
        """Largest binary64 interval inside [low, high] (its nearest point if there is none)."""
        low, high = float(self.low), float(self.high)
        if Fraction(low) < self.low:
            low = math.nextafter(low, math.inf)
        if Fraction(high) > self.high:
            high = math.nextafter(high, -math.inf)
        if low > high:
            low = high = float(self.low)
        return low, high


@dataclass(frozen=True, kw_only=True)
class Space:
    """All instances: families with n_f rows in R^d each, scalars in their intervals, d in ``dimension``.

    ``model`` is the model, or its name, whose minima near-optimal strata are built from. ``near_optimum``
    keeps the samplers near those minima; ``separation`` is a lower bound, in radians, on the angle up to
    sign between any two teachers.
    """

    model: str | Model = ""
    families: tuple[Family, ...] = ()
    scalars: tuple[Scalar, ...] = ()
    dimension: tuple[int, int] = (1, 6)
    near_optimum: bool = False
    separation: Fraction | None = None
    minima: Minima = field(default=Minima(law="additive", power=1))

    def __post_init__(self) -> None:
        _check_range("dimension", self.dimension, 1)
        names = [family.name for family in self.families] + [scalar.name for scalar in self.scalars]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"names {twice} occur twice in the space; give every family and scalar its own name")
        for family in self.families:
            if family.like is not None and family.like not in {f.name for f in self.families if f.like is None}:
                raise ValueError(
                    f"family {family.name!r}: like={family.like!r} names no family with rows of its own; "
                    f"choose one of {sorted(f.name for f in self.families if f.like is None)}"
                )
        if self.separation is not None and not 0 <= self.separation <= Fraction(11, 7):
            raise ValueError(f"separation={self.separation}: an angle up to sign lies in [0, pi/2]")
        if self.model != "":
            object.__setattr__(self, "minima", minima_of(self.model))

    def of_kind(self, kind: Kind) -> tuple[Family, ...]:
        """Families of one kind, in the order given."""
        return tuple(family for family in self.families if family.kind == kind)


def one_instance(batch: Mapping[str, Floats], index: int) -> Batch:
    """Instance ``index`` of a batch, as copies without the batch axis."""
    return {name: np.array(values[index]) for name, values in batch.items()}


def stack(instances: list[Batch]) -> Batch:
    """Batch of instances of one layout."""
    return {name: np.stack([instance[name] for instance in instances]) for name in instances[0]}
