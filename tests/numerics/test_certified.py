"""Certified digits against the papers' printed double sums, in general and in every degenerate position."""

from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import reference

import numerics.evaluation.certified as certified_module
from numerics import Network
from numerics.evaluation.certified import Certified, describe, quantities_named

MODELS = ("wang21a", "xu23a", "zhou21b")
DIGITS = 17

POSITIONS = {
    "general": ([[0.5, 0.25, -1], [0.125, 3, 1]], [[1, 0.5, 0.25]]),
    "parallel": ([[1, 2], [0.5, 1]], [[3, 1]]),
    "antiparallel": ([[1, 2], [-0.5, -1]], [[3, 1]]),
    "orthogonal": ([[1, 2], [-2, 1]], [[0, 5]]),
    "against the teacher": ([[-1, 0], [1, 0]], [[1, 0]]),
    "small angles": ([[1, 1e-9], [0.5, -3e-9]], [[1, 0]]),
    "norms side by side": ([[1e8, 3e7], [2e-8, -1e-8]], [[1, 1]]),
    "more neurons than dimensions": ([[1, 2], [3, -1], [-2, 0.5], [0.25, 0.75]], [[1, 1]]),
    "one neuron": ([[0.75, 0.5]], [[1, 1]]),
    "one dimension": ([[0.75], [-2]], [[1]]),
    "zero neuron": ([[0, 0], [0.5, 1]], [[1, 1]]),
    "tiny loss": ([[0.5, 1e-5], [0.5, 0.0]], [[1, 0]]),
}


def agrees(text: str, exact: mpmath.mpf, digits: int = DIGITS) -> bool:
    """Whether the decimal is within half a unit of its last place (a ball of the reference's own error aside)."""
    if text == "0":
        return abs(exact) < mpmath.mpf(10) ** -60
    value = Decimal(text)
    unit = mpmath.mpf(10) ** (value.adjusted() - digits + 1)
    return abs(mpmath.mpf(text) - exact) <= unit * mpmath.mpf("0.5000001")


def test_the_comparison_sees_one_wrong_digit():
    with mpmath.workdps(50):
        exact = mpmath.mpf(1) / 3
        assert agrees("0.33333333333333333", exact)
        assert not agrees("0.33333333333333334", exact)
        assert not agrees("0", exact)


def check(model: str, students: list, teachers: list) -> None:
    w, v = np.array(students, dtype=float), np.array(teachers, dtype=float)
    values, _ = Certified(network=Network(model=model, students=w, teachers=v)).evaluate(["loss", "gradient"])
    with mpmath.workdps(150):
        loss, gradient = reference(model, w, v, digits=150)
        assert agrees(values["loss"], loss)
        for row, exact in zip(values["gradient"], gradient, strict=True):
            assert (row is None) == (exact is None)
            assert row is None or all(map(agrees, row, exact))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("position", POSITIONS)
def test_every_digit_is_right(model, position):
    check(model, *POSITIONS[position])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("position", POSITIONS)
def test_enclosures_alone_say_the_same(model, position, monkeypatch):
    """The way of large networks, with closed forms only for what balls leave open."""
    monkeypatch.setattr(certified_module, "_LARGE", 0)
    check(model, *POSITIONS[position])


small = st.floats(-4, 4, allow_subnormal=False).map(lambda x: round(x, 3))


@settings(max_examples=25)
@given(st.data(), st.sampled_from(MODELS), st.integers(1, 3), st.integers(1, 3))
def test_random_networks(data, model, n, d):
    row = st.lists(small, min_size=d, max_size=d)
    students = data.draw(st.lists(row, min_size=n, max_size=n))
    teachers = data.draw(st.lists(row.filter(any), min_size=1, max_size=1 if model != "zhou21b" else 2))
    check(model, students, teachers)


@pytest.mark.parametrize("digits", [1, 5, 30, 60])
def test_the_number_of_digits_is_a_free_choice(digits):
    net = Network.from_json({"model": "xu23a", "students": [["0.3", "0.7"]], "teachers": [["1", "1/3"]]})
    values, _ = Certified(network=net, digits=digits).evaluate(["loss"])
    longer, _ = Certified(network=net, digits=90).evaluate(["loss"])
    assert len(values["loss"].lstrip("0.")) == digits
    assert agrees(values["loss"], mpmath.mpf(longer["loss"]), digits)


