"""Runs of gradient descent from drawn starts: search for a run that violates the claim, with exact recheck.

Floats only look.  The margin of a start is the smallest relative slack along its run; optimisers push it
down; the worst starts are run again in balls, which alone can refute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from sympy import Rational

from checks.claim import Claim
from checks.evidence import Evidence, trust
from checks.given import Descent, Networks, Point
from checks.instances import frame_of_arrays, space_of, walk_over
from checks.method import Context, Method
from checks.relation import All, AtMost, Below, Equal, Relation
from checks.runs.exact_run import RunFinding, examine_run
from checks.runs.trajectories import chunks, descent_frame, float_starts, recorded_steps, starts_of
from checks.truth import float_margin
from checks.verdict import Verdict
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Frame
from numerics.instances.rational import simplify_witness
from numerics.search.adversarial import SearchResult, search

Floats = np.ndarray[Any, np.dtype[np.float64]]

# Relative slack below which a float margin is a violation and not the rounding of a run.
_BEYOND_ROUNDING = -1e-6
# States evaluated per unit of effort, which the quick budget spends in about a second; `options["states"]` sets another
# number.
_STATES = 100_000
# Pairs of rows that may be evaluated in balls to recheck the worst starts, and runs to simplify one that
# violates.
_RECHECKS, _SIMPLIFICATIONS = 60_000, 40
# Steps of an exact run beyond which a recheck would take minutes.
_EXACT_STEPS = 4_000


def trajectory_margins(claim: Claim, batch: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """(B,) smallest relative slack along each run and (B,) the t where it is.

    NaN where no state meets the hypotheses.
    """
    times, margins = margins_along(claim, batch)
    place = np.where(np.isnan(margins), np.inf, margins).argmin(axis=1)
    return margins[np.arange(len(place)), place], times[place]


def margins_along(claim: Claim, batch: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """(T,) recorded t and (B, T) relative slacks along each run; NaN where the hypotheses are not met."""
    given = claim.given
    assert isinstance(given, Descent)
    times = recorded_steps(given.steps, given.at)
    each = len(times) * sum(int(np.prod(array.shape[1:])) for array in batch.values()) * 2
    pieces = [_block(claim, given, piece, times) for piece in chunks(batch, each)]
    return np.asarray(times, dtype=np.float64), np.concatenate(pieces)


def _block(claim: Claim, given: Descent, batch: Mapping[str, Any], times: list[int]) -> Floats:
    size = max(len(array) for array in batch.values())
    starts = starts_of(given)
    with np.errstate(all="ignore"):
        start, built = _finite_starts(float_starts(given, batch))
        frame = descent_frame(starts, start, given.step, times)
        margins = run_margins(claim, given.where, frame).reshape(size, len(times))
        return np.where((built & _admissible(claim, starts, start, size))[:, None], margins, np.nan)


def _finite_starts(start: Frame) -> tuple[Frame, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The starts with stand-ins for those that could not be built, and (B,) which ones could."""
    entry = start.entries["w"]
    built = np.asarray(np.isfinite(entry.data).all(axis=(1, 2)))
    if built.all():
        return start, built
    students = np.where(built[:, None, None], entry.data, 1.0)
    return replace(start, entries={**start.entries, "w": replace(entry, data=students)}), built


