"""How a verdict looks in a table: its word, in the colour of its strength."""

from __future__ import annotations

STYLES = {
    "PROVED": "bold green",
    "CERTIFIED": "bold green",
    "MEASURED": "cyan",
    "SUPPORTED": "blue",
    "UNDECIDED": "yellow",
    "CONTRADICTED": "red",
    "REFUTED": "bold red",
    "ASSUMED": "magenta",
}


def coloured(verdict: object) -> tuple[str, str]:
    """The cell of a verdict, or a dash where there is none."""
    word = "–" if verdict is None else str(verdict)
    return word, STYLES.get(word, "")


def mark(ok: bool) -> tuple[str, str]:
    """ok, or OFF in red."""
    return ("ok", "green") if ok else ("OFF", "bold red")
