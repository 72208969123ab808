"""`Network`: a batch of teacher–student networks and everything that follows from their weights in binary64.

L = λ Σ_ab s_a s_b k(u_a, u_b),   rows u = (students, teachers), s = (+ student weights, − teacher
weights).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sympy import Rational

from numerics.fast.backend import resolve_backend
from numerics.stable.chain import bend, jacobian, push, second_matrix
from numerics.stable.direct import direct
from numerics.stable.effective import EffectiveLoss, effective_loss
from numerics.stable.pairs import pair_angles
from numerics.stable.rows import Rows
from numerics.stable.sieve import DirectForm
from numerics.stable.weights import output_weights, resolve_model, rows_of
from theory.activation import Activation
from theory.model import Model
from theory.parametrisation import Parametrisation

__all__ = ["Network"]

Floats = NDArray[np.float64]
Exact = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Network:
    """Students (..., n, d), teachers (..., m, d) and optional output weights (..., n), (..., m) of a model.

    ``model`` is a name such as "xu23a" or a `Model`; instead, ``activation``, ``parametrisation`` (default
    "identity") and ``scale`` λ (default 1/2) may be given.  Leading axes are a batch and broadcast against
    each other.

    Exactness: attributes state their error at exactly the given binary64 weights.  `exact_students`,
    `exact_teachers` and the exact output weights hold the numbers of a network file as fractions, None for a
    network built from arrays.  ``backend``: "numpy", "numba" or "auto" (Numba where installed) evaluates loss
    and gradient; both satisfy the same bounds, but differ in the last digits, so that NumPy, which is always
    there, is the default.

    Raises ValueError, naming the argument, for non-finite or ragged weights,
    shapes that do not fit, unknown names, a backend that is not installed.
    """

    model: Model = None  # type: ignore[assignment]  # fields hold what __post_init__ makes of the arguments
    students: Floats
    teachers: Floats
    student_weights: Floats | None = None
    teacher_weights: Floats | None = None
    activation: Activation = None  # type: ignore[assignment]
    parametrisation: Parametrisation = None  # type: ignore[assignment]
    scale: Rational = None
    exact_students: Exact | None = None
    exact_teachers: Exact | None = None
    exact_student_weights: tuple[Fraction, ...] | None = None
    exact_teacher_weights: tuple[Fraction, ...] | None = None
    backend: str = "numpy"

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            model: str | Model | None = None,
            students: ArrayLike,
            teachers: ArrayLike,
            student_weights: ArrayLike | None = None,
            teacher_weights: ArrayLike | None = None,
            activation: str | Activation | None = None,
            parametrisation: str | Parametrisation | None = None,
            scale: Rational | Fraction | float | str | None = None,
            exact_students: Exact | None = None,
            exact_teachers: Exact | None = None,
            exact_student_weights: tuple[Fraction, ...] | None = None,
            exact_teacher_weights: tuple[Fraction, ...] | None = None,
            backend: str = "numpy",
        ) -> None: ...

    def __post_init__(self) -> None:
        def fix(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        model = resolve_model(self.model, self.activation, self.parametrisation, self.scale)
        fix("backend", resolve_backend(self.backend))
        fix("model", model)
        fix("activation", model.activation)
        fix("parametrisation", model.parametrisation)
        fix("scale", model.scale)
        fix("students", rows_of("students", self.students))
        fix("teachers", rows_of("teachers", self.teachers, self.d))
        fix("student_weights", output_weights("student_weights", self.student_weights, self.n))
        fix("teacher_weights", output_weights("teacher_weights", self.teacher_weights, self.m))
        try:
            self.batch_shape  # noqa: B018  (raises here, where the arguments are known)
        except ValueError as error:
            shapes = f"students {self.students.shape}, teachers {self.teachers.shape}"
            raise ValueError(
                f"batch axes of {shapes} and the output weights do not broadcast; make them equal or 1"
            ) from error

    @classmethod
    def from_json(cls, source: str | Path | Mapping[str, Any]) -> Network:
        """The network of a JSON file, or of a mapping of the same form; numbers and decimal strings are read
        exactly.

        Raises ValueError (one line: what, where, remedy) for anything malformed, OSError never.
        """
        from numerics.network_file import read_network

        return cls(**read_network(source))

    def __repr__(self) -> str:
        batch = f", batch={self.batch_shape}" if self.batch_shape else ""
        return f"Network({self.model.name}, n={self.n}, m={self.m}, d={self.d}{batch})"

    @property
    def n(self) -> int:
        """Number of students."""
        return int(self.students.shape[-2])

    @property
    def m(self) -> int:
        """Number of teachers."""
        return int(self.teachers.shape[-2])

    @property
    def d(self) -> int:
        """Input dimension."""
        return int(self.students.shape[-1])

    @cached_property
    def batch_shape(self) -> tuple[int, ...]:
        """Shape of the leading axes; () for a single network."""
        shapes = [self.students.shape[:-2], self.teachers.shape[:-2]]
        shapes += [w.shape[:-1] for w in (self.student_weights, self.teacher_weights) if w is not None]
        return np.broadcast_shapes(*shapes)

    def replace_students(self, students: ArrayLike) -> Network:
        """The same network with other students."""
        return Network(
            model=self.model,
            students=students,
            teachers=self.teachers,
            student_weights=self.student_weights,
            teacher_weights=self.teacher_weights,
            backend=self.backend,
        )

    def with_backend(self, backend: str) -> Network:
        """The same network, evaluated by another backend."""
        parts: dict[str, Any] = {
            "activation": None,
            "parametrisation": None,
            "scale": None,
        }  # they follow from the model
        return replace(self, backend=backend, **parts)

    @property
    def signed_weights(self) -> Floats:
        """Output weights of all rows, the teachers' negated: (..., n + m)."""
        signs = np.empty((*self.batch_shape, self.n + self.m))
        signs[..., : self.n] = 1.0 if self.student_weights is None else self.student_weights
        signs[..., self.n :] = -1.0 if self.teacher_weights is None else -self.teacher_weights
        return signs

    @cached_property
    def _rows(self) -> Rows:
        batch, n, m, d = self.batch_shape, self.n, self.m, self.d
        raw = np.empty((*batch, n + m, d))
        raw[..., :n, :], raw[..., n:, :] = self.students, self.teachers
        weights = self.signed_weights.reshape(-1, n + m)
        growth = self.parametrisation.exponent
        return Rows(raw=raw.reshape(-1, n + m, d), weights=weights, students=n, growth=growth)

    @property
    def direct_form(self) -> DirectForm:
        """The function of the backend for what can be had straight from the Gram matrix."""
        if self.backend == "numba":
            from numerics.fast.direct import direct as compiled

            return compiled
        return direct

    @cached_property
    def _form(self) -> EffectiveLoss:
        return effective_loss(self.activation, float(self.scale), self._rows, form=self.direct_form)

    def _shaped(self, array: Any) -> Any:
        shaped = np.asarray(array).reshape(self.batch_shape + array.shape[1:])
        return shaped[()] if shaped.ndim == 0 else shaped

    @property
    def _own(self) -> tuple[Floats, Floats]:
        return self._rows.unit[:, : self.n], self._rows.norms[:, : self.n]

    @cached_property
    def loss(self) -> Any:
        """L, shape (...).

        |error| ≤ `loss_error` at exactly the given binary64 weights.  Relative error near a minimum of the
        built-in models, however small L is (tested down to 1e-36): ≤ 1e-12 for one teacher, ≤ 1e-10 for
        several.
        """
        return self._shaped(self._form.loss)

    @cached_property
    def loss_error(self) -> Any:
        """A bound on |error of `loss`| at exactly the given binary64 weights, shape (...)."""
        return self._shaped(self._form.loss_error)

    @cached_property
    def gradient_defined(self) -> Any:
        """Mask (..., n): False where the loss has no gradient, a zero neuron of a kinked activation under u =
        w, and for an activation that jumps also a neuron that is parallel to another.
        """
        if self.activation.discontinuous:
            return self._shaped(~self._form.parallel)  # type: ignore[attr-defined]
        kinked = self.activation.kinked and self.parametrisation.exponent == 0
        return self._shaped(~self._rows.zero[:, : self.n] if kinked else np.ones(self._own[1].shape, dtype=bool))

    @cached_property
    def gradient(self) -> Any:
        """∂L/∂w_i, shape (..., n, d); rows where `gradient_defined` is False are NaN."""
        effective = self._form.gradient
        if self.parametrisation.exponent > 0:
            effective = np.where(self._rows.zero[:, : self.n, None], 0.0, effective)
            effective = push(self.parametrisation, *self._own, effective)
        return self._shaped(effective)

    @cached_property
    def gradient_norm(self) -> Any:
        """‖∇L‖ over all students, shape (...); NaN where a row is undefined."""
        return np.sqrt(np.einsum("...ij,...ij->...", self.gradient, self.gradient))

    def hessian_form(self, direction: ArrayLike) -> Any:
        """D²L[V, V] for a direction V (n, d) or (..., n, d): shape (...).  NaN where the Hessian does not
        exist.

        Raises ValueError if the direction does not fit.
        """
        vectors = rows_of("direction", direction, self.d)
        try:
            vectors = np.broadcast_to(vectors, (*self.batch_shape, self.n, self.d)).reshape(-1, self.n, self.d)
        except ValueError as error:
            want = (*self.batch_shape, self.n, self.d)
            raise ValueError(f"direction has shape {vectors.shape}; give one row per student, {want}") from error
        first = push(self.parametrisation, *self._own, vectors)
        form = self._form.hessian_form(first)
        if self.parametrisation.exponent > 0:
            second = bend(self.parametrisation, *self._own, vectors)
            form = form + np.einsum("bid,bid->b", second, self._form.gradient)
        return self._shaped(form)

    def hessian(self) -> Any:
        """The second derivative as a matrix (..., n d, n d) in the order of `students.ravel()`; see
        `hessian_form`.
        """
        matrix = self._form.hessian()
        if self.parametrisation.exponent > 0:
            chain = jacobian(self.parametrisation, *self._own)
            matrix = np.einsum("bipk,bikjl,bjlq->bipjq", chain, matrix, chain, optimize=True)
            index = np.arange(self.n)
            own = second_matrix(self.parametrisation, *self._own, self._form.gradient)
            matrix[:, index, :, index, :] += own.swapaxes(0, 1)
        size = self.n * self.d
        return self._shaped(matrix.reshape(-1, size, size))

    @cached_property
    def _angles(self) -> Floats:
        rows = self._rows
        pairs = self._form.pairs if hasattr(self._form, "pairs") else pair_angles(rows)
        return np.where(rows.zero[:, :, None] | rows.zero[:, None, :], np.nan, pairs.angle)

    @cached_property
    def angles(self) -> Any:
        """∠(w_i, w_j) in [0, π], shape (..., n, n); NaN for zero neurons.  Relative error ≤ 1e-14 down to
        2e-31.
        """
        return self._shaped(self._angles[:, : self.n, : self.n])

    @cached_property
    def teacher_angles(self) -> Any:
        """∠(w_i, v_a) in [0, π], shape (..., n, m); NaN for zero neurons.  Error as for `angles`."""
        return self._shaped(self._angles[:, : self.n, self.n :])

    @cached_property
    def norms(self) -> Any:
        """‖w_i‖, shape (..., n), error ≤ 1 ulp."""
        return self._shaped(self._rows.norms[:, : self.n])

    @cached_property
    def residual(self) -> Any:
        """r = Σ a_i u_i − Σ ω_a v_a, shape (..., d); relative error ≤ 4 ulp while r exceeds 1e-28 of its
        terms.
        """
        return self._shaped(self._rows.residual)

    @cached_property
    def gram(self) -> Any:
        """⟨u, u′⟩ of all rows, students first, shape (..., n + m, n + m)."""
        rows = self._rows.effective
        return self._shaped(rows @ rows.swapaxes(-1, -2))
