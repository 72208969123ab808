"""The command line as a whole: what it imports, its exit codes, its errors, the purity of --json."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checks import __version__
from checks.cli import discover, main
from checks.cli.errors import UsageError

ROOT = Path(__file__).parents[3]
HEAVY = ("flint", "hypothesis", "jinja2", "joblib", "matplotlib", "mpmath", "numpy", "rich", "scipy", "sympy")

# A command for the tests, written into a folder that stands in for checks/cli/commands.
GREET = '''"""Greet someone.

More about greeting.
"""

def configure(parser):
    parser.add_argument("names", nargs="*")
    parser.add_argument("--loud", action="store_true")
    parser.add_argument("--times", type=int, default=1)


def run(arguments, console):
    if arguments.names == ["crash"]:
        raise ZeroDivisionError("one\\nover zero")
    if arguments.names == ["stop"]:
        raise KeyboardInterrupt
    print("stray words of a library")
    console.emit({"greeted": arguments.names})
    console.print("hello " + " ".join(arguments.names))
    return 1 if arguments.loud else 0
'''


@pytest.fixture
def greet(tmp_path, monkeypatch):
    """Replaces the commands by one, `greet`."""
    (tmp_path / "greet.py").write_text(GREET, encoding="utf-8")
    commands = sys.modules.get("checks.cli.commands") or __import__("checks.cli.commands").cli.commands
    monkeypatch.setattr(discover, "FOLDER", str(tmp_path))
    monkeypatch.setattr(commands, "__path__", [str(tmp_path)])
    yield tmp_path
    sys.modules.pop("checks.cli.commands.greet", None)


def run_python(program: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_imports_the_shell_alone():
    program = f"""
import sys
from checks.cli import main
code = main(["--help"])
loaded = [name for name in {(*HEAVY, "argparse", "dataclasses", "inspect", "typing")} if name in sys.modules]
loaded += [name for name in sys.modules if name.startswith("checks.cli.commands.")]
print(*loaded, file=sys.stderr)
sys.exit(code)
"""
    done = run_python(program)
    assert done.returncode == 0
    assert done.stderr.split() == []
    assert "usage: lemmata" in done.stdout


@pytest.mark.parametrize("name", discover.command_names())
def test_help_of_a_command_imports_no_library(name):
    program = f"""
import sys
from checks.cli import main
code = main([{name!r}, "--help"])
print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""
    done = run_python(program)
    assert done.returncode == 0
    assert done.stderr.split() == []
    assert discover.summary(name).rstrip(".") in done.stdout


def test_help_lists_every_command_with_its_summary(capsys):
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in discover.command_names():
        assert any(line.split(maxsplit=1)[0] == name for line in lines if line.startswith("  "))


def test_no_command_is_wrong_use(capsys):
    assert main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: lemmata" in captured.err


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"lemmata {__version__}\n"


@pytest.mark.parametrize(
    "words, parts",
    [
        (["gret"], ["'gret'", "did you mean greet?"]),
        (["zzzzzz"], ["'zzzzzz'", "see lemmata --help"]),
        (["--hlep"], ["--hlep", "did you mean --help?"]),
        (["--json", "greet"], ["--json", "options of a command follow its name"]),
        (["greet", "--lout"], ["no option --lout", "did you mean --loud?"]),
        (["greet", "--lou"], ["no option --lou", "did you mean --loud?"]),
        (["greet", "--times=x"], ["--times", "'x'", "see lemmata greet --help"]),
        (["greet", "--times"], ["--times", "expected one argument"]),
    ],
)
def test_wrong_use_is_one_line_with_a_remedy(greet, capsys, words, parts):
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("lemmata: error: ")
    assert captured.err.count("\n") == 1
    for part in parts:
        assert part in captured.err


def test_options_and_arguments_in_any_order(greet, capsys):
    assert main(["greet", "Ada", "--times", "2", "Grace", "--loud"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "hello Ada Grace\n"
    assert captured.err == "stray words of a library\n"


def test_json_and_nothing_else(greet, capsys):
    assert main(["greet", "--json", "Ada"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"greeted": ["Ada"]}
    assert captured.err == "stray words of a library\n"


def test_our_fault_is_one_line(greet, capsys):
    assert main(["greet", "crash"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    for part in ("ZeroDivisionError: one over zero", "checks.cli.commands.greet", "set LEMMATA_DEBUG=1"):
        assert part in captured.err


def test_debugging_shows_the_traceback(greet, capsys, monkeypatch):
    monkeypatch.setenv("LEMMATA_DEBUG", "1")
    assert main(["greet", "crash"]) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_interrupted(greet, capsys):
    assert main(["greet", "stop"]) == 130
    assert capsys.readouterr().err == "lemmata: interrupted\n"


@pytest.mark.parametrize(
    "source, part",
    [
        ("def configure(parser): ...\ndef run(arguments, console): ...\n", "must open with a docstring"),
        ('"""Bad."""\ndef configure(parser): ...\n', "must define run"),
        ('"""Bad."""\ndef run(arguments, console): ...\n', "must define configure"),
    ],
)
def test_a_malformed_command_fails_naming_its_file(greet, capsys, source, part):
    (greet / "bad.py").write_text(source, encoding="utf-8")
    try:
        assert main(["bad"]) == 3
    finally:
        sys.modules.pop("checks.cli.commands.bad", None)
    error = capsys.readouterr().err
    assert part in error
    assert "bad.py" in error


def test_a_new_command_is_one_new_file(greet, capsys):
    (greet / "say_bye.py").write_text(GREET.replace("Greet", "Part from"), encoding="utf-8")
    try:
        assert main(["say-bye", "Ada"]) == 0
    finally:
        sys.modules.pop("checks.cli.commands.say_bye", None)
    assert main(["--help"]) == 0
    assert "say-bye  Part from someone." in capsys.readouterr().out


def test_a_reader_that_leaves_is_no_error():
    program = """
import os, sys
from checks.cli.errors import guarded
def body():
    for _ in range(100_000):
        print("words " * 10)
    return 0
reading, writing = os.pipe()
os.close(reading)
os.dup2(writing, 1)
os.close(writing)
sys.exit(guarded(body))
"""
    done = run_python(program)
    assert done.returncode == 141
    assert done.stderr == ""


def test_help_in_ascii():
    done = run_python("import sys; from checks.cli import main; sys.exit(main(['-h']))", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "\\u2026" in done.stdout


def test_usage_error_states_what_where_and_remedy():
    assert str(UsageError("is empty", where="net.json", remedy="add a neuron")) == "net.json: is empty; add a neuron"
    assert str(UsageError("is empty")) == "is empty"
