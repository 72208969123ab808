"""Records: the outcome of a claim as one line of JSON, the same bytes for the same claim, budget, seed and
versions.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from checks import __version__
from checks.claim import Claim
from checks.evidence import Evidence, Outcome, trust
from checks.reduction.inherited import claims_named
from checks.storage.quantity_text import quantity_text
from checks.verdict import Verdict

__all__ = ["Key", "Record", "fingerprint", "versions"]

_LIBRARIES = ("sympy", "mpmath", "numpy", "scipy", "hypothesis", "python-flint")
_CODE = ("theory", "numerics", "checks")
# Claims are covered by their fingerprint, and how results are shown does not change them.
_NOT_CODE = ("checks/papers/", "checks/cli/", "checks/upstream/")


@cache
def versions() -> tuple[str, ...]:
    """What evidence depends on besides claim, budget and seed: interpreter, libraries, and lemmata's own
    source.
    """
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return (f"lemmata {__version__}", python, *trust(*_LIBRARIES), f"source {_source()}")


def _source() -> str:
    """Hash of the code of the three packages, so that evidence of another state of the code is not taken for
    current.
    """
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for package in _CODE:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if not name.startswith(_NOT_CODE):
                digest.update(f"{name}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


# Fields of a claim that no outcome depends on, and those that enter a fingerprint in another way.
_SILENT = frozenset(
    [
        "id",
        "title",
        "label",
        "page",
        "printed",
        "note",
        "expected",
        "mutants",
        "uses",
        "erratum",
        "kind",
        "given",
        "then",
        "because",
        "quantities",
    ]
)


def fingerprint(claim: Claim, find: Callable[[str], Claim]) -> str:
    """Hash of all that the outcome of a claim depends on: its statement, its data, and the claims it rests
    on.

    ``find(id)`` returns another claim.  Titles, printed forms and expectations do not enter.
    """
    return _fingerprint(claim, find, ())


def _fingerprint(claim: Claim, find: Callable[[str], Claim], above: tuple[str, ...]) -> str:
    parts = [claim.digest]
    for part in fields(claim):
        if part.name not in _SILENT:
            value = getattr(claim, part.name)
            parts.append(f"{part.name}: {_text(value)}")
    parts += [quantity_text(quantity, claim.given) for quantity in claim.quantities]
    forms = claim.assumption.forms if claim.assumption else ()
    below = dict.fromkeys((*claim.because, *claims_named(claim.slack_as), *forms))
    for name in below:
        # A circle is an error of the claims, which the engine reports; here it only has to end.
        if name in (*above, claim.id):
            parts.append(f"{name}=circular")
            continue
        try:
            step = find(name)
        except ValueError:  # likewise reported by the engine
            parts.append(f"{name}=unknown")
            continue
        parts.append(f"{name}={_fingerprint(step, find, (*above, claim.id))}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    return repr(sorted(map(repr, value.items())) if isinstance(value, Mapping) else value)


@dataclass(frozen=True, kw_only=True, order=True)
class Key:
    """What a record answers: a claim in a certain state, asked with a budget and a seed, on certain
    versions.
    """

    claim: str
    fingerprint: str
    budget: str
    seed: int
    versions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Record:
    """An outcome with its key.  ``evidence`` is plain data."""

    key: Key
    digest: str
    verdict: Verdict
    evidence: tuple[Mapping[str, Any], ...]
    capped_by: tuple[str, ...] = ()

    @classmethod
    def of(cls, outcome: Outcome, key: Key) -> Record:
        """The record of an outcome; its numbers become those of JSON, exact ones strings."""
        evidence = tuple(_plain(piece.as_data()) for piece in outcome.evidence)
        return cls(
            key=key,
            digest=outcome.digest,
            verdict=outcome.verdict,
            evidence=evidence,
            capped_by=tuple(outcome.capped_by),
        )

    def outcome(self, claim: Claim) -> Outcome:
        """The outcome again, compared with what the claim expects now."""
        evidence = tuple(
            Evidence(**{**piece, "verdict": Verdict[piece["verdict"]], "trust": tuple(piece["trust"])})
            for piece in self.evidence
        )
        return Outcome(
            claim=claim.id,
            digest=self.digest,
            verdict=self.verdict,
            expected=claim.expected,
            evidence=evidence,
            capped_by=self.capped_by,
        )

    def line(self) -> str:
        """One line of JSON without its end; keys in a fixed order."""
        data = {
            "claim": self.key.claim,
            "digest": self.digest,
            "fingerprint": self.key.fingerprint,
            "budget": self.key.budget,
            "seed": self.key.seed,
            "verdict": self.verdict.name,
            "capped_by": list(self.capped_by),
            "evidence": list(self.evidence),
            "versions": list(self.key.versions),
        }
        return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))

    @classmethod
    def parse(cls, line: str) -> Record:
        """The record of a line.  Raises ValueError saying what is wrong with the line."""
        data = json.loads(line)
        if not isinstance(data, dict):
            raise ValueError(f"a record is a JSON object, not {type(data).__name__}")
        texts = {name: _field(data, name, str) for name in ("claim", "digest", "fingerprint", "budget", "verdict")}
        if texts["verdict"] not in Verdict.__members__:
            raise ValueError(f"{texts['verdict']!r} is no verdict")
        key = Key(
            claim=texts["claim"],
            fingerprint=texts["fingerprint"],
            budget=texts["budget"],
            seed=_field(data, "seed", int),
            versions=tuple(_field(data, "versions", list)),
        )
        evidence = tuple(_field(data, "evidence", list))
        for piece in evidence:
            _checked(piece)
        return cls(
            key=key,
            digest=texts["digest"],
            verdict=Verdict[texts["verdict"]],
            evidence=evidence,
            capped_by=tuple(_field(data, "capped_by", list)),
        )


_PIECE = {
    "method": str,
    "verdict": str,
    "arithmetic": str,
    "quantified_over": str,
    "detail": str,
    "numbers": dict,
    "witness": (dict, type(None)),
    "trust": list,
}


def _checked(piece: Any) -> None:
    """Raises ValueError unless a piece of evidence has its fields, no other ones, and may say what it
    says.
    """
    if not isinstance(piece, dict) or set(piece) != set(_PIECE):
        raise ValueError(f"a piece of evidence has the fields {', '.join(_PIECE)}")
    for name, kind in _PIECE.items():
        _field(piece, name, kind)
    if piece["verdict"] not in Verdict.__members__:
        raise ValueError(f"{piece['verdict']!r} is no verdict")
    Evidence(**{**piece, "verdict": Verdict[piece["verdict"]], "trust": tuple(piece["trust"])})


def _field(data: Mapping[str, Any], name: str, kind: Any) -> Any:
    if name not in data or not isinstance(data[name], kind) or isinstance(data[name], bool):
        raise ValueError(f"the field {name!r} is missing or of a wrong type")
    return data[name]


def _plain(value: Any) -> Any:
    """The value in JSON's types: exact numbers as strings, NumPy's as Python's, infinities by name."""
    match value:
        case None | bool() | str():
            return value
        case Enum():
            return value.name
        case int():
            return int(value)
        case float():
            return float(value) if math.isfinite(value) else str(float(value))
        case Mapping():
            return {str(key): _plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
        case Fraction():
            return str(value)
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return str(value)
