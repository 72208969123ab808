"""The value of a tree at displaced students, as an inert head."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol

from theory.heads import Head
from theory.symbols import AXES

__all__ = ["displaced", "moving_index"]


class displaced(Head):
    """The value of a tree where every student w_i is replaced by w_i + s_i: ``displaced(loss, V[i])`` is L(W + V).

    ``s`` is a vector tree with one free student index; rows other than the students stay where they are.
    """

    nargs = 2

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body, shift = (printer._print(argument) for argument in self.args)
        return self._power(rf"\left[{body}\right]_{{w\to w+{shift}}}", exp)


def moving_index(shift: Expr) -> Symbol:
    """The one student index that a displacement leaves free; ValueError if there is none, or several."""
    found = sorted((symbol for symbol in shift.free_symbols if AXES.get(symbol) == "student"), key=str)
    if len(found) != 1:
        raise ValueError(f"the displacement {shift} needs exactly one free student index, such as V[i]")
    return found[0]
