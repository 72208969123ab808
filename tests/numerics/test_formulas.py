"""Derived formulas against the numerics: what is tidied keeps its value, and printed code runs and agrees."""

import numpy as np
import pytest

from numerics import Network
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Entry, Frame, Walk
from theory import tidy as tidy_module
from theory.code import to_python
from theory.formulas import derive_object
from theory.heads import norm
from theory.model import find_model
from theory.quantity import Setting, vocabulary
from theory.symbols import w
from theory.tidy import tidy

MODELS = ("wang21a", "xu23a", "zhou21b")
RNG = np.random.default_rng(5)
STUDENTS, DIRECTION = RNG.normal(size=(3, 4)), RNG.normal(size=(3, 4))


def teachers(model):
    return RNG.normal(size=(1 if find_model(model).single_teacher else 2, 4))


def run(model, which, students=None):
    """The functions of the printed code, and the rows to call them with."""
    derived = derive_object(find_model(model), which, students)
    names = {}
    exec(compile(to_python(derived), which, "exec"), names)  # the code is ours
    rows = teachers(model)
    own = STUDENTS if students is None else STUDENTS[:students]
    net = Network(model=model, students=own, teachers=rows)
    return names, own, rows[0] if find_model(model).single_teacher else rows, net


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("students", [None, 2])
def test_printed_code_agrees_with_the_numerics(model, students):
    names, w_rows, v_rows, net = run(model, "loss", students)
    assert names["loss"](w_rows, v_rows) == pytest.approx(net.loss, rel=1e-12)
    names, w_rows, v_rows, net = run(model, "gradient", students)
    assert np.allclose(names["gradient"](w_rows, v_rows), net.gradient, rtol=1e-12, atol=1e-13)
    names, w_rows, v_rows, net = run(model, "rhs", students)
    assert np.allclose(names["rhs"](w_rows, v_rows), -net.gradient, rtol=1e-12, atol=1e-13)
    names, w_rows, v_rows, net = run(model, "hessian", students)
    direction = DIRECTION[: len(w_rows)]
    assert names["hessian_form"](w_rows, v_rows, direction) == pytest.approx(net.hessian_form(direction), rel=1e-11)
    names, w_rows, v_rows, net = run(model, "flow:loss", students)
    assert names["rate_of_loss"](w_rows, v_rows) == pytest.approx(-(net.gradient_norm**2), rel=1e-12)


@pytest.mark.parametrize("model, power", [("wang21a", 1 / 2), ("xu23a", 2 / 3), ("zhou21b", 1)])
def test_lojasiewicz_ratio(model, power):
    names, w_rows, v_rows, net = run(model, "lojasiewicz")
    assert names["lojasiewicz"](w_rows, v_rows) == pytest.approx(net.gradient_norm / net.loss**power, rel=1e-12)


@pytest.mark.parametrize("which, arity", [("Z", 0), ("V", 0), ("H", 0), ("h", 1), ("theta", 1)])
@pytest.mark.parametrize("students", [None, 2])
def test_rates_along_the_flow_are_difference_quotients(which, arity, students):
    names, w_rows, v_rows, net = run("xu23a", f"flow:{which}", students)
    rates, _, _, _ = run("xu23a", f"potential:{which}", students)
    several = len({key for key in vocabulary() if key[0] == which}) > 1
    ending = f"_{arity}" if several else ""

    def value(rows):
        return np.asarray(rates[which + ending](rows, v_rows))

    step = 1e-6
    quotient = (value(w_rows - step * net.gradient) - value(w_rows + step * net.gradient)) / (2 * step)
    assert np.allclose(names[f"rate_of_{which}{ending}"](w_rows, v_rows), quotient, rtol=1e-6, atol=1e-8)


def test_kernels_run():
    names = {}
    exec(compile(to_python(derive_object(find_model("xu23a"), "kernel")), "kernel", "exec"), names)
    assert names["kernel"](1.0, 1.0, 0.0) == pytest.approx(0.5)


def walk(model):
    own = find_model(model)
    setting = Setting(model=own, several_teachers=not own.single_teacher)
    entries = {
        "w": Entry(data=STUDENTS[None], axis="student", vector=True),
        "v": Entry(data=teachers(model)[None], axis="teacher", vector=True),
        "V": Entry(data=DIRECTION[None], axis="student", vector=True),
    }
    return Walk(arithmetic=Floating(), setting=setting, frame=Frame(entries=entries))


NAMES = ("loss", "effective_gradient", "gradient", "hessian_form", "gradient_norm", "Z", "H")
ONE_TEACHER = ("Z", "H")


@pytest.mark.parametrize(
    "model, name",
    [(model, name) for model in MODELS for name in NAMES if model != "zhou21b" or name not in ONE_TEACHER],
)
def test_tidying_keeps_the_value(model, name, monkeypatch):
    # unit vectors are for display only; here they are written out
    monkeypatch.setattr(tidy_module, "unit", lambda x: x / norm(x))
    monkeypatch.setattr(tidy_module, "_is_unit_or_row", tidy_module.is_row)
    monkeypatch.setattr(tidy_module, "_with_unit", lambda node, row: node)
    monkeypatch.setattr(tidy_module, "_coefficient", _without_units)
    (quantity,) = (q for (known, _), q in vocabulary().items() if known == name)
    evaluate = walk(model)
    tree = quantity.define(evaluate.setting)
    plain, tidied = evaluate(tree), evaluate(tidy(tree))
    order = [tidied.axes.index(axis) for axis in plain.axes]
    assert order == sorted(order)
    assert np.allclose(plain.data, tidied.data, rtol=1e-12, atol=1e-13)


def _without_units(vector):
    number, rest = vector.as_coeff_Mul()
    return number, rest


def test_unit_vectors_stand_for_quotients():
    tree = tidy(w[0] / norm(w[0]))
    assert tree == tidy_module.unit(w[0])
