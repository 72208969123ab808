"""Steppers of gradient descent whose steps run in machine code, many in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.descent_steppers import PopulationStepper
from numerics.dynamics.residual_stepper import ResidualStepper
from numerics.fast.descent_kernels import direct_steps, residual_steps
from numerics.fast.squares import square_steps
from numerics.network import Network
from numerics.stable.effective import constants_of
from numerics.stable.forms import HomogeneousSplit, SquareForm, stable_form

__all__ = ["CompiledPopulationStepper", "CompiledResidualStepper", "has_compiled_steps"]

Floats = NDArray[np.float64]


def has_compiled_steps(net: Network, residual: bool) -> bool:
    """Whether there are loops for a network's descent: with r as a variable, or on the weights as they are."""
    form, growth = stable_form(net.activation), net.parametrisation.exponent
    if residual:
        return growth <= 1
    return isinstance(form, HomogeneousSplit) or (isinstance(form, SquareForm) and growth == 0)


class CompiledResidualStepper(ResidualStepper):
    """The same variables and steps."""

    def advance(self, count: int = 1) -> None:
        field = self._field
        constants = np.array([field.scale, field.kappa, field.gamma, float(self._growth)])
        students = np.ascontiguousarray(self._students)
        residual = np.ascontiguousarray(self._residual)
        for b in range(len(students)):
            eta, largest = float(self._eta[b, 0, 0]), int(self._largest[b])
            weights = np.array(self._weights[b], dtype=np.float64)
            residual_steps(students[b], residual[b], weights, constants, eta, largest, count)
        self._students, self._residual = students, residual


class CompiledPopulationStepper(PopulationStepper):
    """The same steps up to rounding of the weights; those with a zero row are left to NumPy, one by one."""

    def advance(self, count: int = 1) -> None:
        form, scale = stable_form(self._net.activation), float(self._net.scale)
        eta = np.broadcast_to(self._eta[:, 0, 0], len(self._students))
        if isinstance(form, SquareForm):
            constants = np.array([scale, float(form.alpha), float(form.beta)])
            for b, students in enumerate(self._students):
                fixed, weights = (np.array(part[b], dtype=np.float64) for part in (self._fixed, self._weights))
                square_steps(students, fixed, weights, constants, float(eta[b]), count)
            return
        assert isinstance(form, HomogeneousSplit)
        known = constants_of(form, scale)
        growth = float(self._net.parametrisation.exponent)
        for b, students in enumerate(self._students):
            numbers = [known.scale, known.kappa, known.gamma, growth]
            frozen = np.concatenate([numbers, self._weights[b], self._fixed[b].ravel()])
            done = 0
            while done < count:
                done += direct_steps(students, frozen, float(eta[b]), count - done)
                if done < count:
                    self._one_step(slice(b, b + 1))
                    done += 1
