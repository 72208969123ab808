"""arccos(u·u) is nan where rounding lifts u·u above 1, and a phantom angle near 1e-8 where it falls below."""

import numpy as np

from checks.upstream.corpus import Defect, Observation


def shown() -> Observation:
    u = np.random.default_rng(0).standard_normal((20_000, 5))
    u /= np.linalg.norm(u, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        angles = np.arccos(np.sum(u * u, axis=-1))
    share = float(np.mean(np.isnan(angles)))
    return Observation(holds=share > 0, detail=f"nan for {share:.1%} of 20000 unit vectors of R⁵")


def relied_on() -> Observation:
    """θ = 2·atan2(|u−v|, |u+v|) at true angles 10⁻¹² … 1 between unit vectors of the plane, and at u = v."""
    true = np.logspace(-12, 0, 49)
    u = np.array([1.0, 0.0])
    v = np.stack([np.cos(true), np.sin(true)], axis=-1)
    angles = 2 * np.arctan2(np.linalg.norm(u - v, axis=-1), np.linalg.norm(u + v, axis=-1))
    error = float(np.max(np.abs(angles / true - 1)))
    coincident = float(2 * np.arctan2(np.linalg.norm(u - u), np.linalg.norm(u + u)))
    return Observation(
        holds=error < 1e-14 and coincident == 0.0,
        detail=f"largest relative error {error:.1e}, {coincident} at u = v",
    )


DEFECT = Defect(
    title="arccos(u·u) of a unit vector is nan or a phantom angle",
    source="W. Kahan, How Futile are Mindless Assessments of Roundoff in Floating-Point Computation?",
    known_present=True,
    shown=shown,
    reliance="2·atan2(|u−v|, |u+v|) keeps its digits at every angle",
    relied_on=relied_on,
)
