"""The ledger: same bytes, atomic, locked, resumable, and never silent about damage."""

import json
import multiprocessing
import threading
from fractions import Fraction

import numpy as np
import pytest

from checks.claim import Claim, Mutant
from checks.evidence import Evidence, Outcome
from checks.given import Box, Networks, Point
from checks.relation import AtMost
from checks.storage.ledger import Ledger, LedgerError
from checks.storage.lock import locked
from checks.storage.record import Key, Record, fingerprint, versions
from checks.verdict import Verdict
from theory.quantity import Quantity
from theory.symbols import theta
from theory.vocabulary import loss, residual_norm


def record(claim="p/a", budget="quick", seed=0, verdict=Verdict.SUPPORTED, **changes):
    piece = Evidence(
        method="a method",
        verdict=verdict,
        arithmetic="balls",
        quantified_over="θ ∈ [0, π]",
        numbers={
            "n": np.int64(3),
            "x": np.float64(0.25),
            "q": Fraction(1, 3),
            "bad": float("inf"),
            "table": [[1, None]],
        },
        witness={"w": [["1", "0"]]},
        trust=("lib 1",),
    )
    key = Key(claim=claim, fingerprint="f", budget=budget, seed=seed, versions=("v 1",), **changes)
    outcome = Outcome(claim=claim, digest="d", verdict=verdict, expected=None, evidence=(piece,))
    return Record.of(outcome, key)


def test_a_record_survives_its_line():
    one = record()
    again = Record.parse(one.line())
    assert again == one
    assert again.line() == one.line()
    assert again.evidence[0]["numbers"] == {"n": 3, "x": 0.25, "q": "1/3", "bad": "inf", "table": [[1, None]]}
    claim = Claim(id="p/a", given=Networks(model="xu23a"), then=AtMost(loss, loss), expected=Verdict.REFUTED)
    assert again.outcome(claim).verdict is Verdict.SUPPORTED
    assert not again.outcome(claim).ok


