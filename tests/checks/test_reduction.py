"""Verdicts inherited from simpler claims, and arguments that must not inherit anything."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sympy import Expr, Rational, Symbol, cos, pi, sin, sqrt

from checks.catalog import find_claim
from checks.claim import Claim
from checks.engine import Engine
from checks.evidence import Evidence
from checks.given import Box, Networks
from checks.method import BUDGETS, Context
from checks.methods.manifest import METHOD
from checks.reduction.inherited import Inherited, slack_of
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.half_spaces import active, silent
from theory.heads import Distinct, angle, dot, gaussian_input, magnitude, norm, positive_part
from theory.mean_steps import Mean
from theory.steps import (
    AngleTriangle,
    CauchySchwarz,
    LargestStep,
    Positive,
    RootStep,
    SmallerOf,
    Step,
    SumTriangle,
    Triangle,
    Whole,
)
from theory.symbols import beta, gamma, i, j, k, n, over, v, w
from theory.vocabulary import gradient, loss, theta, v_norm, w_norm

x, y = Symbol("x", real=True), Symbol("y", real=True)
_networks = Networks(model="xu23a", students=(1, 4), dimension=(1, 4))
_single = Networks(model="xu23a", students=1, dimension=(1, 4))

# Claims to inherit from: true ones, a false one, one that is only supported, one that stays undecided.
SIMPLE = {
    claim.id: claim
    for claim in (
        Claim(id="t/sine", given=Box(variables={x: (0, pi)}), then=AtMost(0, sin(x)), contact={x: (pi, 1)}),
        Claim(id="t/acute", given=Box(variables={x: (0, pi / 2)}), then=AtMost(0, cos(x)), contact={x: (pi / 2, 1)}),
        Claim(id="t/chord", given=Box(variables={x: (0, pi)}), then=AtMost(sin(x), x), contact={x: (0, 3)}),
        Claim(id="t/share", given=Box(variables={x: (0, 1)}), then=AtMost(x**2, x), slack_as=(x * (1 - x),)),
        Claim(
            id="t/order",
            given=Box(variables={x: (0, 9), y: (0, 9)}, where=(AtMost(x, y),)),
            then=AtMost(x**2, y**2),
            slack_as=((y - x) * (x + y),),
        ),
        Claim(id="t/positive", given=Box(variables={x: (0, 1)}), then=Below(0, 1 + x), slack_as=(1 + x,)),
        Claim(id="t/quotient", given=Box(variables={x: (-1, 1)}), then=AtMost(0, 1 / x**2), slack_as=(1 / x**2,)),
        Claim(id="t/false", given=Box(variables={x: (0, pi)}), then=AtMost(sin(x), x / 2)),
        Claim(id="t/vacuous", given=Box(variables={x: (0, pi)}, where=(AtMost(x, -1),)), then=AtMost(x, -1)),
        Claim(id="t/loss", given=_networks, then=AtMost(w_norm[i] * theta[i] ** 3, w_norm[i] * 40)),
        Claim(id="t/one", given=_single, then=AtMost(0, v_norm * w_norm[i]), slack_as=(v_norm * w_norm[i],)),
        Claim(
            id="t/half",
            given=Networks(model="xu23a", students=(1, 4), where=(AtMost(2 * theta[i], pi),)),
            then=AtMost(0, cos(theta[i])),
            slack_as=(slack_of("t/acute", at={x: theta[i]}, by=(Whole(pi - 2 * theta[i]) / 2,)),),
        ),
        Claim(
            id="t/all-half",
            given=Networks(model="xu23a", students=(1, 4), where=(AtMost(2 * theta[k], pi),)),
            then=AtMost(0, over(cos(theta[i]), i)),
            slack_as=(over(slack_of("t/acute", at={x: theta[i]}, by=(Whole(pi - 2 * theta[i]) / 2,)), i),),
        ),
    )
}


def evidence(claim: Claim, more: Mapping[str, Claim] | None = None) -> Evidence:
    """What the argument of a claim amounts to, among the claims above."""
    claims = {**SIMPLE, **(more or {}), claim.id: claim}
    engine = Engine(context=Context(budget=BUDGETS["quick"]), claims=claims)
    context = Context(budget=BUDGETS["quick"], resolve=engine.resolve, claims=claims)
    return METHOD.run(claim, context)


def _claim(given: Networks | Box, then: AtMost | Below | All, *slack: Expr, **more: object) -> Claim:
    return Claim(id="t/parent", given=given, then=then, slack_as=slack, **more)  # type: ignore[arg-type]


_sine = slack_of("t/sine", at={x: theta[i]})
_acute = Networks(model="xu23a", students=(1, 4), where=(AtMost(2 * theta[i], pi),))
_bounded = Networks(model="xu23a", students=(1, 4), where=(AtMost(w_norm[k], v_norm),))
_ratio = w_norm[i] / (w_norm[i] + v_norm)
_in_one = (v_norm / (w_norm[i] + v_norm),)

INHERITS = {
    "angle": _claim(_networks, AtMost(0, w_norm[i] * sin(theta[i])), w_norm[i] * _sine),
    "sum": _claim(
        _networks, AtMost(over(sin(theta[i]), i), over(theta[i], i)), over(slack_of("t/chord", at={x: theta[i]}), i)
    ),
    "hypothesis": _claim(
        _acute, AtMost(0, cos(theta[i])), slack_of("t/acute", at={x: theta[i]}, by=(Whole(pi - 2 * theta[i]) / 2,))
    ),
    "scaling": _claim(
        _single,
        AtMost(w_norm[i] ** 2, w_norm[i] * (w_norm[i] + v_norm)),
        (w_norm[i] + v_norm) ** 2 * slack_of("t/share", at={x: _ratio}, by=_in_one),
    ),
    "strict": _claim(_single, Below(0, 1 + _ratio), slack_of("t/positive", at={x: _ratio}, by=_in_one)),
    "where": _claim(
        Networks(model="xu23a", students=(1, 4), scalars={gamma: (1, 9)}, where=(AtMost(w_norm[i], gamma),)),
        AtMost(w_norm[i] ** 2, gamma**2),
        slack_of("t/order", at={x: w_norm[i], y: gamma}, by=(Whole(gamma - w_norm[i]) + Whole(9 - gamma),)),
    ),
    "symmetry": _claim(_networks, AtMost(0, cos(theta[j])), slack_of("t/half", at={i: j})),
    "networks": _claim(
        Networks(model="xu23a", students=(2, 3), where=(AtMost(2 * theta[k], pi),)),
        AtMost(0, over(w_norm[i] * cos(theta[i]), i)),
        over(w_norm[i] * slack_of("t/half"), i),
    ),
    "largest": _claim(_networks, AtMost(over(w_norm[i], i), n * 3), over(3 - w_norm[i], i)),
}
# Two that are there to show what is missing: a hypothesis for the exchanged row, and one for the norms.
_MISSING = ("symmetry", "largest")


@pytest.mark.parametrize("name", [name for name in INHERITS if name not in _MISSING])
def test_verdict_is_inherited(name: str) -> None:
    found = evidence(INHERITS[name])
    assert found.verdict in (Verdict.PROVED, Verdict.CERTIFIED), found.detail
    chain = found.numbers["inherited"]
    assert all(entry["verdict"] in ("PROVED", "CERTIFIED") and entry["digest"] for entry in chain)
    assert found.verdict.name == ("CERTIFIED" if any(e["verdict"] == "CERTIFIED" for e in chain) else "PROVED")


def test_the_chain_names_its_certificates() -> None:
    (entry,) = evidence(INHERITS["angle"]).numbers["inherited"]
    assert entry["claim"] == "t/sine"
    assert len(entry["certificates"]) == 1


def test_a_claim_that_rests_on_two_levels_is_as_weak_as_the_weakest() -> None:
    found = evidence(INHERITS["networks"])
    assert found.verdict is Verdict.CERTIFIED
    assert [entry["claim"] for entry in found.numbers["inherited"]] == ["t/half"]


def _sided(tree: Expr) -> AtMost:
    """0 ≤ tree: the slack of such a claim is the tree itself, so that only its sign can fail."""
    return AtMost(0, tree)


_zero_row = Networks(model="xu23a", students=(2, 4), dimension=(1, 4))
NOTHING = {
    "range too small": _claim(_networks, _sided(cos(theta[i])), slack_of("t/acute", at={x: theta[i]})),
    "range at one row, needed at all": _claim(
        Networks(model="xu23a", students=(1, 4), where=(AtMost(2 * theta[i], pi),)),
        _sided(over(cos(theta[j]), j) + norm(w[i])),
        over(slack_of("t/half", at={i: j}), j) + norm(w[i]),
    ),
    "hypothesis of another row": INHERITS["symmetry"],
    "no hypothesis": INHERITS["largest"],
    "sums of angles leave the range": _claim(
        _networks, _sided(sin(theta[i] + theta[j])), slack_of("t/sine", at={x: theta[i] + theta[j]})
    ),
    "share above one": _claim(
        _single, AtMost(w_norm[i] ** 2, w_norm[i] * v_norm), v_norm**2 * slack_of("t/share", at={x: w_norm[i] / v_norm})
    ),
    "by a tree that is not equal": _claim(
        _single,
        AtMost(w_norm[i] ** 2, w_norm[i] * v_norm),
        v_norm**2 * slack_of("t/share", at={x: w_norm[i] / v_norm}, by=(w_norm[i] / v_norm,)),
    ),
    "where not met": _claim(
        _single, AtMost(w_norm[i] ** 2, v_norm**2), slack_of("t/order", at={x: w_norm[i], y: v_norm})
    ),
    "false": _claim(_networks, AtMost(sin(theta[i]), theta[i] / 2), slack_of("t/false", at={x: theta[i]})),
    "vacuous": _claim(
        Networks(model="xu23a", where=(AtMost(theta[i], -1),)),
        AtMost(theta[i], -1),
        slack_of("t/vacuous", at={x: theta[i]}),
    ),
    "only supported": _claim(_networks, AtMost(w_norm[i] * theta[i] ** 3, w_norm[i] * 40), slack_of("t/loss")),
    "wrong sign of a coefficient": _claim(_networks, AtMost(w_norm[i] * sin(theta[i]), 0), -w_norm[i] * _sine),
    "coefficient of no sign": _claim(
        Networks(model="xu23a", coefficients=("beta",)), _sided(beta[i] * sin(theta[i])), beta[i] * _sine
    ),
    "difference of two": _claim(
        _networks, _sided(theta[i] - sin(theta[i]) - sin(theta[i])), slack_of("t/chord", at={x: theta[i]}) - _sine
    ),
    "mutated constant": _claim(
        _networks, AtMost(over(sin(theta[i]), i), over(theta[i], i) / 2), over(slack_of("t/chord", at={x: theta[i]}), i)
    ),
    "mutated side": _claim(_networks, AtMost(theta[i], sin(theta[i])), slack_of("t/chord", at={x: theta[i]})),
    "not strict": _claim(_networks, Below(sin(theta[i]), theta[i]), slack_of("t/chord", at={x: theta[i]})),
    "undefined at a zero row": _claim(_zero_row, _sided(over(w_norm[j], j)), over(dot(w[j], w[j]) / w_norm[j], j)),
    "value undefined at a zero row": _claim(
        Networks(model="xu23a", scalars={gamma: (0, 1)}),
        _sided(over(gamma, j) + w_norm[i]),
        w_norm[i] + over(gamma * slack_of("t/positive", at={x: w_norm[j] / (w_norm[j] + over(w_norm[k], k))}), j) - 0,
    ),
    "said nothing where it is undefined": _claim(
        _networks,
        _sided(v_norm**4 * w_norm[i] ** 2),
        dot(w[i], v) ** 2 * w_norm[i] ** 2 * v_norm**4 * slack_of("t/quotient", at={x: dot(w[i], v)}),
    ),
    "fewer students": _claim(_networks, _sided(v_norm * w_norm[i]), slack_of("t/one")),
    "another model": _claim(
        Networks(model="wang21a", students=1, dimension=(1, 4)), _sided(v_norm * w_norm[i]), slack_of("t/one")
    ),
    "network for a box": _claim(Box(variables={x: (0, 1)}), _sided(x), x + slack_of("t/one")),
    "itself": _claim(_networks, _sided(w_norm[i] * theta[i]), slack_of("t/parent")),
    "hidden by a sum": _claim(_networks, _sided(over(dot(w[i], w[j]), j)), over(Whole(dot(w[i], w[j])), j)),
    "triangle of unequal parts": _claim(_networks, AtMost(norm(w[i]), v_norm), Triangle(w[i], v)),
    "sum triangle of another sum": _claim(
        _networks, AtMost(norm(gradient[i]), over(w_norm[j], j)), SumTriangle(gradient[i], w[j], j)
    ),
    "root of what is not the difference": _claim(
        _networks, AtMost(w_norm[i], v_norm), RootStep(v_norm, w_norm[i], v_norm**2)
    ),
    "root below a negative number": _claim(
        Box(variables={x: (-2, -1), y: (0, 1)}), AtMost(y, x), RootStep(x, y, x**2 - y**2)
    ),
    "smaller of a negative one": _claim(
        _networks,
        AtMost(magnitude(dot(w[i], v)), v_norm**2),
        SmallerOf(v_norm**2 - dot(w[i], v), v_norm**2 + dot(w[i], v)),
    ),
    "mean of another function": _claim(
        _networks, _sided(loss), Mean((over(positive_part(dot(w[j], gaussian_input)), j)) ** 2, w_norm[i] ** 2)
    ),
    "mean of what has no sign": _claim(
        _networks, _sided(dot(w[i], v)), Mean(dot(w[i], gaussian_input) * dot(v, gaussian_input))
    ),
    "gate of a zero row": _claim(
        _zero_row,
        _sided(dot(v, v) / 2 + over(norm(w[i]), i)),
        Mean(dot(v, gaussian_input) ** 2 * active(dot(w[j], gaussian_input))) + over(norm(w[i]), i),
    ),
    "a letter for all rows": _claim(
        Networks(model="xu23a", students=(1, 4), where=(AtMost(w_norm[i], v_norm),)),
        AtMost(over(w_norm[j], j) + w_norm[i], n * v_norm + w_norm[i]),
        over(v_norm - w_norm[i], i),
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_inherited(name: str) -> None:
    found = evidence(NOTHING[name])
    assert found.verdict is Verdict.UNDECIDED, (found.detail, found.numbers)
    assert found.detail


def test_circles_are_refused() -> None:
    first = Claim(id="t/first", given=_networks, then=_sided(w_norm[i]), slack_as=(slack_of("t/second"),))
    second = Claim(id="t/second", given=_networks, then=_sided(w_norm[i]), slack_as=(slack_of("t/first"),))
    found = evidence(first, {"t/second": second})
    assert found.verdict is Verdict.UNDECIDED
    assert "circular" in found.detail
    through = Claim(id="t/second", given=_networks, then=_sided(w_norm[i]), slack_as=(w_norm[i],), because=("t/first",))
    assert "circular" in evidence(first, {"t/second": through}).detail


def test_equations_of_one_row_are_no_equations_of_all() -> None:
    """‖w_i‖ = 1 at the row of the conclusion says nothing of an equation in which that index does not occur."""
    given = Networks(model="xu23a", students=(1, 3), dimension=(1, 3), where=(Equal(norm(w[i]), 1),))
    stated = _claim(given, AtMost(over(w_norm[j], j) + w_norm[i], n + w_norm[i]), Whole(0 * v_norm))
    assert evidence(stated).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("proof", "verdict"),
    (
        (v_norm + over(w_norm[k], k) + over(norm(w[k]), k), Verdict.PROVED),
        (v_norm + over(w_norm[k], k), Verdict.UNDECIDED),  # another number
        (2 * over(w_norm[k], k) + dot(w[j], v) ** 2, Verdict.UNDECIDED),  # not strictly positive
        (1 / over(w_norm[k], k), Verdict.UNDECIDED),  # without a value where all students vanish
    ),
    ids=("positive", "not equal", "not strict", "undefined"),
)
def test_a_denominator_is_shown_to_be_positive(proof: Expr, verdict: Verdict) -> None:
    total = v_norm + 2 * over(w_norm[k], k)
    base = total
    tree = Positive(base, proof) + w_norm[i] * Whole(base**2) / base
    given = Networks(model="xu23a", students=(1, 3), dimension=(1, 3))
    assert evidence(_claim(given, AtMost(0, w_norm[i] * base), tree)).verdict is verdict


def test_positivity_is_not_assumed_to_be_shown() -> None:
    base = dot(w[i], v)
    for proof in (base, Positive(base, base) + 1):
        tree = Positive(base, proof) + base
        assert evidence(_claim(_networks, AtMost(0, base), tree)).verdict is Verdict.UNDECIDED


def test_sides_are_not_taken_from_the_author() -> None:
    """The written-out form of an inherited slack names its sides, which could be any."""
    from sympy import Integer, Tuple

    forged = Inherited(Symbol("t/sine", real=True), Integer(0), Tuple(), Tuple(), Integer(0), dot(w[i], v))
    assert evidence(_claim(_networks, _sided(dot(w[i], v)), forged)).verdict is Verdict.UNDECIDED


def test_steps_are_a_closed_list() -> None:
    class Invented(Step):
        nargs = 1

        def difference(self) -> Expr:
            return self.args[0]

    assert evidence(_claim(_networks, _sided(dot(w[i], v)), Invented(dot(w[i], v)))).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("name", "at"), (("t/sine", {y: theta[i]}), ("t/none", {}), ("t/share", {x: theta[i], i: j})), ids=str
)
def test_unknown_names_are_refused_loudly(name: str, at: Mapping[Symbol, Expr]) -> None:
    with pytest.raises(ValueError):
        evidence(_claim(_networks, _sided(theta[i]), slack_of(name, at=at)))
    with pytest.raises(ValueError, match="inequalities"):
        evidence(_claim(_networks, _sided(theta[i]), slack_of("t/sine", 1, at={x: theta[i]})))


TRUE = {
    "triangle": (AtMost(norm(w[i] + v), w_norm[i] + v_norm), Triangle(w[i] + v, w[i], v)),
    "angles": (AtMost(theta[i, j], theta[i] + theta[j]), AngleTriangle(w[i], v, w[j])),
    "Cauchy–Schwarz": (AtMost(dot(w[i], v), w_norm[i] * v_norm), CauchySchwarz(w[i], v)),
    "largest": (AtMost(over(w_norm[i], i), n * over(w_norm[i], i)), over(over(w_norm[i], i) - w_norm[j], j)),
    "modulus": (
        AtMost(magnitude(dot(w[i], v)), w_norm[i] * v_norm),
        SmallerOf(CauchySchwarz(w[i], v), CauchySchwarz(-w[i], v)),
    ),
    "roots": (
        AtMost(w_norm[i], sqrt(w_norm[i] ** 2 + v_norm**2)),
        RootStep(sqrt(w_norm[i] ** 2 + v_norm**2), w_norm[i], v_norm**2),
    ),
    "mean": (
        AtMost(dot(w[i], v), (dot(w[i], w[i]) + dot(v, v)) / 2),
        Mean((dot(w[i], gaussian_input) - dot(v, gaussian_input)) ** 2) / 2,
    ),
    "variance": (
        AtMost(2 * w_norm[i] ** 2 / pi, w_norm[i] ** 2),
        Mean((magnitude(dot(w[i], gaussian_input)) - sqrt(2 / pi) * w_norm[i]) ** 2),
    ),
    "wedge": (
        AtMost(0, angle(w[i], v) - sin(angle(w[i], v)) * cos(angle(w[i], v))),
        2 * pi / w_norm[i] ** 2 * Mean(positive_part(dot(w[i], gaussian_input)) ** 2 * silent(dot(v, gaussian_input))),
    ),
    "masks": (
        AtMost(0, over(Distinct(i, j) * theta[i, j], j) + w_norm[i]),
        over(Distinct(i, j) * theta[i, j], j) + w_norm[i],
    ),
    "gradient": (AtMost(norm(gradient[i]), norm(gradient[i] - v) + v_norm), Triangle(gradient[i], gradient[i] - v, v)),
}


@pytest.mark.parametrize("name", TRUE)
def test_theorems_prove(name: str) -> None:
    then, slack = TRUE[name]
    given = Networks(model="xu23a", students=(1, 4), dimension=(1, 4), directions=("V",))
    if name == "largest":
        slack = over(LargestStep(w_norm[k], k, j), j)
        then = AtMost(over(w_norm[i], i), n * (slack.function.args[0] - slack.function.args[0]) + n * _largest())
    assert evidence(_claim(given, then, slack)).verdict is Verdict.PROVED, evidence(_claim(given, then, slack)).detail


def _largest() -> Expr:
    from theory.heads import largest

    return largest(w_norm[k], k)


@pytest.mark.parametrize("name", ("xu23a/lemma-20/step", "xu23a/lemma-20/corrected", "xu23a/lemma-8-decomp/nonneg"))
@pytest.mark.parametrize("factor", (Rational(999, 1000), Rational(1001, 1000)))
def test_papers_arguments_fail_for_any_other_constant(name: str, factor: Rational) -> None:
    """The loss by another factor is another claim: its slack is not the tree any more."""
    claim = find_claim(name)
    assert isinstance(claim.then, AtMost)
    left, right = (side.xreplace({loss: factor * loss}) for side in claim.then.trees())
    changed = Claim(id="t/changed", given=claim.given, then=AtMost(left, right), slack_as=claim.slack_as)
    assert evidence(changed).verdict is Verdict.UNDECIDED
