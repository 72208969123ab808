r"""Printers of claim trees: LaTeX as a paper would print it, one line of Unicode, Python code.

to_latex(w_norm[i]**2 * theta[i]**3)    \lVert w_{i}\rVert^{2} \theta_{i}^{3}
to_unicode(same)                        ‖wᵢ‖² θᵢ³
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Expr

from theory.quantity import Vocabulary
from theory.reading import readable
from theory.style import LATEX, UNICODE
from theory.tidy import tidy
from theory.typeset import Typesetter

__all__ = ["to_latex", "to_unicode"]

_NO_WORDS: Mapping[Expr, str] = MappingProxyType({})
_NO_QUANTITIES: Vocabulary = MappingProxyType({})


def to_latex(tree: Expr, *, extra: Vocabulary = _NO_QUANTITIES, words: Mapping[Expr, str] = _NO_WORDS) -> str:
    """LaTeX of a tree.  ``extra`` holds own quantities, ``words`` the text of leaves that have a letter of
    their own.
    """
    return Typesetter(style=LATEX, extra=extra, words=words)(readable(tidy(tree)))


def to_unicode(tree: Expr, *, extra: Vocabulary = _NO_QUANTITIES, words: Mapping[Expr, str] = _NO_WORDS) -> str:
    """The same in one line of Unicode."""
    return Typesetter(style=UNICODE, extra=extra, words=words)(readable(tidy(tree)))
