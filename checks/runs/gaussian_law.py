"""The exact law of an event about Gaussian draws, derived by rule.

With rows w_k ~ N(0, σ² I_d) and the teacher v = s e_1, the squares ⟨w_k, v⟩² / s² and ‖w_k‖² − ⟨w_k, v⟩² / s²
are independent, σ²χ²_1 and σ²χ²_{d−1}, over all rows of all independently drawn networks.  An event whose
slack is

    a + b_1 X_1 + b_2 X_2 + …        (a, b_i rational, X_i these squares)

has, after merging squares with equal coefficients, a χ² law (one coefficient) or an F law (a = 0 and two
coefficients of opposite sign).  Conjunctions of events on one and the same χ² are intervals, one square
exceeds K others of its law with probability 1/(K + 1), and some of n rows meets what one of them meets with
probability P, by itself, with probability 1 − (1 − P)ⁿ.  Nothing else has a rule: no law is derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Add, Expr, Indexed, Integer, Mul, Pow, Rational, S, Sum, Symbol

from checks.given import Draws
from checks.relation import All, AtMost, Below, free_indices
from theory.heads import dot, largest, norm
from theory.laws import chi_square_cdf, chi_square_tail, f_tail
from theory.model import find_model
from theory.observables import run
from theory.quantity import Setting, find_quantity, instantiate, leaf_key
from theory.symbols import AXES, axis_of, v, w

__all__ = ["derived_law"]

# (run, row, "along" or "across")
Square = tuple[str, int, str]


@dataclass(frozen=True, kw_only=True)
class _Form:
    """constant + Σ coefficient · square."""

    constant: Rational = S.Zero
    squares: Mapping[Square, Rational] = field(default_factory=dict)

    def plus(self, other: _Form, factor: Rational = S.One) -> _Form:
        squares = dict(self.squares)
        for square, value in other.squares.items():
            squares[square] = squares.get(square, Integer(0)) + factor * value
        return _Form(constant=self.constant + factor * other.constant, squares=squares)

    def times(self, factor: Rational) -> _Form:
        return _Form().plus(self, factor)


class _NoRule(Exception):
    """The tree is no linear form in the squares."""


def derived_law(given: Draws, event: AtMost | Below | All) -> Expr | None:
    """The probability of the event as a tree over `theory.laws`, or None where no rule applies.

    Exact.  Laws are continuous, so that ≤ and < have the same probability; an event without any randomness
    has no law.
    """
    if given.where or given.steps:
        return None
    parts = event.parts if isinstance(event, All) else (event,)
    if given.deviation == 0 or given.teacher_norm <= 0 or not all(isinstance(part, AtMost | Below) for part in parts):
        return None
    free = free_indices(event)
    try:
        if free:
            return _largest_of_all(given, parts, free)
        if len(parts) == 1 and isinstance(parts[0].slack, largest):
            return _some_row(given, parts[0].slack)
        forms = [_form(given, part.slack, "") for part in parts]
        return _interval(given, forms) if len(forms) > 1 else _single(given, forms[0])
    except _NoRule:
        return None


# -- from trees to linear forms
# ----------------------------------------------------------------------------------


def _rows_of(given: Draws, label: str) -> int:
    if not label:
        return given.students
    companion = given.companions.get(label)
    if companion is None or companion.rows:
        raise _NoRule
    return companion.students


def _form(given: Draws, tree: Expr, label: str) -> _Form:
    if isinstance(tree, Rational):
        return _Form(constant=tree)
    if isinstance(tree, Add):
        total = _Form()
        for term in tree.args:
            total = total.plus(_form(given, term, label))
        return total
    if isinstance(tree, Mul):
        return _product(given, tree, label)
    if isinstance(tree, Pow):
        return _power(given, tree, label)
    if isinstance(tree, Sum):
        total = _Form()
        if len(tree.limits) != 1 or axis_of(tree.limits[0][0]) != "student":
            raise _NoRule
        ((index, *_),) = tree.limits
        for row in range(_rows_of(given, label)):
            total = total.plus(_form(given, tree.function.xreplace({index: Integer(row)}), label))
        return total
    if isinstance(tree, run):
        return _form(given, tree.args[1], str(tree.args[0]))
    if isinstance(tree, dot):
        return _inner(given, tree, label)
    if isinstance(tree, norm) and tree.args[0] == v:
        return _Form(constant=given.teacher_norm)
    if isinstance(tree, Symbol | Indexed):
        return _form(given, _definition(given, tree, label), label)
    raise _NoRule


def _product(given: Draws, tree: Mul, label: str) -> _Form:
    forms = [_form(given, factor, label) for factor in tree.args]
    moving = [form for form in forms if form.squares]
    if len(moving) > 1:
        raise _NoRule
    factor = Integer(1)
    for form in forms:
        if not form.squares:
            factor *= form.constant
    return moving[0].times(factor) if moving else _Form(constant=factor)


def _power(given: Draws, tree: Pow, label: str) -> _Form:
    base, exponent = tree.args
    if isinstance(base, Symbol | Indexed) and base not in AXES:
        base = _definition(given, base, label)
    if exponent == 2 and isinstance(base, norm):
        return _form(given, dot(base.args[0], base.args[0]), label)
    if exponent == 2 and isinstance(base, dot):
        row = _row_against_teacher(base)
        if row is not None:
            return _Form(squares={_checked(given, label, row, "along"): given.teacher_norm**2})
    inner = _form(given, base, label)
    if inner.squares or not isinstance(exponent, Integer):
        raise _NoRule
    return _Form(constant=inner.constant**exponent)


def _inner(given: Draws, tree: dot, label: str) -> _Form:
    x, y = tree.args
    if x == v and y == v:
        return _Form(constant=given.teacher_norm**2)
    if x == y and _is_row(x):
        row = int(x.indices[0])
        squares = {_checked(given, label, row, "along"): Integer(1), (label, row, "across"): Integer(1)}
        return _Form(squares=squares)
    raise _NoRule


def _is_row(tree: Expr) -> bool:
    return isinstance(tree, Indexed) and tree.base == w and isinstance(tree.indices[0], Integer)


def _row_against_teacher(tree: dot) -> int | None:
    rows = [argument for argument in tree.args if _is_row(argument)]
    return int(rows[0].indices[0]) if len(rows) == 1 and v in tree.args else None


def _checked(given: Draws, label: str, row: int, part: str) -> Square:
    if not 0 <= row < _rows_of(given, label):
        raise _NoRule
    return label, row, part


def _definition(given: Draws, leaf: Expr, label: str) -> Expr:
    name, arity = leaf_key(leaf)
    if name in (str(symbol) for symbol in given.scalars):
        return Rational(next(value for symbol, value in given.scalars.items() if str(symbol) == name))
    sizes = {"d": given.dimension, "n": _rows_of(given, label), "m": 1}
    if arity == 0 and name in sizes:
        return Integer(sizes[name])
    if name in ("w", "v") or leaf in AXES:
        raise _NoRule
    try:
        quantity = find_quantity(name, arity)
    except ValueError as error:
        raise _NoRule from error
    setting = Setting(model=find_model(given.model), several_teachers=False)
    return instantiate(quantity, setting, leaf.indices if arity else ())


# -- from linear forms to laws
# -----------------------------------------------------------------------------------


def _groups(given: Draws, form: _Form) -> dict[Rational, int]:
    """Degrees of freedom by coefficient of the standardised squares."""
    groups: dict[Rational, int] = {}
    for (_, _, part), coefficient in form.squares.items():
        degrees = 1 if part == "along" else given.dimension - 1
        if coefficient != 0 and degrees > 0:
            scaled = coefficient * given.deviation**2
            groups[scaled] = groups.get(scaled, 0) + degrees
    return groups


def _single(given: Draws, form: _Form) -> Expr:
    groups = _groups(given, form)
    if len(groups) == 1:
        ((scale, degrees),) = groups.items()
        bound = -form.constant / scale
        if bound < 0:
            return Integer(1 if scale > 0 else 0)
        return (chi_square_tail if scale > 0 else chi_square_cdf)(bound, Integer(degrees))
    if len(groups) == 2 and form.constant == 0 and min(groups) < 0 < max(groups):
        up, down = max(groups), min(groups)
        # up χ²_k ≥ −down χ²_l  ⇔  F_{k,l} ≥ −down l / (up k)
        return f_tail(-down * groups[down] / (up * groups[up]), Integer(groups[up]), Integer(groups[down]))
    raise _NoRule


def _largest_of_all(given: Draws, parts: tuple[AtMost | Below, ...], free: tuple[Symbol, ...]) -> Expr:
    """One square is at least each of K others of the same law, independent of it: probability 1 / (K + 1)."""
    if len(parts) != 1 or len(free) != 1:
        raise _NoRule

    def at(row: int) -> dict[Rational, Square]:
        form = _form(given, parts[0].slack.xreplace({free[0]: Integer(row)}), "")
        squares = {value: square for square, value in form.squares.items()}
        if (
            form.constant != 0
            or len(squares) != 2
            or len(form.squares) != 2
            or sum(squares) != 0
            or any(s[2] != "along" for s in squares.values())
        ):
            raise _NoRule
        return squares

    first = at(0)
    low, high = min(first), max(first)
    label = first[low][0]
    count = _rows_of(given, label)
    expected = [{low: (label, row, "along"), high: first[high]} for row in range(count)]
    if first[high][0] == label or [at(row) for row in range(count)] != expected:
        raise _NoRule
    return Rational(1, count + 1)


def _some_row(given: Draws, slack: largest) -> Expr:
    """max_i f_i ≥ 0 for f_i that depend, all in the same way, on the row i alone: 1 − (1 − P)ⁿ."""
    inner, index = slack.args
    if axis_of(index) != "student":
        raise _NoRule
    forms = [_form(given, inner.xreplace({index: Integer(row)}), "") for row in range(given.students)]
    laws = set()
    for row, form in enumerate(forms):
        if any((label, number) != ("", row) for label, number, _ in form.squares):
            raise _NoRule
        laws.add((form.constant, frozenset((part, value) for (_, _, part), value in form.squares.items())))
    if len(laws) != 1:
        raise _NoRule
    return 1 - (1 - _single(given, forms[0])) ** given.students


def _interval(given: Draws, forms: list[_Form]) -> Expr:
    """All events bound one and the same sum of squares; their conjunction is an interval."""
    low, high, shape = Integer(0), None, None
    for form in forms:
        groups = _groups(given, form)
        if len(groups) != 1:
            raise _NoRule
        ((scale, degrees),) = groups.items()
        squares = frozenset(square for square, value in form.squares.items() if value != 0)
        if shape is not None and shape != (squares, degrees):
            raise _NoRule
        shape = (squares, degrees)
        bound = -form.constant / scale
        if scale > 0:
            low = bound if bound > low else low
        else:
            high = bound if high is None or bound < high else high
    assert shape is not None
    if high is None:
        return chi_square_tail(low, Integer(shape[1]))
    if high <= low:
        return Integer(0)
    return chi_square_cdf(high, Integer(shape[1])) - chi_square_cdf(low, Integer(shape[1]))
