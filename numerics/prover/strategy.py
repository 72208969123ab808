"""How a problem is taken apart before its box is: factors, and conditions that are active where f is small.

["rewrite", tree, child]            an equal expression (`numerics.prover.rewrite`)
["factors", [null | [sign, child]]] a product whose factors have constant signs, by structure or by proof
["multiplier", i, λ, child]         λ ≥ 0: f minus λ times condition i is ≥ 0 already
["bound", x, i, c, u, slope, child] condition i is c (x − u), c constant, u free of x: f falls towards x = u,
                                    as the child ``slope`` proves, so f at x = u decides
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from flint import fmpq

from numerics.ball import compile_tree
from numerics.prover.branch import Result, branch_and_bound
from numerics.prover.derivative import derivative
from numerics.prover.enclosure import Enclosure, midpoint
from numerics.prover.exact import Element, NotInRing, Ring
from numerics.prover.jet import ball_call, evaluate
from numerics.prover.problem import Problem
from numerics.prover.rewrite import signs_shown
from numerics.prover.tree import ZERO, NotEnclosable, Tree, add, multiply, rational, substitute, variables

__all__ = ["solve"]

MAX_DEPTH = 4
TRIAL = 2000  # boxes that an attempt at a part may cost
MULTIPLIER_TRIAL = 100
MAX_DENOMINATOR = 24
MAX_CANDIDATES = 3


def solve(
    problem: Problem, budget: int, depth: int = 0, *, jobs: int = 1, partial: Sequence[Any] | None = None
) -> Result:
    """Certify or refute the problem within ``budget`` boxes, with ``jobs`` processes to verify leaves.

    ``partial`` is the tree of an undecided search that goes on, after another try of what may do without it.
    """
    spent = 0
    if partial is None:
        first = branch_and_bound(problem, min(budget, 1 + 4 * len(problem.names)))
        if first.status != "undecided" or depth >= MAX_DEPTH:
            return first if first.status != "undecided" else branch_and_bound(problem, budget)
        spent = first.work
    for part in (_by_bound, _by_multiplier, _by_factors):
        result = part(problem, min(TRIAL, (budget - spent) // 3), depth)
        if result is not None:
            spent += result.work
            if result.status != "undecided":
                return replace(result, work=spent)
    result = branch_and_bound(problem, budget - spent, jobs=jobs, partial=partial)
    return replace(result, work=spent + result.work)


def _by_factors(problem: Problem, budget: int, depth: int) -> Result | None:
    shown = signs_shown(problem.f.tree, problem.names)
    if shown is None:
        return None
    again = problem.variant(tree=shown)
    factors = [] if problem.strict or shown[0] != "mul" else list(shown[1:])
    if sum(bool(variables(factor)) for factor in factors) < 2:
        factors = []  # nothing was split off
    entries: list[Any] = []
    boxes, work, product = 0, 0, 1
    for factor in factors:
        sign = Enclosure(factor, problem.names).sign(problem.box)
        if sign:
            entries.append(None)
            product *= sign
            continue
        base = factor[1] if factor[0] == "pow" and Fraction(factor[2]) > 0 else factor
        value = Enclosure(base, problem.names).at(midpoint(problem.box))
        sign = 1 if value > 0 else -1 if value < 0 else 0
        if not sign:
            break
        part = solve(problem.variant(tree=multiply(rational(sign), base)), budget - work, depth + 1)
        boxes, work, product = boxes + part.boxes, work + part.work, product * sign
        if part.status != "certified":
            break
        entries.append([sign, part.node])
    if factors and len(entries) == len(factors) and product > 0:
        node = ["rewrite", shown, ["factors", entries]]
        return Result(status="certified", node=node, boxes=boxes + 1, work=work, lower=0.0)
    plain = branch_and_bound(again, max(budget - work, 0))
    rewritten = ["rewrite", shown, plain.node] if plain.status == "certified" else None
    return replace(plain, node=rewritten, work=plain.work + work)


def _by_multiplier(problem: Problem, budget: int, depth: int) -> Result | None:
    work = 0
    for number, condition in enumerate(problem.where):
        for share in _shares(problem, condition):
            tree = add(problem.f.tree, multiply(rational(-share), condition.tree))
            part = branch_and_bound(problem.variant(tree=tree), min(MULTIPLIER_TRIAL, budget - work))
            work += part.work
            if part.status == "certified":
                return replace(part, node=["multiplier", number, str(share), part.node], work=work)
    return Result(status="undecided", work=work) if work else None


def _shares(problem: Problem, condition: Enclosure) -> list[Fraction]:
    """Candidates for λ: where f touches the boundary of a condition g inside the box, ∇f = λ ∇g."""
    candidates = []
    for point in (midpoint(problem.box), *product(*problem.box)):
        spot = tuple((x, x) for x in point)
        pairs = list(zip(problem.f.gradient(spot)[1], condition.gradient(spot)[1], strict=True))
        size = sum(float(g) ** 2 for _, g in pairs)
        share = sum(float(f) * float(g) for f, g in pairs) / size if size > 0 else 0.0
        if 0 < share < float("inf"):
            candidates.append(Fraction(share).limit_denominator(MAX_DENOMINATOR))
    return [share for share in dict.fromkeys(candidates) if share > 0][:MAX_CANDIDATES]


def _by_bound(problem: Problem, budget: int, depth: int) -> Result | None:
    work = 0
    for number, condition in enumerate(problem.where):
        for name, side in zip(problem.names, problem.box, strict=True):
            found = _linear(condition.tree, name, problem.names) if side[0] != side[1] else None
            if found is None or name not in variables(problem.f.tree):
                continue
            factor, bound = found
            scale = compile_tree(factor, [])()
            if not (scale > 0 or scale < 0):
                continue
            above = bool(scale < 0)  # x ≤ u
            room = add(rational(side[1]), multiply(rational(-1), bound)) if above else add(bound, rational(-side[0]))
            if Enclosure(room, problem.names).sign(problem.box) <= 0:
                continue
            try:
                slope = multiply(rational(-1 if above else 1), derivative(problem.f.tree, name))
            except NotEnclosable:
                continue
            kept = [other.tree for other in problem.where if name not in variables(other.tree)]
            grows = solve(
                problem.variant(tree=slope, where=[condition.tree, *kept], strict=False),
                budget - work,
                depth + 1,
            )
            work += grows.work
            if grows.status != "certified":
                continue
            child = problem.variant(tree=substitute(problem.f.tree, {name: bound}), where=kept, fixed={name: side[0]})
            rest = solve(child, max(budget - work, 0), depth + 1)
            work += rest.work
            if rest.status == "certified":
                node = ["bound", name, number, factor, bound, grows.node, rest.node]
                return replace(rest, node=node, boxes=rest.boxes + grows.boxes, work=work)
            if rest.status == "refuted" and rest.point is not None:
                value = evaluate(bound, rest.point, ball_call)
                if isinstance(value, fmpq):
                    return replace(rest, point={**rest.point, name: value}, work=work)
    return Result(status="undecided", work=work) if work else None


def _linear(tree: Tree, name: str, names: tuple[str, ...]) -> tuple[Tree, Tree] | None:
    """(c, u) with tree = c (x − u), c constant and u free of x, or None."""
    if name not in variables(tree):
        return None
    ring = Ring()
    try:
        element = evaluate(tree, {other: ring.atom(("variable", other)) for other in names}, ring.call)
        ((((atom, _),), _),) = ring.atom(("variable", name)).terms.items()
        slope, rest = ring.number(0), ring.number(0)
        for key, value in element.terms.items():
            exponents = dict(key)
            degree = exponents.pop(atom, 0)
            term = Element(ring, {tuple(sorted(exponents.items())): value})
            if degree not in (0, 1):
                return None
            slope, rest = (slope + term, rest) if degree else (slope, rest + term)
        inverse = ring.call("pow", slope, Fraction(-1))
        bound = ring.tree(rest * inverse * fmpq(-1))
    except NotInRing:
        return None
    factor = ring.tree(slope)
    if variables(factor) or name in variables(bound) or factor == ZERO:
        return None
    return factor, bound
