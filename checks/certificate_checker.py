"""Re-checks certificates of inequalities. Stand-alone: the standard library and python-flint, nothing of the
prover.

What is checked: the digest and well-formedness of the statement; that the proof tree's parts cover the box
exactly; the rule at every leaf, by enclosures at a higher precision than the prover's and by exact
arithmetic.  Undefined or undecided values are NaN balls, which satisfy no comparison, so the certificate is
then rejected.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from flint import ctx

from checks.recheck.balls import Rejected, demand
from checks.recheck.proof import prove
from checks.recheck.ring import RELATIONS
from checks.recheck.statement import opening

__all__ = ["Report", "check"]

FORMAT = "lemmata-certificate-1"
EXTRA_BITS = 32


@dataclass(frozen=True, kw_only=True)
class Report:
    """``ok`` with the number of leaf boxes, or not ok with the reason."""

    ok: bool
    boxes: int
    reason: str


def check(certificate: Any) -> Report:
    """Re-check one certificate (parsed JSON). Never raises: anything unexpected is a rejection with its
    reason.
    """
    former = ctx.prec
    RELATIONS.clear()
    try:
        demand(
            isinstance(certificate, dict) and certificate.get("format") == FORMAT,
            f"the format is not {FORMAT}",
        )
        statement = certificate["statement"]
        demand(digest(statement) == certificate["digest"], "the digest is not the statement's")
        rest = {key: value for key, value in certificate.items() if key != "seal"}
        demand(digest(rest) == certificate["seal"], "the seal is broken: the certificate was changed")
        bits = certificate["precision"]
        demand(type(bits) is int and 24 <= bits <= 4096, "the precision is no sensible number of bits")
        ctx.prec = bits + EXTRA_BITS
        return Report(ok=True, boxes=sum(prove(*opening(statement), certificate["proof"])), reason="")
    except Rejected as rejection:
        return Report(ok=False, boxes=0, reason=str(rejection))
    except Exception as error:  # malformed input: whatever broke, nothing was proved
        return Report(ok=False, boxes=0, reason=f"malformed: {type(error).__name__}: {error}")
    finally:
        ctx.prec = former


def digest(value: Any) -> str:
    """SHA-256 of canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