def _admissible(claim: Claim, starts: Networks, start: Frame, size: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if not starts.where:
        return np.ones(size, dtype=bool)
    walk = walk_over(starts, start, Floating(), claim)
    met = [float_margin(walk, (), relation) for relation in starts.where]
    floors = [0.0 if isinstance(relation, AtMost | Below) else _BEYOND_ROUNDING for relation in starts.where]
    return np.all(
        [np.broadcast_to(margin >= floor, (size,)) for margin, floor in zip(met, floors, strict=True)], axis=0
    )


def run_margins(claim: Claim, where: tuple[Relation, ...], frame: Frame) -> Floats:
    """(instances · times,) relative slacks.  A first time beyond the horizon counts both as the next step and
    as infinite: only what is violated either way is violated, and what the two disagree on is left out.
    """
    assert claim.then is not None
    size = frame.entries["t"].data.shape[0]
    walk = walk_over(_model_of(claim), frame, Floating(), claim)
    margins = np.broadcast_to(float_margin(walk, where, claim.then), (size,))
    if not walk.horizon.met:
        return margins
    again = walk_over(_model_of(claim), frame, Floating(), claim)
    again.horizon.censored = True
    censored = np.broadcast_to(float_margin(again, where, claim.then), (size,))
    agree = ~np.isnan(margins) & ((margins < 0) == (censored < 0))
    return np.where(agree, censored, np.nan)


def _model_of(claim: Claim) -> Any:
    given = claim.given
    return starts_of(given) if isinstance(given, Descent) else given


def _applies(claim: Claim) -> bool:
    return (
        isinstance(claim.given, Descent)
        and claim.given.start is None
        and isinstance(claim.then, AtMost | Below | Equal | All)
    )


def _run(claim: Claim, context: Context) -> Evidence:
    given = claim.given
    assert isinstance(given, Descent)
    times = len(recorded_steps(given.steps, given.at))
    states = int(claim.options.get("states", _STATES)) * context.budget.effort**2
    work = max(24, min(context.budget.samples + context.budget.searches, states // times))
    starts = starts_of(given)
    margin: Callable[[Mapping[str, Any]], Floats] = lambda batch: trajectory_margins(claim, batch)[0]  # noqa: E731
    found = search(margin, space_of(starts), context.rng(claim, "trajectories"), work=work)
    numbers: dict[str, Any] = {"runs": found.evaluations, "runs in which the hypotheses were met": found.met}
    scope = f"{found.met} runs of {given.steps} steps, {_sizes(starts)}"
    if found.met == 0:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="binary64",
            quantified_over=scope,
            numbers=numbers,
            detail="no sampled run met the hypotheses: the statement may be vacuous; state them constructively",
            trust=trust("numpy"),
        )
    refutation, unsettled = _rechecked(claim, found)
    if refutation is not None:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.REFUTED,
            arithmetic="balls",
            quantified_over="one exact run",
            detail="found by search, run again in balls",
            numbers={**numbers, **refutation.numbers},
            witness=refutation.witness,
            trust=trust("numpy", "python-flint", precision=refutation.precision),
        )
    numbers["smallest relative margin"] = f"{min(unsettled, default=max(found.margin, 0.0)):.3e}"
    beyond = min(unsettled, default=0.0) < _BEYOND_ROUNDING
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.CONTRADICTED if beyond else Verdict.SUPPORTED,
        arithmetic="binary64",
        quantified_over=scope,
        numbers=numbers,
        trust=trust("numpy"),
        detail="violated in floats, not confirmed in balls" if beyond else "no violation found",
    )


def _rechecked(claim: Claim, found: SearchResult) -> tuple[RunFinding | None, list[float]]:
    """A run that balls confirm as a violation, or else the negative margins that they do not explain."""
    given = claim.given
    assert isinstance(given, Descent)
    unsettled, spent = [], 0
    for candidate in found.candidates:
        if candidate.margin >= 0:
            break
        if given.steps > _EXACT_STEPS or spent > _RECHECKS:
            unsettled.append(candidate.margin)
            continue
        short = _up_to_violation(claim, given, candidate.instance)
        point = _exact(given, candidate.instance)
        finding = examine_run(short, point, precisions=(128, 256))
        if finding.violated:
            return _simplest(short, candidate.instance, finding), []
        spent += _pairs(short, point)
        if not finding.ran:
            # Rounding put the start outside the hypotheses; the run still tells whether the violation is
            # real.
            finding = examine_run(short, point, precisions=(128, 256), any_start=True)
        if finding.violated:
            unsettled.append(candidate.margin)
        elif not finding.certain and not finding.vacuous:
            unsettled.append(_unexplained(short, candidate.instance, finding))
    return None, [margin for margin in unsettled if margin < 0]


