"""Adversarial search: planted violations of tiny measure are found, true statements are left alone."""

import numpy as np
import pytest
from spaces import angles, box, network_space, relu_loss

from numerics.instances.layout import draw_layout
from numerics.instances.sample import sample_batches
from numerics.instances.space import Family, Space
from numerics.search.adversarial import search
from numerics.search.charts import Cartesian, Polar
from numerics.search.contraction import Contraction
from numerics.search.optimiser import portfolio

SEEDS = (0, 1, 2)


def run(margin, space, seed=0, work=100_000, **options):
    return search(margin, space, np.random.default_rng(seed), work=work, **options)


def disc(batch):
    """Violated in a disc of radius 1e-4 in [0,1]²."""
    return (batch["x"] - 0.3141) ** 2 + (batch["y"] - 0.7182) ** 2 - 1e-8


def rugged(batch):
    """Violated in a ball of radius 1.8e-3 in [−5,5]⁶ (relative measure 2e-22), behind about 10⁶ local
    minima.
    """
    centre = np.array([0.71, -1.3, 2.2, 0.4, -3.1, 1.9])
    z = np.stack([batch[f"x{i}"] for i in range(6)], axis=1) - centre
    return (z**2 - 3 * np.cos(2 * np.pi * z) + 3).sum(axis=1) - 2e-4


def corner(batch):
    """Violated only within 1e-7 of one corner, where sampling at random has measure 1e-14."""
    return np.where((batch["x"] > 1 - 1e-7) & (batch["y"] < 1e-7), -1.0, 1.0)


def near_parallel(batch):
    """Violated only where all students are within 1e-6 of the teacher, not on it; no signal elsewhere."""
    theta = angles(batch["W"], batch["v"]).max(axis=1)
    return np.where((theta > 0) & (theta < 1e-6), -1.0, 1.0)


def students_meet(batch):
    """Violated only where two students are within 3e-9 of each other, both near norm 2; signal everywhere."""
    w = batch["W"]
    if w.shape[1] < 2:
        return np.full(len(w), np.nan)
    apart = np.log10(np.maximum(angles(w[:, 0], w[:, 1]), 1e-16)) + 8.5
    off = np.abs(np.linalg.norm(w[:, 0], axis=1) - 2.0) + np.abs(np.linalg.norm(w[:, 1], axis=1) - 2.0)
    return np.maximum(apart, 100.0 * off - 0.1)


def near_optimum(batch):
    """Violated only where the residual is below 1e-6 while some angle is between 1e-5 and 1e-2."""
    v = batch["v"][:, 0]
    residual = np.linalg.norm(batch["W"].sum(axis=1) - v, axis=1) / np.linalg.norm(v, axis=1)
    theta = angles(batch["W"], batch["v"]).max(axis=1)
    return np.where((residual < 1e-6) & (theta > 1e-5) & (theta < 1e-2), -1.0, 1.0)


def angle_bound(constant):
    """‖w_i‖² θ_i³ <= constant · L for ReLU students: true for 4π³, false below (equality at w = (−v, v))."""

    def margin(batch):
        loss = relu_loss(batch["W"], batch["v"])
        left = (np.linalg.norm(batch["W"], axis=2) ** 2 * angles(batch["W"], batch["v"]) ** 3).max(axis=1)
        size = constant * loss + left
        # Below 1e-9 of the teachers' scale this loss is mostly rounding.
        scale = np.einsum("bnd,bnd->b", batch["v"], batch["v"]) + np.einsum("bnd,bnd->b", batch["W"], batch["W"])
        return np.where(loss > 1e-9 * scale, (constant * loss - left) / size, np.nan)

    return margin


