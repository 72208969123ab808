"""Quantities that binary64 supplies itself, through the cancellation-free forms of `Network`, instead of walking their definition.

The textbook loss has no digit left near a minimum; the walk would report violations that are rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from numerics.evaluation.walk import Value, Walk
from numerics.network import Network
from theory.quantity import Setting
from theory.symbols import i

__all__ = ["Supply", "stable_quantities"]

Supply = Mapping[tuple[str, int], Callable[[Walk], Value]]


def stable_quantities(setting: Setting | None) -> Supply:
    """Suppliers by (name, arity): loss, gradient and Hessian form of a batch at exactly its binary64 weights."""
    return MappingProxyType({} if setting is None else {key: _from_network(name) for key, name in _SUPPLIED.items()})


_SUPPLIED = {("loss", 0): "loss", ("gradient", 1): "gradient", ("hessian_form", 0): "hessian_form"}


def _from_network(name: str) -> Callable[[Walk], Value]:
    def supply(walk: Walk) -> Value:
        network, finite = _network(walk)
        if name == "hessian_form":
            direction = _entry(walk, "V")
            inside = np.isfinite(direction).all(axis=(-2, -1))
            data = network.hessian_form(np.where(inside[:, None, None], direction, 0.0))
            return Value(data=np.where(finite & inside, np.atleast_1d(data), np.nan))
        data = np.atleast_1d(getattr(network, name))
        if name == "gradient":
            return Value(data=np.where(finite[:, None, None], data, np.nan), axes=(i,), vector=True)
        return Value(data=np.where(finite, data, np.nan))

    return supply


def _entry(walk: Walk, name: str) -> Any:
    return walk.frame.entries[name].data


def _network(walk: Walk) -> tuple[Network, Any]:
    """The batch of networks under a walk, shared by its quantities, and (B,) where its rows are finite.

    A run that has diverged, or students built from undefined trees, leave NaN in a batch; `Network` admits none.
    """
    shared = walk.shared.get("network")
    if shared is None:
        weights = {"student_weights": "alpha", "teacher_weights": "omega"}
        given = {key: _entry(walk, name) for key, name in weights.items() if name in walk.frame.entries}
        students, teachers = _entry(walk, "w"), _entry(walk, "v")
        finite = np.isfinite(students).all(axis=(-2, -1)) & np.isfinite(teachers).all(axis=(-2, -1))
        if not finite.all():
            students = np.where(finite[:, None, None], students, 0.0)
            teachers = np.where(finite[:, None, None], teachers, 0.0)
        shared = Network(model=walk.setting.model, students=students, teachers=teachers, **given), finite
        walk.shared["network"] = shared
    return shared