def test_decimal_weights_are_read_exactly():
    net = Network.from_json({"model": "wang21a", "students": [["0.1"]], "teachers": [["0.3"]]})
    values, _ = Certified(network=net).evaluate(["loss", "gradient"])
    assert values == {"loss": "0.0048", "gradient": [["-0.024"]]}


ZEROS = {
    "student is the teacher": ([["0.1", "0.7"]], [["0.1", "0.7"]]),
    "shares of the teacher": ([["0.03", "0.21"], ["0.07", "0.49"]], [["0.1", "0.7"]]),
}


@pytest.mark.parametrize("model", ["xu23a", "wang21a"])
@pytest.mark.parametrize("position", ZEROS)
def test_zeros_are_decided(model, position):
    students, teachers = ZEROS[position]
    if model == "wang21a" and len(students) > 1:
        students = [["0.06", "0.42"], ["0.08", "0.56"]]
    net = Network.from_json({"model": model, "students": students, "teachers": teachers})
    values, reasons = Certified(network=net).evaluate(["loss", "gradient", "gradient_norm"])
    assert values["loss"] == "0"
    assert values["gradient_norm"] == "0"
    assert all(entry == "0" for row in values["gradient"] for entry in row)
    assert not reasons


def test_zero_of_the_absolute_value_with_opposite_students():
    # ‖w‖ w with w = (3/5, 4/5) · √… : squares of norms 1/4 and 3/4 of the teacher on one line, one of them turned round
    students = [["0.3", "0.4"], ["-0.3", "-0.4"]]
    net = Network.from_json({"model": "zhou21b", "students": students, "teachers": [["0.3", "0.4"]]})
    values, _ = Certified(network=net).evaluate(["loss", "gradient"])
    assert values["loss"] == "0"
    assert values["gradient"] == [["0", "0"], ["0", "0"]]


def test_a_zero_by_a_relation_between_angles():
    """Mirror images about the teacher: θ₁₂ = 2θ₁ cancels the component along it."""
    students = [["0.5", "1e-9"], ["0.5", "-1e-9"]]
    net = Network.from_json({"model": "xu23a", "students": students, "teachers": [["1", "0"]]})
    values, reasons = Certified(network=net).evaluate(["gradient"])
    assert [row[0] for row in values["gradient"]] == ["0", "0"]
    assert not reasons


def test_an_undecided_zero_is_reported(monkeypatch):
    monkeypatch.setattr(certified_module, "resolved", lambda forms, form: form)
    students = [["0.5", "1e-9"], ["0.5", "-1e-9"]]
    net = Network.from_json({"model": "xu23a", "students": students, "teachers": [["1", "0"]]})
    values, reasons = Certified(network=net, max_bits=512).evaluate(["gradient"])
    assert values["gradient"][0][0] is None
    assert reasons["gradient[0][0]"].startswith("undecided zero: |value| <= 1e-")


def test_undefined_values_have_reasons():
    net = Network(model="xu23a", students=[[0, 0], [1, 0]], teachers=[[1, 1]])
    values, reasons = Certified(network=net, direction=_rows([[1, 0], [0, 1]])).evaluate(
        ["loss", "gradient", "theta", "hessian_form"]
    )
    assert values["loss"] is not None
    assert values["gradient"][0] is None
    assert values["gradient"][1] is not None
    assert values["theta[i]"][0] is None
    assert values["hessian_form"] is None
    assert set(reasons) >= {"gradient[0]", "theta[i]"[:5] + "[0]", "hessian_form"}
    assert all(reasons.values())


def test_a_zero_neuron_of_a_squared_parametrisation_has_gradient_zero():
    net = Network(model="zhou21b", students=[[0, 0], [1, 0]], teachers=[[1, 1]])
    values, _ = Certified(network=net).evaluate(["gradient", "gradient_norm"])
    assert values["gradient"][0] == ["0", "0"]
    assert abs(float(values["gradient_norm"]) - net.gradient_norm) < 1e-14


