"""Signs and indicators as inert heads: what is 1 or ±1 by a comparison.

Values on the boundary of a comparison are conventions (a sign at 0, a tie of two nearest teachers).  Binary64 picks one
of them; balls enclose all of them wherever the comparison is not certain, so that no verdict rests on a convention.
"""

from __future__ import annotations

from typing import Any

from theory.heads import Elementwise, Head

__all__ = ["Attained", "Nonnegative", "sgn"]


class sgn(Elementwise):
    """sgn x ∈ {−1, 1}; at x = 0 any value of [−1, 1]."""

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\operatorname{{sgn}}\left({printer._print(self.args[0])}\right)", exp)


class Nonnegative(Elementwise):
    """1 where x ≥ 0, 0 elsewhere; ``Nonnegative(t - x)`` is the indicator of x ≤ t."""

    nargs = 1
    is_nonnegative = True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(rf"\mathbb{{1}}\left[{printer._print(self.args[0])}\geq 0\right]", exp)


class Attained(Head):
    """1 at the index at which f is smallest over its axis, 0 elsewhere: ``Attained(f, a)`` keeps the free index a.

    Exactly one index gets the 1, at ties any of those that attain the minimum.
    """

    nargs = 2
    is_nonnegative = True

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body, index = (printer._print(argument) for argument in self.args)
        return self._power(rf"\mathbb{{1}}\left[{index}=\arg\min_{{{index}}} {body}\right]", exp)
