"""∇L as a function of the students: the right-hand side of flows and descents, without the cost of an object."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.fast.backend import resolve_backend
from numerics.network import Network
from numerics.stable.chain import push
from numerics.stable.direct import Constants, direct_apart
from numerics.stable.effective import constants_of
from numerics.stable.forms import HomogeneousSplit, SquareForm, stable_form
from numerics.stable.near_optimum import NearOptimum
from numerics.stable.small import SmallDirect

__all__ = ["gradient_field"]

Floats = NDArray[np.float64]
Field = Callable[[ArrayLike], Floats]

# Beyond this number of entries calls cost nothing and matrix products are faster than loops.
SMALL = 2_000
_FLOAT64 = np.dtype(np.float64)


def gradient_field(network: Network, *, backend: str | None = None) -> Field:
    """f(students) = ∂L/∂w (..., n, d), against the teachers and output weights of ``network``.

    Students (..., n, d) with the n and d of ``network``; leading axes are a batch, those of ``network`` if it has
    some.  Values and errors are those
    of `Network.gradient`.  ``backend``: "numpy", "numba" or "auto" (Numba where installed); None takes the
    environment variable LEMMATA_BACKEND, and "auto" without one.  Raises ValueError for an unknown backend or one
    that is not installed, and for students that do not fit.
    """
    chosen = resolve_backend(backend)
    template = network.with_backend(chosen)

    def careful(students: ArrayLike) -> Floats:
        return np.asarray(template.replace_students(students).gradient, dtype=np.float64)

    split = stable_form(network.activation)
    if (
        isinstance(split, SquareForm)
        and chosen == "numba"
        and _single(network)
        and not network.parametrisation.exponent
    ):
        return _compiled_square(template, split, careful)
    if not isinstance(split, HomogeneousSplit):
        return careful
    constants = constants_of(split, float(network.scale))
    general = careful if network.parametrisation.exponent else _many(template, constants, careful)
    if not _single(network):
        return general
    return (_compiled_field if chosen == "numba" else _plain_field)(template, constants, split, general)


def _single(network: Network) -> bool:
    """One network, small enough for loops."""
    return not network.batch_shape and network.students.size <= SMALL


def _many(network: Network, constants: Constants, careful: Field) -> Field:
    """Batches and large networks of u = w, without copies beyond the rows themselves."""
    batch, n, m, d = network.batch_shape, network.n, network.m, network.d
    teachers = np.broadcast_to(network.teachers, (*batch, m, d)).reshape(-1, m, d)
    signs = network.signed_weights.reshape(-1, n + m)
    apart = direct_apart
    if network.backend == "numba":
        from numerics.fast.direct import direct_apart as apart

    def gradient(students: ArrayLike) -> Floats:
        given = np.asarray(students, dtype=np.float64)
        if given.shape[-2:] != (n, d) or (batch and given.shape[:-2] != batch):
            return careful(given)
        found = apart(given.reshape(-1, n, d), teachers, signs, constants)
        return found.gradient.reshape(given.shape) if found.gradient_good.all() else careful(given)

    return gradient


def _plain_field(network: Network, constants: Constants, split: HomogeneousSplit, general: Field) -> Field:
    n = network.n
    shape, growth = network.students.shape, network.parametrisation.exponent
    small = SmallDirect(n, network.teachers, network.signed_weights, constants)
    near = None
    if _has_near_form(network):
        near = NearOptimum(network.teachers, network.signed_weights, constants, growth, even=split.odd == 0)

    def rest(rows: Floats) -> Floats:
        found = None if near is None else near(rows)
        return general(rows) if found is None else found

    def plain(students: ArrayLike) -> Floats:
        rows = np.asarray(students, dtype=np.float64)
        if rows.shape != shape:
            return general(rows)
        found = small(rows)
        return rest(rows) if found is None else found

    def pushed(students: ArrayLike) -> Floats:
        rows = np.asarray(students, dtype=np.float64)
        if rows.shape != shape:
            return general(rows)
        norms = np.sqrt(np.einsum("id,id->i", rows, rows))
        found = small(rows * norms[:, None] ** growth)
        return rest(rows) if found is None else push(network.parametrisation, rows / norms[:, None], norms, found)

    return pushed if growth else plain


def _has_near_form(network: Network) -> bool:
    return network.m == 1 and network.parametrisation.exponent <= 1


def _compiled_field(network: Network, constants: Constants, split: HomogeneousSplit, general: Field) -> Field:
    from numerics.fast.near_optimum import near_optimum
    from numerics.fast.single import single

    shape, growth = network.students.shape, float(network.parametrisation.exponent)
    numbers = [constants.scale, constants.kappa, constants.gamma, growth]
    # One argument instead of four: at this size the call is a third of the time.
    frozen = np.concatenate([numbers, network.signed_weights, network.teachers.ravel()])
    has_near, even = _has_near_form(network), bool(split.odd == 0)

    def gradient(students: ArrayLike) -> Floats:
        # The copy becomes the result; the method is twice as fast as the function.
        ready = type(students) is np.ndarray and students.dtype is _FLOAT64
        rows = students.copy() if ready else np.array(students, dtype=np.float64, order="C")  # type: ignore[union-attr]
        if rows.shape == shape and (single(rows, frozen) or (has_near and near_optimum(rows, frozen, even))):
            return rows
        return general(students)

    return gradient


def _compiled_square(network: Network, form: SquareForm, general: Field) -> Field:
    from numerics.fast.squares import square_gradient

    teachers, weights, shape = np.ascontiguousarray(network.teachers), network.signed_weights, network.students.shape
    constants = np.array([float(network.scale), float(form.alpha), float(form.beta)])

    def gradient(students: ArrayLike) -> Floats:
        rows = np.array(students, dtype=np.float64, order="C")
        if rows.shape == shape and square_gradient(rows, teachers, weights, constants):
            return rows
        return general(students)

    return gradient