PLANTED = {
    "disc": (disc, box(x=(0, 1), y=(0, 1))),
    "rugged": (rugged, box(**{f"x{i}": (-5, 5) for i in range(6)})),
    "corner": (corner, box(x=(0, 1), y=(0, 1))),
    "near parallel": (near_parallel, network_space("xu23a")),
    "students meet": (students_meet, network_space("xu23a")),
    "near optimum": (near_optimum, network_space("xu23a")),
    "angle bound, constant 30π": (angle_bound(30 * np.pi), network_space("xu23a")),
    "angle bound, constant 4π³ − 1/100": (angle_bound(4 * np.pi**3 - 0.01), network_space("xu23a")),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", PLANTED)
def test_planted_violations_are_found(name, seed):
    margin, space = PLANTED[name]
    result = run(margin, space, seed, stop_below=0.0)
    assert result.margin < 0
    assert result.instance is not None
    again = margin({key: value[None] for key, value in result.instance.items()})
    assert again[0] == pytest.approx(result.margin, rel=1e-6)


def test_plain_sampling_misses_the_disc_and_the_rugged_one():
    for name in ("disc", "rugged"):
        margin, space = PLANTED[name]
        assert run(margin, space, stages=("strata",)).margin > 0


@pytest.mark.parametrize("name", list(portfolio()))
def test_each_optimiser_alone_solves_what_it_is_for(name):
    assert run(disc, box(x=(0, 1), y=(0, 1)), stages=(name,), work=20_000).margin < 0


def test_true_statements_are_left_alone():
    statements = [
        (lambda b: (b["x"] - b["y"]) ** 2, box(x=(0, 1), y=(0, 1))),
        (angle_bound(4 * np.pi**3 * (1 + 1e-9)), network_space("xu23a")),
        (lambda b: np.linalg.norm(b["W"], axis=2).sum(axis=1) - np.linalg.norm(b["W"].sum(axis=1), axis=1)
         + 1e-12 * np.abs(b["W"]).max(axis=(1, 2)), network_space("xu23a")),
    ]  # fmt: skip
    for margin, space in statements:
        result = run(margin, space, work=40_000)
        assert result.margin >= 0
        assert result.met > 1000


def test_the_sharp_constant_is_reached_from_outside():
    """sup ‖w‖²θ³/L = 4π³, attained at exactly antiparallel students only."""

    def ratio(batch):
        loss = relu_loss(batch["W"], batch["v"])
        left = (np.linalg.norm(batch["W"], axis=2) ** 2 * angles(batch["W"], batch["v"]) ** 3).max(axis=1)
        return np.where(loss > 1e-6 * np.einsum("bnd,bnd->b", batch["v"], batch["v"]), -left / loss, np.nan)

    result = run(ratio, network_space("xu23a", students=(2, 4)), work=60_000)
    assert -result.margin == pytest.approx(4 * np.pi**3, rel=1e-6)


def test_a_limit_at_the_minima_is_followed():
    """‖W − W*‖ over √L for quadratic networks is unbounded as W → W* across q; a smooth ratio only grows
    there.
    """

    def margin(batch):
        w, v = batch["W"], batch["v"][:, 0]
        gram = np.einsum("bni,bnj->bij", w, w) - np.einsum("bi,bj->bij", v, v)
        loss = 0.25 * np.einsum("bii->b", gram) ** 2 + 0.5 * (gram**2).sum(axis=(1, 2))
        norm = np.linalg.norm(v, axis=1)
        along = np.linalg.norm(np.einsum("bnd,bd->bn", w, v), axis=1) / norm
        distance = np.maximum((w**2).sum(axis=(1, 2)) + norm**2 - 2 * along * norm, 0.0) / norm**2
        scaled = loss / norm**4
        return np.where(scaled > 1e-16, 1e3 - distance / np.sqrt(scaled), np.nan) / 1e3

    assert run(margin, network_space("wang21a", students=(2, 3), dimension=(2, 3)), work=40_000).margin < 1 - 1e-3


def quadratic_curvature(batch):
    """Smallest c with D²L[V,V] >= 2 tr(q vᵀ V q vᵀ V) + 2 |Vq|² − c ν |V|² at ν = dist(W) <= 0.14, as −c.

    Quadratic networks, |v| = 1: sup c = 2√10 only in the limit ν → 0 of one shape of errors; c = 6 attracts
    widely.
    """
    w, v, u = batch["W"], batch["v"][:, 0], batch["U"]
    size = np.linalg.norm(v, axis=1)
    w, v = w / size[:, None, None], v / size[:, None]
    u = u / np.linalg.norm(u, axis=(1, 2), keepdims=True)
    along = np.einsum("bnd,bd->bn", w, v)
    q = along / np.linalg.norm(along, axis=1, keepdims=True)
    best = q[:, :, None] * v[:, None]
    error = w - best
    nu = np.linalg.norm(error, axis=(1, 2))
    cross = np.einsum("bni,bnj->bij", error, best)
    gram = np.einsum("bni,bnj->bij", error, error) + cross + np.swapaxes(cross, 1, 2)
    mixed, outer = np.einsum("bnd,bmd->bnm", w, u), np.einsum("bni,bnj->bij", w, u)
    square = np.einsum("bnn->b", mixed) ** 2 + np.einsum("bnm,bmn->b", mixed, mixed) + (outer**2).sum(axis=(1, 2))
    form = np.einsum("bii->b", gram) + 2 * np.einsum("bnd,bde,bne->b", u, gram, u) + 2 * square
    uq = np.einsum("bnd,bn->bd", u, q)
    rest = form - 2 * np.einsum("bd,bd->b", uq, v) ** 2 - 2 * (uq**2).sum(axis=1)
    return np.where((nu <= 0.14) & (nu > 1e-7), rest / nu, np.nan)


@pytest.mark.soundness
@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_constant_of_a_limit_behind_a_wide_local_optimum_is_approached(seed, near):
    space = Space(
        model="wang21a",
        families=(
            Family(name="W", kind="student", rows=(1, 3)),
            Family(name="v", kind="teacher"),
            Family(name="U", kind="direction", like="W"),
        ),
        dimension=(1, 3),
        near_optimum=near,
    )
    result = run(quadratic_curvature, space, seed, work=400_000)
    assert 6.2 < -result.margin < 2 * np.sqrt(10) + 1e-6


def met_on_a_thin_shell(batch):
    return 3e-3 - np.abs(np.linalg.norm(batch["W"], axis=(1, 2)) - 1.2345)


def test_hypotheses_are_reached_from_outside_by_their_slack():
    space = network_space("xu23a", students=(2, 3), dimension=(2, 3))

    def margin(batch):
        value = 1.2345 - np.linalg.norm(batch["W"].sum(axis=1), axis=1) / np.sqrt(batch["W"].shape[1])
        return np.where(met_on_a_thin_shell(batch) >= 0, value, np.nan)

    guided = run(margin, space, hypothesis_slack=met_on_a_thin_shell)
    assert guided.met > 1000
    assert guided.margin < -2.9e-3  # the bound is −3e-3


def test_hypotheses_never_met_are_reported():
    result = run(lambda b: np.full(len(b["x"]), np.nan), box(x=(0, 1)), work=5000)
    assert result.met == 0
    assert result.instance is None
    assert result.margin == np.inf
    assert result.candidates == ()
    assert result.evaluations >= 4500


def test_noise_of_the_fast_form_is_refined_away():
    rng = np.random.default_rng(5)

    def noisy(batch):
        return batch["x"] * 0 + rng.normal(0.0, 1e-3, batch["x"].size)

    def refined(batch):
        return np.where(np.abs(batch["x"] - 0.25) < 1e-3, -1e-5, 1e-5)

    assert run(noisy, box(x=(0, 1)), work=5000).margin < -1e-3
    result = run(noisy, box(x=(0, 1)), work=5000, refine=refined)
    assert result.margin == -1e-5
    assert all(found.margin in (-1e-5, 1e-5) for found in result.candidates)


def test_infinite_margins_are_no_violations():
    result = run(lambda b: np.where(b["x"] < 0.5, -np.inf, 1.0), box(x=(0, 1)), work=2000)
    assert result.margin == 1.0
    assert result.met < result.evaluations


@pytest.mark.parametrize("work", [100, 5000, 50_000])
def test_work_is_kept_and_counted(work):
    calls = []

    def margin(batch):
        calls.append(len(batch["W"]))
        return np.linalg.norm(batch["W"], axis=(1, 2))

    result = run(margin, network_space("xu23a"), work=work)
    assert result.evaluations == sum(calls) == sum(tally.evaluated for tally in result.stages.values())
    assert 0.6 * work <= result.evaluations <= 1.15 * work + 200
    assert result.met == result.evaluations
    assert sum(tally.evaluated for tally in result.strata.values()) == result.stages["strata"].evaluated


def test_same_seed_same_result():
    one, two = (run(angle_bound(120.0), network_space("xu23a"), 7, 20_000) for _ in range(2))
    assert one.margin == two.margin
    assert all(np.array_equal(one.instance[key], two.instance[key]) for key in one.instance)
    assert [c.margin for c in one.candidates] == [c.margin for c in two.candidates]


def test_candidates_are_sorted_and_of_different_origins():
    result = run(angle_bound(30 * np.pi), network_space("xu23a"), work=20_000)
    assert [c.margin for c in result.candidates] == sorted(c.margin for c in result.candidates)
    assert len({(c.stratum, c.layout) for c in result.candidates}) == len(result.candidates) > 3


SQUARE = box(x=(0, 1), y=(0, 1))
BAD = {
    "work >= 1": lambda: run(disc, box(x=(0, 1), y=(0, 1)), work=0),
    "stages among": lambda: run(disc, box(x=(0, 1), y=(0, 1)), stages=("annealing",)),
    "margin returned shape": lambda: run(lambda b: np.zeros(1), box(x=(0, 1), y=(0, 1))),
    "hypothesis_slack returned": lambda: run(disc, SQUARE, hypothesis_slack=lambda b: np.zeros(1)),
}  # fmt: skip


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message):
    with pytest.raises(ValueError, match=message):
        BAD[message]()


