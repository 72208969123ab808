"""Spaces and planted statements that the tests of sampling, search and shrinking share."""

from fractions import Fraction

import numpy as np

from numerics.instances.space import Family, Scalar, Space

STUDENTS = Family(name="W", kind="student", rows=(1, 6))
TEACHER = Family(name="v", kind="teacher", rows=(1, 1))


def network_space(model="", *, students=(1, 6), teachers=(1, 1), dimension=(1, 6), **options):
    """Students W and teachers v."""
    return Space(
        model=model,
        families=(
            Family(name="W", kind="student", rows=students),
            Family(name="v", kind="teacher", rows=teachers),
        ),
        dimension=dimension,
        **options,
    )


def box(**intervals):
    """Scalars only; intervals as (low, high)."""
    return Space(
        scalars=tuple(
            Scalar(name=name, low=Fraction(low), high=Fraction(high)) for name, (low, high) in intervals.items()
        )
    )


def angles(a, b):
    """Angles between rows, by the half-angle form; 0 where a row is zero."""
    unit = [x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-300) for x in (a, b)]
    return 2 * np.arctan2(np.linalg.norm(unit[0] - unit[1], axis=-1), np.linalg.norm(unit[0] + unit[1], axis=-1))


def relu_loss(students, teachers):
    """Population loss of ReLU networks, (B, n, d), (B, m, d) -> (B,): ¼|r|² + (1/2π) Σ_{a<b} s s' |a||b|
    S(θ).
    """
    rows = np.concatenate([students, teachers], axis=1)
    sign = np.repeat([1.0, -1.0], [students.shape[1], teachers.shape[1]])
    length = np.linalg.norm(rows, axis=2)
    theta = angles(rows[:, :, None], rows[:, None])
    series = theta**3 / 3 * (1 - theta**2 / 10 * (1 - theta**2 / 28 * (1 - theta**2 / 54)))
    s = np.where(theta < 0.2, series, np.sin(theta) - theta * np.cos(theta))
    pairs = np.einsum("a,b,xab,xa,xb->x", sign, sign, np.triu(s, 1), length, length)
    residual = np.einsum("a,xad->xd", sign, rows)
    return 0.25 * (residual**2).sum(axis=1) + pairs / (2 * np.pi)
