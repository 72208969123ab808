"""Gaussian means of products of ReLU neurons, half-space gates and linear forms, in closed form.

With Υ(u, w) = E[[u·x]₊ [w·x]₊] the dual kernel of ReLU, derived in `theory.kernel`, and its gradient in w
g(w, u) = E[[u·x]₊ 1{w·x ≥ 0} x] = 2Υ_p(w, u) w + Υ_c(w, u) u,

    E[[u·x]₊ [w·x]₊] = Υ(u, w),   E[[u·x]₊ 1{w·x ≥ 0} (b·x)] = ⟨g(w, u), b⟩,
    E[[u·x]₊ (b·x)] = ½⟨u, b⟩,    E[(a·x)(b·x)] = ⟨a, b⟩,   E[1{w·x ≥ 0} (a·x)(b·x)] = ½⟨a, b⟩.

Exact, in every dimension, for x ~ N(0, I).  Gates are written `active` and `silent`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Sum

from theory.heads import dot, gaussian_input, magnitude, norm, positive_part
from theory.loss import Row, kernel_of
from theory.model import find_model
from theory.quantity import Setting
from theory.symbols import fresh

__all__ = ["active", "gaussian_mean", "silent"]

_HALF = Rational(1, 2)


def active(form: Expr) -> Expr:
    """1{y ≥ 0} of a linear form y, as ([y]₊/y)²; undefined where y = 0."""
    return (positive_part(form) / form) ** 2


def silent(form: Expr) -> Expr:
    """1{y < 0} of a linear form y, as ([−y]₊/y)²; undefined where y = 0."""
    return (positive_part(-form) / form) ** 2


@dataclass(frozen=True, kw_only=True)
class _Product:
    """coefficient · Π [u·x]₊ · Π 1{w·x ≥ 0} · Π (b·x), summed over ``limits``."""

    coefficient: Expr = field(default=Integer(1))
    neurons: tuple[Expr, ...] = ()
    gates: frozenset[Expr] = frozenset()
    forms: tuple[Expr, ...] = ()
    limits: tuple[tuple[Expr, ...], ...] = ()

    def times(self, other: _Product) -> _Product:
        """Product of two whose summation indices are different symbols."""
        return _Product(
            coefficient=self.coefficient * other.coefficient,
            neurons=self.neurons + other.neurons,
            gates=self.gates | other.gates,
            forms=self.forms + other.forms,
            limits=self.limits + other.limits,
        )


def gaussian_mean(tree: Expr) -> Expr:
    """E[tree] over x ~ N(0, I).

    Raises ValueError for a product that is none of those above.
    """
    total = []
    for product in _products(tree):
        value = product.coefficient * _mean(_simplified(product))
        total.append(Sum(value, *product.limits) if product.limits and value != 0 else value)
    return Add(*total)


def _products(tree: Expr) -> list[_Product]:
    if not tree.has(gaussian_input):
        return [_Product(coefficient=tree)]
    if isinstance(tree, Add):
        return [product for term in tree.args for product in _products(term)]
    if isinstance(tree, Sum):
        names = {limit[0]: fresh(limit[0]) for limit in tree.limits}
        limits = tuple((names[limit[0]], *limit[1:]) for limit in tree.limits)
        return [replace(one, limits=(*one.limits, *limits)) for one in _products(tree.function.xreplace(names))]
    factors = Mul.make_args(tree)
    elementary: Counter[tuple[str, Expr]] = Counter()
    found = [_Product()]
    for factor in factors:
        base, power = (factor.base, factor.exp) if isinstance(factor, Pow) else (factor, Integer(1))
        if not factor.has(gaussian_input):
            found = [one.times(_Product(coefficient=factor)) for one in found]
        elif isinstance(power, Integer) and isinstance(base, dot | positive_part | magnitude):
            elementary[_kind(base)] += int(power)
        elif isinstance(power, Integer) and int(power) > 0 and isinstance(base, Add | Sum | Mul):
            for _ in range(int(power)):
                found = [left.times(right) for left in found for right in _products(base)]
        else:
            raise _unknown(factor)
    for choices in _expanded(elementary):
        found = [left.times(right) for left in found for right in choices]
    return found


def _kind(base: Expr) -> tuple[str, Expr]:
    if isinstance(base, dot):
        return "form", _row(base)
    inner = base.args[0]
    if isinstance(base, magnitude):
        return "modulus", _row(inner if isinstance(inner, dot) else -inner)
    return ("plus", _row(inner)) if isinstance(inner, dot) else ("minus", _row(-inner))


def _row(form: Expr) -> Expr:
    rows = [argument for argument in form.args if argument != gaussian_input] if isinstance(form, dot) else []
    if len(rows) != 1 or rows[0].has(gaussian_input):
        raise _unknown(form)
    return rows[0]


def _expanded(elementary: Counter[tuple[str, Expr]]) -> list[list[_Product]]:
    """For each elementary factor to its power, the products whose sum it is."""
    found: list[list[_Product]] = []
    for row in {row for _, row in elementary}:
        powers = {kind: elementary[kind, row] for kind in ("plus", "minus", "modulus", "form")}
        if powers["form"] < 0:
            # ([±y]₊/y)²: a gate.
            side = "plus" if powers["plus"] >= 2 else "minus"
            if powers["form"] < -2 or powers[side] < 2:
                raise _unknown(dot(row, gaussian_input) ** powers["form"])
            powers["form"], powers[side] = powers["form"] + 2, powers[side] - 2
            gate = _Product(gates=frozenset({row}))
            found.append([gate] if side == "plus" else [_Product(), replace(gate, coefficient=Integer(-1))])
        neuron, form = _Product(neurons=(row,)), _Product(forms=(row,))
        opposite = replace(form, coefficient=Integer(-1))
        found += [[neuron]] * powers["plus"] + [[form]] * powers["form"]
        found += [[neuron, opposite]] * powers["minus"]
        found += [[replace(neuron, coefficient=Integer(2)), opposite]] * powers["modulus"]
    return found


def _simplified(product: _Product) -> _Product:
    """(b·x) 1{b·x ≥ 0} = [b·x]₊, (b·x)[b·x]₊ = [b·x]₊², and a neuron opens its own gate."""
    neurons: list[Expr] = list(product.neurons)
    forms: list[Expr] = []
    for row in product.forms:
        (neurons if row in product.gates or row in neurons else forms).append(row)
    return replace(product, neurons=tuple(neurons), forms=tuple(forms), gates=product.gates - frozenset(neurons))


def _mean(product: _Product) -> Expr:
    neurons, forms, gates = product.neurons, product.forms, tuple(product.gates)
    if len(neurons) + len(forms) != 2 or len(gates) > 1:
        raise _unknown(product)
    if not neurons:
        return dot(*forms) * (_HALF if gates else 1)
    if len(neurons) == 2 and not gates:
        first, second = neurons
        return dot(first, first) / 2 if first == second else _kernel(first, second)
    if len(neurons) == 2 and neurons[0] != neurons[1]:
        raise _unknown(product)
    (row, other) = (*neurons, *forms)
    if not gates:
        return dot(row, other) / 2
    (gate,) = gates
    return 2 * _kernel(gate, row, "p") * dot(gate, other) + _kernel(gate, row, "c") * dot(row, other)


def _kernel(first: Expr, second: Expr, which: str | None = None) -> Expr:
    x, y = (Row(vector=row, direction=row, norm=norm(row), square=dot(row, row)) for row in (first, second))
    return kernel_of(Setting(model=find_model("xu23a")), x, y, which)


def _unknown(what: object) -> ValueError:
    return ValueError(
        f"no closed form is known for the Gaussian mean of {what}; two neurons or forms and one gate at most"
    )
