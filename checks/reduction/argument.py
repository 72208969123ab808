"""An argument: that a slack is a tree which is ≥ 0 by its form, each step checked.

Three things have to hold of the tree: it equals the slack (normal form), it has a value wherever the slack has
one, and its form, with the premises of its steps, shows its sign.  An inherited step asks for the verdict of
the other claim in the same run, and for its ranges and hypotheses at the values put in.

The angle of a student that vanishes counts as π/2 in the tree: the normal form holds for every value of it, and
angles so completed lie in [0, π] and obey the triangle inequality.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Expr, Integer

from checks.claim import Claim
from checks.evidence import Outcome
from checks.given import Box, Networks
from checks.reduction.facts import definition_of, facts_of, in_heads
from checks.reduction.inherited import Inherited, claims_named, inequalities, resolved
from checks.reduction.linear import linear
from checks.reduction.numbers import certainly_positive
from checks.reduction.scope import conditions_at, misfit
from checks.reduction.wording import step_line
from checks.relation import AtMost, Below, Equal, Relation
from checks.verdict import Verdict
from theory import mean_steps, steps
from theory.definedness import undefined_parts
from theory.heads import dot, gaussian_input
from theory.indices import free_indices_of, substituted
from theory.nonnegative import Fact, Rules, nonnegative_by_form, positive_by_form
from theory.steps import Positive, Step, Whole, expanded
from theory.symbols import AXES, BoundIndex, axis_of, mu
from theory.symbols import x as inputs

__all__ = ["Argument"]

_THEOREMS = frozenset(
    getattr(module, name)
    for module in (steps, mean_steps)
    for name in module.__all__
    if name not in ("Step", "expanded")
)
_RIGOROUS = (Verdict.PROVED, Verdict.CERTIFIED)


@dataclass(kw_only=True)
class Argument:
    """The checks of one inequality of a claim; ``open`` says what was not seen, ``steps`` what was."""

    claim: Claim
    part: AtMost | Below
    find: Callable[[str], Claim]
    resolve: Callable[[str], Outcome]
    open: list[str] = field(default_factory=list)
    steps: dict[str, None] = field(default_factory=dict)
    inherited: dict[str, Outcome] = field(default_factory=dict)
    scopes: dict[str, None] = field(default_factory=dict)
    _equal: dict[Any, bool] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.facts, self.definition = facts_of(self.claim), definition_of(self.claim)

    def shows(self, tree: Expr) -> Rules:
        """The rules by which the slack is ≥ 0 (> 0 for a strict inequality) because it equals the tree."""
        if tree.has(Inherited):
            return self._no("the sides of an inherited claim are read from the claim, not written; use slack_of")
        tree = resolved(tree, self.find)
        for step in sorted(tree.atoms(Positive), key=str):
            if not self._positive(step):
                return None
        return self.follows(self.part.slack, tree, isinstance(self.part, Below))

    def follows(self, slack: Expr, tree: Expr, strict: bool) -> Rules:
        """The same of any slack whose value is defined where that of the inequality is."""
        rules = self.sign(tree, strict)
        if rules is None:
            return self._no(f"{tree} is not seen to be {'>' if strict else '≥'} 0 by its form")
        if not self.defined(tree) or not self.equal(slack, expanded(tree)):
            return None
        return rules

    def sign(self, tree: Expr, strict: bool = False) -> Rules:
        """The rules by which a tree is ≥ 0 or > 0 by its form."""
        by_form = positive_by_form if strict else nonnegative_by_form
        tree = in_heads(tree, self.definition)
        return by_form(tree, self.facts.assumed, self.definition, self.facts.positive, self._step, certainly_positive)

    def defined(self, tree: Expr, *, rows: bool = False) -> bool:
        """Whether a tree has a value wherever the inequality and its hypotheses have."""
        built = isinstance(self.claim.given, Networks) and self.claim.given.students_as is not None
        given = (*self.part.trees(), *self.facts.defined)
        assumed, positive = self.facts.assumed, self.facts.positive
        open_ = undefined_parts(
            in_heads(expanded(tree), self.definition),
            [in_heads(one, self.definition) for one in given],
            self.definition,
            assumed,
            positive,
            for_all=self.facts.for_all,
            rows=rows or built,
        )
        if open_:
            self._no(f"{tree} may be undefined where the inequality is not: {open_[0].base} ({open_[0].kind})")
        return not open_

    def equal(self, left: Expr, right: Expr, *, pointwise: bool = False) -> bool:
        """Whether two trees are equal by cancellation of equal terms, or else by the normal form.

        ``pointwise``: at every Gaussian input x.
        """
        difference = linear(in_heads(left - right, self.definition))
        if difference == 0:
            return True
        named = self._named(difference)
        if named is None:
            return False
        key = (named, pointwise)
        if key not in self._equal:
            self._equal[key] = self._prove(named, pointwise)
        return self._equal[key]

    def _prove(self, difference: Expr, pointwise: bool) -> bool:
        from checks.identities.rows import prove
        from numerics.arithmetic.base import Unevaluable

        # A hypothesis on the row that the conclusion is about is none on all rows, which it would be for an
        # equation that has not this index.
        stated = _indices(self.claim.then) - free_indices_of(difference)
        given: Any = self.claim.given
        given = replace(given, where=tuple(one for one in given.where if not _indices(one) & stated))
        if pointwise:
            difference = difference.xreplace({gaussian_input: inputs[mu]})
            given = replace(given, samples=(1, 1))
        then = Equal(difference, Integer(0))
        # Hypotheses that are inequalities are rarely needed, and one on the gradient stands in the way of all n.
        bare = replace(given, where=tuple(one for one in given.where if isinstance(one, Equal)))
        try:
            for instances in (given,) if bare == given else (bare, given):
                proof = prove(replace(self.claim, given=instances, then=then, slack_as=(), witness=()))
                if proof.complete:
                    break
        except Unevaluable as error:
            self._no(f"0 = {difference} has no normal form: {error}")
            return False
        if not proof.complete:
            self._no(f"0 = {difference} is not proved: {proof.reason or 'not reduced'}")
        else:
            self.scopes[proof.scope.removesuffix(", N = 1") if pointwise else proof.scope] = None
        return proof.complete

    def _named(self, tree: Expr) -> Expr | None:
        """The tree with letters of the glossary for indices of opened sums, none that a hypothesis uses."""
        used = {index for relation in getattr(self.claim.given, "where", ()) for index in _indices(relation)}
        used |= {index for index in free_indices_of(tree) if index in AXES}
        names = {}
        for index in sorted((one for one in free_indices_of(tree) if isinstance(one, BoundIndex)), key=str):
            letter = next((one for one in AXES if AXES[one] == axis_of(index) and one not in used), None)
            if letter is None:
                self._no(f"too many indices in {tree}")
                return None
            used.add(letter)
            names[index] = letter
        return substituted(tree, names)

    @property
    def scope(self) -> str:
        """For which instances the equations were proved: the narrowest of them."""
        if not isinstance(self.claim.given, Networks):
            return "all values of the variables"
        low, high = self.claim.given.teachers  # type: ignore[misc]
        everything = "all d, all n, " + (f"m = {low}" if low == high else "all m")
        return " and ".join([one for one in self.scopes if "all n" not in one] or list(self.scopes) or [everything])

    # -- steps

    def _step(self, step: Step, strict: bool) -> Rules:
        if isinstance(step, Inherited):
            return self._inherit(step, strict)
        if type(step) not in _THEOREMS:
            return self._no(f"{type(step).__name__} is none of the steps that an argument may take")
        if isinstance(step, Positive):  # done before everything else
            return None if strict else frozenset({step.rule})
        if strict and not isinstance(step, Whole):
            return None
        found: frozenset[str] = frozenset({step.rule})
        for premise in step.premises():
            rules = self.sign(premise, strict)
            if rules is None:
                return self._no(f"{premise}, a premise of the {step.rule}, is not seen to be ≥ 0 by its form")
            found |= rules
        trees = [*step.premises(), *(side for pair in step.equations() for side in pair)]
        if not all(self.defined(almost_everywhere(tree) if step.pointwise else tree) for tree in trees):
            return None
        if not all(self.equal(*pair, pointwise=step.pointwise) for pair in step.equations()):
            return None
        if not isinstance(step, Whole):
            self.steps[step_line(self.claim, step, step.rule)] = None
        return found

    def _positive(self, step: Positive) -> bool:
        """Whether the number of a step is seen to be positive, which is a fact from then on."""
        number, proof = step.args
        if proof.has(Positive) or free_indices_of(number):
            self._no(f"{number} has an index, or is used to show that it is positive")
            return False
        if self.follows(number, proof, strict=True) is None:
            return False
        fact = Fact(tree=in_heads(number, self.definition))
        self.facts = replace(self.facts, positive=(*self.facts.positive, fact))
        self.steps[f"{number} > 0: {step.rule}"] = None
        return True

    def _inherit(self, step: Inherited, strict: bool) -> Rules:
        claim = self.find(step.name)
        wrong = self._unfit(claim) or misfit(claim, self.claim)
        if wrong:
            return self._no(f"{step.name}: {wrong}")
        part = inequalities(claim)[step.part]
        if strict and not isinstance(part, Below):
            return None
        # The claim says nothing where its sides, or the values put in, are undefined.
        whole = isinstance(claim.given, Networks)
        if not all(self.defined(tree, rows=whole) for tree in (*step.sides, *step.values.values())):
            return None
        rules = frozenset({"inherited"})
        for condition, open_end in conditions_at(claim, step.values):
            if isinstance(condition, Equal):
                if not self.defined(condition.slack) or not self.equal(*condition.trees()):
                    return self._no(f"{step.name} is stated for {condition.left} = {condition.right}")
                continue
            met = self._met(condition.slack, step.by, open_end)
            if met is None:
                return self._no(
                    f"{step.name} is stated for {condition.slack} {'>' if open_end else '≥'} 0, which is open"
                )
            rules |= met
        outcome = self.inherited.get(step.name) or self.resolve(step.name)
        if outcome.digest != claim.digest or outcome.verdict not in _RIGOROUS:
            return self._no(f"{step.name} is {outcome.verdict}, so nothing is inherited from it")
        self.inherited[step.name] = outcome
        self.steps[step_line(self.claim, step, f"inherited, {outcome.verdict}")] = None
        return rules

    def _met(self, slack: Expr, by: tuple[Expr, ...], strict: bool) -> Rules:
        if not self.defined(slack):
            return None
        rules = self.sign(slack, strict)
        before = len(self.open)
        for tree in by if rules is None else ():
            rules = self.follows(slack, tree, strict)
            if rules is not None:
                del self.open[before:]
                break
        return rules

    def _unfit(self, claim: Claim) -> str:
        if not inequalities(claim) or not isinstance(claim.given, Box | Networks):
            return "only inequalities on boxes and networks are inherited"
        seen, waiting = set(), [claim]
        while waiting:
            one = waiting.pop()
            if one.id == self.claim.id:
                return "the argument is circular"
            if one.id not in seen:
                seen.add(one.id)
                waiting += [self.find(name) for name in (*claims_named(one.slack_as), *one.because)]
        return ""

    def _no(self, reason: str) -> Rules:
        self.open.append(reason)
        return None


def almost_everywhere(tree: Expr) -> Expr:
    """A tree whose quotients are defined where those of ``tree`` are for almost every x: ⟨u, x⟩ ≠ 0 if u ≠ 0."""
    if isinstance(tree, dot) and gaussian_input in tree.args:
        (row,) = [argument for argument in tree.args if argument != gaussian_input] or [gaussian_input]
        return dot(row, row)
    if not tree.args or not tree.has(gaussian_input):
        return tree
    return tree.func(*map(almost_everywhere, tree.args))


def _indices(relation: Relation | None) -> frozenset[Any]:
    assert relation is not None
    return frozenset().union(*(free_indices_of(tree) for tree in relation.trees()))
