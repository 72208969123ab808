"""Proposals of `numerics.prover.presearch`: their leaves, and how much of them is worth keeping.

    proposal ::= None | ("ball",) | ("mean-value",) | ("empty", i, rule)
               | ("split", side, below, above) | ("face", {side: "lo" | "hi"}, child)

None leaves a box to the search in balls.  A part with open boxes is given back whole unless at least half of its
volume is closed by many leaves: bisection that creeps towards one point closes a leaf per level, and there the rules
for contacts, which balls have, close all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from numerics.prover.enclosure import Box

__all__ = ["Kept", "halves", "leaves_of", "pruned", "side_ends"]

PAYS = 0.5  # the share of the volume
CREEPING = 4  # leaves per level


def halves(box: Box, side: int, cut: Any) -> tuple[Box, Box]:
    """The two parts of a box on either side of a cut. Exact."""
    lo, hi = box[side]
    return (*box[:side], (lo, cut), *box[side + 1 :]), (*box[:side], (cut, hi), *box[side + 1 :])


def side_ends(box: Box, ends: dict[int, str]) -> Box:
    """The face of a box where some sides are at their lower or upper end. Exact."""
    return tuple(
        ((lo if ends[side] == "lo" else hi),) * 2 if side in ends else (lo, hi) for side, (lo, hi) in enumerate(box)
    )


def leaves_of(proposal: Any, box: Box, names: tuple[str, ...]) -> Iterator[tuple[Box, list[Any]]]:
    """(box, proof node) of every leaf and every face, a face before what lies below it."""
    if proposal is None:
        return
    rule = proposal[0]
    if rule == "split":
        lo, hi = box[proposal[1]]
        for half, part in zip(halves(box, proposal[1], (lo + hi) / 2), proposal[2:], strict=True):
            yield from leaves_of(part, half, names)
    elif rule == "face":
        yield box, ["face", [[names[side], end] for side, end in proposal[1].items()], None]
        yield from leaves_of(proposal[2], side_ends(box, proposal[1]), names)
    else:
        yield box, list(proposal)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a proposal: its share of closed volume, its leaves, and its height in cuts."""

    proposal: Any
    share: float = 0.0
    leaves: int = 0
    height: int = 0


def pruned(proposal: Any, holds: Iterator[bool]) -> Kept:
    """The proposal without the leaves and faces that do not hold, in the order of `leaves_of`, and without what
    does not pay.
    """
    if proposal is None:
        return Kept(proposal=None)
    rule = proposal[0]
    if rule == "face":
        stands, below = next(holds), pruned(proposal[2], holds)
        return Kept(proposal=(rule, proposal[1], below.proposal), share=below.share, leaves=below.leaves,
                    height=below.height) if stands and below.share > 0 else Kept(proposal=None)  # fmt: skip
    if rule != "split":
        return Kept(proposal=proposal, share=1.0, leaves=1) if next(holds) else Kept(proposal=None)
    parts = [pruned(part, holds) for part in proposal[2:]]
    share = sum(part.share for part in parts) / 2
    leaves, height = sum(part.leaves for part in parts), 1 + max(part.height for part in parts)
    if share < 1 and (share < PAYS or leaves < CREEPING * height):
        return Kept(proposal=None)
    return Kept(
        proposal=(rule, proposal[1], *(part.proposal for part in parts)), share=share, leaves=leaves, height=height
    )
