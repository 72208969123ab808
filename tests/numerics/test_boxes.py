"""The prover: what is true is certified, what is false is not; witnesses are exact, inputs checked."""

import mpmath
import pytest
import sympy
from false_inequalities import HAND_MADE, STRICT, SUNK, TINY
from flint import ctx
from sympy import Rational, cos, exp, log, pi, sin, sqrt, symbols
from true_inequalities import SLACK, TIGHT

from checks.certificate_checker import check
from numerics.prover.boxes import prove_nonnegative

x, y, z = symbols("x y z")
FALSE = {**HAND_MADE, **SUNK, **STRICT}
WORK = 3000

# False, but no exact point refutes them within the work of these tests: undefined somewhere, a zero that is
# no nice number, or a violated strip of width 1e-6.
HARD_TO_REFUTE = {
    "strict, irrational point",
    "irrational double root, strict",
    "irrational double root, expanded, strict",
    "difference, loosened order",
    "disc too large",
    "outside too small a disc",
    "logarithm at 0",
    "root of a negative number",
    "division by zero",
    "angle of the zero vector",
    "arccosine outside",
    "tangent across its pole",
    "zero times undefined",
}


def test_the_suites_are_as_large_as_they_claim():
    assert len(TIGHT) >= 40
    assert len(TIGHT) + len(SLACK) >= 60
    assert len(HAND_MADE) >= 60
    assert len(FALSE) >= 140
    assert HARD_TO_REFUTE <= set(FALSE)


@pytest.mark.parametrize("name", [*TIGHT, *SLACK])
def test_true_inequalities_are_certified_and_their_certificates_hold(name):
    f, box, options = {**TIGHT, **SLACK}[name]
    proof = prove_nonnegative(f, box, work=WORK, **options)
    assert proof.status == "certified", proof.remaining[:3]
    report = check(proof.certificate())
    assert report.ok, report.reason
    assert report.boxes == proof.boxes
    assert proof.witness is None
    assert proof.work <= WORK


@pytest.mark.parametrize("name", TIGHT)
def test_tight_bounds_are_not_called_positive(name):
    f, box, options = TIGHT[name]
    assert prove_nonnegative(f, box, work=WORK, **options).lower <= 0


def number(value):
    return mpmath.mpf(sympy.N(value, 45))


@pytest.mark.parametrize("name", FALSE)
def test_false_inequalities_are_not_certified(name):
    f, box, options = FALSE[name]
    proof = prove_nonnegative(f, box, work=600 if name in HARD_TO_REFUTE else WORK, **options)
    assert proof.status != "certified"
    with pytest.raises(ValueError, match="only a certified"):
        proof.certificate()
    if name in HARD_TO_REFUTE:
        assert proof.status == "undecided"
        assert proof.remaining
        return
    assert proof.status == "refuted", proof.remaining[:3]
    with mpmath.workdps(40):  # by a third arithmetic
        point = {symbol.name: number(value) for symbol, value in proof.witness.items()}

        def at(expression):
            names = list(proof.witness)
            return sympy.lambdify(names, expression, "mpmath")(*(point[symbol.name] for symbol in names))

        assert at(sympy.sympify(f)) < (mpmath.mpf(10) ** -30 if options.get("strict") else 0)
        assert all(at(condition) >= -(mpmath.mpf(10) ** -30) for condition in options.get("where", ()))
        for symbol, (lo, hi) in box.items():
            assert number(lo) - mpmath.mpf(10) ** -30 <= point[symbol.name] <= number(hi) + mpmath.mpf(10) ** -30


@pytest.mark.parametrize(
    "f, box, options, witness",
    [
        (Rational(1, 2) - x, {x: (0, 1)}, {}, {x: 1}),
        ((x - Rational(1, 3)) ** 2 - TINY, {x: (0, 1)}, {}, {x: Rational(1, 3)}),
        (sin(x) - 2 * x / pi - TINY, {x: (0, pi / 2)}, {}, {x: 0}),
        (sin(x), {x: (pi / 2, 2 * pi)}, {}, {x: 4}),
        ((x - y) ** 2, {x: (0, 1), y: (0, 1)}, {"strict": True}, {x: 0, y: 0}),
        (x + y - 1, {x: (0, 1), y: (0, 1)}, {"where": [x - y]}, {x: 0, y: 0}),
    ],
)
def test_witnesses_are_simple(f, box, options, witness):
    assert prove_nonnegative(f, box, **options).witness == witness


