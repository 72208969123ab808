"""Loss and gradient of 1-homogeneous models: the direct form where it is accurate, cancellation-free forms elsewhere.

`direct` says of each instance whether its value keeps its digits; the instances that do not are computed
again by `HomogeneousLoss`.  Both satisfy the same bounds, so the choice is one of speed only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from numerics.stable.direct import Constants, Direct
from numerics.stable.homogeneous import HomogeneousLoss
from numerics.stable.pairs import Pairs
from numerics.stable.rows import Rows

__all__ = ["DirectForm", "SievedLoss"]

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
DirectForm = Callable[..., Direct]

EPS = 2.0**-53


@dataclass(frozen=True, kw_only=True, eq=False)
class SievedLoss:
    """The loss of a batch of rows as a function of the effective neurons u.

    ``form`` is `direct` or a compiled function of the same signature; ``odd``, ``even``, ``constants``: the
    derived split.
    """

    rows: Rows
    constants: Constants
    odd: float
    even: float
    form: DirectForm

    def _careful(self, rows: Rows) -> HomogeneousLoss:
        scale, gamma = self.constants.scale, self.constants.gamma
        return HomogeneousLoss(rows=rows, scale=scale, odd=self.odd, even=self.even, gamma=gamma)

    @cached_property
    def careful(self) -> HomogeneousLoss:
        """The cancellation-free form of the whole batch."""
        return self._careful(self.rows)

    def _direct(self, with_loss: bool) -> Direct:
        rows = self.rows
        return self.form(rows.effective, rows.weights, rows.students, self.constants, with_loss=with_loss)

    @cached_property
    def _both(self) -> Direct:
        return self._direct(True)

    @property
    def _found(self) -> Direct:
        """The gradient, with the loss only if that was wanted before."""
        return self._both if "_both" in self.__dict__ else self._direct(False)

    def _again(self, good: NDArray[np.bool_]) -> tuple[Indices, HomogeneousLoss]:
        """The instances that were not good, and their careful form."""
        chosen = np.flatnonzero(~good)
        return chosen, self.careful if len(chosen) == len(good) else self._careful(self.rows.take(chosen))

    @cached_property
    def pairs(self) -> Pairs:
        return self.careful.pairs

    @cached_property
    def loss(self) -> Floats:
        """L: (B,)."""
        loss, good = self._both.loss, self._both.loss_good
        assert loss is not None
        assert good is not None
        if not good.all():
            chosen, careful = self._again(good)
            loss[chosen] = careful.loss
        return loss

    @cached_property
    def loss_error(self) -> Floats:
        """A bound on |error of `loss`|: (B,); (N + 2√d + 20) ulp of the mass where the direct form was
        taken.
        """
        rows, constants, good = self.rows, self.constants, self._both.loss_good
        size, width = rows.raw.shape[1:]
        mass = np.abs(rows.strengths).sum(axis=1)
        factor = EPS * abs(constants.scale) * (constants.kappa + np.pi * constants.gamma)
        bound = factor * (size + 2.0 * np.sqrt(width) + 20.0) * mass * mass
        assert good is not None
        if not good.all():
            chosen, careful = self._again(good)
            bound[chosen] = careful.loss_error
        return np.asarray(bound, dtype=np.float64)

    @cached_property
    def gradient(self) -> Floats:
        """∂L/∂u_i of the students: (B, n, d); rows with u_i = 0 are NaN."""
        found = self._found
        gradient, good = found.gradient, found.gradient_good
        if not good.all():
            chosen, careful = self._again(good)
            gradient[chosen] = careful.gradient
        return gradient

    def hessian_form(self, direction: Floats) -> Floats:
        """D²L[a, a] for a direction a (B, n, d) of the effective students: (B,); NaN if a student is 0."""
        return self.careful.hessian_form(direction)

    def hessian(self) -> Floats:
        """The second derivative as an array (B, n, d, n, d); NaN in the blocks of a zero student."""
        return self.careful.hessian()
