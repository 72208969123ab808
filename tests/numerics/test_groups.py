"""Interaction of groups of neurons: the rewriting is an identity, its small parts have the stated size."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.stable.compile import compile_kernel
from numerics.stable.groups import Groups
from numerics.stable.quartic import _direct, _leading, quartic
from theory.activation import find_activation

KERNEL = compile_kernel(find_activation("absolute_value"))


def groups_of(rng, n=4, m=2, d=4, size=1.0):
    """Students at relative distance ``size`` from their teachers: (groups, rows, group of every row)."""
    teachers = rng.normal(size=(m, d))
    teachers /= np.linalg.norm(teachers, axis=1, keepdims=True)
    group = np.arange(n) % m
    across = rng.normal(size=(n, d))
    across -= np.einsum("id,id->i", across, teachers[group])[:, None] * teachers[group]
    across *= size
    along = rng.uniform(0.2, 1.0, n)
    students = along[:, None] * teachers[group] + across
    rows = np.concatenate([students, teachers])
    length = np.linalg.norm(rows, axis=1)
    unit = rows / length[:, None]
    weights = np.concatenate([rng.normal(size=n), -rng.uniform(0.5, 2, m)])
    member = np.concatenate([group, np.arange(m)])
    residual = np.stack([(weights[member == k, None] * rows[member == k]).sum(axis=0) for k in range(m)])
    angle = 2 * np.arctan2(
        np.linalg.norm(unit[:, None] - teachers, axis=2), np.linalg.norm(unit[:, None] + teachers, axis=2)
    )
    angle[n + np.arange(m), np.arange(m)] = 0.0
    groups = Groups(
        unit=unit[None],
        weights=weights[None],
        length=length[None, :n],
        along=along[None],
        across=across[None],
        group=group[None],
        residual=residual[None],
        angle=angle[None],
    )
    return groups, rows, member


def pair_values(rows):
    length = np.linalg.norm(rows, axis=1)
    unit = rows / length[:, None]
    apart, total = (np.linalg.norm(unit[:, None] + sign * unit, axis=2) for sign in (-1, 1))
    arguments = np.broadcast_arrays(length[:, None], length[None], 2 * np.arctan2(apart, total))
    return KERNEL.value(*arguments)[0], KERNEL.first(*arguments)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    m=st.integers(2, 3),
    d=st.integers(2, 5),
    size=st.sampled_from([0.1, 1.0, 5.0]),
)
def test_forces_between_groups_are_those_of_the_derived_kernel(seed, m, d, size):
    groups, rows, member = groups_of(np.random.default_rng(seed), m=m, d=d, size=size)
    values, (own, _, cross) = pair_values(rows)
    weights = groups.weights[0] * (member[:, None] != member)
    # The force on a row depends on its direction only, since k is 1-homogeneous in it.
    length = np.linalg.norm(rows, axis=1)
    force = 2 * (weights * own).sum(axis=1)[:, None] * rows + (weights * cross) @ rows
    assert groups.pull[0] == pytest.approx(force, rel=1e-9, abs=1e-11 * (1 + size**2))
    total = (weights * groups.weights[0][:, None] * values).sum()
    assert groups.loss[0] == pytest.approx(total, rel=1e-9, abs=1e-10 * (1 + size**2) * length.max() ** 2)


def test_fourth_order_part_tends_to_its_leading_term():
    groups, _, _ = groups_of(np.random.default_rng(1))
    leading, _ = _leading(groups)
    mask = groups.other[:, : groups.students] > 0
    errors = []
    for scale in (4e-2, 2e-2, 1e-2):
        small = groups_of_scaled(groups, scale)
        ratio = _direct(small)[0][mask] / (leading[mask] * scale**4)
        errors.append(np.abs(ratio - 1).max())
    assert errors[0] > 1.5 * errors[1] > 2.0 * errors[2]
    assert errors[2] < 0.2


def groups_of_scaled(groups, scale):
    """The same groups with p multiplied by ``scale``."""
    n = groups.students
    teachers = groups.teachers[0][groups.group[0]]
    across = groups.across * scale
    rows = groups.along[0][:, None] * teachers + across[0]
    length = np.linalg.norm(rows, axis=1)
    unit = groups.unit.copy()
    unit[0, :n] = rows / length[:, None]
    apart, total = (np.linalg.norm(unit[0, :, None] + sign * groups.teachers[0], axis=2) for sign in (-1, 1))
    angle = 2 * np.arctan2(apart, total)
    angle[n:][np.eye(angle.shape[1], dtype=bool)] = 0.0
    return replace(groups, unit=unit, angle=angle[None], length=length[None], across=across)


def test_continuation_agrees_with_the_difference_and_states_its_error():
    """Where both are accurate they agree; the bound covers the gap, and is not vacuous."""
    base, _, _ = groups_of(np.random.default_rng(2))
    for scale in (3e-4, 1e-4, 3e-5):
        groups = groups_of_scaled(base, scale)
        value, error = quartic(groups)
        direct, rough = _direct(groups)
        mask = groups.other[:, : groups.students] > 0
        assert (np.abs(value - direct)[mask] <= (error + rough + rough.swapaxes(1, 2))[mask]).all()
        assert (error[mask] <= rough[mask]).all()
        assert (error[mask] < 1e-5 * np.abs(value[mask])).all()


def test_students_of_one_group_do_not_interact_here():
    groups, _, _ = groups_of(np.random.default_rng(3), n=3, m=1)
    assert (groups.pull == 0).all()
    assert groups.loss[0] == 0
