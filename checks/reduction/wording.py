"""Arguments for a reader: a slack term by term, and every step in one line of Unicode."""

from __future__ import annotations

from sympy import Add, Dummy, Expr, Sum, Symbol

from checks.claim import Claim
from checks.instances import claim_vocabulary
from checks.reduction.inherited import Inherited, Named
from theory.display import to_unicode
from theory.indices import free_indices_of, substituted
from theory.mean_steps import Mean
from theory.quantity import Vocabulary
from theory.steps import Step
from theory.symbols import AXES, BoundIndex, axis_of

__all__ = ["step_line", "terms"]


def terms(claim: Claim, tree: Expr) -> list[str]:
    """The summands of a slack, with its steps written out."""
    extra = claim_vocabulary(claim)
    return [_text(term, extra) for term in Add.make_args(tree)]


def step_line(claim: Claim, step: Step, why: str) -> str:
    """What a step says, and why."""
    return f"{_text(step, claim_vocabulary(claim))} ≥ 0: {why}"


def _text(tree: Expr, extra: Vocabulary) -> str:
    tree = _lettered(tree)
    words: dict[Expr, str] = {}

    def named(node: Expr) -> Expr:
        if isinstance(node, Step):
            # A symbol in its place, which carries its indices only in the text.
            place = Dummy(f"step{len(words)}", real=True)
            words[place] = _step(node, extra)
            return place
        if isinstance(node, Sum) and node.has(Step):
            place = Dummy(f"step{len(words)}", real=True)
            words[place] = f"Σ_{', '.join(str(limit[0]) for limit in node.limits)} {{{_text(node.function, extra)}}}"
            return place
        return node.func(*map(named, node.args)) if node.args and node.has(Step) else node

    if isinstance(tree, Step):
        return _step(tree, extra)
    return to_unicode(named(tree), extra=extra, words=words)


def _step(step: Step, extra: Vocabulary) -> str:
    if isinstance(step, Named | Inherited):
        # The heads are kept apart from the names of their variables, which are followed by a colon.
        pairs = [(str(formal)[:-1], value) for formal, value in step.args[2].args]
        at = ", ".join(f"{name} = {_text(value, extra)}" for name, value in pairs if str(value) != name)
        part = int(step.args[1])
        which = f" ({part + 1})" if part else ""
        return f"[{step.args[0]}{which}{' at ' + at if at else ''}]"
    if isinstance(step, Mean):
        return f"E[{_text(step.args[-1], extra)}]"
    return f"({_text(step.difference(), extra)})"


def _lettered(tree: Expr) -> Expr:
    """Letters of the glossary for indices of sums that were opened."""
    taken = {index for index in free_indices_of(tree) if index in AXES} | tree.atoms(Symbol)
    names: dict[Expr, Expr] = {}
    for index in sorted((one for one in free_indices_of(tree) if isinstance(one, BoundIndex)), key=str):
        free = [one for one in AXES if AXES[one] == axis_of(index) and one not in taken]
        if free:
            names[index] = free[0]
            taken.add(free[0])
    return substituted(tree, names) if names else tree
