"""Statements: parsed over an allow-list, their box, and expressions substituted and differentiated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from checks.recheck.balls import Box, ball, demand, on_balls
from checks.recheck.code import Code, run

ARITY = {"sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "atan2": 2, "exp": 1, "log": 1}
ARITY |= {"sinh": 1, "cosh": 1, "tanh": 1, "erf": 1, "abs": 1, "max": 2, "owen": 2}
TOTAL = {"rat", "pi", "euler", "var", "add", "mul", "sin", "cos", "exp"}
TOTAL |= {"sinh", "cosh", "tanh", "atan", "erf", "owen"}
MAX_EXPONENT = 1000


@dataclass(frozen=True, kw_only=True)
class Claim:
    """f ≥ 0 (f > 0 when strict) where all side conditions are ≥ 0."""

    f: Code
    where: tuple[Code, ...]
    strict: bool


def rational(text: Any) -> fmpq:
    demand(isinstance(text, str), f"{text!r} is not a rational in a string")
    value = Fraction(text)
    return fmpq(value.numerator, value.denominator)


def parse(value: Any, names: Sequence[str]) -> Any:
    """A tree of tuples over the allow-list."""
    demand(isinstance(value, list) and bool(value), f"not an expression: {value!r}")
    head, parts = value[0], value[1:]
    if head == "rat" and len(parts) == 1:
        return (head, rational(parts[0]))
    if head == "var" and len(parts) == 1:
        demand(parts[0] in names, f"the variable {parts[0]!r} has no bounds")
        return (head, parts[0])
    if head in ("pi", "euler") and not parts:
        return (head,)
    if head == "pow" and len(parts) == 2 and isinstance(parts[1], str):
        exponent = Fraction(parts[1])
        demand(max(abs(exponent.numerator), exponent.denominator) <= MAX_EXPONENT, "an exponent is too large")
        return (head, parse(parts[0], names), exponent)
    demand(
        (head in ("add", "mul") and bool(parts)) or ARITY.get(head) == len(parts),
        f"not an expression: {value!r}",
    )
    return (head, *(parse(part, names) for part in parts))


def substitute(tree: Any, chart: dict[str, Any]) -> Any:
    if tree[0] == "var":
        return chart.get(tree[1], tree)
    return tuple(substitute(part, chart) if isinstance(part, tuple) else part for part in tree)


def is_total(tree: Any) -> bool:
    """Defined for all real values of its variables."""
    fine = tree[0] in TOTAL
    if tree[0] == "pow":
        fine = tree[2].denominator == 1 and (tree[2] >= 0 or tree[1][0] in ("pi", "euler", "exp", "cosh"))
    return fine and all(is_total(part) for part in tree[1:] if isinstance(part, tuple))


def free(tree: Any) -> set[str]:
    if tree[0] == "var":
        return {tree[1]}
    return set().union(*(free(part) for part in tree[1:] if isinstance(part, tuple)))


def affine(start: Any, edge: Any, position: Any) -> Any:
    return ("add", start, ("mul", edge, position))


def opening(statement: Any) -> tuple[Claim, Box]:
    """The claim and its box, every side that is not rational mapped from [0, 1]."""
    demand(set(statement) == {"claim", "relation", "variables", "where"}, "the statement has wrong parts")
    demand(statement["relation"] in (">", ">="), "the relation is neither > nor >=")
    box: Box = {}
    chart = {}
    for name, *bounds in statement["variables"]:
        demand(isinstance(name, str) and name not in box, f"the variable {name!r} is declared twice")
        lo, hi = (parse(bound, ()) for bound in bounds)
        if lo[0] == hi[0] == "rat":
            box[name] = (lo[1], hi[1])
            demand(lo[1] <= hi[1], f"the bounds of {name} are out of order")
        else:
            low, high = (ball(run(Code(bound), {}, on_balls)[-1]) for bound in (lo, hi))
            demand(
                bool(low.is_finite() and high.is_finite() and low < high),
                f"the bounds of {name} are out of order",
            )
            box[name] = (fmpq(0), fmpq(1))
            chart[name] = affine(lo, ("add", hi, ("mul", ("rat", fmpq(-1)), lo)), ("var", name))
    trees = [substitute(parse(tree, list(box)), chart) for tree in (statement["claim"], *statement["where"])]
    return Claim(f=Code(trees[0]), where=tuple(map(Code, trees[1:])), strict=statement["relation"] == ">"), box


def differentiate(tree: Any, name: str) -> Any:
    """The derivative, undefined wherever the tree is. Rejects what has kinks or jumps."""
    if name not in free(tree):
        return ("rat", fmpq(0))
    head, *parts = tree
    if head == "var":
        return ("rat", fmpq(1))
    if head == "add":
        return ("add", *(differentiate(part, name) for part in parts))
    if head == "mul":
        return (
            "add",
            *(("mul", *parts[:k], differentiate(part, name), *parts[k + 1 :]) for k, part in enumerate(parts)),
        )
    if head == "owen":
        h, a = parts
        two, minus = ("rat", fmpq(2)), ("rat", fmpq(-1))
        ends = ("add", ("rat", fmpq(1)), ("pow", a, Fraction(2)))
        half = ("mul", ("rat", fmpq(-1, 2)), ("pow", h, Fraction(2)))
        bell = ("erf", ("mul", a, h, ("pow", two, Fraction(-1, 2))))
        along = ("mul", minus, ("exp", half), bell, ("pow", ("mul", ("rat", fmpq(8)), ("pi",)), Fraction(-1, 2)))
        across = ("mul", ("exp", ("mul", half, ends)), ("pow", ("mul", two, ("pi",), ends), Fraction(-1)))
        return ("add", ("mul", along, differentiate(h, name)), ("mul", across, differentiate(a, name)))
    u = parts[0]
    minus, one, square = ("rat", fmpq(-1)), ("rat", fmpq(1)), ("pow", u, Fraction(2))
    power = parts[1] if head == "pow" else Fraction(1)
    rest = ("pow", ("add", one, ("mul", minus, square)), Fraction(-1, 2))
    rules = {
        "pow": ("mul", ("rat", fmpq(power.numerator, power.denominator)), ("pow", u, power - 1)),
        "exp": ("exp", u),
        "log": ("pow", ("pow", u, Fraction(1, 2)), Fraction(-2)),
        "sin": ("cos", u),
        "cos": ("mul", minus, ("sin", u)),
        "tan": ("add", one, ("pow", ("tan", u), Fraction(2))),
        "sinh": ("cosh", u),
        "cosh": ("sinh", u),
        "tanh": ("add", one, ("mul", minus, ("pow", ("tanh", u), Fraction(2)))),
        "atan": ("pow", ("add", one, square), Fraction(-1)),
        "asin": rest,
        "acos": ("mul", minus, rest),
        "erf": ("mul", ("rat", fmpq(2)), ("pow", ("pi",), Fraction(-1, 2)), ("exp", ("mul", minus, square))),
    }
    demand(head in rules, f"{head} is not differentiated")
    return ("mul", rules[head], differentiate(u, name))
