"""The versions lemmata needs and those installed. The table repeats pyproject.toml; a test compares them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import takewhile

PYTHON_FLOOR = "3.11"

# distribution: (first version that will do, first version that will not)
REQUIRED: dict[str, tuple[str, str | None]] = {
    "sympy": ("1.14", "1.15"),
    "mpmath": ("1.3", "1.4"),
    "numpy": ("2", None),
    "scipy": ("1.15", None),
    "hypothesis": ("6.165.4", None),
    "python-flint": ("0.9.0", None),
    "rich": ("14", None),
    "jinja2": ("3.1.6", None),
    "matplotlib": ("3.10", None),
    "joblib": ("1.4.2", None),
}

OPTIONAL: dict[str, tuple[str, str | None]] = {
    "numba": ("0.63", None),
    "dask": ("2025.1", None),
    "distributed": ("2025.1", None),
}


@dataclass(frozen=True, kw_only=True)
class Version:
    """An installed version against its floor and ceiling; `installed` is None where the package is absent."""

    name: str
    needed: str
    installed: str | None
    required: bool
    ok: bool


def installed_versions() -> list[Version]:
    """Python, the required packages, and the optional ones (absent is ok, too old is not)."""
    python = ".".join(map(str, sys.version_info[:3]))
    found = [_judge("python", (PYTHON_FLOOR, None), python, required=True)]
    found += [_judge(name, bounds, _installed(name), required=True) for name, bounds in REQUIRED.items()]
    found += [_judge(name, bounds, _installed(name), required=False) for name, bounds in OPTIONAL.items()]
    return found


def within(installed: str, bounds: tuple[str, str | None]) -> bool:
    """Whether floor ≤ installed < ceiling, by the numbers of the release; rc1 counts as the release."""
    floor, ceiling = bounds
    number = _release(installed)
    return _release(floor) <= number and (ceiling is None or number < _release(ceiling))


def _judge(name: str, bounds: tuple[str, str | None], installed: str | None, *, required: bool) -> Version:
    floor, ceiling = bounds
    needed = f">={floor}" if ceiling is None else f">={floor},<{ceiling}"
    ok = not required if installed is None else within(installed, bounds)
    return Version(name=name, needed=needed, installed=installed, required=required, ok=ok)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _release(text: str) -> tuple[int, ...]:
    """(1, 14) for "1.14.0rc1": the leading numbers, without trailing zeros, so that 1.14 equals 1.14.0."""
    numbers: list[int] = []
    for part in text.split("."):
        digits = "".join(takewhile(str.isdigit, part))
        if not digits:
            break
        numbers.append(int(digits))
        if digits != part:
            break
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
