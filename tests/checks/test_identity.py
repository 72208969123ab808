"""Identities: true ones are proved for all sizes that the argument covers, perturbed ones never, and false
ones are refuted.
"""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from identity_bank import (
    FALSE,
    NAMED,
    TRUE,
    angles,
    gradient,
    h,
    hessian_form,
    loss,
    relu,
    theta,
    theta_,
    w_norm,
    x,
    y,
    z,
)
from sympy import Add, Rational, cos, pi, sin, sqrt

from checks.claim import Claim
from checks.engine import InternalConflict, methods
from checks.given import Box, Integers, Networks, Point
from checks.identities import rows
from checks.identities.attack import attack
from checks.method import BUDGETS, Context
from checks.methods.identity import METHOD
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from checks.witness import examine
from theory.heads import Distinct, angle, directional, dot, line_angle, norm, rate
from theory.symbols import V, beta, i, j, k, n, over, v, w

CONTEXT = Context(budget=BUDGETS["quick"])


def run(given, then, **fields):
    claim = Claim(given=given, then=then, **fields)
    assert METHOD.applies(claim)
    return METHOD.run(claim, CONTEXT)


@pytest.mark.parametrize("name", TRUE)
def test_true_identities_are_proved(name):
    given, left, right, scope = TRUE[name]
    evidence = run(given, Equal(left, right))
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.quantified_over == f"{scope}, wherever both sides are defined"
    assert evidence.numbers["instances that met the hypotheses"] > 0


@pytest.mark.parametrize("name", [name for name, case in TRUE.items() if "all n" in case[3]])
def test_what_is_proved_for_all_numbers_of_students_holds_for_six(name):
    """Six students are more than any of the proofs looked at."""
    given, left, right, _ = TRUE[name]
    claim = Claim(given=replace(given, students=6), then=Equal(left, right))
    assert attack(claim, CONTEXT.rng(claim), instances=12, enough=2).finding is None


@pytest.mark.parametrize("model", ["wang21a", "xu23a", "zhou21b"])
@pytest.mark.parametrize("what", ["gradient", "hessian", "rate"])
def test_derivatives_of_the_loss(model, what):
    several = model == "zhou21b"
    given = Networks(model=model, directions=("V",), teachers=(1, 3) if several else 1)
    equation = {
        "gradient": Equal(directional(loss, 1), over(dot(gradient[i], V[i]), i)),
        "hessian": Equal(directional(loss, 2), hessian_form),
        "rate": Equal(rate(loss), -over(dot(gradient[i], gradient[i]), i)),
    }[what]
    evidence = run(given, equation)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.quantified_over.startswith(f"all d, all n, {'all m' if several else 'm = 1'}")


def _terms(right):
    return Add.make_args(right.expand(deep=False) if right.is_Mul else right)


@pytest.mark.parametrize("name", TRUE)
@pytest.mark.parametrize("how", ["sign", "missing", "factor", "constant"])
def test_perturbed_identities_are_refuted_with_a_witness(name, how):
    """Each term with its sign flipped, dropped or off by a per mille; the whole off by a multiple of ‖v‖."""
    given, left, right, _ = TRUE[name]
    vector = left in (gradient[i], gradient[j], rate(z[i]))
    changes = {
        "sign": lambda term: -2 * term,
        "missing": lambda term: -term,
        "factor": lambda term: term / 1000,
    }
    extra = v / 1000 if vector else norm(v) / 1000
    wrong = [right + extra] if how == "constant" else [right + changes[how](term) for term in _terms(right)]
    for perturbed in wrong:
        claim = Claim(given=given, then=Equal(left, perturbed))
        evidence = METHOD.run(claim, CONTEXT)
        assert evidence.verdict is Verdict.REFUTED, (perturbed, evidence.detail)
        assert examine(claim, _point(evidence.witness)).violated


def _point(witness):
    rows = {name: value for name, value in witness.items() if isinstance(value, list)}
    scalars = {name: value for name, value in witness.items() if not isinstance(value, list)}
    students, targets = rows.pop("w", ()), rows.pop("v", ())
    return Point.of(students=students, teachers=targets, **rows, **scalars)


@pytest.mark.parametrize("name", FALSE)
def test_false_identities_are_refuted(name):
    given, left, right = FALSE[name]
    evidence = run(given, Equal(left, right))
    assert evidence.verdict is Verdict.REFUTED, evidence.detail
    assert evidence.witness


def test_refutation_needs_only_one_false_part():
    assert run(relu, All(Equal(h[i], h[i]), Equal(theta[i], angles[i, j]))).verdict is Verdict.REFUTED
    assert run(relu, All(Equal(h[i], h[i]), Equal(theta[i], angle(v, w[i])))).verdict is Verdict.PROVED


