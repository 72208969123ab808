r"""What the printers agree on: which leaves are quantities, which trees are vectors, which angles have a
short name.
"""

from __future__ import annotations

from sympy import Add, Expr, Indexed, Mul, Sum

from theory import heads
from theory.quantity import Quantity, Vocabulary, leaf_key, vocabulary
from theory.symbols import H, V, teachers, v, w, x, xi

__all__ = ["angle_indices", "in_pieces", "is_row", "is_vector", "quantity_of", "subscripted"]

_ROWS = (w, teachers, V, H, x)


def is_row(tree: Expr) -> bool:
    """Whether a tree is a single row vector."""
    return tree in (v, xi) or (isinstance(tree, Indexed) and tree.base in _ROWS)


def quantity_of(leaf: Expr, extra: Vocabulary) -> Quantity | None:
    """The quantity that a symbol or an indexed symbol names; None for an input such as a row."""
    key = leaf_key(leaf)
    if is_row(leaf) and key not in extra:
        return None
    return extra.get(key) or vocabulary().get(key)


def subscripted(template: str, indices: str) -> str:
    r"""LaTeX of a quantity with its indices: at the mark ``#`` of ``\lVert w_{#}\rVert``, else at the end."""
    if "#" in template:
        return template.replace("#", indices)
    return f"{template}_{{{indices}}}" if indices else template


def angle_indices(tree: heads.angle) -> tuple[Expr, ...] | None:
    """(i, j) for the angle of the students w_i and w_j, (i,) for that of w_i and the single teacher; None for
    others.
    """
    if type(tree) is not heads.angle:
        return None
    students = [row.indices[0] for row in tree.args if isinstance(row, Indexed) and row.base == w]
    if len(students) == 2:
        return tuple(sorted(students, key=str))
    return tuple(students) if students and v in tree.args else None


def is_vector(tree: Expr, extra: Vocabulary) -> bool:
    """Whether the value of a tree is a vector of R^d."""
    if is_row(tree) or type(tree).__name__ == "unit":
        return True
    if isinstance(tree, Sum):
        return is_vector(tree.function, extra)
    if isinstance(tree, Add | Mul):
        return any(is_vector(argument, extra) for argument in tree.args)
    if isinstance(tree, heads.rate | heads.after_step):
        return is_vector(tree.args[0], extra)
    if isinstance(tree, Indexed) or tree.is_Symbol:
        quantity = quantity_of(tree, extra)
        return quantity is not None and quantity.vector
    return False


def in_pieces(tree: Mul, extra: Vocabulary) -> tuple[Expr, Expr] | None:
    """(scalar, vector) of a product with one vector factor."""
    vectors = [factor for factor in tree.args if is_vector(factor, extra)]
    if len(vectors) != 1:
        return None
    (vector,) = vectors
    return Mul(*(factor for factor in tree.args if factor is not vector)), vector
