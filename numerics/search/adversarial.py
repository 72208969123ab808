"""Adversarial search: stratified sampling, then a portfolio of optimisers on the margin from the worst
places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from numerics.instances.layout import Layout
from numerics.instances.sample import sample_batches
from numerics.instances.space import Batch, Space, stack
from numerics.instances.stratum import strata_of
from numerics.search.charts import Cartesian, Chart, Polar
from numerics.search.contraction import Contraction, contracts
from numerics.search.objective import Found, Margin, Objective, Recorder, Tally
from numerics.search.optimiser import Optimiser, portfolio

_SAMPLING_SHARE = 0.4
_GROUPS = 8  # layouts that one optimiser visits in one round
_CANDIDATES = 24


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """Smallest margin found (inf if no instance met the hypotheses), where, and what was done for it.

    ``met`` of ``evaluations`` instances met the hypotheses. ``candidates`` are the best instances of
    different origins, smallest margin first: a margin in floats proves nothing, so each awaits an exact
    recheck.
    """

    margin: float
    instance: Mapping[str, np.ndarray] | None
    evaluations: int
    met: int
    stages: Mapping[str, Tally]
    strata: Mapping[str, Tally]
    candidates: tuple[Found, ...]


def search(
    margin: Margin,
    space: Space,
    rng: np.random.Generator,
    *,
    work: int,
    stages: Sequence[str] | None = None,
    hypothesis_slack: Margin | None = None,
    refine: Margin | None = None,
    stop_below: float | None = None,
    batch: int = 2048,
) -> SearchResult:
    """Smallest value of ``margin`` over the space that about ``work`` evaluations can find.

    ``margin`` maps a batch to (B,) numbers: negative where the statement is violated, NaN where its
    hypotheses are not met or it is undefined. Give relative margins where the statement has a scale:
    magnitudes are compared across instances. ``hypothesis_slack`` >= 0 where the hypotheses are met leads
    the optimisers to them from outside. ``refine`` is the margin in a slower and more accurate form: the
    smallest margins are always redone in it. ``stages`` restricts the portfolio: "strata" and names of
    optimisers. ``stop_below`` ends the search at the first margin below it. Same generator state, same
    result.

    Nothing here is a verdict. Raises ValueError for work < 1, unknown stages, wrongly shaped margins.
    """
    known = ("strata", *portfolio())
    chosen = known if stages is None else tuple(stages)
    unknown = [name for name in chosen if name not in known]
    if work < 1 or unknown or not chosen:
        raise ValueError(f"work={work}, stages={stages!r}: need work >= 1 and stages among {', '.join(known)}")
    optimisers = [optimiser for name, optimiser in portfolio().items() if name in chosen]
    recorder = Recorder(margin=margin, slack=hypothesis_slack, refine=refine, stop_below=stop_below)
    first = work if not optimisers else int(_SAMPLING_SHARE * work) if "strata" in chosen else work // 20
    _sample(recorder, space, rng, first, batch)
    if optimisers and not recorder.pool and not recorder.nearest:
        # Nowhere to start an optimiser from: more of the rare sets is all that can help.
        _sample(recorder, space, rng, work - first, batch)
    total = sum(optimiser.share for optimiser in optimisers)
    for lap in range(2):  # the second lap starts from what the first one found
        for optimiser in optimisers:
            left = (work - first) * optimiser.share / total
            _optimise(recorder, space, optimiser, rng, int(left / 2), lap)
    _sample(recorder, space, rng, work - recorder.evaluations, batch)
    return _result(recorder)


def _sample(recorder: Recorder, space: Space, rng: np.random.Generator, total: int, batch: int) -> None:
    for drawn in sample_batches(space, rng, max(total, 0), batch=batch):
        if recorder.stopped:
            return
        recorder.evaluate(drawn.batch, drawn.layout, "strata", (drawn.stratum,))


def _optimise(
    recorder: Recorder, space: Space, optimiser: Optimiser, rng: np.random.Generator, allowance: int, lap: int
) -> None:
    end = recorder.evaluations + allowance
    groups = _groups(recorder)
    turn = 0
    while groups and recorder.evaluations < end and not recorder.stopped:
        layout, founds = groups[turn % len(groups)]
        before = recorder.evaluations
        left_in_round = max(1, min(len(groups), _GROUPS) - turn)
        # Half of the starts are fresh: the best ones all lie in basins that are wide where sampling is dense.
        share = (end - before) // left_in_round
        count = int(np.clip(share // (12 * layout.size), 1, optimiser.starts))
        starts = founds[: (count + 1) // 2]
        more = _fresh_starts(space, layout, rng, count - len(starts))
        batch = stack([f.instance for f in starts] + [instance for instance, _ in more])
        names = tuple([f.stratum for f in starts] + [name for _, name in more])
        chart = _chart(layout, batch, turn + lap, optimiser.common)
        points = chart.encode()
        margins, _ = recorder.evaluate(batch, layout, optimiser.name, names, np.arange(len(names)))
        size = np.abs(np.nan_to_num(margins, nan=1.0))
        scale = np.full(size.shape, np.median(size)) if optimiser.common else size
        objective = Objective(
            recorder=recorder,
            chart=chart,
            scale=np.maximum(scale, 1e-200),
            strata=names,
            stage=optimiser.name,
        )
        radius = 10.0 ** -rng.choice([0.5, 1.0, 2.0, 4.0, 7.0], len(names), p=[0.4, 0.25, 0.15, 0.1, 0.1])
        optimiser.run(objective, points, radius, rng, share - len(names))
        turn += 1
        if recorder.evaluations - before <= len(names):  # the rest is too small for a step at this size
            groups.pop((turn - 1) % len(groups))
            turn -= 1


def _chart(layout: Layout, starts: Batch, turn: int, common: bool) -> Chart:
    if not common and contracts(layout) and turn % 3 == 2:
        return Contraction(layout, starts)
    return (Cartesian, Polar)[turn % 2](layout, starts, common=common)


def _groups(recorder: Recorder) -> list[tuple[Layout, list[Found]]]:
    """Kept instances by layout, the layouts of the smallest margins first; nearly met ones if none is met."""
    best = recorder.best()
    if not best:
        nearly = sorted(recorder.nearest.items(), key=lambda item: -item[1][0])
        best = [
            Found(margin=-slack, instance=instance, layout=layout, stratum=stratum, stage="strata")
            for (layout, stratum), (slack, instance) in nearly
        ]
    table: dict[Layout, list[Found]] = {}
    for found in best:
        table.setdefault(found.layout, []).append(found)
    return list(table.items())


def _fresh_starts(space: Space, layout: Layout, rng: np.random.Generator, count: int) -> list[tuple[Batch, str]]:
    """Instances of one layout, from strata in random order."""
    fits = [stratum for stratum in strata_of(space) if stratum.least.met_by(layout)]
    starts: list[tuple[Batch, str]] = []
    while fits and len(starts) < count:
        stratum = fits[int(rng.integers(len(fits)))]
        drawn = stratum.draw(layout, rng, 1)
        starts.append(({name: values[0] for name, values in drawn.items()}, stratum.name))
    return starts


def _result(recorder: Recorder) -> SearchResult:
    best = recorder.best()
    met = sum(tally.met for tally in recorder.stages.values())
    candidates: list[Found] = []
    for found in best:  # different origins first, so that one noisy place does not crowd out the others
        if all((c.stratum, c.layout) != (found.stratum, found.layout) for c in candidates):
            candidates.append(found)
    return SearchResult(
        margin=best[0].margin if best else float("inf"),
        instance=best[0].instance if best else None,
        evaluations=recorder.evaluations,
        met=met,
        stages=MappingProxyType(recorder.stages),
        strata=MappingProxyType(recorder.strata),
        candidates=tuple(candidates[:_CANDIDATES]),
    )
