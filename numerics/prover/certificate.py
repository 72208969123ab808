"""Statements and certificates as JSON.

    statement    f ≥ 0 (or > 0) for every point of a box that meets all side conditions g ≥ 0
    certificate  the statement, its digest, the working precision and a proof tree

Proof nodes, each a JSON array that starts with its rule (sides and points are exact rationals, as strings):

    ["split", x, cut, below, above]          the two halves of the box
    ["ball"] ["mean-value"] ["sign"] ["bernstein"] ["zero"] ["empty", condition number, rule]
    ["taylor", [[x, point, order, degree], …]]
    ["rewrite", …] ["factors", …] ["bound", …] ["multiplier", …]      see `numerics.prover.strategy`
    ["face", [[x, "lo" | "hi"], …], child]   f is monotone in each x: the child proves it on that face
    ["blow-up", [[x, "lo" | "hi", weight], …], [child per chart]]

A variable whose bounds are not both rational stands for the chart x = lo + (hi − lo) u, u in [0, 1], under
its own name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from numerics.ball import compile_tree
from numerics.prover.enclosure import Box
from numerics.prover.tree import Tree, add, as_fmpq, encode, multiply, rational, substitute, variables

__all__ = ["FORMAT", "Statement", "digest", "document", "write"]

FORMAT = "lemmata-certificate-1"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """``tree`` ≥ 0 (> 0 when strict) on the box of (name, lo, hi), where every tree of ``where`` is ≥ 0."""

    tree: Tree
    sides: tuple[tuple[str, Tree, Tree], ...]
    where: tuple[Tree, ...]
    strict: bool
    symbols: tuple[Symbol, ...]

    @classmethod
    def of(
        cls, expression: Expr, box: Mapping[Symbol, tuple[Any, Any]], *, where: Sequence[Expr], strict: bool
    ) -> Statement:
        """The statement about SymPy expressions. Raises ValueError for a box that is empty, inexact or
        incomplete.
        """
        sides = []
        for symbol, bounds in box.items():
            lo, hi = (encode(sympy.sympify(bound)) for bound in bounds)
            if variables(lo) | variables(hi):
                raise ValueError(f"the bounds {bounds} of {symbol} hold symbols; state them as side conditions")
            if lo[0] == hi[0] == "rat":
                ordered = as_fmpq(lo[1]) <= as_fmpq(hi[1])
            else:
                low, high = compile_tree(lo, [])(), compile_tree(hi, [])()
                ordered = bool(low < high)
            if not ordered:
                raise ValueError(f"the bounds {bounds} of {symbol} are not certainly in order; give lo <= hi")
            sides.append((symbol.name, lo, hi))
        names = [name for name, _, _ in sides]
        if len(set(names)) != len(names):
            raise ValueError(f"two symbols of the box share a name: {names}; rename one")
        trees = [encode(sympy.sympify(item)) for item in (expression, *where)]
        free = set().union(*(item.free_symbols for item in map(sympy.sympify, (expression, *where))))
        if unknown := free - set(box):
            raise ValueError(f"{sorted(map(str, unknown))} have no bounds in the box; add them")
        return cls(tree=trees[0], sides=tuple(sides), where=tuple(trees[1:]), strict=strict, symbols=tuple(box))

    def in_unit_coordinates(self) -> tuple[Tree, list[Tree], tuple[str, ...], Box]:
        """(tree, where, names, box) with every side that is not rational replaced by its chart on [0, 1].
        Exact.
        """
        chart: dict[str, Tree] = {}
        box = []
        for name, lo, hi in self.sides:
            if lo[0] == hi[0] == "rat":
                box.append((as_fmpq(lo[1]), as_fmpq(hi[1])))
            else:
                chart[name] = self._point(name, ("var", name))
                box.append((fmpq(0), fmpq(1)))
        tree, *where = (substitute(item, chart) for item in (self.tree, *self.where))
        return tree, where, tuple(name for name, _, _ in self.sides), tuple(box)

    def _point(self, name: str, unit: Tree) -> Tree:
        """lo + (hi − lo) unit"""
        lo, hi = next((lo, hi) for side, lo, hi in self.sides if side == name)
        return add(lo, multiply(add(hi, multiply(rational(-1), lo)), unit))

    def point(self, name: str, coordinate: fmpq) -> Tree:
        """The constant that a coordinate of `in_unit_coordinates` stands for. Exact."""
        lo, hi = next((lo, hi) for side, lo, hi in self.sides if side == name)
        return rational(coordinate) if lo[0] == hi[0] == "rat" else self._point(name, rational(coordinate))

    def coordinate(self, name: str, point: Any) -> fmpq:
        """The rational coordinate of an exact point of a side. Raises ValueError if it has none."""
        symbol = next(symbol for symbol in self.symbols if symbol.name == name)
        lo, hi = next((lo, hi) for side, lo, hi in self.sides if side == name)
        value = sympy.sympify(point)
        if not lo[0] == hi[0] == "rat":
            from numerics.prover.tree import decode

            low, high = decode(lo, {}), decode(hi, {})
            value = sympy.cancel((value - low) / (high - low))
        if not isinstance(value, sympy.Rational):
            raise ValueError(f"the contact {point} of {symbol} is no rational point of its side; leave it out")
        return fmpq(int(value.p), int(value.q))

    def as_json(self) -> dict[str, Any]:
        return {
            "claim": self.tree,
            "relation": ">" if self.strict else ">=",
            "variables": [list(side) for side in self.sides],
            "where": list(self.where),
        }


def digest(value: Mapping[str, Any]) -> str:
    """SHA-256 of a JSON object in canonical form. The digest names the statement, the seal the rest of the
    certificate.
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def document(statement: Statement, root: Sequence[Any], precision: int) -> dict[str, Any]:
    """The certificate as JSON values (lists and strings only, detached from the proof)."""
    stated = statement.as_json()
    whole = {
        "format": FORMAT,
        "digest": digest(stated),
        "statement": stated,
        "precision": precision,
        "proof": list(root),
    }
    whole["seal"] = digest(whole)
    detached: dict[str, Any] = json.loads(json.dumps(whole))
    return detached


def write(certificate: Mapping[str, Any], path: Path) -> None:
    """Write a certificate, one line of canonical JSON."""
    path.write_text(json.dumps(certificate, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")


def at_constants(tree: Tree, values: Mapping[str, Tree]) -> arb:
    """An enclosure of the tree with every variable replaced by a constant expression."""
    return compile_tree(substitute(tree, values), [])()
