"""What the source may not contain, decided on the syntax tree so that comments and docstrings may name it.

Functions here take source text and return violations as text, "line N: …"; the tests apply them to the
repository and to snippets that must be caught.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("theory", "numerics", "checks")

# The corpus of upstream defects shows forbidden calls on purpose.
EXEMPT_FROM_CALL_RULES = ("checks/upstream/",)

LOADERS_THAT_RUN_CODE = {"pickle", "cloudpickle", "dill", "marshal", "shelve"}
CALLS = {
    "simplify": "SymPy's simplify changes from run to run and decides signs wrongly",
    "nsimplify": "SymPy's nsimplify guesses",
    "equals": "SymPy's equals decides numerically, and wrongly near cancellation",
    "eval": "runs text as code",
    "exec": "runs text as code",
    "parse_expr": "runs text as code",
    "arccos": "loses all digits near alignment, nan beyond 1: use 2·atan2(|u−v|, |u+v|)",
}


def python_files(*folders: str) -> list[Path]:
    """All Python files below the folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    """The path as written in messages: from the repository root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def forbidden_calls(source: str) -> list[str]:
    """Calls and attributes by which SymPy or NumPy would decide what only exact methods may decide."""
    return [f"line {line}: {what}" for line, what in sorted(_forbidden(ast.parse(source)))]


def _forbidden(tree: ast.AST) -> Iterator[tuple[int, str]]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CALLS:
                # torch-like x.eval() does not occur here; a method called eval or exec is as unwelcome
                yield node.lineno, f"{name}(…): {CALLS[name]}"
            case ast.Attribute(attr="is_zero") if id(node) not in called:
                # FLINT's x.is_zero() is exact; SymPy's is a property and guesses
                yield node.lineno, ".is_zero: SymPy decides it wrongly near cancellation"
            case ast.Attribute(value=ast.Name(id="mpmath" | "mp"), attr="iv"):
                yield node.lineno, "mpmath.iv: its exp can miss the true value"
            case ast.Attribute(value=ast.Name(id="np" | "numpy" | "math"), attr="arccos" | "acos"):
                yield node.lineno, f"{node.attr}: {CALLS['arccos']}"
            case ast.keyword(arg="allow_pickle", value=ast.Constant(value=True)):
                yield node.value.lineno, "allow_pickle=True: loading a pickle runs code"
            case ast.ImportFrom(module="mpmath", names=names) if any(n.name in ("iv", "mpi") for n in names):
                yield node.lineno, "mpmath.iv: its exp can miss the true value"
            case ast.ImportFrom(module="numpy" | "math", names=names) if any(
                n.name in ("arccos", "acos") for n in names
            ):
                yield node.lineno, f"arccos: {CALLS['arccos']}"
            case ast.Import() | ast.ImportFrom():
                for module in _modules(node):
                    if module.partition(".")[0] in LOADERS_THAT_RUN_CODE:
                        yield node.lineno, f"{module}: loading it runs code"


def floats(source: str) -> list[str]:
    """Floating point in exact mathematics: literals, float(…), evalf."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex() as value):
                found.append((node.lineno, f"the float {value!r}"))
            case ast.Call(func=ast.Name(id="float" | "Float" | "N") as name):
                found.append((node.lineno, f"{name.id}(…)"))
            case ast.Attribute(attr="evalf"):
                found.append((node.lineno, ".evalf"))
    return [f"line {line}: {what}" for line, what in sorted(found)]


def imports(source: str, *, at_start: bool = False) -> list[tuple[int, str]]:
    """(line, module) of every import; `at_start` leaves out function bodies and `if TYPE_CHECKING:`."""
    return [(node.lineno, module) for node in _import_nodes(ast.parse(source), at_start) for module in _modules(node)]


def _import_nodes(tree: ast.AST, at_start: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Import() | ast.ImportFrom():
                yield node
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() if at_start:
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")) if at_start:
                continue
            case _:
                yield from _import_nodes(node, at_start)


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level:
        return [f"a relative import of {node.module or '.'}"]
    return [f"{node.module}.{alias.name}" for alias in node.names]


def misplaced_imports(source: str, allowed: Callable[[str], bool], *, at_start: bool = False) -> list[str]:
    """Imports that are neither of the standard library nor allowed."""
    return [
        f"line {line}: imports {module}"
        for line, module in imports(source, at_start=at_start)
        if module.partition(".")[0] not in sys.stdlib_module_names and not allowed(module)
    ]


def within(*prefixes: str) -> Callable[[str], bool]:
    """Whether a module is one of these or lies below one."""
    return lambda module: any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)
