"""A user's claims: the module-level `Claim` objects of a Python file.

The file runs with the user's rights, like any program of theirs.  Whatever goes wrong in it is reported with
its own line, never with ours.
"""

from __future__ import annotations

import ast
import difflib
import importlib.util
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

from checks.claim import Claim
from theory.discovery import look_up
from theory.quantity import Quantity, vocabulary

__all__ = ["UserFileError", "load_user_claims"]

_numbers = count()


class UserFileError(ValueError):
    """A user's file that can't be used: one line with file, line, what is wrong and the remedy."""


def load_user_claims(path: str, name: str | None = None) -> list[Claim]:
    """Claims of a user's file in the order of the file, or the one called ``name``.

    Ids are ``PATH.py::name`` with the name of the variable (or the claim's own id), which is also their
    selector; in ``because`` and ``uses`` the bare name of a claim of the same file is enough.  Own `Quantity`
    objects of the file join the vocabulary of each of its claims. Raises UserFileError for a file that can't
    be read or run, that holds no claim, or whose claims mean nothing.
    """
    source = _read(path)
    module = _run(path, source)
    quantities = _own_quantities(path, module)
    claims: dict[str, Claim] = {}
    for variable, claim in _claims(module):
        key = claim.id or variable
        if key in claims:
            raise UserFileError(f"{path}: the id {key!r} is used twice; give each claim its own")
        if name in (None, key, variable):
            own = (*claim.quantities, *quantities)
            try:
                claims[key] = replace(claim, id=f"{PurePath(path).as_posix()}::{key}", quantities=own)
            except ValueError as error:
                raise UserFileError(f"{_place(path, source, variable)}: {error}") from error
        elif name is not None:
            claims.setdefault(key, claim)
    claims = {key: _with_full_names(path, claim, claims) for key, claim in claims.items()}
    if not claims:
        raise UserFileError(f"{path}: no claims in this file; bind one to a name: my_lemma = Claim(given=…, then=…)")
    chosen = {key: claim for key, claim in claims.items() if "::" in claim.id}
    if not chosen:
        near = difflib.get_close_matches(name or "", claims, n=1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(claims)}"
        raise UserFileError(f"{path}: no claim is called {name!r}; {hint}")
    for key, claim in chosen.items():
        _check(path, source, key, claim, claims)
    return list(chosen.values())


