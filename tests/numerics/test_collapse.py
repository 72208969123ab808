"""Students that reach 0: when, whether they may stay, and what the flow does then."""

import numpy as np
import pytest

from numerics import Network, gradient_flow
from numerics.dynamics.resume import resume_flow
from numerics.dynamics.subgradient import subgradient_at_zero
from numerics.dynamics.trajectory import Trajectory


def start(n, d, seed):
    rng = np.random.default_rng(seed)
    return Network(model="xu23a", students=rng.normal(size=(n, d)) / np.sqrt(d), teachers=np.eye(1, d))


# Times agree with runs at 100 times smaller tolerance to the digits given.
KNOWN = [(10, 20, 1, 0, 1.452650), (10, 20, 2, 4, 2.174330), (10, 20, 4, 7, 0.815491), (10, 20, 6, 1, 2.554734)]
KNOWN += [(5, 10, 1, 4, 3.301111), (5, 10, 13, 4, 3.995784)]


@pytest.mark.parametrize("n, d, seed, neuron, time", KNOWN)
def test_collapse_is_an_event_with_its_time(n, d, seed, neuron, time):
    run = gradient_flow(start(n, d, seed), until=1e3)
    assert run.status == "collapse"
    (event,) = run.events
    assert (event.name, event.neuron) == ("collapse", neuron)
    assert event.t == pytest.approx(time, abs=1e-6)
    assert np.linalg.norm(run.states[-1, neuron]) < 1e-8


def test_frozen_student_rests_at_a_subgradient():
    run = gradient_flow(start(10, 20, 1), until=1e3, after_collapse="freeze", refine=True)
    assert run.status == "finished"
    assert [(event.name, event.neuron) for event in run.events] == [("collapse", 0), ("collapse", 2)]
    after = run.t > run.events[1].t
    assert not run.states[after][:, [0, 2]].any()
    assert run.monitors["frozen_subgradient_distance"] < 1e-7
    assert run.monitors["frozen_checked_until"] == 1e3
    assert run.monitors["largest_relative_loss_increase"] == 0.0
    assert run.error_evidence["loss_difference_tolerance"] < 1e-5
    # From there on it is the flow of the other students.
    first = int(np.flatnonzero(after)[3])
    alive = np.delete(np.arange(10), [0, 2])
    rest = Network(model="xu23a", students=run.states[first][alive], teachers=run.teachers)
    alone = gradient_flow(rest, until=50.0, at=[50.0])
    joined = gradient_flow(
        start(10, 20, 1), until=run.t[first] + 50.0, at=[run.t[first] + 50.0], after_collapse="freeze"
    )
    assert joined.loss[-1] == pytest.approx(alone.loss[-1], rel=1e-6)


def test_collapse_among_several_teachers():
    rng = np.random.default_rng(2)
    n, m, d = (int(rng.integers(*span)) for span in ((5, 9), (2, 5), (5, 11)))
    students = rng.normal(size=(n, d)) / np.sqrt(d)
    net = Network(model="xu23a", students=students, teachers=rng.normal(size=(m, d)) / np.sqrt(d))
    run = gradient_flow(net, until=100.0, after_collapse="freeze")
    assert run.status == "finished"
    assert run.events[0].t == pytest.approx(2.259335, abs=1e-5)


def test_exponential_decay_is_not_called_a_collapse():
    """The student opposite to the teacher falls like e^{−t/2} and never reaches 0."""
    net = Network(model="xu23a", students=[[-0.5, 0.0], [2.0, 0.0]], teachers=[[1.0, 0.0]])
    run = gradient_flow(net, until=1e3)
    assert run.status == "unresolved"
    assert run.events[0].name == "unresolved"
    assert "not known" in run.message


def test_hull_of_gradients_against_a_closed_case():
    """Teachers v and −v with output weights 1 and −1 make the target ⟨v, x⟩: then all limits are −λ v, and 0 is none."""
    net = Network(
        model="xu23a",
        students=[[0.0, 0.0, 0.0], [0.2, 0.1, 0.0]],
        teachers=[[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]],
        student_weights=[1.0, 1e-9],
        teacher_weights=[1.0, -1.0],
    )
    found = subgradient_at_zero(net, 0)
    assert not found.stays
    assert found.distance == pytest.approx(1.0, abs=1e-6)
    assert found.descent == pytest.approx(-1.0, abs=1e-2)
    # Two equal teachers of opposite sides make |⟨v, x⟩|, even: the limits lie symmetrically about 0.
    even = Network(model="xu23a", students=net.students, teachers=net.teachers)
    found = subgradient_at_zero(even, 0, spare=True)
    assert found.stays
    assert found.descent < 0
    with pytest.raises(ValueError, match="is not 0"):
        subgradient_at_zero(net, 1)


def test_resting_where_0_is_no_subgradient_ends_the_record():
    net = Network(
        model="xu23a",
        students=[[0.0, 0.0], [0.2, 0.1]],
        teachers=[[1.0, 0.0], [-1.0, 0.0]],
        teacher_weights=[1.0, -1.0],
    )
    run = gradient_flow(net, until=10.0, after_collapse="freeze")
    assert run.status == "unresolved"
    assert run.events[-1].name == "not stationary"
    assert len(run.t) == 1
    with pytest.raises(ValueError, match="after_collapse='freeze'"):
        gradient_flow(net, until=10.0)
    with pytest.raises(ValueError, match="all students are 0"):
        gradient_flow(net.replace_students(np.zeros((2, 2))), until=1.0, after_collapse="freeze")


def test_a_collapsed_run_goes_on_frozen(tmp_path):
    run = gradient_flow(start(5, 10, 1), until=1e3)
    run.save(tmp_path / "run.npz")
    # The collapsing student is tiny but not 0: going on finds the collapse again.
    rest = resume_flow(Trajectory.load(tmp_path / "run.npz"), until=1e3, after_collapse="freeze")
    once = gradient_flow(start(5, 10, 1), until=1e3, after_collapse="freeze")
    assert rest.status == "finished"
    assert rest.loss[-1] == pytest.approx(once.loss[-1], rel=1e-6)
    longer = resume_flow(once, until=1e4, after_collapse="freeze")
    assert longer.status == "finished"
    assert not longer.states[-1, 4].any()
