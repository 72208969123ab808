"""The best constant behind an O(·) or Ω(·): estimated by search, bounded from one side by an exact instance.

For ``Bounded(ratio, "above")`` the constant is sup ratio over the instances; every instance is a lower bound
of it, which balls certify.  Nothing here bounds it from the other side.  Whether it exists is judged by its
drift: towards small loss, under exact rescaling, and along sizes where the claim says that the constant is
absolute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import arb
from sympy import Integer, Rational

from checks.claim import Claim
from checks.given import Networks, Point
from checks.instances import frame_of_arrays, frame_of_point, space_of, walk_over
from checks.method import Context
from checks.relation import AtMost, Below, Bounded
from checks.simplify import built, point_of
from checks.truth import Answer, float_margin, premise_met
from checks.witness import describe
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.arithmetic.floating import Floating
from numerics.ball import ball, precision
from numerics.search.adversarial import SearchResult, search
from theory.heads import norm
from theory.model import find_model
from theory.quantity import find_quantity
from theory.symbols import a, over, teachers

__all__ = ["AxisDrift", "Constant", "measure_constant"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

_PRECISIONS = (128, 256, 512, 1024)
# Relative agreement that the float ratio must have with the enclosure to count; beyond that it is rounding.
_AGREEMENT = 1e-3
# An axis diverges if the best ratio follows a power of it, this large at least, up to its open end.
_EXPONENT = 0.04
_SIZE_AXES = ("students", "teachers", "dimension")
# Loss relative to that of the zero network: the levels at which the best ratio is searched.
_LEVELS = (-4, -9, -14, -19)


@dataclass(frozen=True, kw_only=True)
class AxisDrift:
    """Best ratio along one axis: rows (value of the axis, best ratio there), and the power law fitted to
    them.
    """

    axis: str
    rows: tuple[tuple[float, float], ...]
    exponent: float | None = None
    diverges: bool = False


@dataclass(frozen=True, kw_only=True)
class Constant:
    """``value`` is the ratio at ``instance`` as a ball: sup ≥ value, or inf ≤ value for side "below"."""

    id: str
    side: str
    value: str
    number: float
    instance: Mapping[str, Any]
    drift: tuple[AxisDrift, ...]
    evaluations: int
    met: int
    discarded: int = 0

    @property
    def diverges(self) -> bool:
        """Whether the ratio grows (or falls) without sign of an end along some axis."""
        return any(axis.diverges for axis in self.drift)

    def as_data(self) -> dict[str, Any]:
        """The JSON of ``lemmata constant``."""
        return {
            "id": self.id,
            "constant": self.value,
            "side": self.side,
            "instance": dict(self.instance),
            "drift": {axis.axis: {"exponent": axis.exponent, "diverges": axis.diverges} for axis in self.drift},
            "table": {axis.axis: [list(row) for row in axis.rows] for axis in self.drift},
        }


class _Ratio:
    """The ratio of one claim on instances, in floats and in balls."""

    def __init__(self, claim: Claim, given: Networks, then: Bounded) -> None:
        self.claim, self.given, self.then = claim, given, then
        self.sign = 1.0 if then.side == "above" else -1.0

    def margin(self, batch: Mapping[str, Any]) -> Floats:
        """−sign · log ratio: what the search makes small."""
        size = max(len(array) for array in batch.values())
        with np.errstate(all="ignore"):
            walk = walk_over(self.given, frame_of_arrays(self.given, batch, Floating()), Floating(), self.claim)
            value = walk(self.then.ratio)
            flat = np.broadcast_to(value.data, (size, *value.data.shape[1:])).reshape(size, -1)
            # A vanishing ratio is no news for a sup and −∞ for an inf; a negative one is left out.
            logs = np.where(flat > 0, np.log(flat), np.where(flat == 0, -700.0, np.nan))
            worst = np.where(np.isnan(logs), -np.inf, self.sign * logs).max(axis=1)
            margins = np.where(np.isfinite(worst), -worst, np.nan)
            for relation in self.given.where:
                met = np.broadcast_to(float_margin(walk, (), relation), (size,))
                floor = 0.0 if isinstance(relation, AtMost | Below) else -1e-9
                margins = np.where(met >= floor, margins, np.nan)
            return np.where((batch["v"] != 0).any(axis=-1).all(axis=-1), margins, np.nan)

    def level_slack(self, batch: Mapping[str, Any], level: float) -> Floats:
        """≥ 0 where log10 of the loss relative to Θ² (‖v‖^{2k} for activations of degree k) is within 1 of
        ``level``.
        """
        size = max(len(array) for array in batch.values())
        walk = walk_over(self.given, frame_of_arrays(self.given, batch, Floating()), Floating(), self.claim)
        degree = 2 * (find_model(self.given.model).activation.degree or 1)
        mass = np.sqrt((batch["v"] ** 2).sum(axis=-1)).sum(axis=-1)
        with np.errstate(all="ignore"):
            relative = np.log10(np.broadcast_to(walk(_LOSS).data, (size,))) - degree * np.log10(mass)
        return np.where(np.isfinite(relative), 1.0 - np.abs(relative - level), np.nan)

    def relative_loss(self, point: Point) -> float:
        """Loss of an exact instance relative to the teachers', 0 if it vanishes."""
        degree = 2 * (find_model(self.given.model).activation.degree or 1)
        with precision(_PRECISIONS[-1]):
            walk = walk_over(self.given, frame_of_point(self.given, point), Balls(), self.claim)
            loss, mass = (float(ball(walk(tree).data[0]).mid()) for tree in (_LOSS, over(norm(teachers[a]), a)))
        return loss / mass**degree

    def enclosed(self, point: Point) -> arb | None:
        """Enclosure of the extremal ratio at an exact instance; None where there is none or a hypothesis is
        not certain.
        """
        for bits in _PRECISIONS:
            with precision(bits):
                try:
                    walk = walk_over(self.given, frame_of_point(self.given, point), Balls(), self.claim)
                    if self.given.where and premise_met(walk, self.given.where) is not Answer.YES:
                        continue
                    value = _extreme(walk(self.then.ratio).data.reshape(-1), self.then.side)
                except (Unevaluable, ZeroDivisionError):
                    return None
                if value.is_finite() and value.rad() <= abs(value.mid()) * arb("1e-12"):
                    return value
        return None

    def confirmed(self, margin: float, instance: Mapping[str, Any]) -> tuple[arb, Point] | None:
        """The exact instance with its ratio in balls, None where floats were wrong about it."""
        point = point_of(self.given, built(self.given, instance))
        exact = self.enclosed(point)
        if exact is None or not exact > 0:
            return None
        agrees = abs(float(exact.mid().log()) + self.sign * margin) <= _AGREEMENT
        return (exact, point) if agrees else None

    def best(self, found: SearchResult, most: int = 24) -> tuple[arb, Point] | None:
        """The most extreme of the candidates that balls confirm."""
        best = None
        for candidate in found.candidates[:most]:
            checked = self.confirmed(candidate.margin, candidate.instance)
            if checked and (best is None or self.sign * (float(checked[0].mid()) - float(best[0].mid())) > 0):
                best = checked
        return best


