"""Discovery of leaf folders: adding an activation, a quantity, a model or a claim writes one file and edits
none.

A leaf folder is a package each of whose modules binds one agreed constant.  Everything that is wrong with a
leaf is reported with the path of its file, so that a malformed leaf fails loudly instead of falling silently
out of a table.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

__all__ = ["discover", "folders", "look_up", "modules"]

T = TypeVar("T")


def modules(package: str) -> Iterator[tuple[str, Path]]:
    """(module name, file) of every leaf of ``package``, in alphabetical order; names starting with "_" are
    not leaves.

    Raises ValueError if the package cannot be imported, if a file name is no identifier, or if a subfolder
    holds Python files that nobody would ever import.
    """
    for path in _entries(package):
        if path.is_dir() and any(path.glob("*.py")):
            raise ValueError(
                f"{path}: leaves of {package} lie side by side; move the files up or discover the subfolder"
            )
        if path.suffix != ".py":
            continue
        if not path.stem.isidentifier():
            raise ValueError(
                f"{path}: the file name is not an identifier; rename it to letters, digits and underscores"
            )
        yield f"{package}.{path.stem}", path


def folders(package: str) -> Iterator[str]:
    """Dotted names of the leaf folders directly inside ``package``, in alphabetical order.

    Raises ValueError if the package cannot be imported.
    """
    for path in _entries(package):
        if path.is_dir() and any(path.glob("*.py")):
            yield f"{package}.{path.name}"


def discover(package: str, constant: str, kind: type[T]) -> Mapping[str, T]:
    """The ``constant`` of every module of the leaf folder ``package``, by name.

    Domain: ``package`` is a dotted package name, ``kind`` the type that each constant must have.  The key is
    the string attribute ``name`` of the object, or the module's own name where the object has none.  Order is
    alphabetical by file. Nothing is cached here: a folder that grew is seen at the next call.
    Raises ValueError naming the file if a module cannot be imported, lacks the constant, binds another type,
    or repeats a name.
    """
    importlib.invalidate_caches()
    found: dict[str, T] = {}
    origin: dict[str, Path] = {}
    for module_name, path in modules(package):
        value = _constant(_import(module_name, path), path, constant, kind)
        name = getattr(value, "name", None)
        key = name if isinstance(name, str) else path.stem
        if key in found:
            raise ValueError(f"{path}: the name {key!r} is already taken by {origin[key]}; choose another")
        found[key], origin[key] = value, path
    return MappingProxyType(found)


def look_up(name: str, known: Mapping[str, T], what: str) -> T:
    """``known[name]``; ValueError naming the nearest known names, or all of them, otherwise."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(str(name), known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(sorted(known)) or 'none'}"
    raise ValueError(f"unknown {what} {name!r}; {hint}")


def _entries(package: str) -> list[Path]:
    try:
        home = importlib.import_module(package)
    except Exception as error:
        raise ValueError(f"leaf folder {package!r} cannot be imported: {error}") from error
    homes = [Path(folder) for folder in getattr(home, "__path__", ())]
    if not homes:
        raise ValueError(f"{package!r} is a module, not a folder; give the package that holds the leaves")
    entries = {entry for folder in homes for entry in folder.iterdir()}
    return sorted(entry for entry in entries if not entry.name.startswith(("_", ".")))


def _import(module_name: str, path: Path) -> ModuleType:
    try:
        return importlib.import_module(module_name)
    except Exception as error:
        raise ValueError(f"{path}: the module cannot be imported: {type(error).__name__}: {error}") from error


def _constant(module: ModuleType, path: Path, constant: str, kind: type[Any]) -> Any:
    if not hasattr(module, constant):
        raise ValueError(f"{path}: the module binds no {constant}; add `{constant} = {kind.__name__}(...)`")
    value = getattr(module, constant)
    if not isinstance(value, kind):
        raise ValueError(f"{path}: {constant} is of type {type(value).__name__}; it must be {kind.__name__}")
    return value