def test_identities_in_scalars():
    box = Box(variables={x: (0, 1), y: (0, 1)})
    assert run(box, Equal((1 - x) ** -1 - 1, x / (1 - x))).verdict is Verdict.PROVED
    assert run(box, Equal(sqrt(x * y), sqrt(x) * sqrt(y))).verdict is Verdict.PROVED
    cube = (1 - x) ** Rational(1, 3)
    assert run(box, Equal(1 / cube - 1, x / (cube + cube**2 + cube**3))).verdict is Verdict.PROVED
    half = Box(variables={theta_: (0, pi)})
    assert run(half, Equal(1 - cos(theta_), 2 * sin(theta_ / 2) ** 2)).verdict is Verdict.PROVED
    assert run(Integers(variables={x: (1, 9)}), Equal((x + 1) ** 2 - x**2, 2 * x + 1)).verdict is Verdict.PROVED


def test_what_cannot_be_reduced_nor_violated_is_undecided():
    bent = Box(variables={x: (0, 1)})
    evidence = run(bent, Equal(sqrt(5 + 2 * sqrt(6)) + 0 * x, sqrt(2) + sqrt(3)))
    assert evidence.verdict is Verdict.UNDECIDED


def test_a_statement_that_is_nowhere_defined_is_not_proved():
    undefined = 1 / angles[i, i]
    assert run(relu, Equal(undefined, undefined + 1)).verdict is Verdict.UNDECIDED
    nothing = 1 / (sin(x) ** 2 + cos(x) ** 2 - 1)
    assert run(Box(variables={x: (0, 1)}), Equal(nothing, 2 * nothing)).verdict is Verdict.UNDECIDED


def test_a_range_is_stated_honestly_where_nothing_bounds_the_number_of_rows():
    evidence = run(relu, Equal(norm(over(2 * w[i], i)), 2 * norm(over(w[i], i))))
    assert evidence.verdict is Verdict.PROVED
    assert evidence.quantified_over.startswith("all d, n = 1 … 6, m = 1")


def test_a_coupling_hypothesis_gives_no_statement_about_all_numbers_of_students():
    given = Networks(model="wang21a", coefficients=("beta",), where=(Equal(over(beta[i], i), 1),))
    evidence = run(given, Equal(over(beta[i] * dot(v, v), i), dot(v, v)))
    assert evidence.verdict is Verdict.PROVED
    assert evidence.quantified_over.startswith("all d, n = 1 … 6")


def test_a_hypothesis_on_a_numbered_row_gives_no_statement_about_all_numbers_of_students():
    evidence = run(NAMED, Equal(h[0], 0))
    assert evidence.verdict is Verdict.PROVED
    assert evidence.quantified_over.startswith("all d, n = 1 … 6")


def test_small_sizes_that_are_special_do_not_prove_all_sizes():
    """Zero for n ≤ 3 by a factor (n − 1)(n − 2)(n − 3), which the index degree sees."""
    special = (n - 1) * (n - 2) * (n - 3) * over(w_norm[i], i)
    assert run(relu, Equal(special, 0)).verdict is not Verdict.PROVED
    tuples = over(Distinct(i, j) * Distinct(j, k) * Distinct(i, k) * w_norm[i] * w_norm[j] * w_norm[k], i, j, k)
    assert run(relu, Equal(tuples, 0)).verdict is not Verdict.PROVED
    fixed = run(Networks(model="xu23a", students=2), Equal(tuples, 0))
    assert fixed.quantified_over.startswith("all d, n = 2,")


def test_inequalities_are_left_to_other_methods():
    assert not METHOD.applies(Claim(given=relu, then=AtMost(0, loss)))
    assert not METHOD.applies(Claim(given=relu, then=All(Equal(h[i], h[i]), AtMost(0, loss))))
    assert METHOD in methods()


def test_a_contradiction_is_an_internal_error(monkeypatch):
    monkeypatch.setattr(rows, "prove_at", _pretend)
    with pytest.raises(InternalConflict, match="normal form is 0"):
        run(relu, Equal(theta[i], 2 * theta[i]))


def _pretend(claim, sizes, limit=0):
    from checks.identities.generic import generic_walk
    from checks.identities.hypotheses import apply_hypotheses
    from checks.identities.prove import Attempt
    from numerics.formal.ring import Ring

    walk = generic_walk(claim, sizes, Ring())
    return Attempt(sizes=sizes, zero=True, elements=1, applied=apply_hypotheses(walk, (), {}))


def test_instances_that_need_a_construction_are_not_attacked():
    near = Networks(model="zhou21b", teachers=(1, 2), near_optimum=True)
    assert run(near, Equal(loss, 0)).verdict is Verdict.UNDECIDED


def test_evidence_is_reproducible():
    first, second = (run(relu, Equal(theta[i], line_angle(w[i], v))) for _ in range(2))
    assert first.as_data() == second.as_data()


@pytest.mark.soundness
@pytest.mark.parametrize("ground", ["python", "flint"])
@pytest.mark.parametrize("seed", ["0", "1"])
def test_under_both_ground_types(ground, seed):
    environment = {**os.environ, "SYMPY_GROUND_TYPES": ground, "PYTHONHASHSEED": seed}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        __file__,
        "-m",
        "not soundness",
        "-p",
        "no:cacheprovider",
    ]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout[-3000:]
