"""The slack of another claim, at values of its variables, as a step of an argument.

    slack_of("xu23a/lemma-20/reduced", at={x: theta[i]})

stands for right − left of that claim with θ_i in place of x.  It is ≥ 0 if the claim is PROVED or CERTIFIED in the
same run and the values lie in the ranges and meet the hypotheses that it is stated for; ``by`` are trees that show
so where the form does not (1 − a/(a + b) = b/(a + b)).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, Integer, Symbol, Tuple

from checks.relation import All, AtMost, Below, free_indices
from theory.heads import inert
from theory.indices import substituted
from theory.steps import Step

if TYPE_CHECKING:
    from checks.claim import Claim

__all__ = ["Inherited", "Named", "claims_named", "resolved", "slack_of"]


def slack_of(
    name: str, part: int = 0, at: Mapping[Any, Any] | None = None, by: tuple[Expr, ...] = (), times: Any = 1
) -> Expr:
    """The slack of part ``part`` of the claim called ``name``, at the values ``at`` of its variables and indices."""
    pairs = (Tuple(_formal(variable), inert(value)) for variable, value in (at or {}).items())
    return inert(times) * Named(Symbol(name, real=True), Integer(part), Tuple(*pairs), Tuple(*by))


def _formal(variable: Any) -> Symbol:
    # Another symbol than the variable itself, so that no renaming of the values' indices can touch it.
    return Symbol(f"{variable}:", real=True)


class Named(Step):
    """A claim's slack by its name: (name, part, values, trees)."""

    rule = "inherited"


class Inherited(Step):
    """The same with both sides written out: (name, part, values, trees, left, right)."""

    rule = "inherited"

    @property
    def name(self) -> str:
        """Id of the claim that is inherited from."""
        return str(self.args[0])

    @property
    def part(self) -> int:
        """Which inequality of its conclusion."""
        return int(self.args[1])

    @property
    def values(self) -> dict[str, Expr]:
        """Values by the names of the claim's variables and indices."""
        return {str(formal)[:-1]: value for formal, value in self.args[2].args}

    @property
    def by(self) -> tuple[Expr, ...]:
        """Trees that show that the values are in range."""
        return tuple(self.args[3].args)

    @property
    def sides(self) -> tuple[Expr, Expr]:
        """Left and right side of the inequality at the values."""
        return self.args[4], self.args[5]

    def difference(self) -> Expr:
        left, right = self.sides
        return right - left


def inequalities(claim: Claim) -> tuple[AtMost | Below, ...]:
    """The inequalities that a conclusion consists of; () if there is anything else in it."""
    parts = claim.then.parts if isinstance(claim.then, All) else (claim.then,)
    found = tuple(part for part in parts if isinstance(part, AtMost | Below))
    return found if len(found) == len(parts) else ()


def variables_of(claim: Claim) -> tuple[Symbol, ...]:
    """Scalars and free indices of a claim, for all values of which it is stated."""
    bounds = getattr(claim.given, "variables", None) or getattr(claim.given, "scalars", None) or {}
    return (*bounds, *(free_indices(claim.then) if claim.then is not None else ()))


def resolved(tree: Basic, find: Callable[[str], Claim]) -> Any:
    """The tree with every named slack written out; ValueError for a claim or a variable that there is not."""
    if not tree.args or not tree.has(Named):
        return tree
    arguments = [resolved(argument, find) for argument in tree.args]
    if not isinstance(tree, Named):
        return tree.func(*arguments)
    name, part, pairs, by = arguments
    claim = find(str(name))
    parts = inequalities(claim)
    if int(part) >= len(parts):
        raise ValueError(f"{name} has {len(parts)} inequalities, so none of number {part} (counted from 0)")
    own = {str(variable): variable for variable in variables_of(claim)}
    given = {str(formal)[:-1]: value for formal, value in pairs.args}
    unknown = sorted(set(given) - set(own))
    if unknown:
        raise ValueError(f"{name} has no variable {unknown[0]!r}; it has {', '.join(own) or 'none'}")
    # What is not given keeps its name: an index or a scalar of the claim that inherits.
    values = {variable: given.get(text, variable) for text, variable in own.items()}
    left, right = (substituted(side, values) for side in parts[int(part)].trees())
    listed = Tuple(*(Tuple(_formal(variable), value) for variable, value in values.items()))
    return Inherited(name, part, listed, by, left, right)


def claims_named(trees: tuple[Expr, ...]) -> Iterator[str]:
    """Ids of the claims whose slack occurs in trees."""
    seen: set[str] = set()
    for tree in trees:
        for head in tree.atoms(Named, Inherited):
            name = str(head.args[0])
            if name not in seen:
                seen.add(name)
                yield name
