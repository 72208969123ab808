"""Normal form of trigonometric polynomials, the ring in which every homogeneous dual kernel and its partials
live.

Elements are finite sums of rational multiples of

    ∏ x_i^{a_i} · π^b · 2^{0 or 1/2} · ∏ sin(t)^{e} cos(t)^{0 or 1},     a_i, b, e possibly negative,

over symbols x_i and angles t (symbols themselves).  Reducing cos² t to 1 − sin² t, and even powers of √2,
makes the representation unique: π is transcendental, and t, sin t are algebraically independent with cos t of
degree 2 over them. Hence two elements are equal as functions exactly when their normal forms are the same; no
sign, no zero test and no `simplify` of SymPy takes part.  Coefficients are Python fractions, so both SymPy
ground types give the same answer.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol, cos, pi, sin

__all__ = ["equal", "normal_form"]

Monomial = frozenset[tuple[Expr, Fraction]]
Form = dict[Monomial, Fraction]

_ONE: Monomial = frozenset()
_TWO = Integer(2)


def normal_form(expression: Expr) -> Expr:
    """The unique representative of ``expression``, factored as (common monomial) · (polynomial collected in
    cosines).

    Domain: sums, products and integer powers of rationals, symbols, π, √2 and sines and cosines of integer
    combinations of symbols and multiples of π/2; negative powers of single monomials without cosine;
    half-integer powers of π and of positive symbols.  Exact.
    Raises ValueError for anything else, naming the offending subexpression.
    """
    return _display(_form(expression))


def equal(first: Expr, second: Expr) -> bool:
    """Whether two elements of the ring are the same function: a decision, not a heuristic.

    Raises ValueError outside the ring, where nothing is decided.
    """
    return not _form(first - second)


def _form(node: Expr) -> Form:
    if isinstance(node, Rational):
        return _scalar(Fraction(int(node.p), int(node.q)))
    if node is pi or isinstance(node, Symbol):
        return {frozenset({(node, Fraction(1))}): Fraction(1)}
    if isinstance(node, Add):
        return reduce(_add, map(_form, node.args))
    if isinstance(node, Mul):
        return reduce(_multiply, map(_form, node.args))
    if isinstance(node, Pow):
        return _power(node)
    if isinstance(node, cos | sin):
        cosine, sine = _rotation(node.args[0])
        return cosine if isinstance(node, cos) else sine
    raise ValueError(
        f"{node} is no trigonometric polynomial (met {type(node).__name__}); bring it to sines and cosines"
    )


def _scalar(value: Fraction) -> Form:
    return {_ONE: value} if value else {}


def _add(first: Form, second: Form) -> Form:
    total = dict(first)
    for monomial, coefficient in second.items():
        value = total.get(monomial, Fraction(0)) + coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def _multiply(first: Form, second: Form) -> Form:
    total: Form = {}
    for left, alpha in first.items():
        for right, beta in second.items():
            exponents: dict[Expr, Fraction] = dict(left)
            for base, exponent in right:
                exponents[base] = exponents.get(base, Fraction(0)) + exponent
            total = _add(total, _reduce(exponents, alpha * beta))
    return total


def _reduce(exponents: dict[Expr, Fraction], coefficient: Fraction) -> Form:
    """Rewrite cos² = 1 − sin² and 2^{n + 1/2} = 2^n √2 until the monomial is reduced."""
    for base, exponent in exponents.items():
        if base == _TWO and not 0 <= exponent < 1:
            whole = exponent.numerator // exponent.denominator
            return _reduce({**exponents, base: exponent - whole}, coefficient * Fraction(2) ** whole)
        if isinstance(base, cos) and exponent >= 2:
            lowered = {**exponents, base: exponent - 2}
            sine = sin(base.args[0])
            with_sine = {**lowered, sine: lowered.get(sine, Fraction(0)) + 2}
            return _add(_reduce(lowered, coefficient), _reduce(with_sine, -coefficient))
        if isinstance(base, cos) and exponent < 0:
            raise ValueError(f"{base}**({exponent}) is not in the ring: only sines may stand in a denominator")
    return {frozenset((base, exponent) for base, exponent in exponents.items() if exponent): coefficient}


def _power(node: Pow) -> Form:
    base, exponent = node.args
    if not isinstance(exponent, Rational):
        raise ValueError(f"{node} has an exponent that is no rational number")
    power = Fraction(int(exponent.p), int(exponent.q))
    if power.denominator == 1 and power > 0:
        return _repeated(_form(base), int(power))
    if power.denominator == 2:
        if base == _TWO:
            return _reduce({_TWO: power}, Fraction(1))
        if not (base is pi or (isinstance(base, Symbol) and base.assumptions0.get("positive"))):
            raise ValueError(f"{node}: square roots are taken of 2, of π and of positive symbols only")
    form = _form(base)
    if len(form) != 1:
        raise ValueError(f"{node} divides by zero or by a sum; only single monomials may stand in a denominator")
    ((monomial, coefficient),) = form.items()
    scale = coefficient ** int(power) if power.denominator == 1 else Fraction(1)
    return _reduce({generator: degree * power for generator, degree in monomial}, scale)


def _repeated(form: Form, times: int) -> Form:
    return reduce(_multiply, [form] * times)


def _rotation(angle: Expr) -> tuple[Form, Form]:
    """(cos, sin) of Σ n_t t + r π/2 with integers n_t and r, by the addition theorem."""
    cosine, sine = _scalar(Fraction(1)), _scalar(Fraction(0))
    for monomial, coefficient in _form(angle).items():
        ((base, exponent),) = monomial if len(monomial) == 1 else ((None, Fraction(0)),)
        turns = 2 * coefficient if base is pi else coefficient
        if base is None or exponent != 1 or turns.denominator != 1 or base == _TWO:
            raise ValueError(f"angle {angle} is no integer combination of symbols and π/2")
        for _ in range(abs(int(turns))):
            step_cosine, step_sine = _quarter_or_angle(base)
            if turns < 0:
                step_sine = _negate(step_sine)
            cosine, sine = (
                _add(_multiply(cosine, step_cosine), _negate(_multiply(sine, step_sine))),
                _add(_multiply(sine, step_cosine), _multiply(cosine, step_sine)),
            )
    return cosine, sine


def _quarter_or_angle(base: Expr) -> tuple[Form, Form]:
    if base is pi:
        return _scalar(Fraction(0)), _scalar(Fraction(1))
    if not isinstance(base, Symbol):
        raise ValueError(f"angle {base} is no symbol")
    one = Fraction(1)
    return {frozenset({(cos(base), one)}): one}, {frozenset({(sin(base), one)}): one}


def _negate(form: Form) -> Form:
    return {monomial: -coefficient for monomial, coefficient in form.items()}


def _display(form: Form) -> Expr:
    """Common monomial and rational content first, then the bracket, collected by its cosines."""
    if not form:
        return Integer(0)
    content = Fraction(
        reduce(gcd, (abs(value.numerator) for value in form.values())),
        reduce(lcm, (value.denominator for value in form.values())),
    )
    bases = {base for monomial in form for base, _ in monomial}
    common = {base: min(dict(monomial).get(base, Fraction(0)) for monomial in form) for base in bases}
    bracket: dict[Expr, list[Expr]] = {}
    for monomial, coefficient in form.items():
        left = {base: dict(monomial).get(base, Fraction(0)) - common[base] for base in bases}
        cosines = _product({base: exponent for base, exponent in left.items() if isinstance(base, cos)})
        rest = _product({base: exponent for base, exponent in left.items() if not isinstance(base, cos)})
        bracket.setdefault(cosines, []).append(_rational(coefficient / content) * rest)
    inner = Add(*(Mul(cosines, Add(*terms)) for cosines, terms in bracket.items()))
    return Mul(_rational(content), _product(common), inner)


def _product(exponents: dict[Expr, Fraction]) -> Expr:
    return Mul(*(Pow(base, _rational(exponent)) for base, exponent in exponents.items()))


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)
