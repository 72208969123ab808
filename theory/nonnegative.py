"""Trees that are ≥ 0 by their form alone: sums and products of squares, norms, angles, and what is assumed ≥ 0.

The rules are structural and one-sided: a derivation means "certainly ≥ 0 wherever defined"; None means "not seen", never
"negative".  No sign decision of SymPy is consulted: numbers are compared as integers, everything else by its head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Add, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol

from theory.heads import Distinct, angle, dot, largest, magnitude, norm, positive_part, smallest

__all__ = ["nonnegative_by_form"]

Definition = Callable[[Expr], Expr | None]


def nonnegative_by_form(
    tree: Expr, assumed: Sequence[Expr] = (), definition: Definition = lambda leaf: None
) -> frozenset[str] | None:
    """The rules by which ``tree`` ≥ 0 follows from its form, or None if none are seen.

    ``assumed`` are trees known to be ≥ 0 (hypotheses, scalars in their range); ``definition`` expands quantity leaves.
    """

    def rules(node: Expr) -> frozenset[str] | None:
        if node in assumed:
            return frozenset({"hypothesis"})
        if isinstance(node, Rational):
            return frozenset() if int(node.p) >= 0 else None
        if isinstance(node, NumberSymbol):
            return frozenset()  # π, e, … are positive
        if isinstance(node, norm | angle | magnitude | positive_part):
            return frozenset({"norms, angles and moduli"})
        if isinstance(node, Distinct):
            return frozenset()
        if isinstance(node, dot):
            return frozenset({"squares"}) if node.args[0] == node.args[1] else None
        if isinstance(node, Pow):
            return _power(node)
        if isinstance(node, Add | Mul):
            return _all(node.args)
        if isinstance(node, Sum):
            return rules(node.function)
        if isinstance(node, largest | smallest):
            return rules(node.args[0])
        if isinstance(node, Symbol | Indexed):
            expanded = definition(node)
            return None if expanded is None else rules(expanded)
        return None

    def _power(node: Pow) -> frozenset[str] | None:
        if isinstance(node.exp, Integer) and int(node.exp) % 2 == 0:
            return frozenset({"squares"})  # an even power of a real number, also a negative one where it is defined
        if isinstance(node.exp, Rational):
            return frozenset({"roots"}) if int(node.exp.q) == 2 else rules(node.base)
        return None

    def _all(nodes: Sequence[Expr]) -> frozenset[str] | None:
        found = [rules(node) for node in nodes]
        return None if any(one is None for one in found) else frozenset().union(*(one for one in found if one is not None))

    return rules(tree)
