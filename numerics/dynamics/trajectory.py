"""`Trajectory`: what a flow or a descent did, with the evidence for its accuracy; saved as npz without
pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.rates import Rate, measure_rate
from numerics.network import Network
from theory.model import Model, custom_model, find_model, models

__all__ = ["Event", "Trajectory"]

Floats = NDArray[np.float64]

FORMAT = 2
_ARRAYS = (
    "t",
    "states",
    "teachers",
    "loss",
    "residual",
    "loss_rate",
    "student_weights",
    "teacher_weights",
    "basis",
    "statuses",
)
_GROUPS = ("quantities", "steps", "carry")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened at time ``t``: ``name`` such as "collapse", the neuron concerned or None, and a
    sentence; in a batch, the ``instance`` it happened to.
    """

    name: str
    t: float
    neuron: int | None
    message: str
    instance: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectory:
    """States of the students at recorded times.

    ``kind``: "flow" or "descent".  ``status``: "finished", or what ended the run early ("collapse",
    "stalled", "diverged"; "mixed" in a batch whose ``statuses`` differ); ``message`` says what happened and
    what to try.  ``t`` (T,) times (steps for a descent); ``states`` (T, ..., n, k) weights of the students
    and ``teachers`` (..., m, k) in ``reduced_dimension`` k coordinates, ``basis`` (..., k, d) leads back to
    R^d (None if there is none).  ``residual`` (T, ..., k) is r = Σ a_i u_i − Σ ω_a v_a; where it was a
    variable of the integration it is far more accurate than what the rounded states give, and so are
    ``loss`` and ``loss_rate`` = L̇ = −‖∇L‖² (T, ...).  An instance of a batch that ended early is NaN from
    there on.

    ``quantities`` holds what was asked for by name, ``steps`` time, loss and L̇ at the steps of the integrator
    (thinned), ``monitors`` the invariants watched, ``error_evidence`` what is known about the error, and
    ``carry`` what a resumed run needs to lose nothing.
    """

    model: Model
    kind: str = "flow"
    status: str
    message: str
    t: Floats
    states: Floats
    teachers: Floats
    loss: Floats
    residual: Floats
    loss_rate: Floats | None = None
    student_weights: Floats | None = None
    teacher_weights: Floats | None = None
    quantities: Mapping[str, Floats] = field(default_factory=dict)
    steps: Mapping[str, Floats] = field(default_factory=dict)
    monitors: Mapping[str, float] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    reduced_dimension: int
    dimension: int
    basis: Floats | None = None
    error_evidence: Mapping[str, float | str] = field(default_factory=dict)
    carry: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    statuses: NDArray[np.str_] | None = None

    def __repr__(self) -> str:
        loss = np.max(self.loss[-1], initial=0.0, where=np.isfinite(self.loss[-1]))
        return f"Trajectory({self.model.name}, {self.status}, t={self.t[-1]:g}, loss={loss:.6g})"

    @property
    def networks(self) -> Network:
        """All recorded states as one batch of networks (T, ...), in reduced coordinates."""
        return Network(
            model=self.model,
            students=self.states,
            teachers=self.teachers,
            student_weights=self.student_weights,
            teacher_weights=self.teacher_weights,
        )

    def rate(self, quantity: str = "loss", *, exponent: float | None = None) -> Rate:
        """The law by which a recorded positive quantity falls; see `numerics.dynamics.rates.measure_rate`.

        Raises ValueError for a quantity that was not recorded, or a batch.
        """
        if self.loss.ndim != 1:
            raise ValueError(f"this run is a batch {self.loss.shape[1:]}; take one instance first: run.instance(0)")
        if quantity == "loss":
            floor = float(self.error_evidence.get("loss_floor", 0.0))
            if len(self.steps.get("t", ())) > len(self.t):
                t, loss, slope = (self.steps[name] for name in ("t", "loss", "loss_rate"))
                return measure_rate(t, loss, slope, exponent=exponent, floor=floor)
            return measure_rate(self.t, self.loss, self.loss_rate, exponent=exponent, floor=floor)
        if quantity not in self.quantities or self.quantities[quantity].shape != self.t.shape:
            known = [name for name, values in self.quantities.items() if values.shape == self.t.shape]
            raise ValueError(f"{quantity!r} was not recorded as one number per time; recorded: {['loss', *known]}")
        return measure_rate(self.t, self.quantities[quantity], None, exponent=exponent)

    def instance(self, *index: int) -> Trajectory:
        """One run of a batch, up to where it ended.  Raises ValueError if ``index`` has not one entry per axis."""
        if len(index) != self.loss.ndim - 1:
            raise ValueError(f"index={index} does not fit the batch {self.loss.shape[1:]}; give one number per axis")
        place: Any = (slice(None), *index)
        alive = np.isfinite(self.states[place]).all(axis=(-2, -1))

        def own(array: Any, shared: int) -> Any:
            return array if array is None or array.ndim == shared else array[index]

        status = self.status if self.statuses is None else str(self.statuses[index])
        return replace(
            self,
            status=status,
            message=self.message if status == self.status else status,
            t=self.t[alive],
            states=self.states[place][alive],
            teachers=own(self.teachers, 2),
            loss=self.loss[place][alive],
            residual=self.residual[place][alive],
            loss_rate=None if self.loss_rate is None else self.loss_rate[place][alive],
            student_weights=own(self.student_weights, 1),
            teacher_weights=own(self.teacher_weights, 1),
            basis=own(self.basis, 2),
            quantities={name: values[place][alive] for name, values in self.quantities.items()},
            events=tuple(replace(event, instance=None) for event in self.events if event.instance in (None, index)),
            statuses=None,
        )

    def students(self, index: int = -1) -> Floats:
        """Students of one recorded state in R^d, or in reduced coordinates where no basis exists."""
        state = self.states[index]
        return state if self.basis is None else state @ self.basis

    def final(self) -> Network:
        """The last state as a network, from which another run can go on."""
        return Network(
            model=self.model,
            students=self.states[-1],
            teachers=self.teachers,
            student_weights=self.student_weights,
            teacher_weights=self.teacher_weights,
        )

    def save(self, path: str | Path) -> None:
        """Write an npz file: arrays and one JSON string, no pickles."""
        arrays: dict[str, Any] = {name: value for name in _ARRAYS if (value := getattr(self, name)) is not None}
        arrays |= {f"{group}:{name}": value for group in _GROUPS for name, value in getattr(self, group).items()}
        known = self.model.name in models() and models()[self.model.name] == self.model
        parts = {
            "activation": self.model.activation.name,
            "parametrisation": self.model.parametrisation.name,
            "scale": str(self.model.scale),
        }
        meta = {
            "format": FORMAT,
            "model": self.model.name if known else parts,
            "kind": self.kind,
            "status": self.status,
            "message": self.message,
            "monitors": dict(self.monitors),
            "events": [vars(event) for event in self.events],
            "reduced_dimension": self.reduced_dimension,
            "dimension": self.dimension,
            "error_evidence": dict(self.error_evidence),
        }
        with Path(path).open("wb") as file:
            np.savez(file, allow_pickle=False, meta=np.array(json.dumps(meta)), **arrays)

    @classmethod
    def load(cls, path: str | Path) -> Trajectory:
        """Read what `save` wrote.  Raises ValueError (one line) for anything else; never unpickles."""
        try:
            with np.load(Path(path), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            meta = json.loads(str(arrays.pop("meta")))
            if meta["format"] != FORMAT:
                raise ValueError(f"format {meta['format']}")
            named = meta["model"]
            groups: dict[str, Any] = {group: {} for group in _GROUPS}
            for name in [name for name in arrays if ":" in name]:
                group, _, key = name.partition(":")
                groups[group][key] = arrays.pop(name)
            return cls(
                model=find_model(named) if isinstance(named, str) else _from_parts(named),
                kind=meta["kind"],
                status=meta["status"],
                message=meta["message"],
                monitors=meta["monitors"],
                events=tuple(map(_event, meta["events"])),
                reduced_dimension=meta["reduced_dimension"],
                dimension=meta["dimension"],
                error_evidence=meta["error_evidence"],
                **groups,
                **arrays,
            )
        except Exception as error:
            raise ValueError(
                f"{str(path)!r} is not a saved trajectory ({error}); write one with Trajectory.save"
            ) from error


def _event(data: Mapping[str, Any]) -> Event:
    instance = data["instance"]
    return Event(**{**data, "instance": None if instance is None else tuple(instance)})


def _from_parts(parts: Mapping[str, str]) -> Model:
    from sympy import Rational

    return custom_model(
        activation=parts["activation"],
        parametrisation=parts["parametrisation"],
        scale=Rational(parts["scale"]),
    )
