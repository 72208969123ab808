"""Models: an activation, a parametrisation of the students and a scale of the loss.

    L(W) = λ · E (Σ_i a_i σ(u(w_i)·x) − Σ_b ω_b σ(v_b·x))²,        x ~ N(0, I),

with λ the ``scale``, u the parametrisation of the students, teachers always entering as they are, and output
weights a, ω equal to 1 unless a network carries its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sympy import Integer, Rational

from theory.activation import Activation, find_activation
from theory.discovery import discover, look_up
from theory.parametrisation import IDENTITY, Parametrisation, find_parametrisation

__all__ = ["HALF", "Letters", "Model", "custom_model", "find_model", "models"]

# The usual scale of a squared loss.
HALF = Rational(1, 2)


@dataclass(frozen=True, kw_only=True)
class Letters:
    """How a paper writes what the glossary calls w_i, v_a, n, m and d, in LaTeX."""

    student: str = "w_{i}"
    teacher: str = "v_{a}"
    students: str = "n"
    teachers: str = "m"
    dimension: str = "d"


@dataclass(frozen=True, kw_only=True)
class Model:
    """A teacher–student model.

    ``activation`` and ``parametrisation`` may be given by name.  ``single_teacher`` tells that its source has one
    teacher; formulas hold for any number all the same.
    Raises ValueError for a scale that is not an exact positive rational.
    """

    name: str
    title: str = ""
    activation: Activation
    parametrisation: Parametrisation = IDENTITY
    scale: Rational = HALF
    single_teacher: bool = False
    letters: Letters = field(default_factory=Letters)
    citation: str = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"model name {self.name!r} is not an identifier; use letters, digits and underscores")
        for attribute, kind in (("activation", Activation), ("parametrisation", Parametrisation)):
            value = getattr(self, attribute)
            if isinstance(value, str):
                value = find_activation(value) if kind is Activation else find_parametrisation(value)
                object.__setattr__(self, attribute, value)
            if not isinstance(value, kind):
                raise ValueError(f"{attribute} of model {self.name!r} is {value!r}; give {kind.__name__}(...)")
        if isinstance(self.scale, int) and not isinstance(self.scale, bool):
            object.__setattr__(self, "scale", Integer(self.scale))
        if not isinstance(self.scale, Rational) or int(self.scale.p) <= 0:
            raise ValueError(f"scale {self.scale!r} of model {self.name!r} must be a positive sympy.Rational")
        if not self.title:
            object.__setattr__(self, "title", f"{self.activation.title}, {self.parametrisation.title}")

    def __str__(self) -> str:
        return self.name

    @property
    def degree(self) -> int | None:
        """Degree of homogeneity of a student's output in its weights, or None."""
        return None if self.activation.degree is None else self.activation.degree * self.parametrisation.homogeneity


@cache
def models() -> Mapping[str, Model]:
    """Every model of `theory.models`, by name."""
    return discover("theory.models", "MODEL", Model)


def find_model(name: str | Model) -> Model:
    """The model of that name, or a model as it is; ValueError naming the nearest known ones otherwise."""
    return name if isinstance(name, Model) else look_up(name, models(), "model")


def custom_model(
    *,
    activation: Activation | str,
    parametrisation: Parametrisation | str = IDENTITY,
    scale: Rational | int = HALF,
    name: str = "custom",
    title: str = "",
) -> Model:
    """A model put together from parts, given as records or by name.

    Raises ValueError for an unknown activation or parametrisation, or a scale that is not an exact positive
    rational.
    """
    sigma = find_activation(activation) if isinstance(activation, str) else activation
    chart = find_parametrisation(parametrisation) if isinstance(parametrisation, str) else parametrisation
    exact = Integer(scale) if isinstance(scale, int) and not isinstance(scale, bool) else scale
    return Model(
        name=name,
        title=title or f"{getattr(sigma, 'title', sigma)}, {getattr(chart, 'title', chart)}",
        activation=sigma,
        parametrisation=chart,
        scale=exact,
    )
