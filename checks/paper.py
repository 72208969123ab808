"""Papers: the source of a group of claims."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Paper"]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A published source; ``key`` is the folder name and the first part of its claims' ids."""

    key: str
    title: str
    authors: str
    venue: str
    year: int
    summary: str = ""
