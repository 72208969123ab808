"""The independent checker: accepts what the prover wrote, rejects every tampering, and stands alone."""

import ast
import copy
import dataclasses
import json
import sys
from functools import cache
from pathlib import Path

import pytest
from flint import ctx
from sympy import Rational, acos, cos, exp, expand, log, pi, sin, sqrt, symbols
from tampering import broken_seals, edits, nodes, sealed

import checks.recheck
from checks import method
from checks.certificate_checker import check
from checks.cli import main
from numerics.prover.boxes import prove_nonnegative
from numerics.prover.certificate import digest, write

x, y, theta, kappa = symbols("x y theta kappa")
Q = Rational
ANGLES = {theta: (0, pi)}
SQUARE = {x: (0, 1), y: (0, 1)}
S = sin(theta) - theta * cos(theta)
TINY = Q(1, 10**6)

# Every one is tight: a statement that is stronger by any amount is false.
CLAIMS = {
    "two ends": (S - theta**3 / pi**2, ANGLES, {}),
    "third order at pi": (sin(theta) + (pi - theta) * cos(theta), ANGLES, {}),
    "sixth order": (theta**4 - sin(theta) ** 2 - theta**2 + 2 * theta * sin(theta) * cos(theta), ANGLES, {}),
    "half angle": (sin(theta) - sin(theta / 2), {theta: (0, 2 * pi / 3)}, {}),
    "interior": (exp(x - Q(1, 3)) - 1 - (x - Q(1, 3)), {x: (-1, 1)}, {}),
    "logarithm": (x - 1 - log(x), {x: (Q(1, 10), 10)}, {}),
    "diagonal": (expand((x - y) ** 2 * (x + y)), SQUARE, {}),
    "factors": (
        x**2 * y**2 / 4 - (x * y / (2 * pi) * (sin(theta) + (pi - theta) * cos(theta))) ** 2,
        {x: (0, 2), y: (0, 2), **ANGLES},
        {},
    ),
    "corners": (x + 2 * x * 0 - 3 * x**2 * (1 - y) * (1 - 3 * y), {x: (0, Q(1, 3)), y: (0, Q(4, 3))}, {}),
    "blow-up": (exp(x + y) - 1 - x - y, {x: (-1, 1), y: (-1, 1)}, {}),
    "form": (12 * x**2 + 12 * x * y + 7 * y**2 - x**3, {x: (-1, 1), y: (0, Q(1, 2))}, {}),
    "side conditions": (
        cos(x) - cos(y) * cos(kappa),
        {kappa: (0, Q(3, 2)), x: (0, Q(3, 2)), y: (0, Q(3, 2))},
        {"where": [kappa - x, kappa - y]},
    ),
    "disc": (1 - x**2 - y**2, {x: (-2, 2), y: (-2, 2)}, {"where": [1 - x**2 - y**2 - TINY * 0]}),
    "outside a disc": (
        x**2 + y**2 - x**2 - Q(1, 4),
        {x: (0, 2), y: (Q(1, 2), 2)},
        {"where": [x**2 + y**2 - 1]},
    ),
    "edge of a root": (sqrt(1 - x**2) + x * acos(x), {x: (0, 1)}, {}),
}
MORE = {
    "slack": (exp(sin(x * y)) - 1 + x / 10 + Q(1, 100), SQUARE, {}),
    "empty boxes": (exp(3 - x**4 - 2 * y**2) - 2, {x: (-2, 2), y: (-2, 2)}, {"where": [1 - x**2 - y**2]}),
    "strict": (exp(x) - x, {x: (-1, 1)}, {"strict": True}),
}


@cache
def certificate(name):
    f, box, options = {**CLAIMS, **MORE}[name]
    proof = prove_nonnegative(f, box, work=4000, **options)
    assert proof.status == "certified", name
    return proof.certificate()


@pytest.mark.parametrize("name", [*CLAIMS, *MORE])
def test_the_provers_certificates_hold(name):
    report = check(certificate(name))
    assert report.ok, report.reason
    assert report.boxes >= 1
    assert check(json.loads(json.dumps(certificate(name)))) == report


def test_together_they_use_every_rule():
    used = {node[0] for name in (*CLAIMS, *MORE) for node in nodes(certificate(name)["proof"])}
    assert used >= {
        "split",
        "ball",
        "mean-value",
        "taylor",
        "face",
        "blow-up",
        "rewrite",
        "factors",
        "bound",
        "empty",
        "sign",
    }
    assert used >= {"multiplier"}
    assert used & {"bernstein", "zero"}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_stronger_statement_is_not_proved_by_the_same_tree(name):
    """All of these are false, so that accepting any is unsound."""
    for change in (_sunk, _strict):
        forged = sealed(change(copy.deepcopy(certificate(name))))
        assert not check(forged).ok


def _sunk(forged):
    forged["statement"]["claim"] = ["add", forged["statement"]["claim"], ["rat", "-1/1000000000"]]
    return forged


def _strict(forged):
    forged["statement"]["relation"] = ">"
    return forged


