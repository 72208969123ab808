"""``from theory.vocabulary import loss, theta, gradient``: the symbols of all known quantities, ready for claims."""

from __future__ import annotations

from typing import Any

from theory.quantity import vocabulary as _known


def __getattr__(name: str) -> Any:
    for (known_name, _), quantity in _known().items():
        if known_name == name:
            return quantity.symbol
    raise AttributeError(f"no quantity is called {name!r}; known: {', '.join(sorted({key[0] for key in _known()}))}")


def __dir__() -> list[str]:
    return sorted({name for name, _ in _known()})
