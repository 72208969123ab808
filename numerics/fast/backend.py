"""Which backend computes: NumPy, which is always there, or Numba, if it is installed.

Nothing here imports Numba before it is wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache

__all__ = ["BACKENDS", "VARIABLE", "numba_works", "resolve_backend"]

BACKENDS = ("auto", "numpy", "numba")
VARIABLE = "LEMMATA_BACKEND"
REMEDY = "install it with `pip install 'lemmata[fast]'`, or choose numpy"


@cache
def numba_works() -> bool:
    """Whether Numba is installed and loads."""
    try:
        import numba  # noqa: F401
    except ImportError:  # absent, or built for another NumPy
        return False
    return True


def resolve_backend(
    backend: str | None,
    *,
    works: Callable[[], bool] = numba_works,
    environment: Mapping[str, str] = os.environ,
) -> str:
    """ "numpy" or "numba".

    ``backend``: "numpy", "numba", or "auto" (Numba where it works); None takes the environment variable
    LEMMATA_BACKEND, and "auto" without one.  Raises ValueError for another name, and for "numba" where it
    does not work.
    """
    argument = "backend" if backend is not None else VARIABLE
    chosen = environment.get(VARIABLE) or "auto" if backend is None else backend
    if chosen not in BACKENDS:
        raise ValueError(f"{argument}={chosen!r} is unknown; choose {', '.join(BACKENDS)}")
    if chosen == "auto":
        return "numba" if works() else "numpy"
    if chosen == "numba" and not works():
        raise ValueError(f"{argument}='numba', but Numba is not installed or does not load; {REMEDY}")
    return chosen
