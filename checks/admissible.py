"""What a claim may be built from: assumptions that its instances have, and names that mean one thing.

SymPy rewrites by the assumptions of symbols while a tree is built: √(x²) becomes x for a positive x, sin(πk) becomes
0 for an integer k.  What was rewritten can't be seen any more, so a symbol that promises more than the range of
its values is refused, as are own quantities and inputs that hide a known name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sympy import Expr, Indexed, Rational, Symbol

from checks.claim import Claim
from checks.given import Box, Integers
from theory.leaves import leaves
from theory.model import find_model
from theory.nonnegative import nonnegative_by_form
from theory.quantity import Quantity, Setting, find_quantity, instantiate, leaf_key, vocabulary
from theory.symbols import AXES

__all__ = ["inadmissible", "input_names", "is_known"]

Key = tuple[str, int]
_SIZES = ("n", "m", "d", "N")
_ROWS: frozenset[Key] = frozenset({("w", 1), ("v", 1), ("v", 0), ("x", 0), ("x", 1), *((s, 0) for s in _SIZES)})


def inadmissible(claim: Claim) -> str:
    """Why no verdict may be given on the claim as it is built, with the remedy; "" if nothing forbids it."""
    return _hidden_name(claim) or _own_sign(claim) or _promises(claim)


def input_names(given: Any) -> set[Key]:
    """(name, number of indices) of the families and scalars that the claim declares itself."""
    found = {(str(symbol), 0) for symbol in _bounds(given)}
    for argument, arity in (("directions", 1), ("coefficients", 1), ("vectors", 0)):
        found |= {(name, arity) for name in getattr(given, argument, ())}
    return found


def is_known(name: str) -> bool:
    """Whether a name without indices is a size, a row or a quantity of the vocabulary."""
    return (name, 0) in _ROWS or (name, 0) in vocabulary()


def _bounds(given: Any) -> Mapping[Symbol, Any]:
    return getattr(given, "variables", None) or getattr(given, "scalars", None) or {}


def _hidden_name(claim: Claim) -> str:
    declared = input_names(claim.given)
    own = [quantity for quantity in claim.quantities if isinstance(quantity, Quantity)]
    for quantity in own:
        key = (quantity.name, quantity.arity)
        if key in _ROWS or vocabulary().get(key, quantity) is not quantity:
            return f"the quantity {quantity.name!r} is in the vocabulary already; choose another name"
        if key in declared:
            return f"the quantity {quantity.name!r} is an input of the claim as well; choose another name"
    if not isinstance(claim.given, Box | Integers):
        for name, arity in sorted(declared):
            if (name, arity) in _ROWS or (name, arity) in vocabulary():
                return f"the input {name!r} has the name of a known quantity; choose another name"
    return ""


def _own_sign(claim: Claim) -> str:
    """An own quantity that calls itself ≥ 0 has to be so by its form: SymPy relies on it."""
    extra = {(q.name, q.arity): q for q in claim.quantities if isinstance(q, Quantity)}
    for quantity in extra.values():
        if not quantity.nonnegative or vocabulary().get((quantity.name, quantity.arity)) is quantity:
            continue
        model = getattr(claim.given, "model", None)
        setting: Any = None if model is None else Setting(model=find_model(model), several_teachers=True)

        def expand(leaf: Expr, setting: Setting = setting) -> Expr | None:
            name, arity = leaf_key(leaf)
            try:
                found = find_quantity(name, arity, extra)
            except ValueError:
                return None
            return instantiate(found, setting, leaf.indices if arity else ())

        if nonnegative_by_form(quantity.define(setting), (), expand) is None:
            return (
                f"the quantity {quantity.name!r} is not seen to be ≥ 0 by its form; define it without nonnegative=True"
            )
    return ""


def _promises(claim: Claim) -> str:
    bounds = _bounds(claim.given)
    ranges = {str(symbol): span for symbol, span in bounds.items()}
    symbols = {*bounds, *(leaf for tree in _trees(claim) for leaf in leaves(tree))}
    for leaf in sorted(symbols, key=str):
        base = leaf.base.label if isinstance(leaf, Indexed) else leaf
        allowed = _allowed(claim, leaf_key(leaf), ranges).assumptions0
        for node in (leaf, base):
            beyond = [
                name
                for name, value in getattr(node, "assumptions0", {}).items()
                if value is not None and allowed.get(name) is not value
            ]
            if beyond:
                return (
                    f"the symbol {leaf} is assumed to be {_word(node, beyond)}, which its values need not be; "
                    f"write Symbol({leaf_key(leaf)[0]!r}, real=True)"
                )
    return ""


def _word(node: Any, beyond: list[str]) -> str:
    telling = ("zero", "integer", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "imaginary")
    named = [name for name in telling if name in beyond and node.assumptions0.get(name)]
    return named[0] if named else " and ".join(sorted(beyond)[:2])


def _allowed(claim: Claim, key: Key, ranges: Mapping[str, Any]) -> Symbol:
    """A symbol with everything that may be assumed of the values of a name."""
    name, arity = key
    if arity == 0 and name in ranges:
        facts = {"integer": True} if isinstance(claim.given, Integers) else {"real": True}
        return Symbol("s", **facts, **_sign_of(ranges[name]))
    if arity == 0 and name in _SIZES:
        return Symbol("s", integer=True, positive=True)
    if arity == 0 and Symbol(name, integer=True) in AXES:
        return Symbol("s", integer=True)  # an index that a step of an argument names
    known = vocabulary().get(key) or next((q for q in claim.quantities if (q.name, q.arity) == key), None)
    return Symbol("s", nonnegative=True) if known is not None and known.nonnegative else Symbol("s", real=True)


def _sign_of(span: Any) -> dict[str, bool]:
    # A fixed number (a scalar of draws) is its own range; the sign of an irrational bound is left open.
    low, high = span if isinstance(span, tuple) else (span, span)
    least, most = (int(Rational(end).p) if isinstance(end, int | Rational) else None for end in (low, high))
    if least is not None and least > 0:
        return {"positive": True}
    if least == 0:
        return {"nonnegative": True}
    return {"negative": True} if most is not None and most < 0 else {}


def _trees(claim: Claim) -> Iterator[Expr]:
    relations = [*getattr(claim.given, "where", ())]
    starts = getattr(claim.given, "starts", None)
    relations += [*getattr(starts, "where", ())]
    if claim.then is not None:
        relations.append(claim.then)
    for relation in relations:
        yield from relation.trees()
    yield from claim.slack_as
    for given in (claim.given, starts):
        for argument in ("students_as", "drawn_as"):
            if getattr(given, argument, None) is not None:
                yield getattr(given, argument)
