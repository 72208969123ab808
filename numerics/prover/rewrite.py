"""Expressions rewritten so that their signs show: factored, and quadratic factors with the square completed.

    f = c Π g_i^{e_i},     a x² + b x + r = a (x + b / 2a)² + (r − b² / 4a)

π, variables and function values are independent generators here (cos² is not replaced by 1 − sin²), so that
an expanded (x − y)², or π² − (sin θ + (π − θ) cos θ)², falls apart.  Exact; equality is checked again by the
certificate checker.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from numerics.prover.exact import Element, NotInRing, Ring
from numerics.prover.jet import evaluate
from numerics.prover.tree import Tree, add, multiply, power, rational

__all__ = ["is_total", "signs_shown"]

MAX_DEGREE = 40
MAX_TERMS = 400
TOTAL = {
    "rat",
    "pi",
    "euler",
    "var",
    "add",
    "mul",
    "sin",
    "cos",
    "exp",
    "sinh",
    "cosh",
    "tanh",
    "atan",
    "erf",
    "owen",
}


def is_total(tree: Tree) -> bool:
    """Whether the expression is defined for all real values of its variables, by its heads."""
    if tree[0] == "pow":
        exponent = Fraction(tree[2])
        if exponent.denominator != 1 or (exponent < 0 and tree[1][0] not in ("pi", "euler", "exp", "cosh")):
            return False
    elif tree[0] not in TOTAL:
        return False
    return all(is_total(part) for part in tree[1:] if isinstance(part, tuple))


def signs_shown(tree: Tree, names: Sequence[str]) -> Tree | None:
    """An equal product of powers, squares visible, or None if nothing is gained. Exact."""
    if not is_total(tree):
        return None
    ring = Ring(reduced=False)
    try:
        element = evaluate(tree, {name: ring.atom(("variable", name)) for name in names}, ring.call)
    except NotInRing:
        return None
    if not isinstance(element, Element) or element.vanishes() or len(element.terms) > MAX_TERMS:
        return None
    lowest: dict[int, int] = {}
    for key in element.terms:
        for atom, exponent in key:
            lowest[atom] = min(lowest.get(atom, 0), exponent)
    atoms = sorted(lowest)
    generators = [ring.atom_tree(atom) for atom in atoms]
    terms = {
        tuple(dict(key).get(atom, 0) - lowest[atom] for atom in atoms): value for key, value in element.terms.items()
    }
    if max(map(sum, terms)) > MAX_DEGREE:
        return None
    context = fmpq_mpoly_ctx.get([f"x{index}" for index in range(len(atoms))], Ordering.lex)
    constant, factors = context.from_dict(terms).factor()
    parts = [
        power(generator, lowest[atom]) for atom, generator in zip(atoms, generators, strict=True) if lowest[atom] < 0
    ]
    found = len(factors) > 1
    for factor, multiplicity in factors:
        exponent = int(multiplicity)
        completed = None if exponent % 2 == 0 else _completed(factor, generators)
        found = found or completed is not None or exponent > 1
        parts.append(power(_tree(factor, generators) if completed is None else completed, exponent))
    result = multiply(rational(constant), *parts)
    return result if found and is_total(result) else None


def _tree(poly: fmpq_mpoly, generators: Sequence[Tree]) -> Tree:
    terms = []
    for exponents, value in poly.terms():
        powers = [power(generator, int(e)) for generator, e in zip(generators, exponents, strict=True) if e]
        terms.append(multiply(rational(value), *powers))
    return add(*terms)


def _completed(poly: fmpq_mpoly, generators: Sequence[Tree]) -> Tree | None:
    """A quadratic polynomial as a signed sum of squares and what is left, or None if it is not quadratic."""
    if poly.total_degree() != 2:
        return None
    symbols = poly.context().gens()
    parts: list[Tree] = []
    rest = poly
    for index, x in enumerate(symbols):
        leading = _square_coefficient(rest, x)
        if leading == 0:
            continue
        linear = rest.derivative(index).compose(*[0 * g if g == x else g for g in symbols])
        root = x + linear * (1 / (2 * leading))
        rest = rest - leading * root**2
        parts.append(multiply(rational(leading), power(_tree(root, generators), 2)))
    if not parts:
        return None
    return add(*parts, _tree(rest, generators)) if rest.to_dict() else add(*parts)


def _square_coefficient(poly: fmpq_mpoly, x: fmpq_mpoly) -> fmpq:
    (monomial,) = (x**2).monoms()
    return poly.to_dict().get(monomial, fmpq(0))
