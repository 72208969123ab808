"""Ways to spoil a certificate, each as (what was done, the spoilt certificate)."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

Certificate = dict[str, Any]
LEAVES = ("ball", "mean-value", "sign", "bernstein", "zero", "empty", "taylor")


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def sealed(certificate: Certificate) -> Certificate:
    """The certificate as a forger would leave it: digest and seal fit again."""
    certificate["digest"] = digest(certificate["statement"])
    certificate["seal"] = digest({key: value for key, value in certificate.items() if key != "seal"})
    return certificate


def nodes(node: Any) -> Iterator[list[Any]]:
    """Every node of a proof tree."""
    if not isinstance(node, list) or not node or not isinstance(node[0], str):
        return
    yield node
    first = {"split": 3, "face": 2, "rewrite": 2, "bound": 5, "multiplier": 3}.get(node[0], len(node))
    children = node[first:]
    if node[0] == "blow-up":
        children = node[2]
    if node[0] == "factors":
        children = [entry[1] for entry in node[1] if entry]
    for child in children:
        yield from nodes(child)


def edits(certificate: Certificate, most: int = 10**9) -> Iterator[tuple[str, Certificate]]:
    """Single edits of the proof that no valid certificate survives, the seal mended; at the first ``most``
    nodes.
    """

    def spoilt() -> tuple[Certificate, list[list[Any]]]:
        copied = copy.deepcopy(certificate)
        return copied, list(nodes(copied["proof"]))

    for index, original in enumerate(islice(nodes(certificate["proof"]), most)):
        for name, change in CHANGES:
            copied, all_nodes = spoilt()
            if change(all_nodes[index], copied):
                yield f"{name} at node {index} ({original[0]})", sealed(copied)


def _cut_outside(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "split":
        return False
    node[2] = "1000000"
    return True


def _drop_half(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "split":
        return False
    node.pop()
    return True


def _unknown_rule(node: list[Any], certificate: Certificate) -> bool:
    node[0] = "trust me"
    return True


def _no_children(node: list[Any], certificate: Certificate) -> bool:
    if node[0] in LEAVES:
        return False
    node[-1] = [] if isinstance(node[-1], list) else None
    return True


def _higher_order(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "taylor":
        return False
    node[1][0][2] += 1
    node[1][0][3] += 1
    return True


def _moved_point(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "taylor" or node[1][0][2] == 0:
        return False
    node[1][0][1] = str(Fraction(node[1][0][1]) + Fraction(1, 10**9))
    return True


def _missing_condition(node: list[Any], certificate: Certificate) -> bool:
    if node[0] not in ("empty", "bound"):
        return False
    node[1 if node[0] == "empty" else 2] += 1
    return True


def _empty_without_reason(node: list[Any], certificate: Certificate) -> bool:
    if node[0] not in LEAVES or node[0] == "empty":
        return False
    node[:] = ["empty", 0, "ball"]
    return True


def _lost_chart(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "blow-up":
        return False
    node[1].pop()
    node[2].pop()
    return True


def _wrong_corner(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "blow-up":
        return False
    node[1][0][2] = 0
    return True


def _other_sign(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "factors":
        return False
    for entry in node[1]:
        if entry:
            entry[0] = -entry[0]
            return True
    node[1].pop()
    return True


def _other_bound(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "bound":
        return False
    node[4] = ["add", node[4], ["rat", "-1/1000000"]]
    return True


def _other_form(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "rewrite":
        return False
    node[1] = ["add", node[1], ["rat", "1/1000000"]]
    return True


def _other_multiplier(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "multiplier":
        return False
    node[2] = str(-Fraction(node[2]))
    return True


def _other_face(node: list[Any], certificate: Certificate) -> bool:
    if node[0] != "face":
        return False
    node[1] = []
    return True


CHANGES = [
    ("cut outside the box", _cut_outside),
    ("half of a box dropped", _drop_half),
    ("unknown rule", _unknown_rule),
    ("children dropped", _no_children),
    ("order of a zero raised", _higher_order),
    ("contact moved", _moved_point),
    ("condition that is not there", _missing_condition),
    ("box dropped as empty", _empty_without_reason),
    ("chart dropped", _lost_chart),
    ("weight zero", _wrong_corner),
    ("sign of a factor", _other_sign),
    ("bound moved", _other_bound),
    ("rewritten as something else", _other_form),
    ("negative multiplier", _other_multiplier),
    ("face of nothing", _other_face),
]


def broken_seals(certificate: Certificate) -> Iterator[tuple[str, Certificate]]:
    """Every scalar of the certificate changed a little, without mending digest and seal."""
    paths = list(_scalars(certificate, ()))
    for path in paths:
        copied = copy.deepcopy(certificate)
        target: Any = copied
        for step in path[:-1]:
            target = target[step]
        value = target[path[-1]]
        target[path[-1]] = value + 1 if isinstance(value, int) else _nudged(value)
        yield f"{'/'.join(map(str, path))}", copied


def _scalars(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))
    elif value is not None:
        yield path


def _nudged(text: str) -> str:
    try:
        return str(Fraction(text) + Fraction(1, 10**6))
    except ValueError:
        return text + "x"