def _rows(rows):
    return [[Fraction(entry) for entry in row] for row in rows]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "students", [[[1, 0.5], [0.25, -1]], [[1, 0.5], [0.5, 0.25]], [[1, 0.5], [-2, -1]], [[1, 1], [3, 3]]]
)
def test_hessian_form_also_at_parallel_rows(model, students):
    """Against the difference quotient of certified gradients, and the float form."""
    direction = [[1, -2], [0.5, 3]]
    net = Network(model=model, students=students, teachers=[[1, 1]])
    values, _ = Certified(network=net, direction=_rows(direction)).evaluate(["hessian_form"])
    assert abs(float(values["hessian_form"]) - net.hessian_form(direction)) <= 1e-12 * abs(net.hessian_form(direction))
    step = Fraction(1, 10**12)
    sides = []
    for sign in (1, -1):
        moved = [
            [str(Fraction(a) + sign * step * Fraction(b)) for a, b in zip(row, turn, strict=True)]
            for row, turn in zip(students, direction, strict=True)
        ]
        there = Network.from_json({"model": model, "students": moved, "teachers": [[1, 1]]})
        gradient = Certified(network=there, digits=40).evaluate(["gradient"])[0]["gradient"]
        pairs = zip(gradient, direction, strict=True)
        sides.append(sum(Fraction(g) * Fraction(b) for row, turn in pairs for g, b in zip(row, turn, strict=True)))
    quotient = (sides[0] - sides[1]) / (2 * step)
    # the third derivative jumps at parallel rows, so the quotient is of first order there
    assert float(quotient) == pytest.approx(float(values["hessian_form"]), rel=1e-10, abs=1e-10)


def test_names_of_quantities():
    assert list(quantities_named("loss")) == ["loss"]
    assert list(quantities_named("theta")) == ["theta[i]", "theta[i,j]"]
    assert list(quantities_named("theta[i, j]")) == ["theta[i,j]"]
    for wrong in ("los", "theta[]", "theta[i,j,k]", "loss[i]", "theta[i"):
        with pytest.raises(ValueError, match="quantity"):
            quantities_named(wrong)


def test_bad_arguments():
    net = Network(model="xu23a", students=[[1, 0]], teachers=[[1, 1]])
    with pytest.raises(ValueError, match="digits"):
        Certified(network=net, digits=0)
    with pytest.raises(ValueError, match="direction has 2 rows"):
        Certified(network=net, direction=_rows([[1, 0], [0, 1]]))
    with pytest.raises(ValueError, match="batch"):
        Certified(network=Network(model="xu23a", students=np.ones((2, 1, 2)), teachers=[[1, 1]]))
    several = Network(model="xu23a", students=[[1, 0]], teachers=[[1, 1], [0, 1]])
    with pytest.raises(ValueError, match="single teacher"):
        Certified(network=several).evaluate(["h"])


def test_custom_networks_with_output_weights():
    net = Network.from_json(
        {
            "activation": "relu",
            "scale": "1/3",
            "students": [["1", "2"], ["0.5", "-1"]],
            "teachers": [["1", "0"], ["0", "1"]],
            "student_weights": ["2", "-1/3"],
        }
    )
    values, _ = Certified(network=net).evaluate(["loss", "gradient", "residual_norm"])
    assert abs(float(values["loss"]) - net.loss) < 1e-15 * abs(net.loss) * 10
    assert np.allclose(np.array(values["gradient"], dtype=float), net.gradient, rtol=1e-14)


def test_description():
    lines = list(describe({"loss": "1", "gradient": [["1", None], None]}))
    assert lines == ["loss = 1", "gradient[0] = (1, undefined)", "gradient[1] = undefined"]


@pytest.mark.soundness
@settings(max_examples=1500)
@given(st.data(), st.sampled_from(MODELS), st.integers(1, 4), st.integers(1, 4))
def test_many_random_networks(data, model, n, d):
    row = st.lists(st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0, 1e-9, -3.0]) | small, min_size=d, max_size=d)
    students = data.draw(st.lists(row, min_size=n, max_size=n))
    check(model, students, [data.draw(row.filter(any))])
