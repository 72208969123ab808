"""The claims there are: found in the folders of `checks.papers`, or read from a user's file."""

from __future__ import annotations

import fnmatch
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from checks.claim import Claim
from checks.paper import Paper
from theory.discovery import discover, look_up

__all__ = ["claims_of", "find_claim", "neighbours", "papers", "select"]


@cache
def papers() -> Mapping[str, Paper]:
    """Papers by key, in alphabetical order; ValueError naming a folder without a proper ``PAPER``."""
    package = importlib.import_module("checks.papers")
    found: dict[str, Paper] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if not info.ispkg:
            raise ValueError(
                f"checks/papers/{info.name}.py stands beside the papers; move it into the folder of its paper"
            )
        paper = getattr(importlib.import_module(f"checks.papers.{info.name}"), "PAPER", None)
        if not isinstance(paper, Paper) or paper.key != info.name:
            raise ValueError(f"checks/papers/{info.name}/__init__.py must bind PAPER = Paper(key={info.name!r}, …)")
        found[info.name] = paper
    return found


@cache
def claims_of(paper: str) -> Mapping[str, Claim]:
    """Claims of a paper by id; ValueError naming the file of a malformed or doubly used id."""
    look_up(paper, papers(), "paper")
    # A short paper may keep its claims in its __init__, and is then one file.
    own = getattr(importlib.import_module(f"checks.papers.{paper}"), "CLAIMS", ())
    leaves = {"__init__": own, **discover(f"checks.papers.{paper}", "CLAIMS", tuple)}
    found: dict[str, Claim] = {}
    for leaf, claims in leaves.items():
        for claim in claims:
            where = f"checks/papers/{paper}/{leaf}.py"
            if not isinstance(claim, Claim):
                raise ValueError(f"{where}: CLAIMS holds a {type(claim).__name__}, not a Claim")
            if claim.paper != paper:
                raise ValueError(f"{where}: the id {claim.id!r} must start with '{paper}/'")
            if claim.id in found:
                raise ValueError(f"{where}: the id {claim.id!r} is used twice")
            found[claim.id] = claim
    return found


def _everything() -> Iterator[Claim]:
    for key in papers():
        yield from claims_of(key).values()


def find_claim(name: str) -> Claim:
    """The claim of that id, ``PATH.py::name`` for one of a user's file; ValueError naming near misses."""
    path, _, own = name.partition("::")
    if own:
        from checks.user_file import load_user_claims

        return load_user_claims(path, own)[0]
    key = name.partition("/")[0]
    if key not in papers():
        look_up(key, papers(), "paper")
    return look_up(name, claims_of(key), "claim")


def neighbours(claim: Claim) -> list[Claim]:
    """The claims among which this one is used: all of the papers, and those of its own file."""
    path, _, own = claim.id.partition("::")
    return [*_everything(), *(select([path]) if own else ())]


def select(selectors: Sequence[str]) -> list[Claim]:
    """Claims named by ids, paper keys, globs such as ``wang21a/lemma-*`` or ``PATH.py[::name]``; all for no selector.

    Order is that of the selectors, without repetition.  Raises ValueError for a selector that matches nothing.
    """
    chosen: dict[str, Claim] = {}
    for claim in _selected(selectors):
        chosen.setdefault(claim.id, claim)
    return list(chosen.values())


def _selected(selectors: Sequence[str]) -> Iterable[Claim]:
    if not selectors:
        yield from _everything()
    for selector in selectors:
        path, _, name = selector.partition("::")
        if path.endswith(".py"):
            from checks.user_file import load_user_claims

            yield from load_user_claims(path, name or None)
        elif any(wild in selector for wild in "*?["):
            paper = selector.partition("/")[0]
            candidates = claims_of(paper).values() if paper in papers() else _everything()
            matches = [claim for claim in candidates if fnmatch.fnmatchcase(claim.id, selector)]
            if not matches:
                raise ValueError(f"the pattern {selector!r} matches no claim; `lemmata list` shows all ids")
            yield from matches
        elif selector in papers():
            yield from claims_of(selector).values()
        elif "/" in selector:
            yield find_claim(selector)
        else:
            look_up(selector, papers(), "claim or paper")
