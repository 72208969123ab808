"""Which backend is chosen, with and without Numba; nothing here needs Numba."""

import builtins

import numpy as np
import pytest

from numerics import Network, gradient_field, gradient_flow
from numerics.dynamics.start import flow_system
from numerics.fast import backend as module
from numerics.fast.backend import VARIABLE, numba_works, resolve_backend
from numerics.fast.systems import compiled


def absent():
    return False


def present():
    return True


@pytest.mark.parametrize(
    "wanted, variable, works, chosen",
    [
        ("auto", None, present, "numba"),
        ("auto", None, absent, "numpy"),
        (None, None, present, "numba"),
        (None, None, absent, "numpy"),
        (None, "", absent, "numpy"),
        (None, "numpy", present, "numpy"),
        (None, "numba", present, "numba"),
        ("numpy", "numba", present, "numpy"),
        ("numba", "numpy", present, "numba"),
    ],
)
def test_choice(wanted, variable, works, chosen):
    environment = {} if variable is None else {VARIABLE: variable}
    assert resolve_backend(wanted, works=works, environment=environment) == chosen


def test_what_is_not_installed_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match=r"backend='numba', but .*pip install 'lemmata\[fast\]'"):
        resolve_backend("numba", works=absent, environment={})
    with pytest.raises(ValueError, match=f"{VARIABLE}='numba'"):
        resolve_backend(None, works=absent, environment={VARIABLE: "numba"})


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="backend='jax' is unknown; choose auto, numpy, numba"):
        resolve_backend("jax", works=present, environment={})
    with pytest.raises(ValueError, match=f"{VARIABLE}='jax'"):
        resolve_backend(None, works=present, environment={VARIABLE: "jax"})


def test_a_numba_that_does_not_load_is_as_good_as_none(monkeypatch):
    real = builtins.__import__

    def broken(name, *rest):
        if name == "numba":
            raise ImportError("built for another NumPy")
        return real(name, *rest)

    numba_works.cache_clear()
    monkeypatch.setattr(builtins, "__import__", broken)
    try:
        assert not numba_works()
        assert resolve_backend("auto", environment={}) == "numpy"
    finally:
        monkeypatch.undo()
        numba_works.cache_clear()


@pytest.fixture
def without_numba(monkeypatch):
    """The choice as it is where Numba is not installed."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(module, "numba_works", absent)
    monkeypatch.setattr(resolve_backend, "__kwdefaults__", {**resolve_backend.__kwdefaults__, "works": absent})


def net(**more):
    return Network(model="xu23a", students=[[0.3, 0.2], [-0.1, 0.4]], teachers=[[1.0, 0.0]], **more)


def test_everything_works_without_numba(without_numba):
    assert net(backend="auto").backend == "numpy"
    field = gradient_field(net())
    assert np.array_equal(field(net().students), gradient_field(net(), backend="numpy")(net().students))
    run = gradient_flow(net(), until=2.0)
    assert run.status == "finished"
    assert np.array_equal(run.loss, gradient_flow(net(), until=2.0, backend="numpy").loss)
    for call in (lambda: net(backend="numba"), lambda: gradient_field(net(), backend="numba")):
        with pytest.raises(ValueError, match="choose numpy"):
            call()
    with pytest.raises(ValueError, match="choose numpy"):
        gradient_flow(net(), until=2.0, backend="numba")


def test_networks_default_to_numpy_because_evidence_may_not_depend_on_what_is_installed():
    assert net().backend == "numpy"
    assert net().replace_students([[1.0, 2.0]]).backend == "numpy"
    assert net().with_backend("numpy").loss == net().loss


def test_numpy_systems_stay_as_they_are():
    system = flow_system(net())
    assert compiled(system, "numpy") is system
    smooth = flow_system(Network(model="wang21a", students=[[0.3, 0.2]], teachers=[[1.0, 0.0]]))
    assert compiled(smooth, "numba") is smooth
