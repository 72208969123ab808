"""`Trajectory`: what a flow or a descent did, with the evidence for its accuracy; saved as npz without
pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.network import Network
from theory.model import Model, custom_model, find_model, models

__all__ = ["Event", "Trajectory"]

Floats = NDArray[np.float64]

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened at time ``t``: ``name`` such as "collapse", the neuron concerned or None, and a
    sentence.
    """

    name: str
    t: float
    neuron: int | None
    message: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectory:
    """States of the students at recorded times.

    ``status``: "finished", or what ended the run early ("collapse", "stalled", "diverged"); ``message`` says
    what happened and what to try.  ``t`` (T,) times (steps for a descent); ``states`` (T, ..., n, k) weights
    of the students and ``teachers`` (..., m, k) in ``reduced_dimension`` k coordinates, ``basis`` (k, d)
    leads back to R^d (None if there is none).  ``residual`` (T, ..., k) is r = Σ a_i u_i − Σ ω_a v_a; where
    it was a variable of the integration it is far more accurate than what the rounded states give, and so is
    ``loss`` (T, ...).  ``quantities`` holds what was asked for by name, ``monitors`` the invariants watched,
    ``error_evidence`` what is known about the error.
    """

    model: Model
    status: str
    message: str
    t: Floats
    states: Floats
    teachers: Floats
    loss: Floats
    residual: Floats
    student_weights: Floats | None = None
    teacher_weights: Floats | None = None
    quantities: Mapping[str, Floats] = field(default_factory=dict)
    monitors: Mapping[str, float] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    reduced_dimension: int
    dimension: int
    basis: Floats | None = None
    error_evidence: Mapping[str, float | str] = field(default_factory=dict)

    def __repr__(self) -> str:
        loss = np.max(self.loss[-1])
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
        arrays: dict[str, Any] = {
            name: value
            for name in (
                "t",
                "states",
                "teachers",
                "loss",
                "residual",
                "student_weights",
                "teacher_weights",
                "basis",
            )
            if (value := getattr(self, name)) is not None
        }
        arrays |= {f"quantity:{name}": value for name, value in self.quantities.items()}
        known = self.model.name in models() and models()[self.model.name] == self.model
        parts = {
            "activation": self.model.activation.name,
            "parametrisation": self.model.parametrisation.name,
            "scale": str(self.model.scale),
        }
        meta = {
            "format": FORMAT,
            "model": self.model.name if known else parts,
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
            quantities = {name[9:]: arrays.pop(name) for name in list(arrays) if name.startswith("quantity:")}
            return cls(
                model=find_model(named) if isinstance(named, str) else _from_parts(named),
                status=meta["status"],
                message=meta["message"],
                monitors=meta["monitors"],
                events=tuple(Event(**event) for event in meta["events"]),
                reduced_dimension=meta["reduced_dimension"],
                dimension=meta["dimension"],
                error_evidence=meta["error_evidence"],
                quantities=quantities,
                **arrays,
            )
        except Exception as error:
            raise ValueError(
                f"{str(path)!r} is not a saved trajectory ({error}); write one with Trajectory.save"
            ) from error


def _from_parts(parts: Mapping[str, str]) -> Model:
    from sympy import Rational

    return custom_model(
        activation=parts["activation"],
        parametrisation=parts["parametrisation"],
        scale=Rational(parts["scale"]),
    )
