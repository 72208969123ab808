"""Small far neurons beside optimal students that are re-fitted to them: the slowest approach to a minimum of |·| units.

With effective neurons s_k ū_k far from all teachers, the best first-order change c of the teachers' average neurons solves
M c = −Σ_k s_k b(ū_k), where M_ab = E[x xᵀ sgn(v_a·x) sgn(v_b·x)] and b_a(ū) = E[|ū·x| sgn(v_a·x) x].  The loss is then of
second order in s while gradient and angles have their extreme ratios to it.
"""

import numpy as np

from numerics.instances.draw import arranged, log_uniform, norms, unit
from numerics.instances.layout import Layout, Least
from numerics.instances.minima import optimal_students, weights_of
from numerics.instances.space import Batch, Floats
from numerics.instances.stratum import Stratum


def _angle(x: Floats, y: Floats) -> Floats:
    return np.asarray(2 * np.arctan2(np.linalg.norm(x - y, axis=-1), np.linalg.norm(x + y, axis=-1)))


def _moments(axes: Floats) -> Floats:
    """(B, m, d) unit rows -> (B, m d, m d) blocks E[x xᵀ sgn(u_a·x) sgn(u_b·x)]."""
    size, m, d = axes.shape
    x, y = axes[:, :, None], axes[:, None]
    angle = _angle(x, y)
    plus, minus = unit(x + y), unit(x - y)
    plane = plus[..., :, None] * plus[..., None, :] - minus[..., :, None] * minus[..., None, :]
    turn = (1 - 2 * angle / np.pi)[..., None, None] * np.eye(d)
    blocks = turn + (2 / np.pi * np.sin(angle))[..., None, None] * plane
    return np.asarray(blocks.transpose(0, 1, 3, 2, 4).reshape(size, m * d, m * d))


def _pulls(axes: Floats, far: Floats) -> Floats:
    """(B, m, d): Σ_k of E[|u_k·x| sgn(a·x) x] over the effective far rows u_k, for unit rows a."""
    x, y = axes[:, :, None], far[:, None]
    length = np.linalg.norm(y, axis=-1)
    angle = _angle(np.broadcast_to(x, np.broadcast_shapes(x.shape, y.shape)), unit(y))
    pull = (length * np.sin(angle))[..., None] * x + (np.pi / 2 - angle)[..., None] * y
    return np.asarray(2 / np.pi * pull.sum(axis=2))


def _far(rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    """(B, count, d) unit rows: random, on bisectors of two teachers, or across them."""
    size, m, d = teachers.shape
    kind = rng.integers(3)
    direction = rng.standard_normal((size, count, d))
    if kind == 0 and m > 1:
        pair = rng.permutation(m)[:2]
        axes = unit(teachers)
        direction = axes[:, pair[:1]] + rng.choice([-1.0, 1.0]) * axes[:, pair[1:]] + 1e-2 * direction * rng.integers(2)
    elif kind == 1 and d > m:
        span = np.linalg.qr(np.swapaxes(teachers, 1, 2))[0]
        direction -= np.einsum("bnk,bdk->bnd", np.einsum("bnd,bdk->bnk", direction, span), span)
    return unit(direction + np.zeros((size, count, d)))


def _students(layout: Layout, rng: np.random.Generator, teachers: Floats, count: int) -> Floats:
    size, m, d = teachers.shape
    if count <= m:  # nobody is left over
        return optimal_students(layout.space.minima, teachers, count, rng)[0]
    far_count = int(rng.integers(1, count - m + 1))
    power = layout.space.minima.power
    rows, owner = optimal_students(layout.space.minima, teachers, count - far_count, rng)
    base = norms(teachers).min(axis=1, keepdims=True)
    far = base * log_uniform(rng, 1e-9, 0.1, (size, 1, 1)) * _far(rng, teachers, far_count)
    axes = unit(teachers)
    matrices, right = _moments(axes), _pulls(axes, far).reshape(size, m * d, 1)
    solvable = np.linalg.cond(matrices) < 1e10
    matrices[~solvable] = np.eye(m * d)
    change = -np.linalg.solve(matrices, right).reshape(size, m, d) * solvable[:, None, None]
    effective = rows * norms(rows) ** (power - 1)
    for a in range(m):
        mine = np.nonzero(owner == a)[0]
        if mine.size:  # one of the group takes the change, turned as it is
            first = mine[0]
            side = np.where(np.einsum("bd,bd->b", effective[:, first], axes[:, a]) < 0, -1.0, 1.0)
            effective[:, first] += side[:, None] * change[:, a]
    both = np.concatenate([weights_of(effective, power), weights_of(far, power)], axis=1)
    return both[:, rng.permutation(count)]


def _draw(layout: Layout, rng: np.random.Generator, size: int) -> Batch:
    return arranged(layout, rng, size, _students)


STRATUM = Stratum(
    name="refitted",
    title="small far neurons, the others re-fitted to them",
    draw=_draw,
    least=Least(students=2, teachers=1, dimension=2, covering=True),
    when=lambda space: space.minima.law == "even",
    near_optimum=True,
)
