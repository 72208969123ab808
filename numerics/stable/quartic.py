"""The fourth-order part of the interaction of two groups, to full accuracy.

    E_ab = a·(rem_b(a) − rem_b(e_i)) = second difference of k(a, b) in both directions, for a in group i, b in
    group l,

is of order ‖p_a‖² ‖p_b‖², while its two terms are of order ‖p_b‖²: computed directly it has an error ε/‖p‖²
of its size. For small p it is continued from larger ones.  E(η p_a, ζ p_b) / (η² ζ²) is analytic in (η, ζ);
its value at (0, 0) is

    E₄ = (‖P_a‖²‖P_b‖² + 2 ⟨P_a, P_b⟩²) / (2π sin∠(e_i, e_l) α_a β_b),      P across both teachers,

and its coefficients of first, second and third order are measured where η p_a and ζ p_b are `REACH` or half
of that long.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numerics.stable.groups import Groups

__all__ = ["quartic"]

Floats = NDArray[np.float64]

EPS = 2.0**-53
REACH = 1e-2
SMALL = 1e-3


def quartic(groups: Groups) -> tuple[Floats, Floats]:
    """(E_ab, bound on its error) for students of different groups, 0 within a group: (B, n, n) each.

    The better of the direct value and the continuation is taken pair by pair.
    """
    direct, error = _direct(groups)
    # E is symmetric; the difference taken in the direction of the longer p is the one that cancels less.
    swapped = error.swapaxes(1, 2) < error
    direct, error = (np.where(swapped, part.swapaxes(1, 2), part) for part in (direct, error))
    mask = groups.other[:, : groups.students] * (groups.group >= 0)[:, :, None]
    safe = np.where(groups.along > 0, groups.along, np.inf)
    size = np.sqrt(np.einsum("bid,bid->bi", groups.across, groups.across)) / safe
    leading, sine = _leading(groups)
    plane = np.where(sine > 0, sine, 1.0)
    pair = np.maximum(size[:, :, None], size[:, None, :]) / plane
    usable = (pair < SMALL) & (groups.along > 0)[:, :, None] & (groups.along > 0)[:, None, :] & (mask > 0)
    if not usable.any():
        return mask * direct, mask * error
    correction = _correction(groups, size, leading)
    continued = leading + correction
    reach = REACH / plane
    relative = 100 * pair**4 + 10 * reach**4 * pair + 10 * reach**2 * pair**2 + 40 * EPS
    rest = (np.abs(leading) + np.abs(correction)) * relative + 100 * EPS / REACH**3 * pair * np.abs(leading)
    better = usable & (rest < error)
    return mask * np.where(better, continued, direct), mask * np.where(better, rest, error)


def _direct(groups: Groups) -> tuple[Floats, Floats]:
    """E_ab as a difference, and a bound on its rounding."""
    n = groups.students
    turn, rise, axial, cosine = groups.changes
    owner = groups.owner[..., None]
    turn_, rise_, axial_, cosine_ = (
        np.take_along_axis(part[:, n:], owner, axis=1) for part in (turn, rise, axial, cosine)
    )
    products = groups.unit[:, :n] @ groups.across.swapaxes(-1, -2)
    own = np.take_along_axis(np.cos(groups.angle[:, :n]), owner, axis=2)
    toward = cosine[:, :n]
    here = -turn[:, :n] * products + (axial[:, :n] - toward * rise[:, :n]) * toward + rise[:, :n]
    there = -turn_ * products + (axial_ - cosine_ * rise_) * toward + rise_ * own
    scale = groups.length[:, :, None] * (2.0 / np.pi)
    error = scale * 8 * EPS * (np.abs(turn_ * products) + np.abs(axial_) + np.abs(rise_))
    return scale * (here - there), error


def _correction(groups: Groups, size: Floats, leading: Floats) -> Floats:
    """The terms of order 1 to 3 in (η, ζ) at η = ζ = 1: (B, n, n).

    Sign combinations separate odd from even powers; the lengths (1, 1), (1, ½), (½, 1) of `REACH` separate
    the rest.
    """
    unit = size / REACH
    first, second = unit[:, :, None], unit[:, None, :]
    stretch = 1.0 / np.where(unit > 0, unit, np.inf)
    rows = {part: _stretched(groups, part * stretch) for part in (1.0, -1.0, 0.5, -0.5)}
    mean, odd_first, odd_second, mixed = ([] for _ in range(4))
    for a, b in ((1.0, 1.0), (1.0, 0.5), (0.5, 1.0)):
        values = {}
        for sign_a in (1.0, -1.0):
            for sign_b in (1.0, -1.0):
                turned = rows[sign_b * b]
                value, _ = _direct(replace(rows[sign_a * a], along=turned.along, across=turned.across))
                values[sign_a, sign_b] = value * (first * second / (a * b)) ** 2
        pp, pm, mp, mm = values.values()
        mean.append((pp + pm + mp + mm) / 4)
        odd_first.append((pp + pm - mp - mm) / (4 * a))
        odd_second.append((pp - pm + mp - mm) / (4 * b))
        mixed.append((pp - pm - mp + mm) / (4 * a * b))
    total = mixed[0] * first * second
    total += (4 / 3) * ((mean[0] - mean[2]) * first**2 + (mean[0] - mean[1]) * second**2)
    for odd, own, other, near, far in (
        (odd_first, first, second, 2, 1),
        (odd_second, second, first, 1, 2),
    ):
        # odd = A + D η² + F ζ² with (η², ζ²) = (1, 1), (1, ¼), (¼, 1): A, then D and F
        total += (-5 / 3 * odd[0] + 4 / 3 * (odd[1] + odd[2])) * own
        total += (4 / 3) * ((odd[0] - odd[near]) * own**3 + (odd[0] - odd[far]) * own * other**2)
    return np.where(np.isfinite(total), total, -leading)


def _stretched(groups: Groups, stretch: Floats) -> Groups:
    """The same groups with every p multiplied by its own factor (B, n)."""
    n = groups.students
    across = groups.across * stretch[..., None]
    teacher = np.take_along_axis(groups.teachers, groups.owner[..., None], axis=1)
    rows = groups.along[..., None] * teacher + across
    length = np.sqrt(np.einsum("bid,bid->bi", rows, rows))
    unit, angle = groups.unit.copy(), groups.angle.copy()
    unit[:, :n] = rows / np.where(length > 0, length, 1.0)[..., None]
    first, second = unit[:, :n, None], groups.teachers[:, None]
    angle[:, :n] = 2.0 * np.arctan2(np.linalg.norm(first - second, axis=-1), np.linalg.norm(first + second, axis=-1))
    return replace(groups, unit=unit, angle=angle, length=length, across=across)


def _leading(groups: Groups) -> tuple[Floats, Floats]:
    """(E₄, sin∠(e_i, e_l)) for all pairs of students: (B, n, n) each."""
    n = groups.students
    between = groups.to_owner(np.take_along_axis(groups.angle[:, n:], groups.owner[..., None], axis=1))
    sine, cosine = np.sin(between), np.cos(between)
    onto = groups.to_owner(groups.across @ groups.teachers.swapaxes(-1, -2))
    back = onto.swapaxes(1, 2)
    square = np.where(sine > 0, sine, 1.0) ** 2
    size = np.einsum("bid,bid->bi", groups.across, groups.across)
    first = np.maximum(size[:, :, None] - onto**2 / square, 0.0)
    second = np.maximum(size[:, None, :] - back**2 / square, 0.0)
    mixed = groups.across @ groups.across.swapaxes(-1, -2) + cosine * onto * back / square
    masses = groups.along[:, :, None] * groups.along[:, None, :]
    safe = np.where((masses > 0) & (sine > 0), masses * sine, np.inf)
    return (first * second + 2.0 * mixed**2) / (2.0 * np.pi * safe), sine
