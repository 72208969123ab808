"""What is written in two places says the same: floors, constraints, README, documented examples."""

import doctest
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from source_rules import PACKAGES, ROOT, python_files, relative

from checks.cli.discover import command_names, load_command
from checks.cli.parser import Parser
from checks.upstream.floors import OPTIONAL, PYTHON_FLOOR, REQUIRED, within

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)(?:\[[a-z]+\])?>=([0-9.]+)(?:,<([0-9.]+))?$")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)$", re.MULTILINE)


def requirements(lines: list[str]) -> dict[str, tuple[str, str | None]]:
    matches = [REQUIREMENT.match(line) for line in lines]
    assert all(matches), lines
    return {match[1]: (match[2], match[3]) for match in matches if match}


def pins() -> dict[str, str]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall(text)}


def test_floors_are_those_of_the_project():
    assert requirements(PROJECT["dependencies"]) == REQUIRED
    assert PROJECT["requires-python"] == f">={PYTHON_FLOOR}"


def test_floors_of_the_extras_are_those_of_the_project():
    declared = requirements(PROJECT["optional-dependencies"]["fast"] + PROJECT["optional-dependencies"]["cluster"])
    # `dask[distributed]` brings its companion in the same version
    assert {**declared, "distributed": declared["dask"]} == OPTIONAL


@pytest.mark.parametrize("extra", ["", "test", "dev", "fast", "cluster"])
def test_constraints_pin_a_version_that_the_floors_allow(extra):
    lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    for name, bounds in requirements(lines).items():
        assert within(pins()[name], bounds), name


def test_constraints_file_is_well_formed():
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line]
    assert [line for line in lines if not line.startswith("#") and not PIN.fullmatch(line)] == []
    assert len(pins()) == sum(not line.startswith("#") for line in lines), "a package is pinned twice"


def marked_command(name: str) -> str:
    found = re.search(rf"^<!-- {name} -->\n```sh\n(.*)\n```$", README, re.MULTILINE)
    assert found, f"README.md has no one-line block marked {name}"
    return found[1]


def test_readme_holds_the_two_commands():
    assert marked_command("verify").endswith(" && .venv/bin/lemmata verify --budget quick")
    assert " && .venv/bin/pytest " in marked_command("tests")
    for name in ("verify", "tests"):
        assert marked_command(name).startswith(
            "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e "
        )


def test_ci_runs_the_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    program = re.search(r"awk '(.*?)' README\.md", script, re.DOTALL)
    assert program
    extracted = subprocess.run(["awk", program[1], ROOT / "README.md"], capture_output=True, text=True, check=True)
    assert extracted.stdout.strip() == marked_command("tests")


def readme_command_lines() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("lemmata ")]


def test_readme_commands_are_understood():
    lines = readme_command_lines()
    assert len(lines) > 10
    for line in lines:
        _, name, *words = shlex.split(line, comments=True)
        assert name in command_names(), line
        parser = Parser(prog=f"lemmata {name}", description="")
        load_command(name).configure(parser)
        parser.read(words)


def modules_with_examples() -> list[Path]:
    return [path for path in python_files(*PACKAGES) if ">>> " in path.read_text(encoding="utf-8")]


def test_documented_examples():
    for path in modules_with_examples():
        name = relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        outcome = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
        assert outcome.attempted > 0, name
        assert outcome.failed == 0, name


def test_importing_numerics_imports_no_library():
    program = "import numerics, sys; sys.exit('numpy' in sys.modules or 'sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
