"""The house: an activation, a quantity, a claim and a paper are each one new file, and nothing else changes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ACTIVATION = '''"""Leaky ReLU with slope 1/10 on the left."""

from sympy import Rational

from theory.activation import Activation, Homogeneous

ACTIVATION = Activation(
    name="leaky_tenth",
    title="leaky ReLU, slope 1/10",
    latex=r"\\\\sigma",
    shape=Homogeneous(degree=1, right=Rational(1), left=Rational(-1, 10)),
    slope_at_zero=Rational(1),
    source="a test",
)
'''

QUANTITY = '''"""Sum of the students' norms."""

from theory.heads import norm
from theory.quantity import Quantity
from theory.symbols import i, over, w

QUANTITIES = (
    Quantity(
        name="norm_sum",
        latex=r"\\\\Sigma",
        meaning="sum of the students' norms",
        source="a test",
        define=lambda setting: over(norm(w[i]), i),
        nonnegative=True,
    ),
)
'''

CLAIM = '''"""A claim of a test."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.vocabulary import loss

_networks = Networks(model="{model}", students=(1, 3), dimension=(1, 3))

CLAIMS = (
    Claim(
        id="{paper}/extra",
        title="the loss is not negative",
        given=_networks,
        then=AtMost(0, loss),
        mutants={{"below": Mutant(then=AtMost(loss, 0))}},
        expected=Verdict.SUPPORTED,
    ),
)
'''

PAPER = '''"""A paper of a test."""

from checks.paper import Paper

PAPER = Paper(key="tiny00a", title="T", authors="A", venue="V", year=2000)
''' + CLAIM.partition("\n")[2].format(model="xu23a", paper="tiny00a")

NEW_FILES = {
    "theory/activations/leaky_tenth.py": ACTIVATION,
    "theory/quantities/norm_sum.py": QUANTITY,
    "checks/papers/wang21a/extra.py": CLAIM.format(model="wang21a", paper="wang21a"),
    "checks/papers/tiny00a/__init__.py": PAPER,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    for package in ("theory", "numerics", "checks"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in NEW_FILES.items():
        path = copy / name
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return copy


def lemmata(house: Path, *words: str) -> str:
    code = "import sys; from checks.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=house, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_activation_is_one_file(house: Path) -> None:
    derived = json.loads(lemmata(house, "derive", "leaky_tenth", "--json"))
    assert derived["object"] == "kernel"
    assert derived["steps"]


def test_a_quantity_is_one_file(house: Path, tmp_path: Path) -> None:
    net = tmp_path / "net.json"
    net.write_text(
        '{"model": "xu23a", "students": [["3", "4"], ["0", "-2"]], "teachers": [["1", "0"]]}', encoding="utf-8"
    )
    assert float(json.loads(lemmata(house, "evaluate", str(net), "--quantity", "norm_sum", "--json"))["norm_sum"]) == 7


def test_a_claim_and_a_paper_are_one_file_each(house: Path, tmp_path: Path) -> None:
    listed = {record["id"] for record in json.loads(lemmata(house, "list", "--json"))}
    assert {"wang21a/extra", "tiny00a/extra"} <= listed
    words = ("verify", "wang21a/extra", "tiny00a", "--json", "--ledger", str(tmp_path / "ledger"))
    verdicts = {record["id"]: record["verdict"] for record in json.loads(lemmata(house, *words))["claims"]}
    assert verdicts == {"wang21a/extra": "SUPPORTED", "tiny00a/extra": "SUPPORTED"}


def test_a_malformed_leaf_names_its_file(house: Path) -> None:
    leaf = house / "theory" / "quantities" / "broken.py"
    leaf.write_text('"""No constant."""\n', encoding="utf-8")
    try:
        with pytest.raises(AssertionError, match=r"quantities.broken\.py"):
            lemmata(house, "verify", "tiny00a", "--ledger", str(house / "ledger"))
    finally:
        leaf.unlink()
