"""What an optimiser minimises: margins comparable across scales, hypotheses as penalties, all counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from numerics.instances.layout import Layout
from numerics.instances.space import Batch, Floats, one_instance
from numerics.search.charts import Chart, Owners

Margin = Callable[[Mapping[str, Floats]], Floats]

UNMET = 1e3  # keys from here on: hypotheses not met, by how much is added
UNDEFINED = 1e4  # neither margin nor slack is a number
_KEPT = 256
_LARGEST = 1e60


@dataclass(frozen=True, kw_only=True)
class Found:
    """An instance with its float margin, and where it comes from."""

    margin: float
    instance: Batch
    layout: Layout
    stratum: str
    stage: str


@dataclass(kw_only=True)
class Tally:
    """Instances evaluated and those that met the hypotheses, with the smallest margin among these."""

    evaluated: int = 0
    met: int = 0
    smallest: float = float("inf")

    def add(self, margins: Floats, met: int) -> None:
        """Count a batch; ``margins`` holds only those that are met."""
        self.evaluated += margins.size
        self.met += met
        if met:
            self.smallest = min(self.smallest, float(np.nanmin(margins)))


@dataclass(kw_only=True)
class Recorder:
    """Evaluates margins in batches, counts them per stage and stratum, and keeps the best instances.

    Margins that are not finite count as undefined. ``slack`` >= 0 says that the hypotheses are met; where
    it is negative the margin is not used and the slack only guides. ``refine`` is a slower and more
    accurate margin: the smallest margin of every batch is one that it gave, so that rounding noise of the
    fast form is never kept.
    """

    margin: Margin
    slack: Margin | None = None
    refine: Margin | None = None
    stop_below: float | None = None
    evaluations: int = 0
    stages: dict[str, Tally] = field(default_factory=dict)
    strata: dict[str, Tally] = field(default_factory=dict)
    pool: dict[tuple[Layout, str, str], Found] = field(default_factory=dict)
    nearest: dict[tuple[Layout, str], tuple[float, Batch]] = field(default_factory=dict)

    @property
    def stopped(self) -> bool:
        """Whether a margin below ``stop_below`` was found."""
        return self.stop_below is not None and any(t.smallest < self.stop_below for t in self.stages.values())

    def evaluate(
        self, batch: Batch, layout: Layout, stage: str, strata: tuple[str, ...], owner: Owners | None = None
    ) -> tuple[Floats, Floats]:
        """(margins, slacks): a margin is NaN where the hypotheses are not met; slack NaN where it is
        undefined.

        Instance b descends from stratum ``strata[owner[b]]``; without ``owner`` the batch was drawn from
        the only one.
        """
        size = len(next(iter(batch.values())))
        with np.errstate(all="ignore"):
            margins = _checked(self.margin(batch), size, "margin")
            slack = np.where(np.isnan(margins), np.nan, 0.0)
            if self.slack is not None:
                slack = _checked(self.slack(batch), size, "hypothesis_slack")
                margins = np.where(slack >= 0, margins, np.nan)
            if self.refine is not None:
                margins = self._refined(batch, margins)
        met = int(np.count_nonzero(~np.isnan(margins)))
        self.evaluations += size
        self.stages.setdefault(stage, Tally()).add(margins, met)
        if owner is None:
            self.strata.setdefault(strata[0], Tally()).add(margins, met)
        if met:
            best = int(np.nanargmin(margins))
            self._keep(float(margins[best]), batch, best, layout, strata[0 if owner is None else owner[best]], stage)
        elif self.slack is not None and np.any(slack < 0):
            best = int(np.nanargmax(slack))
            stratum = strata[0 if owner is None else owner[best]]
            known = self.nearest.get((layout, stratum))
            if known is None or known[0] < slack[best]:
                self.nearest[layout, stratum] = (float(slack[best]), one_instance(batch, best))
        return margins, slack

    def _refined(self, batch: Batch, margins: Floats) -> Floats:
        """Margins whose smallest one is refined: the smallest rough ones are redone, twice as many at each
        attempt.
        """
        assert self.refine is not None
        margins, rough, count = margins.copy(), margins.copy(), 8
        smallest = np.inf
        while np.any(rough < smallest):
            chosen = np.argsort(rough, kind="stable")[: min(count, int(np.count_nonzero(~np.isnan(rough))))]
            part = {name: values[chosen] for name, values in batch.items()}
            margins[chosen] = _checked(self.refine(part), chosen.size, "refine")
            smallest = float(np.fmin.reduce(margins[chosen], initial=smallest))
            rough[chosen] = np.nan
            count *= 2
        return margins

    def _keep(self, margin: float, batch: Batch, index: int, layout: Layout, stratum: str, stage: str) -> None:
        key = (layout, stratum, stage)
        if key in self.pool and self.pool[key].margin <= margin:
            return
        self.pool[key] = Found(
            margin=margin, instance=one_instance(batch, index), layout=layout, stratum=stratum, stage=stage
        )
        if len(self.pool) > _KEPT:
            del self.pool[max(self.pool, key=lambda k: self.pool[k].margin)]

    def best(self) -> list[Found]:
        """Kept instances, smallest margin first."""
        return sorted(self.pool.values(), key=lambda found: found.margin)


@dataclass(frozen=True, kw_only=True)
class Objective:
    """``objective(points, owner) -> (keys, slacks)`` on the coordinates of a chart; smaller keys are worse
    for the claim.

    Keys are asinh(margin / scale of the owner) where the hypotheses are met, ``UNMET`` plus the asinh of
    the violation where they are not, ``UNDEFINED`` where nothing is a number: increasing in the margin, of
    full resolution near zero, finite everywhere.
    """

    recorder: Recorder
    chart: Chart
    scale: Floats
    strata: tuple[str, ...]
    stage: str

    @property
    def stopped(self) -> bool:
        """Whether the search has found what it was asked for."""
        return self.recorder.stopped

    def __call__(self, points: Floats, owner: Owners) -> tuple[Floats, Floats]:
        batch = _within_range(self.chart.decode(points, owner))
        margins, slack = self.recorder.evaluate(batch, self.chart.layout, self.stage, self.strata, owner)
        with np.errstate(all="ignore"):
            keys = np.clip(np.arcsinh(margins / self.scale[owner]), -UNMET / 2, UNMET / 2)
            keys = np.where(np.isnan(keys) & (slack < 0), UNMET + np.arcsinh(-slack), keys)
        return np.where(np.isnan(keys), UNDEFINED, np.minimum(keys, UNDEFINED)), slack


def _within_range(batch: Batch) -> Batch:
    """Rows below 1e-60 become exactly zero and entries stay below 1e60: fourth powers neither vanish nor
    overflow.
    """
    for name, rows in batch.items():
        if rows.ndim == 3 and rows.size:
            rows = np.clip(rows, -_LARGEST, _LARGEST)
            rows[np.abs(rows).max(axis=2) < 1.0 / _LARGEST] = 0.0
            batch[name] = rows
    return batch


def _checked(values: object, size: int, argument: str) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (size,):
        raise ValueError(f"{argument} returned shape {array.shape} for {size} instances; return one number for each")
    return np.where(np.isfinite(array), array, np.nan)