@pytest.mark.parametrize(
    "name, change",
    [
        (
            "half angle",
            lambda s: s["variables"][0].__setitem__(2, ["mul", ["rat", "2/3"], ["rat", "3.1416"]]),
        ),
        ("corners", lambda s: s["variables"][0].__setitem__(2, ["rat", "333334/1000000"])),
        (
            "logarithm",
            lambda s: s.__setitem__("claim", ["add", s["claim"], ["mul", ["rat", "1/1000000"], ["log", ["var", "x"]]]]),
        ),
        ("side conditions", lambda s: s["where"].pop(0)),
        ("empty boxes", lambda s: s["where"].pop()),
        ("empty boxes", lambda s: s["where"].__setitem__(0, ["rat", "1"])),
        ("two ends", lambda s: s.__setitem__("claim", ["mul", ["rat", "-1"], s["claim"]])),
    ],
)
def test_a_false_statement_with_a_mended_seal_is_rejected(name, change):
    forged = copy.deepcopy(certificate(name))
    change(forged["statement"])
    assert not check(sealed(forged)).ok


def test_every_change_of_any_entry_breaks_the_seal():
    count = 0
    for name in ("two ends", "half angle", "diagonal", "side conditions", "corners", "blow-up"):
        for where, forged in broken_seals(certificate(name)):
            assert not check(forged).ok, where
            count += 1
    assert count >= 200


def test_spoilt_proofs_are_rejected_even_with_a_mended_seal():
    count = 0
    for name in (*CLAIMS, *MORE):
        for what, forged in edits(certificate(name), most=8):
            assert not check(forged).ok, (name, what)
            count += 1
    assert count >= 250


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        "certificate",
        {"format": "lemmata-certificate-1"},
        {"format": "other"},
        {"format": "lemmata-certificate-1", "statement": {}, "digest": "", "precision": 64, "proof": []},
    ],
)
def test_anything_else_is_rejected_without_an_exception(value):
    report = check(value)
    assert not report.ok
    assert report.reason


@pytest.mark.parametrize(
    "statement",
    [
        {"claim": ["gamma", ["rat", "1"]]},
        {"claim": ["var", "y"]},
        {"claim": ["rat", 1.5]},
        {"claim": ["pow", ["var", "x"], "1000000000"]},
        {"relation": "=="},
        {"variables": [["x", ["rat", "1"], ["rat", "0"]]]},
        {"variables": [["x", ["rat", "0"], ["rat", "1"]], ["x", ["rat", "0"], ["rat", "1"]]]},
        {"variables": [["x", ["rat", "0"], ["log", ["rat", "-1"]]]]},
        {"extra": 1},
    ],
)
def test_malformed_statements_are_rejected(statement):
    plain = {
        "claim": ["rat", "1"],
        "relation": ">=",
        "variables": [["x", ["rat", "0"], ["rat", "1"]]],
        "where": [],
    }
    whole = {"format": "lemmata-certificate-1", "statement": plain, "precision": 64, "proof": ["ball"]}
    assert check(sealed(copy.deepcopy(whole))).ok
    whole["statement"] = {**plain, **statement}
    assert not check(sealed(whole)).ok


def test_undefined_is_no_proof():
    for claim in (
        ["log", ["add", ["var", "x"], ["rat", "-1/2"]]],
        ["pow", ["add", ["var", "x"], ["rat", "-1/2"]], "1/2"],
    ):
        zero = ["add", claim, ["mul", ["rat", "-1"], claim]]
        for tree in (["exp", claim], zero):
            for proof in (["ball"], ["sign"], ["zero"], ["mean-value"], ["rewrite", ["rat", "0"], ["ball"]]):
                statement = {
                    "claim": tree,
                    "relation": ">=",
                    "variables": [["x", ["rat", "0"], ["rat", "1"]]],
                    "where": [],
                }
                whole = {
                    "format": "lemmata-certificate-1",
                    "statement": statement,
                    "precision": 64,
                    "proof": proof,
                }
                assert not check(sealed(whole)).ok


@pytest.mark.soundness
def test_all_spoilt_proofs_are_rejected():
    for name in (*CLAIMS, *MORE):
        for what, forged in edits(certificate(name)):
            assert not check(forged).ok, (name, what)


X, Y, MINUS = ["var", "x"], ["var", "y"], ["rat", "-1"]
GAP = ["log", ["add", X, ["rat", "-2"]]]


