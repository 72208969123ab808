"""Where a flow begins: reduced rows, what is known of the residuals beyond them, and the best system for both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from numerics.dynamics.flow_systems import Carried, FlowSystem, weight_system
from numerics.dynamics.grouped_start import grouped_system
from numerics.dynamics.reduce import Reduction, reduce_dimension
from numerics.dynamics.residual_system import residual_system
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit, stable_form

__all__ = ["flow_system", "reduced_start", "system_of"]

Floats = NDArray[np.float64]


def flow_system(network: Network) -> FlowSystem:
    """The best conditioned system for a single (not batched) network."""
    return system_of(network, *reduced_start(network))


def reduced_start(network: Network) -> tuple[Reduction, Carried | None]:
    """Rows in coordinates of their span, and residuals from the weights before they were rotated.

    Rotation moves a residual by 1e-16 of the weights, which near a minimum is more than all of it.
    """
    reduction = reduce_dimension(network.students, network.teachers)
    form = stable_form(network.activation)
    if not isinstance(form, HomogeneousSplit) or reduction.basis is None or not _regular(network):
        return reduction, None
    rows, n, m = network._rows, network.n, network.m
    cosine = rows.unit[0, :n] @ rows.unit[0, n:].T
    group = np.abs(cosine).argmax(axis=1)
    turned = (cosine[np.arange(n), group] < 0) & (m > 1 or form.odd == 0)
    flips = np.where(turned, -1.0, 1.0)
    belongs = np.concatenate([group, np.arange(m)]) == np.arange(m)[:, None]
    sums = rows.weighted_sum((belongs * np.append(flips, np.ones(m)))[None])[0]
    return reduction, Carried(
        residuals=sums @ reduction.basis.T,
        total=rows.residual[0] @ reduction.basis.T,
        group=group,
        flips=flips,
    )


def system_of(network: Network, reduction: Reduction, carried: Carried | None) -> FlowSystem:
    """The system of ``reduction``'s rows under the model and output weights of a network."""
    reduced = Network(
        model=network.model,
        students=reduction.students,
        teachers=reduction.teachers,
        student_weights=network.student_weights,
        teacher_weights=network.teacher_weights,
    )
    form = stable_form(network.activation)
    if not isinstance(form, HomogeneousSplit) or not _regular(reduced):
        return weight_system(reduced, reduction)
    if network.m == 1 and not reduction.teachers[0, 1:].any() and reduction.teachers[0, 0] > 0:
        return residual_system(reduced, form, reduction, carried)
    return grouped_system(reduced, form, reduction, carried)


def _regular(network: Network) -> bool:
    """Whether no row and no output weight is 0."""
    return not network._rows.zero.any() and bool((network._rows.weights != 0).all())
