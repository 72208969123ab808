"""Claims about teacher–student networks, the methods that decide them, and the command line.

What a file of claims needs can be imported from here, ``from checks import AtMost, Claim, Networks``; it is
fetched from `checks.api` on first use (PEP 562), because `lemmata --help` imports this package and has to
answer at once.
"""

__version__ = "0.1.0"

_PUBLIC = (
    "Activation",
    "All",
    "Assumption",
    "AtLeast",
    "AtMost",
    "Below",
    "Bounded",
    "Box",
    "Claim",
    "Companion",
    "Descent",
    "Draws",
    "Equal",
    "Erratum",
    "Experiment",
    "Family",
    "Flow",
    "Integers",
    "Likely",
    "Model",
    "Mutant",
    "Networks",
    "Point",
    "Quantity",
    "Run",
    "Setting",
    "Tends",
    "Verdict",
    "z",
)

# So that a star import fetches them too.
__all__ = list(_PUBLIC)


TYPE_CHECKING = False
if TYPE_CHECKING:
    from checks.api import *  # noqa: F403


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module("checks.api"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
