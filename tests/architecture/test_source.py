"""Length, forbidden calls, floats in exact mathematics, and traces of the machine a file was written on."""

import re
import subprocess
from pathlib import Path

import pytest
from source_rules import (
    EXEMPT_FROM_CALL_RULES,
    PACKAGES,
    ROOT,
    floats,
    forbidden_calls,
    python_files,
    relative,
)

LIMIT = 400

# Home folders, scratch folders and the like of one machine, and hosts of package registries.
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:home|root|Users|work|workspace|tmp|mnt|opt)/[.\w]"
    r"|[A-Z]:\\(?:Users|home)"
    r"|\bpypi\.(?:org|python)|\bpythonhosted\.org|\bfile:///\w"
)


def repository_files() -> list[Path]:
    """What a clone holds: tracked files and new ones that are not ignored; without git, all files."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0 and listing.stdout:
        paths = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    else:
        tops = [path for path in ROOT.iterdir() if path.name == ".ci" or not path.name.startswith(".")]
        paths = [path for top in tops for path in [top, *top.rglob("*")] if path.suffix != ".pyc"]
    return sorted(path for path in paths if path.is_file())


def test_no_file_is_too_long():
    lengths = {
        relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*PACKAGES, "tests")
    }
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


def test_no_forbidden_calls():
    found = [
        f"{relative(path)} {violation}"
        for path in python_files(*PACKAGES)
        if not relative(path).startswith(EXEMPT_FROM_CALL_RULES)
        for violation in forbidden_calls(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_floats_in_theory():
    found = [
        f"{relative(path)} {violation}"
        for path in python_files("theory")
        for violation in floats(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_trace_of_a_machine():
    found = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture
            continue
        found += [f"{relative(path)}: {match.group()}" for match in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "sympy.simplify(x)",
        "from sympy import simplify\nsimplify(x)",
        "x.simplify()",
        "if x.is_zero: pass",
        "a.equals(b)",
        "eval('1')",
        "exec('1')",
        "import pickle",
        "from pickle import loads",
        "import cloudpickle as c",
        "np.arccos(c)",
        "angle = numpy.arccos",
        "math.acos(c)",
        "from numpy import arccos",
        "from mpmath import iv",
        "mpmath.iv.exp(x)",
        "np.load(path, allow_pickle=True)",
        "parse_expr('x')",
        "def f():\n    def g():\n        return h(lambda: [e.simplify() for e in es])",
    ],
)
def test_forbidden_calls_are_caught(source):
    assert forbidden_calls(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "# np.arccos(c) loses digits, eval( too",
        '"""Never call simplify(x), .is_zero or eval(x)."""',
        "ball.is_zero()",
        "sympy.acos(x)",
        "x.acos()",
        "divide(x)",
        "np.load(path, allow_pickle=False)",
        "evaluate(x)",
    ],
)
def test_what_is_allowed_passes(source):
    assert forbidden_calls(source) == []


@pytest.mark.parametrize("source", ["x = 0.5", "y = 1e-9", "float(x)", "x.evalf()", "N(x)", "z = 2j"])
def test_floats_are_caught(source):
    assert floats(source) != []


@pytest.mark.parametrize("source", ["x = 1", "Rational(1, 2)", "'0.5'", "# 0.5", "x: float"])
def test_exact_numbers_pass(source):
    assert floats(source) == []


@pytest.mark.parametrize(
    "parts",
    [
        ("/", "home", "/someone/x"),
        ("see ", "/", "root", "/.cache"),
        ("C:", "\\Users"),
        ("https://py", "pi.org/simple"),
    ],
)
def test_traces_are_caught(parts):
    assert MACHINE.search("".join(parts))


@pytest.mark.parametrize("text", ["checks/papers/x", "tests/work/y", "a/home/b", "p/(p+q)", "w/opt/z"])
def test_relative_paths_are_no_traces(text):
    assert not MACHINE.search(text)
