"""Files of claims as tests of a user's own suite, through the installed entry point."""

import re
import subprocess
import sys

import pytest

from checks import pytest_plugin
from checks.method import BUDGETS

HEAD = """from sympy import Symbol
from checks import AtMost, Box, Claim, Mutant, Point, Verdict

x = Symbol("x", real=True)
unit = Box(variables={x: (0, 1)})
"""
GOOD = HEAD + "good = Claim(given=unit, then=AtMost(x, 1), mutants={'half': Mutant(then=AtMost(x, x / 2))})\n"
RESTS = GOOD + "rests = Claim(given=unit, then=AtMost(x, 2), because=('good',), expected=Verdict.CERTIFIED)\n"
FALSE = HEAD + "false = Claim(given=unit, then=AtMost(x, x**2), witness=Point.of(x='1/2'))\n"
OFF = HEAD + "off = Claim(given=unit, then=AtMost(x, 1), expected=Verdict.PROVED)\n"
ALIVE = HEAD + "alive = Claim(given=unit, then=AtMost(x, 1), mutants={'weaker': Mutant(then=AtMost(x, 2))})\n"


def pytest_in(folder, *words):
    """Exit code and output of pytest in a folder, as its user starts it."""
    plugins = ("no:xdist", "no:cacheprovider", "no:hypothesispytest")
    options = [word for plugin in plugins for word in ("-p", plugin)]
    command = [sys.executable, "-W", "error", "-m", "pytest", "-v", *options, *words]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def suite(tmp_path_factory):
    """A user's folder with files of claims, what pytest says of it, and the folder."""
    folder = tmp_path_factory.mktemp("suite")
    files = {
        "claims_good.py": GOOD,
        "rests_claims.py": RESTS,
        "claims_false.py": FALSE,
        "claims_off.py": OFF,
        "claims_alive.py": ALIVE,
        "mine.py": GOOD,
        "test_own.py": GOOD + "def test_it():\n    assert good\n",
        "test_claims.py": "def test_it():\n    pass\n",
        "lemmas.py": GOOD,
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    return (*pytest_in(folder), folder)


def outcomes(output):
    return dict(re.findall(r"^(\S+::\S+) (PASSED|FAILED|ERROR)", output, flags=re.MULTILINE))


def test_files_are_found_by_their_names_and_each_claim_and_mutant_is_a_test(suite):
    _, output, _ = suite
    assert outcomes(output) == {
        "claims_alive.py::alive": "PASSED",
        "claims_alive.py::alive#weaker": "FAILED",
        "claims_false.py::false": "FAILED",
        "claims_good.py::good": "PASSED",
        "claims_good.py::good#half": "PASSED",
        "claims_off.py::off": "FAILED",
        "rests_claims.py::good": "PASSED",
        "rests_claims.py::good#half": "PASSED",
        "rests_claims.py::rests": "PASSED",
        "test_claims.py::test_it": "PASSED",
        "test_own.py::test_it": "PASSED",
    }


@pytest.mark.parametrize(
    "message",
    [
        r"^found REFUTED\n  x ≤ x²$",
        r"witness: x = 1/2$",
        r"^found CERTIFIED, expected PROVED$",
        r"^this mutant survived with CERTIFIED: the check of its claim can't fail$",
    ],
)
def test_failures_say_what_was_found(suite, message):
    code, output, _ = suite
    assert code == 1
    assert re.search(message, output, flags=re.MULTILINE), output
    assert "Traceback" not in output


def test_a_file_named_on_the_command_line_and_a_setting(suite):
    _, _, folder = suite
    code, output = pytest_in(folder, "-o", "lemmata_files=lemmas.py", "mine.py", "lemmas.py", "test_own.py")
    assert code == 0
    assert set(outcomes(output)) == {
        "mine.py::good",
        "mine.py::good#half",
        "lemmas.py::good",
        "lemmas.py::good#half",
        "test_own.py::test_it",
    }


def test_a_broken_file_is_one_line_with_its_place(tmp_path):
    (tmp_path / "claims_broken.py").write_text(GOOD + "y = Claim(given=unit, them=AtMost(x, 1))\n")
    code, output = pytest_in(tmp_path)
    assert code == 2
    assert re.search(r"claims_broken\.py:7: Claim has no field 'them'; did you mean then\?$", output, re.MULTILINE)
    assert "Traceback" not in output


def test_budgets_are_those_of_the_engine():
    assert set(pytest_plugin.BUDGETS) == set(BUDGETS)
