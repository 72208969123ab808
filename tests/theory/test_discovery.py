"""Discovery: a new leaf is one new file, and a malformed one is reported with its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

import theory
from theory.activation import Activation, activations
from theory.discovery import discover, folders, look_up

fresh = count()


@pytest.fixture
def leaf_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty importable package with a name never used before."""
    folder = tmp_path / f"leaves_{next(fresh)}"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)


def test_finds_every_leaf_by_its_own_name_or_the_file(leaf_folder: Path) -> None:
    write(leaf_folder, b="LEAF = 2", a="LEAF = 1", _private="1/0")
    assert dict(discover(leaf_folder.name, "LEAF", int)) == {"a": 1, "b": 2}
    assert {"absolute_value", "quadratic", "relu"} < set(activations())
    assert list(activations()) == sorted(activations())


def test_sees_a_leaf_written_after_the_first_call(leaf_folder: Path) -> None:
    write(leaf_folder, a="LEAF = 1")
    assert list(discover(leaf_folder.name, "LEAF", int)) == ["a"]
    write(leaf_folder, b="LEAF = 2")
    assert list(discover(leaf_folder.name, "LEAF", int)) == ["a", "b"]


@pytest.mark.parametrize(
    "text, complaint",
    [
        ("OTHER = 1", "binds no LEAF"),
        ("LEAF = 'one'", "of type str; it must be int"),
        ("LEAF = (", "cannot be imported: SyntaxError"),
        ("import no_such_module_anywhere", "cannot be imported: ModuleNotFoundError"),
        ("LEAF = 1 / 0", "cannot be imported: ZeroDivisionError"),
    ],
)
def test_a_malformed_leaf_is_named(leaf_folder: Path, text: str, complaint: str) -> None:
    write(leaf_folder, good="LEAF = 1", malformed=text)
    with pytest.raises(ValueError, match=rf"malformed\.py: .*{complaint}"):
        discover(leaf_folder.name, "LEAF", int)


def test_a_name_used_twice_names_both_files(leaf_folder: Path) -> None:
    record = "class Leaf:\n    name = 'same'\nLEAF = Leaf()"
    write(leaf_folder, first=record, second=record)
    with pytest.raises(ValueError, match=r"second\.py: the name 'same' is already taken by .*first\.py"):
        discover(leaf_folder.name, "LEAF", object)


def test_files_nobody_would_import_are_reported(leaf_folder: Path) -> None:
    write(leaf_folder, **{"my-leaf": "LEAF = 1"})
    with pytest.raises(ValueError, match=r"my-leaf\.py: the file name is not an identifier"):
        discover(leaf_folder.name, "LEAF", int)
    (leaf_folder / "my-leaf.py").unlink()
    (leaf_folder / "deeper").mkdir()
    write(leaf_folder / "deeper", leaf="LEAF = 1")
    with pytest.raises(ValueError, match="side by side"):
        discover(leaf_folder.name, "LEAF", int)
    assert list(folders(leaf_folder.name)) == [f"{leaf_folder.name}.deeper"]


def test_a_folder_that_is_none(leaf_folder: Path) -> None:
    with pytest.raises(ValueError, match="cannot be imported"):
        discover("no_such_package_anywhere", "LEAF", int)
    with pytest.raises(ValueError, match="is a module, not a folder"):
        discover("theory.discovery", "LEAF", int)


def test_look_up_suggests() -> None:
    assert look_up("b", {"a": 1, "b": 2}, "letter") == 2
    with pytest.raises(ValueError, match=r"unknown letter 'alphq'; did you mean alpha\?"):
        look_up("alphq", {"alpha": 1, "beta": 2}, "letter")
    with pytest.raises(ValueError, match="known: none"):
        look_up("a", {}, "letter")


def test_a_new_activation_is_one_new_file(tmp_path: Path) -> None:
    """In a copy of the tree, one new file is found, derived and confirmed; nothing else changes."""
    source = Path(theory.__file__).parent
    shutil.copytree(source, tmp_path / "theory", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "theory" / "activations" / "leaky.py").write_text(
        "from sympy import Integer, Rational\n"
        "from theory.activation import Activation, Homogeneous\n"
        "ACTIVATION = Activation(name='leaky', title='leaky ReLU', latex='', slope_at_zero=Integer(1),\n"
        "    shape=Homogeneous(degree=1, right=Integer(1), left=Rational(-1, 10)))\n"
    )
    program = (
        "from theory.activation import activations\n"
        "from theory.confirmation import confirm_kernel\n"
        "print(len(activations()), 'leaky' in activations(), confirm_kernel(activations()['leaky']).difference)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{len(activations()) + 1} True 0"


def test_kind_is_checked_on_the_real_folder() -> None:
    with pytest.raises(ValueError, match="it must be int"):
        discover("theory.activations", "ACTIVATION", int)
    assert all(isinstance(sigma, Activation) for sigma in activations().values())