@pytest.mark.parametrize("model", ["wang21a", "xu23a", "zhou21b"])
@pytest.mark.parametrize("chart", [Cartesian, Polar, Contraction])
def test_charts_give_back_what_they_encode(model, chart):
    space = Space(
        model=model,
        families=(
            Family(name="W", kind="student", rows=(2, 4)),
            Family(name="v", kind="teacher", rows=(1, 2)),
            Family(name="U", kind="direction", like="W"),
        ),
        scalars=box(a=(0, 3)).scalars,
        dimension=(1, 4),
    )
    for drawn in sample_batches(space, np.random.default_rng(1), 1500):
        made = chart(drawn.layout, drawn.batch)
        points = made.encode()
        back = made.decode(points, np.arange(drawn.size))
        assert np.isfinite(points).all()
        for name, values in drawn.batch.items():
            if name == "a":
                assert np.allclose(back[name], values, rtol=1e-12, atol=3e-12)
                continue
            size = np.linalg.norm(values, axis=(1, 2), keepdims=True)
            if chart is Contraction:  # errors are relative to the minimum, not to a student far inside it
                size = np.maximum(size, np.linalg.norm(drawn.batch["v"], axis=(1, 2), keepdims=True))
            # Polar keeps angles down to 3e-13 and norms down to 1e-13 of the largest.
            assert np.all(np.abs(back[name] - values) <= 1e-12 * size + 1e-100), (drawn.stratum, name)


def test_polar_keeps_the_digits_of_small_angles():
    space = network_space("xu23a", students=(2, 3), dimension=(2, 4))
    layout = draw_layout(space, np.random.default_rng(0))
    rng = np.random.default_rng(2)
    count, d = layout.shape("W")
    v = np.zeros((50, 1, d))
    v[..., 0] = 1.0
    small = 10.0 ** rng.uniform(-9, -1, (50, count))
    w = np.zeros((50, count, d))
    w[..., 0], w[..., 1] = 1.0, small
    chart = Polar(layout, {"W": w, "v": v})
    back = chart.decode(chart.encode(), np.arange(50))
    assert np.allclose(angles(back["W"], back["v"]), np.arctan(small), rtol=1e-6)