def test_a_stated_contact_is_used_and_checked():
    f, box = exp(x - Rational(2, 7)) - 1 - (x - Rational(2, 7)), {x: (-1, 1)}
    stated = prove_nonnegative(f, box, contact={x: (Rational(2, 7), 2)})
    assert stated.status == "certified"
    assert stated.boxes < prove_nonnegative(f, box).boxes
    assert prove_nonnegative(f, box, contact={x: (Rational(1, 7), 2)}).status == "certified"  # none there: ignored
    assert prove_nonnegative(f - TINY, box, contact={x: (Rational(2, 7), 2)}).status == "refuted"
    assert prove_nonnegative(sin(x), {x: (0, pi)}, contact={x: (pi, 1)}).status == "certified"


def test_an_exhausted_budget_is_undecided():
    f, box, options = TIGHT["two exponentials"]
    proof = prove_nonnegative(f, box, work=5, **options)
    assert proof.status == "undecided"
    assert proof.work <= 5
    assert proof.remaining
    assert prove_nonnegative(f, box, work=0).status == "undecided"


def test_nan_is_never_a_proof():
    for f in (sqrt(x) + 10, log(x) + 100, 1 / x**2 + 1, sympy.acos(x + 2) + 1):
        assert prove_nonnegative(f, {x: (-1, 0)}, work=200).status == "undecided"


def test_the_same_question_has_the_same_answer():
    f, box, options = TIGHT["largest angle, scaled"]
    first, second = (prove_nonnegative(f, box, **options) for _ in range(2))
    assert first == second
    assert first.certificate() == second.certificate()


def test_the_working_precision_is_restored():
    before = ctx.prec
    prove_nonnegative(x, {x: (0, 1)}, precision=333)
    assert ctx.prec == before


@pytest.mark.parametrize("bits", [40, 64, 200])
def test_other_precisions(bits):
    f, box, options = TIGHT["sine gap, lower, sharp at both ends"]
    proof = prove_nonnegative(f, box, precision=bits, **options)
    assert proof.status == "certified"
    assert check(proof.certificate()).ok


@pytest.mark.parametrize(
    "f, box, options, message",
    [
        (x, {x: (1, 0)}, {}, "in order"),
        (x, {x: (0.5, 1)}, {}, "float"),
        (x + y, {x: (0, 1)}, {}, "no bounds"),
        (x, {x: (0, 1)}, {"where": [y]}, "no bounds"),
        (x, {x: (0, y), y: (0, 1)}, {}, "side conditions"),
        (0.1 * x, {x: (0, 1)}, {}, "float"),
        (sympy.gamma(x), {x: (0, 1)}, {}, "cannot enclose"),
        (x, {x: (0, 1), symbols("x", positive=True): (0, 1)}, {}, "share a name"),
        (x, {x: (0, sympy.oo)}, {}, "cannot enclose"),
        (sin(x), {x: (0, pi)}, {"contact": {x: (1, 1)}}, "no rational point"),
    ],
)
def test_bad_input_is_refused(f, box, options, message):
    with pytest.raises(ValueError, match=message):
        prove_nonnegative(f, box, **options)


@pytest.mark.soundness
def test_false_inequalities_stay_uncertified_with_more_work():
    for name, (f, box, options) in FALSE.items():
        proof = prove_nonnegative(f, box, work=20_000, **options)
        assert proof.status != "certified", name


def test_cosine_of_a_large_range_needs_no_contact():
    assert prove_nonnegative(cos(x) + 1 + TINY, {x: (-4, 4)}).status == "certified"
    assert prove_nonnegative(cos(x) + 1 - TINY, {x: (-4, 4)}).status == "refuted"
