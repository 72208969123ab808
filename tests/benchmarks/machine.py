"""The machine that numbers belong to, without names or paths."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe"]


def describe() -> dict[str, str]:
    """Processor, cores, load, threads and versions."""
    libraries = ", ".join(
        f"{name} {found}" for name in ("numpy", "scipy", "sympy", "numba") if (found := _version(name))
    )
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load at the start": f"{os.getloadavg()[0]:.2f}",
        "threads": "1",
        "versions": f"Python {platform.python_version()}, {libraries}",
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
