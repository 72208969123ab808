"""What printers print: as a paper would, for quantities, sums, masks, bound indices, and every derived object."""

import re

import pytest
from sympy import Rational, Symbol, cos, exp, pi, sin, sqrt

from theory import heads
from theory.display import to_latex, to_unicode
from theory.formulas import OBJECTS, derive_object
from theory.model import find_model, models
from theory.quantity import Quantity, vocabulary
from theory.reading import at_sizes, condition, readable
from theory.symbols import V, a, b, fresh, i, j, k, over, teachers, v, w
from theory.vocabulary import gradient, kappa, loss, residual_norm, theta, w_norm

Z = vocabulary()["Z", 0].symbol


@pytest.mark.parametrize(
    "tree, latex, line",
    [
        (loss, "L", "L"),
        (w_norm[i] ** 2 * theta[i] ** 3, r"\theta_{i}^{3} \lVert w_{i}\rVert^{2}", "θᵢ³ ‖wᵢ‖²"),
        (theta[i, j], r"\theta_{ij}", "θᵢⱼ"),
        (gradient[i], r"\nabla_{w_{i}}L", "∇_{wᵢ}L"),
        (heads.norm(w[i]), r"\lVert w_{i}\rVert", "‖wᵢ‖"),
        (heads.dot(w[i], w[i]), r"\lVert w_{i}\rVert^{2}", "‖wᵢ‖²"),
        (heads.dot(v, w[i]), r"\langle w_{i}, v\rangle", "⟨wᵢ, v⟩"),
        (heads.angle(w[i], w[j]), r"\theta_{ij}", "θᵢⱼ"),
        (heads.angle(v, w[i]), r"\theta_{i}", "θᵢ"),
        (heads.angle(w[i], teachers[a]), r"\angle\left(w_{i}, v_{a}\right)", "∠(wᵢ, vₐ)"),
        (heads.angle(v, v), "0", "0"),
        (w[i] / heads.norm(w[i]), r"\bar{w}_{i}", "w̄ᵢ"),
        (heads.dot(w[i], v) / heads.norm(v), r"\langle w_{i}, \bar{v}\rangle", "⟨wᵢ, v̄⟩"),
        (over(w_norm[i], i), r"\sum_{i=1}^{n} \lVert w_{i}\rVert", "Σ_{i=1}^n ‖wᵢ‖"),
        (over(heads.Distinct(i, j) * theta[i, j], j), r"\sum_{j \neq i} \theta_{ij}", "Σ_{j ≠ i} θᵢⱼ"),
        (over(heads.Distinct(i, j) * theta[i, j], i, j), r"\sum_{i \neq j} \theta_{ij}", "Σ_{i ≠ j} θᵢⱼ"),
        (over(3 * pi * w_norm[i] / 2, i), r"\frac{3 \pi}{2} \sum_{i=1}^{n} \lVert w_{i}\rVert", "3 π/2 Σ_{i=1}^n ‖wᵢ‖"),
        (heads.largest(theta[i], i), r"\max_{i} \theta_{i}", "max_i θᵢ"),
        (heads.largest(heads.largest(kappa[i, j], i), j), r"\max_{j} \max_{i} \kappa_{ij}", "max_j max_i κᵢⱼ"),
        (sin(theta[i]) ** 2, r"\sin^{2} \theta_{i}", "sin² θᵢ"),
        (cos(2 * theta[i]), r"\cos\left(2 \theta_{i}\right)", "cos(2 θᵢ)"),
        (30 * pi * loss, r"30 \pi L", "30 π L"),
        (sqrt(8 * loss), r"2 \sqrt{2} \sqrt{L}", "2 √2 √L"),
        (loss ** Rational(2, 3), r"L^{\frac{2}{3}}", "L^(2/3)"),
        (-loss, "-L", "-L"),
        (exp(-loss), r"e^{-L}", "e^(-L)"),
        (residual_norm / 3, r"\frac{\lVert r\rVert}{3}", "‖r‖/3"),
        (heads.rate(Z), r"\frac{d}{dt} Z", "d/dt Z"),
        (heads.after_step(loss), r"\left[L\right]_{t+1}", "[L]_{t+1}"),
        (heads.norm(w[j] - w[i]), r"\lVert w_{i} - w_{j}\rVert", "‖wᵢ − wⱼ‖"),
        (heads.positive_part(Symbol("x_1")), r"\left(x_{1}\right)_{+}", "(x₁)_+"),
    ],
)
def test_printed_forms(tree, latex, line):
    assert to_latex(tree) == latex
    assert to_unicode(tree) == line


