"""The direction of imports: theory ← numerics ← checks; claims never see numerics; the shell starts light."""

import ast

import pytest
from source_rules import misplaced_imports, python_files, relative, within


def violations(folder: str, allowed, *, at_start: bool = False) -> list[str]:
    return [
        f"{relative(path)} {violation}"
        for path in python_files(folder)
        for violation in misplaced_imports(path.read_text(encoding="utf-8"), allowed, at_start=at_start)
    ]


def outside(*packages: str):
    """Whether a module is absolute and in none of the packages."""
    return lambda module: not module.startswith("a relative import") and not within(*packages)(module)


def test_theory_imports_sympy_and_itself():
    assert violations("theory", within("theory", "sympy")) == []


def test_numerics_never_imports_checks():
    assert violations("numerics", outside("checks", "tests")) == []


def test_checks_never_imports_tests():
    assert violations("checks", outside("tests")) == []


def test_papers_are_data():
    assert violations("checks/papers", within("sympy", "theory", "checks")) == []


def test_command_line_starts_with_the_standard_library():
    assert violations("checks/cli", within("checks.cli"), at_start=True) == []


@pytest.mark.parametrize("package", ["theory", "numerics", "checks"])
def test_a_package_is_typed_and_described(package):
    folder = python_files(package)[0].parents[0]
    assert (folder / "py.typed").exists()
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "source, caught",
    [
        ("import numpy", 1),
        ("from numerics.ball import exp", 1),
        ("def f():\n    import numerics.dynamics.flow", 1),
        ("from . import kernel", 1),
        ("from sympyfoo import x", 1),
        ("import math\nfrom sympy import Expr\nfrom theory.kernel import derive_kernel", 0),
    ],
)
def test_the_rule_catches(source, caught):
    assert len(misplaced_imports(source, within("theory", "sympy"))) == caught


@pytest.mark.parametrize(
    "source, caught",
    [
        ("import numpy", 1),
        ("try:\n    import rich\nexcept ImportError:\n    rich = None", 1),
        ("class A:\n    from rich import box", 1),
        ("def f():\n    import numpy", 0),
        ("if TYPE_CHECKING:\n    import numpy", 0),
        ("import typing\nif typing.TYPE_CHECKING:\n    import numpy", 0),
        ("if True:\n    import numpy", 1),
    ],
)
def test_the_rule_for_start_up_catches(source, caught):
    assert len(misplaced_imports(source, within("checks.cli"), at_start=True)) == caught