@pytest.mark.parametrize(
    "claim, sides, proof",
    [
        # undefined on the whole box, though every derivative in x is finite
        (
            ["add", X, ["log", Y], ["mul", MINUS, ["log", Y]]],
            {"x": ("0", "1"), "y": ("-2", "-1")},
            ["taylor", [["x", "0", 1, 1]]],
        ),
        (["add", X, GAP, ["mul", MINUS, GAP]], {"x": ("0", "1")}, ["taylor", [["x", "0", 1, 1]]]),
        (["add", X, GAP, ["mul", MINUS, GAP]], {"x": ("0", "1")}, ["face", [["x", "lo"]], ["ball"]]),
        # atan2 jumps from pi to -pi here, though its formal slope is continuous
        (["add", ["atan2", Y, MINUS], ["rat", "2"]], {"y": ("-1/8", "1/8")}, ["mean-value"]),
        (["add", ["atan2", Y, MINUS], ["rat", "2"]], {"y": ("-1/8", "1/8")}, ["taylor", [["y", "0", 0, 1]]]),
        (
            ["add", ["mul", ["rat", "3"], Y], ["atan2", Y, MINUS]],
            {"y": ("-1/8", "1/8")},
            ["face", [["y", "lo"]], ["ball"]],
        ),
        # a kink is no zero of second order
        (
            ["add", ["mul", X, X], ["mul", MINUS, ["abs", X]]],
            {"x": ("0", "1/2")},
            ["taylor", [["x", "0", 2, 2]]],
        ),
        (
            ["add", ["mul", X, X], ["mul", MINUS, ["max", X, ["rat", "0"]]]],
            {"x": ("0", "1/2")},
            ["taylor", [["x", "0", 2, 2]]],
        ),
    ],
)
def test_false_proofs_by_hand(claim, sides, proof):
    variables = [[name, ["rat", lo], ["rat", hi]] for name, (lo, hi) in sides.items()]
    statement = {"claim": claim, "relation": ">=", "variables": variables, "where": []}
    whole = {"format": "lemmata-certificate-1", "statement": statement, "precision": 64, "proof": proof}
    assert not check(sealed(whole)).ok


def test_the_precision_is_restored():
    before = ctx.prec
    check(certificate("two ends"))
    check({**certificate("two ends"), "precision": 4000})
    assert ctx.prec == before


def test_deep_nesting_is_rejected_not_fatal():
    forged = copy.deepcopy(certificate("logarithm"))
    for _ in range(3000):
        forged["proof"] = ["split", "x", "1", forged["proof"], ["ball"]]
    assert not check(forged).ok


def test_the_checker_shares_no_code_with_the_prover():
    folder = Path(checks.recheck.__file__).parent
    files = [*folder.glob("*.py"), folder.parent / "certificate_checker.py"]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for name in names:
                root = name.split(".")[0]
                assert root == "flint" or root in sys.stdlib_module_names or name.startswith("checks.recheck."), (
                    path.name,
                    name,
                )


def test_the_digest_names_the_statement():
    first, second = certificate("two ends"), certificate("third order at pi")
    assert first["digest"] == digest(first["statement"]) != second["digest"]


def test_the_command(tmp_path, capsys):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    write(certificate("two ends"), good)
    write(_sunk(copy.deepcopy(certificate("two ends"))), bad)
    assert main(["certificate", "check", str(good), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["ok"] is True
    assert record["file"] == str(good)
    assert record["boxes"] >= 1
    assert main(["certificate", "check", str(good), str(bad), "--json"]) == 1
    assert [entry["ok"] for entry in json.loads(capsys.readouterr().out)] == [True, False]
    assert main(["certificate", "check", str(good), str(bad)]) == 1
    assert "REJECTED" in capsys.readouterr().out
    assert main(["certificate", "check", str(tmp_path / "none.json")]) == 2
    assert main(["certificate", "burn", str(good)]) == 2


LEMMA = """
from sympy import Rational, Symbol, cos, sin

from checks.claim import Claim
from checks.given import Box
from checks.relation import All, AtMost

x, y = Symbol("x"), Symbol("y")
long = Claim(
    given=Box(variables={x: (0, 2), y: (0, 2)}),
    then=All(
        AtMost(0, sin(6 * x) * cos(6 * y) + cos(6 * x) * sin(6 * y) + Rational(11, 10)),
        AtMost(x, x + y + 1),
    ),
)
"""


def test_a_search_that_is_left_goes_on(tmp_path, capsys, monkeypatch):
    small = dataclasses.replace(method.BUDGETS["quick"], boxes=150)
    monkeypatch.setitem(method.BUDGETS, "quick", small)
    lemma, proof = tmp_path / "lemma.py", tmp_path / "proof.json"
    lemma.write_text(LEMMA, encoding="utf-8")
    command = ["certificate", "write", f"{lemma}::long", "-o", str(proof), "--budget", "quick", "--jobs", "1", "--json"]
    assert main(command) == 1
    first = json.loads(capsys.readouterr().out)
    assert first["open"] == [str(tmp_path / "proof.json.search")]
    assert first["files"] == [str(tmp_path / "proof-2.json")]
    for _ in range(20):
        code = main([*command, "--resume"])
        record = json.loads(capsys.readouterr().out)
        if code == 0:
            break
        assert record["open"] == first["open"]
    assert code == 0
    assert record["open"] == []
    assert not (tmp_path / "proof.json.search").exists()
    assert main(["certificate", "check", *record["files"]]) == 0
    (tmp_path / "proof.json.search").write_text("{}", encoding="utf-8")
    assert main([*command, "--resume"]) == 2
    assert "not a saved search" in capsys.readouterr().err
    assert main(["certificate", "write", "wang21a/lemma-1/k1", "-o", str(proof), "--resume"]) == 2