def _unexplained(claim: Claim, instance: Mapping[str, Any], finding: RunFinding) -> float:
    """The smallest float margin at the steps that balls left open; where they decided, it is rounding."""
    one = {name: np.asarray(value)[None] for name, value in instance.items()}
    times, margins = margins_along(claim, one)
    left = np.isin(times, finding.open_steps)
    return float(np.nanmin(np.where(left, margins[0], np.nan), initial=np.inf))


def _pairs(claim: Claim, point: Point) -> int:
    """Pairs of rows over all steps: what an exact run costs."""
    given = claim.given
    assert isinstance(given, Descent)
    students, teachers = len(point.rows["w"]), len(point.rows["v"])
    return (given.steps + 10) * students * (students + teachers) * (1 + len(given.companions))


def _up_to_violation(claim: Claim, given: Descent, instance: Mapping[str, Any]) -> Claim:
    """The claim about the run up to its float violation, unless it speaks about the whole run."""
    if _whole_run(claim):
        return claim
    one = {name: np.asarray(value)[None] for name, value in instance.items()}
    _, (when,) = trajectory_margins(claim, one)
    return replace(claim, given=replace(given, steps=max(1, int(when)), at=()))


def _whole_run(claim: Claim) -> bool:
    from theory.observables import Observable

    given = claim.given
    assert isinstance(given, Descent)
    assert claim.then is not None
    trees = [tree for relation in (*given.where, claim.then) for tree in relation.trees()]
    return any(tree.has(Observable) for tree in trees)


def _simplest(claim: Claim, instance: Mapping[str, Any], exact: RunFinding) -> RunFinding:
    given = claim.given
    assert isinstance(given, Descent)
    starts = starts_of(given)
    if starts.drawn_as is not None or starts.students_as is not None:
        return exact

    def violated(candidate: Mapping[str, Any]) -> bool:
        return examine_run(claim, _as_point(starts, candidate), precisions=(128,)).violated

    simple = simplify_witness(instance, violated, space=space_of(starts), calls=_SIMPLIFICATIONS)
    finding = exact if simple is None else examine_run(claim, _as_point(starts, simple))
    return finding if finding.violated else exact


def _exact(given: Descent, instance: Mapping[str, Any]) -> Point:
    """The start at exactly its binary64 numbers; a constructed start is what was built, not what it was built
    from.
    """
    starts = starts_of(given)
    if starts.drawn_as is None:
        return _as_point(starts, instance)
    batch = {name: np.asarray(value)[None] for name, value in instance.items()}
    built = frame_of_arrays(starts, batch, Floating()).entries["w"].data[0]
    return _as_point(starts, {**instance, "w": built})


def _as_point(starts: Networks, instance: Mapping[str, Any]) -> Point:
    rows, scalars = {}, {}
    for name, value in instance.items():
        array = np.asarray(value, dtype=object)
        if array.ndim == 2:
            width = 1 if name in starts.coefficients else array.shape[1]
            rows[name] = tuple(tuple(_rational(entry) for entry in row[:width]) for row in array)
        else:
            scalars[name] = _rational(array[()])
    return Point(rows=rows, scalars=scalars)


def _rational(value: Any) -> Rational:
    numerator, denominator = (float(value) if isinstance(value, np.floating) else value).as_integer_ratio()
    return Rational(numerator, denominator)


def _sizes(starts: Networks) -> str:
    (low, high), (d_low, d_high) = starts.students, starts.dimension  # type: ignore[misc]
    return f"{low} ≤ n ≤ {high}, {d_low} ≤ d ≤ {d_high}"


METHOD = Method(name="trajectories", order=50, applies=_applies, run=_run)
