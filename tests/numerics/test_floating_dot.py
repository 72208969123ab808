"""Dot products of broadcast rows in binary64, with and without a metric."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from numerics.arithmetic.floating import Floating


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_dot_of_broadcast_rows(seed: int, dimension: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((2, 5, 1, dimension)), rng.standard_normal((2, 1, 3, dimension))
    found = Floating().dot(x, y, None)
    bound = (np.abs(x) * np.abs(y)).sum(axis=-1) * dimension * 2.3e-16
    assert found.shape == (2, 5, 3)
    assert (np.abs(found - (x * y).sum(axis=-1)) <= bound).all()


def test_dot_in_a_metric_and_with_undefined_rows() -> None:
    rng = np.random.default_rng(3)
    factor = rng.standard_normal((4, 4))
    x, y = rng.standard_normal((6, 4)), rng.standard_normal((6, 4))
    assert np.allclose(Floating().dot(x, y, factor @ factor.T), ((x @ factor) * (y @ factor)).sum(axis=-1))
    x[2, 1] = np.nan
    assert np.isnan(Floating().dot(x, y, None)).tolist() == [False, False, True, False, False, False]
