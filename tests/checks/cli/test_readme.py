"""The Python of the README runs as it stands and finds what the README says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from checks.cli import main

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def block(word):
    (found,) = [text for text in BLOCKS if word in text]
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_nothing_else():
    assert len(BLOCKS) == 3


def test_a_lemma_and_its_false_strengthening(folder, capsys):
    (folder / "mine.py").write_text(block("residual_bound ="))
    assert main(["verify", "mine.py"]) == 0
    (folder / "false.py").write_text(block("residual_bound =").replace("8 * loss", "7 * loss"))
    assert main(["verify", "false.py"]) == 1
    assert "REFUTED" in capsys.readouterr().out
    assert main(["constant", "false.py::residual_bound"]) == 0
    assert "with the constant 8/7" in capsys.readouterr().out


def test_networks_as_a_strategy(folder):
    (folder / "test_mine.py").write_text(block("@given"))
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_mine.py"]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_values_and_trajectories(folder):
    text = block("gradient_flow") + "print(float(net.loss), trajectory.status)\n"
    ran = subprocess.run([sys.executable, "-c", text], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    loss, status = ran.stdout.split(maxsplit=1)
    assert 0 < float(loss) < 1
    assert status.strip() == "finished"