def _with_full_names(path: str, claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """The claim with the bare names of its neighbours made ids."""

    def full(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{PurePath(path).as_posix()}::{name}" if name in claims else name for name in names)

    return replace(claim, because=full(claim.because), uses=full(claim.uses))


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserFileError(f"{path}: can't be read ({reason}); check the path") from error
    except ValueError as error:  # not UTF-8, or a null byte in the path
        raise UserFileError(f"{path}: is not UTF-8 text; save it as UTF-8") from error


def _run(path: str, source: str) -> ModuleType:
    """The file as a module of a name of its own, so that two files of one name don't meet."""
    file = Path(path).absolute()
    spec = importlib.util.spec_from_file_location(f"user_claims_{next(_numbers)}", file)
    if spec is None or spec.loader is None:
        raise UserFileError(f"{path}: is not a Python file; give it the ending .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for their module
    sys.path.insert(0, str(file.parent))  # what lies beside the file can be imported, as when it is run
    quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        inside = error.filename == str(file)
        place = f"{path}:{error.lineno}" if inside else f"{path}: {error.filename}:{error.lineno}"
        raise UserFileError(f"{place}: {error.msg}; mend that line") from error
    except SystemExit as error:
        raise UserFileError(f"{path}: it calls exit; a file of claims only defines them") from error
    except Exception as error:
        raise UserFileError(f"{_line_of(error, path, file)}: {_explained(error)}") from error
    finally:
        sys.dont_write_bytecode = quiet
        sys.path.remove(str(file.parent))
    return module


def _line_of(error: BaseException, path: str, file: Path) -> str:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f"{path}:{lines[-1]}" if lines else path


def _explained(error: Exception) -> str:
    """What an exception of the user's file means, with a remedy where one is known."""
    text = " ".join(str(error).split())
    if isinstance(error, ImportError):
        missing = re.match(r"cannot import name '(\w+)' from '([\w.]+)'", text)
        if missing:
            name, home = missing.groups()
            near = difflib.get_close_matches(name, dir(sys.modules.get(home)), n=2)
            hint = f"did you mean {' or '.join(near)}?" if near else "check the name"
            return f"{home} has no {name!r}; {hint}"
        return f"{text}; check the import"
    if isinstance(error, NameError):
        return f"{text}; import or define it first"
    if isinstance(error, TypeError):
        surplus = re.match(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'", text)
        if surplus:
            return f"{surplus[1]} has no field {surplus[2]!r}; {_fields(surplus[1], surplus[2])}"
        lacking = re.match(r"(\w+)\.__init__\(\) missing \d+ required [\w-]+ arguments?: (.*)", text)
        if lacking:
            return f"{lacking[1]} lacks {lacking[2]}; give it"
        unnamed = re.match(r"(\w+)\.__init__\(\) takes .* positional", text)
        if unnamed:
            return f"{text}; name the fields: {unnamed[1]}({_example(unnamed[1])})"
    if isinstance(error, ValueError):
        return text
    return f"{type(error).__name__}: {text}; mend that line"


def _known_fields(record: str) -> list[str]:
    import checks.api

    fields = getattr(getattr(checks.api, record, None), "__dataclass_fields__", {})
    return [name for name, field in fields.items() if field.init]


def _example(record: str) -> str:
    return ", ".join(f"{name}=…" for name in _known_fields(record)[:3]) or "name=value"


def _fields(record: str, name: str) -> str:
    known = _known_fields(record)
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}" if known else "drop it"


def _own_quantities(path: str, module: ModuleType) -> tuple[Quantity, ...]:
    own = {id(value): value for value in vars(module).values() if isinstance(value, Quantity)}
    for quantity in own.values():
        key = (quantity.name, quantity.arity)
        if vocabulary().get(key, quantity) is not quantity:
            raise UserFileError(
                f"{path}: the quantity {quantity.name!r} is in the vocabulary already; choose another name"
            )
    return tuple(quantity for quantity in own.values() if (quantity.name, quantity.arity) not in vocabulary())


def _claims(module: ModuleType) -> Iterator[tuple[str, Claim]]:
    """(name, claim) of every claim bound in the module, alone or in a list; one bound twice counts once."""
    seen: set[int] = set()
    for variable, value in list(vars(module).items()):
        if variable.startswith("__"):
            continue
        many = isinstance(value, list | tuple)
        for place, entry in enumerate(value if many else (value,)):
            if isinstance(entry, Claim) and id(entry) not in seen:
                seen.add(id(entry))
                yield (f"{variable}[{place}]" if many else variable), entry


def _check(path: str, source: str, key: str, claim: Claim, known: Mapping[str, Claim]) -> None:
    from checks.catalog import find_claim
    from checks.wellformed import fault

    wrong = fault(claim)
    for mutant in () if wrong else claim.mutants:
        wrong = fault(claim.mutated(mutant))
        if wrong:
            wrong = f"mutant {mutant!r}: {wrong}"
            break
    if wrong:
        raise UserFileError(f"{_place(path, source, key)}: claim {key}: {wrong}")
    forms = claim.assumption.forms if claim.assumption else ()
    for name in (*claim.because, *forms):
        try:
            if name.startswith(f"{PurePath(path).as_posix()}::"):
                look_up(name.partition("::")[2], known, "claim of this file")
            else:
                find_claim(name)
        except ValueError as error:
            raise UserFileError(f"{_place(path, source, key)}: claim {key} rests on {name!r}: {error}") from error


def _place(path: str, source: str, variable: str) -> str:
    """The file with the line where the variable is bound, if it is bound plainly."""
    for node in ast.parse(source).body:
        targets: list[Any] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        if any(isinstance(target, ast.Name) and target.id == variable.partition("[")[0] for target in targets):
            return f"{path}:{node.lineno}"
    return path
