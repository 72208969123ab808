"""A search that was left is taken up where it stopped, and nothing that its file says is believed."""

import json

import pytest
from false_inequalities import HAND_MADE
from sympy import Rational, cos, exp, sin, symbols
from true_inequalities import TIGHT

from checks.certificate_checker import check
from numerics.prover.boxes import prove_nonnegative
from numerics.prover.certificate import Statement, digest
from numerics.prover.search_state import FORMAT

x, y = symbols("x y")
Q = Rational
RUGGED = (sin(6 * x) * cos(6 * y) + cos(6 * x) * sin(6 * y) + Q(101, 100), {x: (0, 2), y: (0, 2)}, {})
CASES = {
    "rugged": (RUGGED, 500),
    "blow-up": (TIGHT["two exponentials"], 12),
    "faces": (TIGHT["largest angle, scaled"], 60),
    "side conditions": (TIGHT["largest angle"], 30),
    "interior contact": (TIGHT["one point, transcendental"], 8),
}


def left(case, work):
    f, box, options = case
    proof = prove_nonnegative(f, box, work=work, **options)
    assert proof.status == "undecided"
    return json.loads(json.dumps(proof.search()))


@pytest.mark.parametrize("name", CASES)
def test_a_search_goes_on_until_it_is_done(name):
    case, work = CASES[name]
    f, box, options = case
    search, rounds = left(case, work), 1
    while True:
        proof = prove_nonnegative(f, box, work=3 * work, resume=search, **options)
        rounds += 1
        assert proof.work <= 3 * work
        if proof.status == "certified":
            break
        search = json.loads(json.dumps(proof.search()))
        assert rounds < 30
    assert rounds >= 2
    report = check(proof.certificate())
    assert report.ok, report.reason
    assert report.boxes == proof.boxes


def test_going_on_costs_no_more_than_starting_afresh():
    f, box, options = RUGGED
    whole = prove_nonnegative(f, box, **options)
    rest = prove_nonnegative(f, box, resume=left(RUGGED, 1500), **options)
    assert rest.status == whole.status == "certified"
    assert rest.work < whole.work


@pytest.mark.parametrize("rule", [["ball"], ["mean-value"], ["zero"], ["sign"], ["taylor", [["theta", "0", 3, 3]]]])
def test_forged_leaves_are_not_believed(rule):
    for name in ("sine gap, upper constant", "residual, fourth power", "double angle, upper constant"):
        f, box, options = HAND_MADE[name]
        stated = Statement.of(f, box, where=(), strict=False).as_json()
        assert not options
        forged = {"format": FORMAT, "statement": stated, "digest": digest(stated), "precision": 96}
        forged["proof"] = ["split", "theta", "1/2", rule, ["split", "theta", "3/4", rule, rule]]
        assert prove_nonnegative(f, box, work=300, resume=forged, **options).status != "certified", name


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda s: s.__setitem__("format", "other"), "not a saved search"),
        (lambda s: s.__setitem__("digest", "0"), "another statement"),
        (lambda s: s.__setitem__("proof", "open"), "not a saved search"),
        (lambda s: s["proof"].__setitem__(2, "7"), "outside of"),
        (lambda s: s["proof"].__setitem__(2, "one half"), "one half"),
        (lambda s: s["proof"].__setitem__(1, "z"), "malformed"),
        (lambda s: s["proof"].pop(), "malformed"),
        (lambda s: s["proof"].__setitem__(3, 5), "malformed"),
        (lambda s: s["proof"].__setitem__(3, []), "malformed"),
        (lambda s: s["proof"].__setitem__(3, ["blow-up", [["x", "lo", 2]], []]), "no corner"),
        (lambda s: s["proof"].__setitem__(3, ["blow-up", [["x", "lo", 1], ["y", "hi", 1]], []]), "malformed"),
    ],
)
def test_a_spoilt_search_is_refused(change, message):
    search = left(RUGGED, 100)
    change(search)
    f, box, options = RUGGED
    with pytest.raises(ValueError, match=message):
        prove_nonnegative(f, box, resume=search, **options)
    with pytest.raises(ValueError, match="not a saved search"):
        prove_nonnegative(f, box, resume=[], **options)


def test_a_decided_inequality_has_no_search():
    with pytest.raises(ValueError, match="only an undecided"):
        prove_nonnegative(exp(x) - cos(y) + 1, {x: (0, 1), y: (0, 1)}).search()


def test_a_false_inequality_is_refuted_when_its_search_goes_on():
    f, box = (x - Q(3, 7)) ** 2 + (y - Q(4, 9)) ** 2 * exp(x) - Q(1, 10**7), {x: (0, 1), y: (0, 1)}
    search = prove_nonnegative(f, box, work=2).search()
    assert prove_nonnegative(f, box, resume=search).status == "refuted"
