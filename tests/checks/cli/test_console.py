"""Console, progress and files of the command line."""

import io
import json
import math
import time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from checks.cli.console import Console, plain
from checks.cli.errors import UsageError, value_errors_are_usage
from checks.cli.files import output_path, read_json, read_text
from checks.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Shade(Enum):
    DARK = 1


def console(*, json_mode: bool = False, terminal: bool = False) -> tuple[Console, io.StringIO, io.StringIO]:
    output, talk = (Terminal(), Terminal()) if terminal else (io.StringIO(), io.StringIO())
    return Console(json_mode=json_mode, output=output, talk=talk), output, talk


@pytest.fixture
def colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


def test_json_mode_prints_one_document_and_nothing_else():
    shell, output, talk = console(json_mode=True)
    shell.print("text", "bold")
    shell.table(["a"], [["b"]])
    shell.say("talk")
    shell.emit({"half": Fraction(1, 2), "shade": Shade.DARK, "path": Path("a/b"), "points": ((1, 2),)})
    assert json.loads(output.getvalue()) == {
        "half": "1/2",
        "shade": "DARK",
        "path": "a/b",
        "points": [[1, 2]],
    }
    assert talk.getvalue() == "talk\n"
    with pytest.raises(RuntimeError, match="second"):
        shell.emit({})


def test_text_mode_emits_nothing():
    shell, output, _ = console()
    shell.emit({"a": 1})
    shell.emit({"a": 2})
    shell.print("text", "bold red")
    assert output.getvalue() == "text\n"


def test_plain_numbers():
    data = plain({"x": math.inf, "y": -math.inf, "z": math.nan, "v": np.array([0.5, np.nan]), "n": np.int64(3)})
    assert data == {"x": "inf", "y": "-inf", "z": "nan", "v": [0.5, "nan"], "n": 3}
    assert plain(np.float64(0.5)) == 0.5
    assert plain({3, 1, 2}) == [1, 2, 3]


@pytest.mark.parametrize("data", [object(), {1: "a"}, b"bytes", {"a": [1j]}])
def test_what_has_no_json_form_is_refused(data):
    with pytest.raises(TypeError):
        plain(data)


def test_a_table_in_a_pipe_has_one_line_per_row():
    shell, output, _ = console()
    statement = "theta[i, j] <= " + "x" * 300
    shell.table(["id", "says"], [["a", statement], ["b", ("[bold]", "red")]])
    lines = output.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["id", "a", "b"]
    assert lines[1].endswith(statement)
    assert lines[2].endswith("[bold]")
    assert "\x1b" not in output.getvalue()


def test_a_ragged_table_is_refused():
    shell, _, _ = console()
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        shell.table(["a", "b"], [["c"]])


def test_colour_on_a_terminal(colour):
    shell, output, _ = console(terminal=True)
    shell.print("word", "bold red")
    shell.table(["a"], [[("cell", "green")]])
    assert "\x1b[" in output.getvalue()


@pytest.mark.parametrize("variable, value", [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(colour, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    shell, output, _ = console(terminal=True)
    shell.print("word", "bold red")
    shell.table(["a"], [[("cell", "green")]])
    assert "word" in output.getvalue()
    assert "\x1b" not in output.getvalue()


def test_progress_is_silent_off_a_terminal():
    talk = io.StringIO()
    with Progress("work", total=2, stream=talk, patience=0.0) as progress:
        progress.advance()
        time.sleep(0.05)
    assert talk.getvalue() == ""


def test_progress_is_silent_for_short_work():
    shell, _, talk = console(terminal=True)
    with shell.progress("work", total=2) as progress:
        progress.advance()
    assert talk.getvalue() == ""


@pytest.mark.parametrize("total", [3, None])
def test_progress_appears_with_patience(colour, total):
    talk = Terminal()
    with Progress("long work", total=total, stream=talk, patience=0.0) as progress:
        deadline = time.monotonic() + 10
        while not progress.above("a line above") and time.monotonic() < deadline:
            time.sleep(0.01)
        progress.advance(note="claim [i]")
    shown = talk.getvalue()
    assert "long work" in shown
    assert "claim [i]" in shown
    assert "a line above" in shown
    assert not progress.above("after the end")


def test_value_errors_are_passed_on_with_their_place():
    with (
        pytest.raises(UsageError, match=r"^net\.json: students=\[\]: give one$"),
        value_errors_are_usage("net.json"),
    ):
        raise ValueError("students=[]: give one")
    with pytest.raises(KeyError), value_errors_are_usage():
        raise KeyError("other")


def test_json_is_read_exactly(tmp_path):
    path = tmp_path / "net.json"
    path.write_text('{"x": 0.1, "n": 3, "s": "1e-9"}', encoding="utf-8")
    assert read_json(path) == {"x": Decimal("0.1"), "n": 3, "s": "1e-9"}


@pytest.mark.parametrize(
    "content, message",
    [
        (b'{"a": ', "is not JSON: Expecting value at line 1, column 7"),
        (b'{"a": NaN}', "NaN is not a number of JSON; write a finite number"),
        (b"[1e999]", None),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b"", "is not JSON"),
    ],
)
def test_unreadable_json_names_file_and_place(tmp_path, content, message):
    path = tmp_path / "net.json"
    path.write_bytes(content)
    if message is None:
        assert read_json(path) == [Decimal("1e999")]
        return
    with pytest.raises(UsageError) as caught:
        read_json(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_unreadable_files(tmp_path):
    with pytest.raises(UsageError, match="no such network file"):
        read_text(tmp_path / "absent", "network file")
    with pytest.raises(UsageError, match="is a folder"):
        read_text(tmp_path)
    with pytest.raises(UsageError, match="can't be read"):
        read_text("a\0b")
    with pytest.raises(UsageError, match="can't be read"):
        read_text("x" * 5000)


def test_output_paths_are_checked_before_the_work(tmp_path):
    assert output_path(tmp_path / "new.html") == tmp_path / "new.html"
    with pytest.raises(UsageError, match="is a folder"):
        output_path(tmp_path)
    with pytest.raises(UsageError, match="there is no folder"):
        output_path(tmp_path / "absent" / "new.html")
