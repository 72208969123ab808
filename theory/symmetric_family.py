"""Families of networks with r-fold symmetry, given exactly for every r at once.

A `Group` is a neuron in r copies, or once.  Copy k of a repeated group has a component along axes of its own,
e_{block, k}, and one along axes that all neurons share; all axes are orthonormal:

    row_k = Σ_block own[block] · e_{block, k} + Σ_axis common[axis] · f_axis.

Two copies are told apart only by whether k is the same, so that sums over neurons are polynomials in r
(`theory.family_walk`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr, Integer, Symbol

__all__ = ["COPIES", "Group", "SymmetricFamily"]

COPIES = Symbol("r", integer=True, positive=True)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A neuron: in r copies if it has ``own`` components, once otherwise.  Coefficients are trees over the
    parameters.
    """

    own: Mapping[str, Expr] = field(default_factory=dict)
    common: Mapping[str, Expr] = field(default_factory=dict)

    @property
    def repeated(self) -> bool:
        """Whether there are r copies."""
        return bool(self.own)


@dataclass(frozen=True, kw_only=True)
class SymmetricFamily:
    """Students and teachers of a model for every r ≥ 1 = ``copies`` and every value of the positive
    ``parameters``.

    ``parameters`` maps a symbol to its open interval; ``lengths`` maps further positive symbols to their
    squares, e.g. {k: 1 − s²}, and coefficients of rows are monomials in all of these.  Raises ValueError for
    symbols that are not declared, or not declared positive.
    """

    students: tuple[Group, ...]
    teachers: tuple[Group, ...]
    copies: Symbol = COPIES
    parameters: Mapping[Symbol, tuple[Expr, Expr]] = field(default_factory=dict)
    lengths: Mapping[Symbol, Expr] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {*self.parameters, *self.lengths}
        for symbol in (*known, self.copies):
            if symbol.is_positive is not True:
                raise ValueError(
                    f"{symbol} of a family is not declared positive: Symbol({str(symbol)!r}, positive=True)"
                )
        for group in (*self.students, *self.teachers):
            for coefficient in (*group.own.values(), *group.common.values()):
                stray = Integer(1) * coefficient
                if stray.free_symbols - known:
                    names = ", ".join(sorted(map(str, stray.free_symbols - known)))
                    raise ValueError(f"coefficient {coefficient} of a family uses {names}; declare them")
        if not self.students or not self.teachers:
            raise ValueError("a family needs at least one group of students and one of teachers")

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the blocks of r axes each."""
        return self._names("own")

    @property
    def axes(self) -> tuple[str, ...]:
        """Names of the shared axes."""
        return self._names("common")

    def _names(self, kind: str) -> tuple[str, ...]:
        groups = (*self.students, *self.teachers)
        return tuple(dict.fromkeys(name for group in groups for name in getattr(group, kind)))

    @property
    def dimension(self) -> Expr:
        """d = r · (number of blocks) + number of shared axes."""
        return self.copies * len(self.blocks) + len(self.axes)

    def count(self, groups: tuple[Group, ...]) -> Expr:
        """Number of neurons in these groups."""
        repeated = sum(group.repeated for group in groups)
        return self.copies * repeated + (len(groups) - repeated)

    def rows(self, groups: tuple[Group, ...], copies: int) -> list[list[Expr]]:
        """Coordinates of these neurons for a given r, group by group."""
        width = copies * len(self.blocks) + len(self.axes)
        rows = []
        for group in groups:
            for copy in range(copies if group.repeated else 1):
                row = [Integer(0)] * width
                for block, value in group.own.items():
                    row[self.blocks.index(block) * copies + copy] = value
                for axis, value in group.common.items():
                    row[copies * len(self.blocks) + self.axes.index(axis)] = value
                rows.append(row)
        return rows
