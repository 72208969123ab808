"""The best constant behind an O(·) or Ω(·): estimated by search, bounded from one side by an exact instance.

For ``Bounded(ratio, "above")`` the constant is sup ratio over the instances; every instance is a lower bound
of it, which balls certify.  Nothing here bounds it from the other side.  Whether it exists is judged by its
drift: towards small loss, under exact rescaling, and along sizes where the claim says that the constant is
absolute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from flint import arb
from sympy import Integer, Rational

from checks.claim import Claim
from checks.constant_ratio import Ratio
from checks.given import Networks, Point, exact_rational
from checks.method import Context
from checks.power_law import PowerLaw, fitted_power, lojasiewicz_exponent
from checks.relation import Bounded
from checks.witness import describe
from theory.model import find_model

__all__ = ["AxisDrift", "Constant", "measure_constant", "searches", "tabulated"]

# An axis diverges if the best ratio follows a power of it, this large at least, up to its open end.
_EXPONENT = 0.04
_SIZE_AXES = ("students", "teachers", "dimension")
# Further axes of a table, by the field of the networks that bounds the quantity from below.
_BOUNDED_BELOW = {"Delta": "separation"}
# Steps of the thorough polish of a row of the table.
_ROW_POLISH = 100
# Loss relative to that of the zero network: the levels at which the best ratio is searched.
_LEVELS = (-4, -9, -14, -19)


@dataclass(frozen=True, kw_only=True)
class AxisDrift:
    """Best ratio along one axis: rows (value of the axis, best ratio there), and the power law fitted to
    them.
    """

    axis: str
    rows: tuple[tuple[float, float], ...]
    power: PowerLaw | None = None
    diverges: bool = False

    @property
    def exponent(self) -> float | None:
        """Power of the axis that the best ratio follows."""
        return None if self.power is None else self.power.exponent

    def as_data(self) -> dict[str, Any]:
        """JSON: exponent, its interval (an estimate), and whether the ratio runs away."""
        law = {"exponent": None, "interval": None} if self.power is None else self.power.as_data()
        return {**law, "diverges": self.diverges}


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
    # α of ‖∇L‖ ≥ c L^α, for ratios of the gradient to a power of the loss.
    lojasiewicz: PowerLaw | None = None

    @property
    def diverges(self) -> bool:
        """Whether the ratio grows (or falls) without sign of an end along some axis."""
        return any(axis.diverges for axis in self.drift)

    def as_data(self) -> dict[str, Any]:
        """The JSON of ``lemmata constant``."""
        implied = {} if self.lojasiewicz is None else {"lojasiewicz": self.lojasiewicz.as_data()}
        return {
            **implied,
            "id": self.id,
            "constant": self.value,
            "side": self.side,
            "instance": dict(self.instance),
            "drift": {axis.axis: axis.as_data() for axis in self.drift},
            "table": {axis.axis: [list(row) for row in axis.rows] for axis in self.drift},
        }


def measure_constant(
    claim: Claim, context: Context, *, table: bool = False, advance: Callable[[str], object] = lambda note: None
) -> Constant | None:
    """The constant of a ``Bounded`` claim about networks; None if no instance met the hypotheses and had a
    ratio.

    ``options["absolute_in"]`` names sizes (students, teachers, dimension) in which the constant is claimed
    not to grow.  With ``table``, ``options["table"]`` maps sizes to the values at which the best ratio is
    searched with the work of a whole search each, ``{"students": (2, …, 12)}``, also beyond the sizes of the
    claim, and "Delta" to lower bounds of the teachers' separation; the constant is then the best of all rows within
    the claim.  ``advance(note)`` is called after every
    search, `searches` times.  Raises ValueError for a claim of another shape.
    """
    given, then = claim.given, claim.then
    if not isinstance(given, Networks) or not isinstance(then, Bounded):
        raise ValueError(
            f"claim {claim.id!r} has no constant to measure; it needs given=Networks(…), then=Bounded(ratio)"
        )
    ratio = Ratio(claim, given, then)
    work = context.budget.samples
    found = ratio.searched(context.rng(claim, "constant"), work)
    best = ratio.best(found)
    advance("all sizes")
    wanted = tabulated(claim) if table else {}
    drift, evaluations, met = [], found.evaluations, found.met
    for axis in (*_SIZE_AXES, *_BOUNDED_BELOW):
        if axis in wanted or _varies(given, axis):
            if axis in wanted:
                effort = (work, _ROW_POLISH * context.budget.effort, advance)
            else:
                effort = (work // 16, 0, _silent)
            values = wanted.get(axis) or _three_sizes(given, axis)
            along, rows = _along_size(ratio, axis, values, context, *effort)
            drift.append(along)
            for size, row in rows:
                best = ratio.better(best, row) if _within(given, axis, size) else best
    if best is None:
        return None
    along_loss = _along_loss(ratio, context, work // 8, best, polish=table or context.budget.effort > 1)
    drift += [along_loss, _along_scale(ratio, best[1])]
    return Constant(
        id=claim.id,
        side=then.side,
        value=best[0].str(12),
        number=float(best[0].mid()),
        instance=describe(best[1]),
        drift=tuple(drift),
        evaluations=evaluations,
        met=met,
        lojasiewicz=lojasiewicz_exponent(then, along_loss.power),
    )


def tabulated(claim: Claim) -> dict[str, tuple[Any, ...]]:
    """The sizes and separations at which a claim wants its constant tabulated; ValueError for any other axis."""
    wanted = {axis: tuple(values) for axis, values in dict(claim.options.get("table", {})).items()}
    for axis in wanted:
        if axis not in (*_SIZE_AXES, *_BOUNDED_BELOW):
            known = ", ".join((*_SIZE_AXES, *_BOUNDED_BELOW))
            raise ValueError(f"table axis {axis!r} of claim {claim.id!r}: choose among {known}")
        if axis in _BOUNDED_BELOW:
            wanted[axis] = tuple(map(exact_rational, wanted[axis]))
    return wanted


def _within(given: Networks, axis: str, value: Any) -> bool:
    if axis in _BOUNDED_BELOW:
        bound = getattr(given, _BOUNDED_BELOW[axis])
        return bound is None or bool(value >= exact_rational(bound))
    low, high = getattr(given, axis)
    return bool(low <= value <= high)


def searches(claim: Claim) -> int:
    """How many searches `measure_constant` reports with its table."""
    return 1 + sum(map(len, tabulated(claim).values()))


def _silent(note: str) -> None:
    """Progress of what is too quick to be reported."""


def _varies(given: Networks, axis: str) -> bool:
    if axis in _BOUNDED_BELOW:
        return False
    low, high = getattr(given, axis)
    return bool(low < high)


def _three_sizes(given: Networks, axis: str) -> tuple[int, ...]:
    low, high = getattr(given, axis)
    return tuple(sorted({round(size) for size in np.geomspace(max(low, 1), high, 3)}))


def _along_size(
    whole: Ratio,
    axis: str,
    values: Sequence[Any],
    context: Context,
    work: int,
    iterations: int,
    advance: Callable[[str], object],
) -> tuple[AxisDrift, list[tuple[Any, tuple[arb, Point]]]]:
    """Best ratio at each of the values, with the instances that attain them."""
    claim, found = whole.claim, []
    before: Mapping[str, Any] | None = None
    for value in values:
        ratio = Ratio(claim, replace(claim.given, **{_BOUNDED_BELOW.get(axis, axis): value}), whole.then)  # type: ignore[type-var, arg-type]
        rng = context.rng(claim, f"{axis}={value}")
        also = _grown(before, value, rng) if iterations and before is not None and axis == "students" else []
        best = ratio.best(ratio.searched(rng, work), 4, iterations, also)
        before = ratio.extreme
        if best is not None:
            found.append((value, best))
        advance(f"{axis} = {value}")
    rows = tuple((float(value), float(best[0].mid())) for value, best in found)
    absolute = axis in claim.options.get("absolute_in", ())
    grows = absolute and _follows_a_power(rows, 1.0 if whole.then.side == "above" else -1.0, least=0.2)
    return AxisDrift(axis=axis, rows=rows, power=fitted_power(rows), diverges=grows), found


def _grown(instance: Mapping[str, Any], students: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Instances with more students made from one with fewer: one of its students again, moved a little, as often as is
    wanted; the extremal instances of neighbouring sizes resemble each other.
    """
    size = len(instance["w"])
    grown = []
    for row in range(size if students > size else 0):
        rows = [*range(size), *([row] * (students - size))]
        noise = np.concatenate([np.zeros(size), np.ones(students - size)])[:, None]
        grown.append(
            {
                name: array[rows] * (1 + 0.3 * noise * rng.standard_normal((students, array.shape[1])))
                if np.ndim(array) == 2 and len(array) == size and name != "v" and size > 1
                # Scalars such as a distance shrink a little, as bounds that depend on the size may.
                else (array if np.ndim(array) else 0.8 * array)
                for name, array in instance.items()
            }
        )
    return grown


