"""Vectors of a symmetric family, for every number r of copies at once.

A vector has components on shared axes, on the axes of the copies that are told apart by labels, and the same
component on the axes of every other copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sympy import Add, Expr, Integer

from theory.symmetric_family import Group

__all__ = ["FamilyVector", "placed"]

Key = TypeVar("Key")


def _sum(left: Mapping[Key, Expr], right: Mapping[Key, Expr]) -> dict[Key, Expr]:
    return {name: left.get(name, Integer(0)) + right.get(name, Integer(0)) for name in {**left, **right}}


def _scaled(components: Mapping[Key, Expr], factor: Expr) -> dict[Key, Expr]:
    return {name: factor * value for name, value in components.items()}


@dataclass(frozen=True, kw_only=True)
class FamilyVector:
    """Components ``common`` by axis, ``own`` by (block, label), ``rest`` by block for all labels not in
    ``labels``.
    """

    common: Mapping[str, Expr] = field(default_factory=dict)
    own: Mapping[tuple[str, int], Expr] = field(default_factory=dict)
    rest: Mapping[str, Expr] = field(default_factory=dict)
    labels: frozenset[int] = frozenset()

    def telling_apart(self, labels: frozenset[int]) -> FamilyVector:
        """The same vector with more labels told apart."""
        new = {(block, label): value for block, value in self.rest.items() for label in labels - self.labels}
        return FamilyVector(common=self.common, own={**self.own, **new}, rest=self.rest, labels=self.labels | labels)

    def times(self, factor: Expr) -> FamilyVector:
        """factor · vector."""
        return FamilyVector(
            common=_scaled(self.common, factor),
            own=_scaled(self.own, factor),
            rest=_scaled(self.rest, factor),
            labels=self.labels,
        )

    def plus(self, other: FamilyVector) -> FamilyVector:
        """Sum of two vectors."""
        labels = self.labels | other.labels
        left, right = self.telling_apart(labels), other.telling_apart(labels)
        return FamilyVector(
            common=_sum(left.common, right.common),
            own=_sum(left.own, right.own),
            rest=_sum(left.rest, right.rest),
            labels=labels,
        )

    def dot(self, other: FamilyVector, copies: Expr) -> Expr:
        """Inner product; the axes are orthonormal, and r − (number of labels) copies are not told apart."""
        labels = self.labels | other.labels
        x, y = self.telling_apart(labels), other.telling_apart(labels)
        terms = [value * y.common.get(name, Integer(0)) for name, value in x.common.items()]
        terms += [value * y.own.get(name, Integer(0)) for name, value in x.own.items()]
        others = copies - len(labels)
        terms += [others * value * y.rest.get(name, Integer(0)) for name, value in x.rest.items()]
        return Add(*terms)

    def over_others(self, label: int, used: frozenset[int], many: Expr) -> FamilyVector:
        """Sum over the ``many`` copies that are not in ``used`` of a vector given at one of them, called
        ``label``.
        """
        value = self.telling_apart(used | {label})
        # On the axis of another copy: what that copy itself contributes, and what each of the others does.
        blocks = {block for block, owner in value.own if owner == label} | set(value.rest)
        rest = {
            block: value.own.get((block, label), Integer(0)) + (many - 1) * value.rest.get(block, Integer(0))
            for block in blocks
        }
        return FamilyVector(
            common=_scaled(value.common, many),
            own=_scaled({key: x for key, x in value.own.items() if key[1] != label}, many),
            rest=rest,
            labels=value.labels - {label},
        )


def placed(group: Group, label: int | None) -> FamilyVector:
    """The row of a group: of the copy of that label, or of a neuron that is there once."""
    if label is None:
        return FamilyVector(common=group.common)
    own = {(block, label): value for block, value in group.own.items()}
    return FamilyVector(common=group.common, own=own, labels=frozenset({label}))
