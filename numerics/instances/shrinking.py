"""Shrinking of an exact witness: passes that propose simpler instances, a predicate that alone decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from numerics.instances.simplest import complexity, simplest_near
from numerics.instances.space import Space

Rows = tuple[tuple[Fraction, ...], ...]
ExactInstance = dict[str, Rows | Fraction]
Predicate = Callable[[Mapping[str, Rows | Fraction]], bool]

_TOLERANCES = tuple(Fraction(t) for t in ("1/2", "1/4", "1/10", "1/50", "1/1000", "1e-4", "1e-6", "1e-9", "1e-12"))


@dataclass(kw_only=True)
class Shrinker:
    """Keeps the simplest instance for which the predicate holds, within a limited number of calls of it.

    ``axes_first`` orders the families by who gets the first coordinates and the positive signs: teachers.
    """

    holds: Predicate
    best: ExactInstance
    calls_left: int
    space: Space | None
    axes_first: tuple[str, ...] = ()
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def try_(self, candidate: ExactInstance) -> bool:
        """Adopt the candidate if the predicate holds for it."""
        key = tuple(sorted(candidate.items()))
        if key in self.seen or self.calls_left <= 0 or not self._allowed(candidate):
            return False
        self.seen.add(key)
        self.calls_left -= 1
        answer = self.holds(candidate)
        if not isinstance(answer, bool | np.bool_):
            # A verdict object would count as true whatever it says.
            raise ValueError(f"is_violated returned {answer!r}; return True or False")
        if not answer:
            return False
        self.best = candidate
        return True

    def _allowed(self, candidate: ExactInstance) -> bool:
        """Scalars stay in their intervals; numbers of rows and dimension stay in their ranges."""
        if self.space is None:
            return True
        for scalar in self.space.scalars:
            value = candidate.get(scalar.name)
            if isinstance(value, Fraction) and not scalar.low <= value <= scalar.high:
                return False
        for family in self.space.families:
            rows = candidate.get(family.name)
            if isinstance(rows, tuple):
                if family.like is None and not family.rows[0] <= len(rows) <= family.rows[1]:
                    return False
                if rows and not self.space.dimension[0] <= len(rows[0]) <= self.space.dimension[1]:
                    return False
        return True

    def families(self) -> list[str]:
        """Names of the families."""
        return [name for name, value in self.best.items() if isinstance(value, tuple)]

    def rows(self, name: str) -> Rows:
        """Rows of one family of the best instance."""
        return _rows(self.best, name)

    def tied(self, name: str) -> list[str]:
        """Families that lose their rows together with this one."""
        if self.space is None:
            return [name]
        table = {family.name: family.like or family.name for family in self.space.families}
        return [other for other in self.families() if table.get(other, other) == table.get(name, name)]

    def with_entry(self, name: str, row: int | None, column: int | None, value: Fraction) -> ExactInstance:
        """The best instance with one number replaced."""
        changed = dict(self.best)
        if row is None or column is None:
            changed[name] = value
        else:
            rows = [list(r) for r in self.rows(name)]
            rows[row][column] = value
            changed[name] = tuple(tuple(r) for r in rows)
        return changed

    def entries(self) -> list[tuple[str, int | None, int | None, Fraction]]:
        """Every number of the best instance with its place."""
        found: list[tuple[str, int | None, int | None, Fraction]] = []
        for name, value in self.best.items():
            if isinstance(value, tuple):
                found += [(name, i, j, x) for i, row in enumerate(value) for j, x in enumerate(row)]
            else:
                found.append((name, None, None, value))
        return found


def rounded(instance: ExactInstance, tolerance: Fraction) -> ExactInstance:
    """Every number replaced by the simplest one within a relative tolerance."""
    return {
        name: tuple(tuple(simplest_near(x, tolerance) for x in row) for row in value)
        if isinstance(value, tuple)
        else simplest_near(value, tolerance)
        for name, value in instance.items()
    }


def weight(instance: ExactInstance) -> tuple[int, int, int]:
    """How complicated an instance is: rows, columns, digits of all its numbers together."""
    families = [value for value in instance.values() if isinstance(value, tuple)]
    numbers = [x for rows in families for row in rows for x in row]
    numbers += [value for value in instance.values() if isinstance(value, Fraction)]
    columns = max((len(row) for rows in families for row in rows), default=0)
    digits = sum(complexity(x)[0] + (x != 0) for x in numbers)
    return sum(len(rows) for rows in families), columns, digits


def turned(instance: ExactInstance, axes_first: tuple[str, ...]) -> Iterator[ExactInstance]:
    """The vectors in as few coordinates as they span, the first one along the first axis; then scaled to
    length 1.

    The rotation is made in floats and rounded at several tolerances: a proposal, not an identity.
    """
    names = [name for name in axes_first if instance[name]]
    try:
        blocks = [np.array([[float(x) for x in row] for row in _rows(instance, name)]) for name in names]
    except OverflowError:
        return
    if not names or not blocks[0].shape[1]:
        return
    stacked = np.concatenate(blocks)
    q, r = np.linalg.qr(stacked.T)
    placed = stacked @ (q * np.where(np.diag(r) < 0, -1.0, 1.0))
    reach = np.abs(placed).max(axis=0)
    placed = placed[:, reach > 1e-12 * reach.max()] if reach.any() else placed[:, :1]
    placed[np.abs(placed) < 1e-14 * np.abs(placed).max()] = 0.0
    size = float(np.linalg.norm(stacked[0]))
    for factor in (1.0, size) if 0 < size < np.inf else (1.0,):
        ends = np.cumsum([len(block) for block in blocks])
        candidate = dict(instance)
        for name, block in zip(names, np.split(placed / factor, ends[:-1]), strict=True):
            candidate[name] = tuple(tuple(Fraction(float(x)) for x in row) for row in block)
        for tolerance in _TOLERANCES:
            yield rounded(candidate, tolerance)
        yield candidate


def _rows(instance: ExactInstance, name: str) -> Rows:
    value = instance[name]
    return value if isinstance(value, tuple) else ()


def _turn(shrinker: Shrinker) -> None:
    for candidate in turned(shrinker.best, shrinker.axes_first):
        if weight(candidate) < weight(shrinker.best) and shrinker.try_(candidate):
            return


def _drop_rows(shrinker: Shrinker) -> None:
    for name in shrinker.families():
        size = len(shrinker.rows(name))
        while size >= 1:
            start = len(shrinker.rows(name)) - size
            while start >= 0:
                candidate = dict(shrinker.best)
                for other in shrinker.tied(name):
                    candidate[other] = shrinker.rows(other)[:start] + shrinker.rows(other)[start + size :]
                shrinker.try_(candidate)
                start = min(start - size, len(shrinker.rows(name)) - size)
            size //= 2


def _drop_columns(shrinker: Shrinker) -> None:
    columns = weight(shrinker.best)[1]
    size = columns // 2
    while size >= 1:
        start = weight(shrinker.best)[1] - size
        while start >= 0 and weight(shrinker.best)[1] > size:
            shrinker.try_(
                {
                    name: tuple(row[:start] + row[start + size :] for row in value)
                    if isinstance(value, tuple)
                    else value
                    for name, value in shrinker.best.items()
                }
            )
            start = min(start - size, weight(shrinker.best)[1] - size)
        size //= 2


def _simple_rows(shrinker: Shrinker) -> None:
    """Whole rows zero, or plus or minus another row."""
    for name in shrinker.families():
        for i in range(len(shrinker.rows(name))):
            row = shrinker.rows(name)[i]
            zero = (Fraction(0),) * len(row)
            others = [other for family in shrinker.families() for other in shrinker.rows(family) if any(other)]
            proposals = [zero, *others, *(tuple(-x for x in other) for other in others)]
            for proposal in sorted(set(proposals), key=lambda r: [complexity(x) for x in r]):
                if sum(complexity(x)[0] for x in proposal) >= sum(complexity(x)[0] for x in row):
                    continue
                rows = list(shrinker.rows(name))
                rows[i] = proposal
                if shrinker.try_({**shrinker.best, name: tuple(rows)}):
                    break


def _round_all(shrinker: Shrinker) -> None:
    for tolerance in _TOLERANCES:
        candidate = rounded(shrinker.best, tolerance)
        if weight(candidate) < weight(shrinker.best) and shrinker.try_(candidate):
            return


def _round_entries(shrinker: Shrinker) -> None:
    """Each number alone: zero, one, minus one, and ever closer simplest rationals."""
    for name, row, column, value in shrinker.entries():
        proposals = [Fraction(0), Fraction(1), Fraction(-1), Fraction(round(value))]
        proposals += [simplest_near(value, tolerance) for tolerance in _TOLERANCES]
        for proposal in sorted(set(proposals), key=complexity):
            if complexity(proposal) < complexity(value) and shrinker.try_(
                shrinker.with_entry(name, row, column, proposal)
            ):
                break


def _clear_denominators(shrinker: Shrinker) -> None:
    """All vectors times one common factor."""
    entries = [x for name, row, _, x in shrinker.entries() if row is not None and x != 0]
    for factor in {Fraction(x.denominator) for x in entries} | {1 / abs(x) for x in entries}:
        candidate = {
            name: tuple(tuple(x * factor for x in row) for row in value) if isinstance(value, tuple) else value
            for name, value in shrinker.best.items()
        }
        if weight(candidate) < weight(shrinker.best) and shrinker.try_(candidate):
            return


def _positive_first(shrinker: Shrinker) -> None:
    """Coordinates turned round so that the first number of each is positive, that of the smallest family
    first.
    """
    for column in range(weight(shrinker.best)[1]):
        families = [shrinker.rows(name) for name in shrinker.axes_first]
        entries = [row[column] for rows in families for row in rows if row[column] != 0]
        if entries and entries[0] < 0:
            shrinker.try_(
                {
                    name: tuple(tuple(-x if j == column else x for j, x in enumerate(row)) for row in value)
                    if isinstance(value, tuple)
                    else value
                    for name, value in shrinker.best.items()
                }
            )


PASSES: tuple[Callable[[Shrinker], None], ...] = (
    _drop_rows,
    _drop_columns,
    _turn,
    _simple_rows,
    _round_all,
    _round_entries,
    _clear_denominators,
    _positive_first,
)
