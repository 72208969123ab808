"""The ratio of a claim about a constant on instances: searched in floats, confirmed in balls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from flint import arb

from checks.claim import Claim
from checks.constant_polish import polished
from checks.given import Networks, Point
from checks.instances import frame_of_point, shared_walks, space_of, walk_over
from checks.relation import AtMost, Below, Bounded
from checks.separation import with_separation
from checks.simplify import built, point_of
from checks.truth import Answer, float_margin, premise_met
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, precision
from numerics.search.adversarial import SearchResult, search
from theory.heads import norm
from theory.model import find_model
from theory.quantity import find_quantity
from theory.symbols import a, over, teachers

__all__ = ["Ratio"]

Floats = np.ndarray[Any, np.dtype[np.float64]]
Margin = Callable[[Mapping[str, Any]], Floats]

_PRECISIONS = (128, 256, 512, 1024)
# Relative agreement that the float ratio must have with the enclosure to count; beyond that it is rounding.
_AGREEMENT = 1e-3
# The other unit of length, no power of 2, and so many instances tell how the ratio depends on it.
_UNIT, _ENOUGH = 3.0, 64
# Unconfirmed extremes of a batch after which the others are given up.
_FAILURES = 8
# Weight of a violated hypothesis, in logarithms of the ratio per relative violation.
_PENALTY = 10.0
# Of the candidates of each layout so many are polished by a few steps, and so many of the best ones thoroughly.
_FIRST_POLISH, _POLISHED, _THOROUGHLY, _AT_LEVEL = 25, 5, 2, 4


class Ratio:
    """The ratio of one claim on instances, in floats and in balls."""

    def __init__(self, claim: Claim, given: Networks, then: Bounded) -> None:
        given = with_separation(given)
        self.claim, self.given, self.then = claim, given, then
        self.sign = 1.0 if then.side == "above" else -1.0
        # The drawn instance of the most extreme ratio that `best` has confirmed.
        self.extreme: Mapping[str, Any] | None = None
        self._walk = shared_walks(claim, given)
        self._shift: float | None = None

    def guarded(self, slack: Margin | None = None, *, balls: bool = False) -> Margin:
        """`margin`, but NaN where another unit of length shows that a new extreme is all rounding.

        Noise in numbers that should vanish is the most extreme ratio there is, and would keep a search from all others.
        With ``slack``, only instances at which it is not negative count as extremes; with ``balls`` a new extreme must
        also be confirmed by an enclosure.
        """
        known = np.inf

        def margin(batch: Mapping[str, Any]) -> Floats:
            nonlocal known
            here = self.margin(batch)
            if slack is not None:
                here = np.where(slack(batch) >= 0, here, np.nan)
            news = np.flatnonzero(here < known)
            if news.size:
                here[news] = self._without_noise(batch, here, news)
                if balls:
                    self._keep_confirmed(batch, here, news, known)
                known = float(np.fmin.reduce(here[news], initial=known))
            return here

        return margin

    def _keep_confirmed(self, batch: Mapping[str, Any], here: Floats, news: Any, known: float) -> None:
        """NaN for the most extreme of the rows ``news`` until balls confirm one, for all of them after a few failures."""
        for _ in range(_FAILURES):
            left = news[here[news] < known]
            if not left.size:
                return
            row = int(left[here[left].argmin()])
            instance = {name: array[row if len(array) > 1 else 0] for name, array in batch.items()}
            if self.confirmed(float(here[row]), instance):
                return
            here[row] = np.nan
        here[news] = np.nan

    def _without_noise(self, batch: Mapping[str, Any], here: Floats, rows: Any) -> Floats:
        exponent = find_model(self.given.model).parametrisation.exponent
        factors = {"v": _UNIT ** (1 + exponent), "w": _UNIT}
        size = len(here)
        some = {
            name: factors.get(name, 1.0) * np.broadcast_to(array, (size, *np.shape(array)[1:]))[rows]
            for name, array in batch.items()
        }
        shift = self.margin(some) - here[rows]
        told = np.isfinite(shift)
        if self._shift is None and np.count_nonzero(told) >= _ENOUGH:
            # A ratio of dimension length^p moves by −sign · p log 3.
            self._shift = _agreed(np.sort(shift[told]))
        if self._shift is None:
            return here[rows]
        # Hypotheses with a scale of their own may fail in the other unit, which then says nothing.
        met = self.hypotheses_slack(some) >= 0 if self.given.where else np.ones(len(told), dtype=bool)
        noise = np.where(told, np.abs(shift - self._shift) > _AGREEMENT, met)
        return np.where(noise, np.nan, here[rows])

    def margin(self, batch: Mapping[str, Any]) -> Floats:
        """−sign · log ratio: what the search makes small; NaN where the hypotheses are not met."""
        return self._margin(batch)

    def relaxed(self, batch: Mapping[str, Any]) -> Floats:
        """The margin, plus a multiple of how far the hypotheses are from being met."""
        if not self.given.where:
            return self._margin(batch)
        return self._margin(batch, bound=False) + _PENALTY * np.maximum(0.0, -self.hypotheses_slack(batch))

    def _margin(self, batch: Mapping[str, Any], bound: bool = True) -> Floats:
        size = max(len(array) for array in batch.values())
        with np.errstate(all="ignore"):
            walk = self._walk(batch)
            value = walk(self.then.ratio)
            flat = np.broadcast_to(value.data, (size, *value.data.shape[1:])).reshape(size, -1)
            # A vanishing ratio is no news for a sup and −∞ for an inf; a negative one is left out.
            logs = np.where(flat > 0, np.log(flat), np.where(flat == 0, -700.0, np.nan))
            worst = np.where(np.isnan(logs), -np.inf, self.sign * logs).max(axis=1)
            margins = np.where(np.isfinite(worst), -worst, np.nan)
            for relation in self.given.where if bound else ():
                met = np.broadcast_to(float_margin(walk, (), relation), (size,))
                floor = 0.0 if isinstance(relation, AtMost | Below) else -1e-9
                margins = np.where(met >= floor, margins, np.nan)
            return np.where((batch["v"] != 0).any(axis=-1).all(axis=-1), margins, np.nan)

    def level_slack(self, batch: Mapping[str, Any], level: float) -> Floats:
        """≥ 0 where log10 of the loss relative to Θ² (‖v‖^{2k} for activations of degree k) is within 1 of
        ``level``.
        """
        size = max(len(array) for array in batch.values())
        walk = self._walk(batch)
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

    def hypotheses_slack(self, batch: Mapping[str, Any]) -> Floats:
        """≥ 0 where the hypotheses hold: what leads the search to them, and along their boundary."""
        size = max(len(array) for array in batch.values())
        with np.errstate(all="ignore"):
            walk = self._walk(batch)
            slack = [np.broadcast_to(float_margin(walk, (), relation), (size,)) for relation in self.given.where]
        return np.minimum.reduce(slack)

    def searched(self, rng: np.random.Generator, work: int) -> SearchResult:
        """The search for the most extreme ratio."""
        only_inequalities = all(isinstance(relation, AtMost | Below) for relation in self.given.where)
        slack = self.hypotheses_slack if self.given.where and only_inequalities else None
        return search(self.guarded(balls=True), space_of(self.given), rng, work=work, hypothesis_slack=slack)

    def _polished(
        self, candidates: list[tuple[float, Any]], also: Sequence[Mapping[str, Any]], iterations: int
    ) -> list[tuple[float, Any]]:
        def all_of(some: list[tuple[float, Any]], most: int, thorough: bool) -> list[tuple[float, Any]]:
            found = []
            for _, instance in some:
                better = polished(self.guarded(), instance, iterations=most, thorough=thorough, relaxed=self.relaxed)
                found.append((float(self.margin({name: array[None] for name, array in better.items()})[0]), better))
            return sorted(found, key=lambda pair: pair[0])

        # The best of every layout: extremal instances often lie in few dimensions, sampled margins say little of it.
        kept: dict[tuple[int, ...], list[tuple[float, Any]]] = {}
        for pair in candidates:
            kept.setdefault(np.shape(pair[1]["w"]), []).append(pair)
        chosen = [pair for some in kept.values() for pair in some[:_POLISHED]]
        first = all_of([*chosen, *((np.inf, instance) for instance in also)], _FIRST_POLISH, False)
        return [*all_of(first[:_THOROUGHLY], iterations, True), *first, *candidates]

    def best_at_level(
        self, rng: np.random.Generator, work: int, level: float, polish: bool
    ) -> tuple[arb, Point] | None:
        """The most extreme ratio that a search among networks of about this loss finds, in balls."""
        slack = lambda batch: self.level_slack(batch, level)  # noqa: E731
        found = search(self.guarded(slack, balls=True), space_of(self.given), rng, work=work, hypothesis_slack=slack)
        best = None if polish else self.best(found, _AT_LEVEL)
        for candidate in found.candidates[: _AT_LEVEL * polish]:
            instance = polished(self.guarded(slack), candidate.instance, iterations=_FIRST_POLISH, thorough=False)
            margin = float(self.margin({name: array[None] for name, array in instance.items()})[0])
            for some in ((margin, instance), (candidate.margin, candidate.instance)):
                checked = self.confirmed(*some)
                if checked:
                    best = self.better(best, checked)
                    break
        return best

    def better(self, one: tuple[arb, Point] | None, other: tuple[arb, Point]) -> tuple[arb, Point]:
        """The more extreme of two confirmed instances."""
        if one is None or self.sign * (float(other[0].mid()) - float(one[0].mid())) > 0:
            return other
        return one

    def confirmed(self, margin: float, instance: Mapping[str, Any]) -> tuple[arb, Point] | None:
        """The exact instance with its ratio in balls, None where floats were wrong about it."""
        point = point_of(self.given, built(self.given, instance))
        exact = self.enclosed(point)
        if exact is None or not exact > 0:
            return None
        agrees = abs(float(exact.mid().log()) + self.sign * margin) <= _AGREEMENT
        return (exact, point) if agrees else None

    def best(
        self, found: SearchResult, most: int = 24, polish: int = 0, also: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[arb, Point] | None:
        """The most extreme of the candidates that balls confirm; with ``polish`` the best ones and those ``also`` given
        are first led downhill by so many steps.
        """
        best = None
        rows = found.candidates if polish else found.candidates[:most]
        candidates = [(candidate.margin, candidate.instance) for candidate in rows]
        if polish:
            candidates = self._polished(candidates, also, polish)
        left = most
        for margin, instance in candidates:
            # Where floats are wrong about the polished ones, those that they come from stand in.
            if left == 0 or (best is None and not np.isfinite(margin)):
                break
            checked = self.confirmed(margin, instance)
            left -= 1 if checked or not polish else 0
            if checked and self.better(best, checked) is checked:
                best, self.extreme = checked, instance
        return best


_LOSS = find_quantity("loss").symbol


def _agreed(values: Floats) -> float | None:
    """The value that most of the sorted ones share, None if few do: rounding scatters them."""
    counts = np.searchsorted(values, values + _AGREEMENT, side="right") - np.arange(len(values))
    first = int(np.argmax(counts))
    return float(np.median(values[first : first + counts[first]])) if counts[first] >= _ENOUGH // 4 else None


def _extreme(values: Any, side: str) -> arb:
    result = ball(values[0])
    for value in values[1:]:
        result = result.max(ball(value)) if side == "above" else result.min(ball(value))
    return result
