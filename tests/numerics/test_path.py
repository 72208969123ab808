"""The steps of a run are thinned, but never those between which a condition changes."""

import numpy as np

from numerics.dynamics.path import Path


class System:
    clock = 1.0


def followed(steps, most, watch=None):
    path = Path(most=most, watch=watch)
    for number in range(steps):
        path.add(System(), 0.1 * number, np.array([float(number)]))
    path.close(System())
    (leg,) = path
    return leg.variables[:, 0].astype(int).tolist()


def test_short_paths_are_whole():
    assert followed(7, 4) == list(range(7))


def test_long_paths_are_thinned_evenly():
    kept = followed(1000, 16)
    assert kept[0] == 0
    assert kept[-1] == 999
    assert 16 <= len(kept) <= 2 * 16 + 16
    assert len(set(np.diff(kept[:-1]))) == 1


def test_steps_around_a_change_are_kept():
    def watch(leg):
        number = leg.variables[:, 0]
        return np.array([number == 437, (number >= 16) & (number < 800)])

    kept = followed(1000, 16, watch)
    assert {436, 437, 438, 15, 16, 799, 800} <= set(kept)
    assert len(kept) < 64