def _along_loss(ratio: Ratio, context: Context, work: int, overall: tuple[arb, Point], *, polish: bool) -> AxisDrift:
    """Best ratio at levels of the loss relative to the teachers', from near 1 down, and the best of all."""
    rows: list[tuple[float, float]] = []
    for level in _LEVELS:
        best = ratio.best_at_level(context.rng(ratio.claim, f"loss 1e{level}"), work, level, polish)
        if best is not None:
            rows.append((ratio.relative_loss(best[1]), float(best[0].mid())))
    known = [*rows, (ratio.relative_loss(overall[1]), float(overall[0].mid()))]
    diverges = _follows_a_power(rows, ratio.sign, least=_EXPONENT) or _towers(known, ratio.sign)
    return AxisDrift(axis="loss", rows=tuple(rows), power=fitted_power(rows), diverges=diverges)


def _along_scale(ratio: Ratio, point: Point) -> AxisDrift:
    """The ratio at the extremal instance with all neurons rescaled exactly: it must not depend on the unit of
    length.
    """
    power = 1 + find_model(ratio.given.model).parametrisation.exponent
    rows = []
    for place in (-8, -4, 0, 4, 8):
        scaled = ratio.enclosed(_rescaled(point, Rational(2) ** (place * power), Rational(2) ** place))
        if scaled is not None and scaled > 0:
            rows.append((2.0 ** (place * power), float(scaled.mid())))
    law = fitted_power(rows)
    diverges = len(rows) >= 3 and law is not None and abs(law.exponent) > _EXPONENT
    return AxisDrift(axis="scale", rows=tuple(rows), power=law, diverges=diverges)


def _rescaled(point: Point, teachers: Rational, students: Rational) -> Point:
    factors = {"v": teachers, "w": students}
    rows = {
        name: tuple(tuple(factors.get(name, Integer(1)) * entry for entry in row) for row in family)
        for name, family in point.rows.items()
    }
    return Point(rows=rows, scalars=point.scalars)


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