def test_own_quantities_and_own_letters():
    own = Quantity(name="gap", latex=r"\Delta_{#}", meaning="", source="", define=lambda setting: loss, axes=(i,))
    extra = {("gap", 1): own}
    assert to_latex(own.symbol[i] + loss, extra=extra) == r"L + \Delta_{i}"
    assert to_latex(loss, words={loss: r"\mathcal{L}"}) == r"\mathcal{L}"


def test_bound_indices_get_letters_that_are_free():
    inner = fresh(i)
    tree = over(theta[i, inner] * heads.Distinct(i, inner), inner)
    assert to_latex(tree) == r"\sum_{j \neq i} \theta_{ij}"
    one, two = fresh(i), fresh(i)
    assert to_latex(over(over(kappa[one, two], two), one)) == r"\sum_{i, j=1}^{n} \kappa_{ij}"
    crowded = theta[i, j] + theta[k, Symbol("l", integer=True)] + over(w_norm[fresh(i)], fresh(i))
    assert "'" not in to_latex(theta[i] + over(w_norm[inner], inner))
    assert readable(crowded).free_symbols >= {i, j, k}


def test_masks_become_conditions():
    parts = condition(over(heads.Distinct(i, j) * loss, i, j))
    assert (parts.indices, parts.summand) == ((i, j), loss)
    assert set(parts.distinct[0]) == {i, j}


def test_sums_are_written_out():
    tree = over(heads.Distinct(i, j) * heads.angle(w[i], w[j]), i, j)
    assert to_unicode(at_sizes(tree, {"student": 2})) == "2 θ₁₂"
    assert at_sizes(tree, {"student": 1}) == 0
    assert to_unicode(at_sizes(over(w_norm[i], i), {"student": 3})) == "‖w₁‖ + ‖w₂‖ + ‖w₃‖"
    assert at_sizes(over(heads.norm(teachers[a]), a), {"student": 2}).has(a)


def test_the_gradient_of_xu23a_reads_like_the_paper():
    (formula,) = derive_object(find_model("xu23a"), "gradient").formulas
    assert to_latex(formula.right) == (
        r"\frac{1}{2 \pi} \sum_{j=1}^{n} \left(\left(\pi - \theta_{ij}\right) w_{j} + "
        r"\lVert w_{j}\rVert \sin \theta_{ij} \bar{w}_{i}\right) - "
        r"\frac{1}{2 \pi} \left(\left(\pi - \theta_{i}\right) v + \lVert v\rVert \sin \theta_{i} \bar{w}_{i}\right)"
    )


def balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and text.count(r"\left") == text.count(r"\right")


@pytest.mark.parametrize("model", sorted(models()))
@pytest.mark.parametrize("which", [name for name in OBJECTS if "NAME" not in name] + ["flow:loss", "potential:w_norm"])
@pytest.mark.parametrize("students", [None, 2])
def test_every_object_prints(model, which, students):
    derived = derive_object(find_model(model), which, students)
    assert derived.formulas
    assert derived.steps
    for formula in (*derived.formulas, *derived.where):
        for tree in (formula.left, formula.right):
            latex, line = to_latex(tree), to_unicode(tree)
            assert balanced(latex), latex
            assert "_slot" not in latex
            assert "Dummy" not in latex + line
    for step in derived.steps:
        assert balanced(to_latex(step.expression)), to_latex(step.expression)


@pytest.mark.parametrize("key", sorted(vocabulary()), ids=str)
def test_every_quantity_prints(key):
    quantity = vocabulary()[key]
    leaf = quantity.symbol[tuple(quantity.axes)] if quantity.axes else quantity.symbol
    assert balanced(to_latex(leaf)), to_latex(leaf)
    assert "\\" not in to_unicode(leaf), to_unicode(leaf)
    assert "#" not in to_latex(leaf) + to_unicode(leaf)


def test_directions_and_pairs():
    assert to_unicode(heads.dot(V[i], w[j]) * heads.angle(teachers[a], teachers[b])) == "∠(vₐ, v_b) ⟨wⱼ, Vᵢ⟩"


@pytest.mark.parametrize(
    "which, message",
    [("gradien", "unknown object"), ("flow:Y", "unknown quantity"), ("potential:", "unknown"), ("flow:z", "vector")],
)
def test_unknown_objects(which, message):
    with pytest.raises(ValueError, match=message):
        derive_object(find_model("xu23a"), which)


def test_students_at_least_one():
    with pytest.raises(ValueError, match="at least 1"):
        derive_object(find_model("xu23a"), "loss", 0)