def test_what_is_added_is_found(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    assert ledger.find(record().key) is None
    assert not (tmp_path / "ledger").exists()
    ledger.add(record(), 1.5)
    ledger.add(record(seed=1), 0.5)
    assert ledger.find(record().key) == record()
    assert len(ledger.records("p/a")) == 2
    assert ledger.seconds(record(seed=1).key) == 0.5
    assert ledger.find(record(seed=2).key) is None


def test_order_of_runs_does_not_show(tmp_path):
    one, two = Ledger(tmp_path / "one"), Ledger(tmp_path / "two")
    keys = [("quick", 0), ("full", 3), ("quick", 7)]
    for budget, seed in keys:
        one.add(record(budget=budget, seed=seed), 1.0)
    for budget, seed in reversed(keys):
        two.add(record(budget=budget, seed=seed), 2.0)
    files = [tmp_path / name / "evidence" / "p" / "a.jsonl" for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("claim", ["mine.py::x", "../up/..::x", "a/./b", "a//b", "p/a#half the rate", "ü/λ", "C:\\x"])
def test_any_id_stays_in_the_folder(tmp_path, claim):
    ledger = Ledger(tmp_path / "ledger")
    ledger.add(record(claim=claim))
    assert ledger.records(claim)
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*")} == {"ledger"}
    assert len(list(tmp_path.rglob("*.jsonl"))) == 1


@pytest.mark.parametrize(
    "damage, what",
    [
        ("{", "Expecting"),
        ("[]", "JSON object"),
        ('{"claim": "p/a"}', "missing"),
        (record().line().replace("SUPPORTED", "SURE"), "no verdict"),
        (record().line().replace('"seed": 0', '"seed": true'), "seed"),
        (
            record().line().replace('"arithmetic": "balls"', '"arithmetic": "hope"').replace("SUPPORTED", "PROVED"),
            "may not issue",
        ),
        (record(claim="p/b").line(), "p/b"),
        ("", "Expecting"),
    ],
)
def test_damage_is_named_and_left_alone(tmp_path, damage, what):
    ledger = Ledger(tmp_path)
    ledger.add(record())
    file = tmp_path / "evidence" / "p" / "a.jsonl"
    file.write_text(file.read_text() + damage + "\n")
    before = file.read_bytes()
    for use in (lambda: ledger.find(record().key), lambda: ledger.add(record(seed=3)), lambda: ledger.records("p/a")):
        with pytest.raises(LedgerError, match=r"a\.jsonl, line 2") as caught:
            use()
        assert what in str(caught.value)
        assert "delete that line" in str(caught.value)
    assert file.read_bytes() == before


def test_pickles_and_other_bytes_are_refused(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(record())
    file = tmp_path / "evidence" / "p" / "a.jsonl"
    file.write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(LedgerError, match="not text"):
        ledger.records("p/a")


def test_a_file_in_the_way(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="--ledger"):
        Ledger(tmp_path / "file").check_usable()
    with pytest.raises(LedgerError, match="--ledger"):
        Ledger(tmp_path / "file" / "below").check_usable()
    Ledger(tmp_path / "new" / "below").check_usable()
    assert not (tmp_path / "new").exists()


def test_a_failed_write_keeps_the_old_lines(tmp_path, monkeypatch):
    ledger = Ledger(tmp_path)
    ledger.add(record())
    file = tmp_path / "evidence" / "p" / "a.jsonl"
    before = file.read_bytes()
    monkeypatch.setattr("os.fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(LedgerError, match="No space left"):
        ledger.add(record(seed=1))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["a.jsonl"]


def _write(folder, worker):
    for seed in range(12):
        Ledger(folder).add(record(seed=100 * worker + seed), 0.1)


def test_two_runs_at_once_keep_each_others_lines(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(tmp_path, worker)) for worker in range(2)]
    for worker in workers:
        worker.start()
    _write(tmp_path, 2)
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert len(Ledger(tmp_path).records("p/a")) == 36
    assert len(json.loads((tmp_path / "timings" / "p" / "a.json").read_text())) == 36


def test_the_lock_excludes(tmp_path):
    events = []

    def enter():
        with locked(tmp_path / "lock"):
            events.append("in")

    with locked(tmp_path / "lock"):
        other = threading.Thread(target=enter)
        other.start()
        other.join(0.2)
        assert events == []
    other.join(5)
    assert events == ["in"]


def claims():
    base = {"given": Networks(model="xu23a"), "then": AtMost(residual_norm**2, 8 * loss)}
    return {
        "a": Claim(id="a", **base),
        "title": Claim(id="a", title="t", note="n", expected=Verdict.SUPPORTED, printed="p", **base),
        "mutants": Claim(id="a", mutants={"m": Mutant(then=AtMost(loss, 0))}, **base),
        "statement": Claim(id="a", given=base["given"], then=AtMost(residual_norm**2, 9 * loss)),
        "instances": Claim(id="a", given=Networks(model="xu23a", students=2), then=base["then"]),
        "witness": Claim(id="a", witness=Point.of(students=[[1]], teachers=[[1]]), **base),
        "options": Claim(id="a", options={"x": 1}, **base),
        "because": Claim(id="a", because=("b",), **base),
        "own quantity": Claim(id="a", quantities=(quantity(2),), **base),
        "other quantity": Claim(id="a", quantities=(quantity(3),), **base),
    }


def quantity(factor):
    return Quantity(name="twice", latex="T", meaning="", source="", define=lambda setting: factor * loss)


def test_fingerprints_tell_what_matters():
    step = Claim(id="b", given=Box(variables={theta: (0, 1)}), then=AtMost(theta, 1))
    other = Claim(id="b", given=Box(variables={theta: (0, 1)}), then=AtMost(theta, 2))
    marks = {name: fingerprint(claim, {"b": step}.__getitem__) for name, claim in claims().items()}
    assert marks["a"] == marks["title"] == marks["mutants"]
    different = {name: mark for name, mark in marks.items() if name not in ("title", "mutants")}
    assert len(set(different.values())) == len(different)
    assert fingerprint(claims()["because"], {"b": other}.__getitem__) != marks["because"]


def test_fingerprints_of_circles_and_gaps_end():
    one = Claim(id="a", because=("b", "c"), given=Box(variables={theta: (0, 1)}), then=AtMost(theta, 1))
    two = Claim(id="b", because=("a",), given=Box(variables={theta: (0, 1)}), then=AtMost(theta, 1))

    def find(name):
        if name not in ("a", "b"):
            raise ValueError(name)
        return {"a": one, "b": two}[name]

    assert fingerprint(one, find)


def test_versions_name_libraries_and_code():
    names = [entry.split()[0] for entry in versions()]
    assert {"lemmata", "python", "sympy", "python-flint", "source"} <= set(names)
    assert versions() == versions()