_LOSS = find_quantity("loss").symbol


def _extreme(values: Any, side: str) -> arb:
    result = ball(values[0])
    for value in values[1:]:
        result = result.max(ball(value)) if side == "above" else result.min(ball(value))
    return result


def measure_constant(claim: Claim, context: Context) -> Constant | None:
    """The constant of a ``Bounded`` claim about networks; None if no instance met the hypotheses and had a
    ratio.

    ``options["absolute_in"]`` names sizes (students, teachers, dimension) in which the constant is claimed
    not to grow; ``options["table"]`` further quantities by whose decades the best ratio is tabulated.  Raises
    ValueError for a claim of another shape.
    """
    given, then = claim.given, claim.then
    if not isinstance(given, Networks) or not isinstance(then, Bounded):
        raise ValueError(
            f"claim {claim.id!r} has no constant to measure; it needs given=Networks(…), then=Bounded(ratio)"
        )
    ratio = _Ratio(claim, given, then)
    work = context.budget.samples
    found = search(ratio.margin, space_of(given), context.rng(claim, "constant"), work=work)
    best = ratio.best(found)
    if best is None:
        return None
    drift = [
        *(_along_size(claim, given, then, axis, context, work // 16) for axis in _SIZE_AXES if _varies(given, axis)),
        _along_loss(ratio, context, work // 8, best),
        _along_scale(ratio, best[1]),
    ]
    return Constant(
        id=claim.id,
        side=then.side,
        value=best[0].str(12),
        number=float(best[0].mid()),
        instance=describe(best[1]),
        drift=tuple(drift),
        evaluations=found.evaluations,
        met=found.met,
    )


def _varies(given: Networks, axis: str) -> bool:
    low, high = getattr(given, axis)
    return bool(low < high)


def _along_size(claim: Claim, given: Networks, then: Bounded, axis: str, context: Context, work: int) -> AxisDrift:
    low, high = getattr(given, axis)
    rows = []
    for value in sorted({round(size) for size in np.geomspace(max(low, 1), high, 3)}):
        ratio = _Ratio(claim, replace(given, **{axis: value}), then)
        found = search(ratio.margin, space_of(ratio.given), context.rng(claim, f"{axis}={value}"), work=work)
        best = ratio.best(found, 4)
        if best is not None:
            rows.append((float(value), float(best[0].mid())))
    absolute = axis in claim.options.get("absolute_in", ())
    grows = absolute and _follows_a_power(rows, 1.0 if then.side == "above" else -1.0, least=0.2)
    return AxisDrift(axis=axis, rows=tuple(rows), exponent=_exponent(rows), diverges=grows)


def _along_loss(ratio: _Ratio, context: Context, work: int, overall: tuple[arb, Point]) -> AxisDrift:
    """Best ratio at levels of the loss relative to the teachers', from near 1 down, and the best of all."""
    rows: list[tuple[float, float]] = []
    for level in _LEVELS:
        found = search(
            ratio.margin,
            space_of(ratio.given),
            context.rng(ratio.claim, f"loss 1e{level}"),
            work=work,
            hypothesis_slack=lambda batch, level=level: ratio.level_slack(batch, level),  # type: ignore[misc]
        )
        best = ratio.best(found, 4)
        if best is not None:
            rows.append((10.0**level, float(best[0].mid())))
    known = [*rows, (ratio.relative_loss(overall[1]), float(overall[0].mid()))]
    diverges = _follows_a_power(rows, ratio.sign, least=_EXPONENT) or _towers(known, ratio.sign)
    return AxisDrift(axis="loss", rows=tuple(rows), exponent=_exponent(rows), diverges=diverges)


def _along_scale(ratio: _Ratio, point: Point) -> AxisDrift:
    """The ratio at the extremal instance with all neurons rescaled exactly: it must not depend on the unit of
    length.
    """
    power = 1 + find_model(ratio.given.model).parametrisation.exponent
    rows = []
    for place in (-8, -4, 0, 4, 8):
        scaled = ratio.enclosed(_rescaled(point, Rational(2) ** (place * power), Rational(2) ** place))
        if scaled is not None and scaled > 0:
            rows.append((2.0 ** (place * power), float(scaled.mid())))
    exponent = _exponent(rows)
    diverges = len(rows) >= 3 and exponent is not None and abs(exponent) > _EXPONENT
    return AxisDrift(axis="scale", rows=tuple(rows), exponent=exponent, diverges=diverges)


def _rescaled(point: Point, teachers: Rational, students: Rational) -> Point:
    factors = {"v": teachers, "w": students}
    rows = {
        name: tuple(tuple(factors.get(name, Integer(1)) * entry for entry in row) for row in family)
        for name, family in point.rows.items()
    }
    return Point(rows=rows, scalars=point.scalars)


def _exponent(rows: Sequence[tuple[float, float]]) -> float | None:
    """Least-squares slope of log ratio against log axis."""
    usable = [(np.log(x), np.log(y)) for x, y in rows if x > 0 and y > 0]
    if len(usable) < 2:
        return None
    x, y = np.array(usable).T
    return float(round(np.polyfit(x, y, 1)[0], 4))


def _follows_a_power(rows: Sequence[tuple[float, float]], sign: float, least: float) -> bool:
    """Whether the ratio runs away into the last rows: every step along the axis is a power at least
    ``least``, undiminished.
    """
    if len(rows) < 3 or any(y <= 0 for _, y in rows):
        return False
    x, y = np.array([(abs(np.log(a / rows[0][0])), sign * np.log(b)) for a, b in rows]).T
    slopes = np.diff(y) / np.diff(x)
    return bool((slopes > least).all() and slopes[-1] > slopes.max() / 4)


def _towers(rows: Sequence[tuple[float, float]], sign: float) -> bool:
    """Whether the extreme ratio is far out: 1000 times that at the largest loss, and a power at least 0.1 of
    the way there.
    """
    usable = [(x, sign * np.log(y)) for x, y in rows if x > 0 and y > 0]
    if len(usable) < 2:
        return False
    (start, level), (place, top) = usable[0], max(usable, key=lambda row: row[1])
    return bool(top - level > np.log(1e3) and top - level > 0.1 * abs(np.log(place / start)))
