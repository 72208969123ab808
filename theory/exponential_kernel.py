"""The dual kernel of a sum of terms P(z) e^{λz}, such as cos z, sin z and e^z, from the moment generating function.

    E X^m Y^n e^{λX + μY} = ∂_s^m ∂_t^n e^{(s²p + 2stc + t²q)/2} at s = λ, t = μ,

for X, Y of variances p, q and covariance c.  Rates may be imaginary: the function is entire in s and t.  Second route:
the Taylor series of σ(X) σ(Y), term by term by Wick's pairings, against that of the closed form.
"""

from __future__ import annotations

from math import factorial

from sympy import Add, Expr, I, Integer, Rational, Symbol, cos, diff, exp, sin

from theory.activation import Activation
from theory.chart import differentiate, polar_by_substitution
from theory.derivation import Step
from theory.exponential_terms import gaussian_rational
from theory.gaussian import isserlis
from theory.heads import expectation as expected
from theory.kernel import DualKernel
from theory.shapes import Exponentials, z
from theory.symbols import c, p, q

__all__ = ["exponential_kernel", "taylor_in_gram", "taylor_of_product"]

_S, _T = Symbol("s", real=True), Symbol("t", real=True)
_Z1, _Z2 = Symbol("z_1", real=True), Symbol("z_2", real=True)
_WORDS = ("p", "q", "c", "pp", "pq", "pc", "qq", "qc", "cc")


def exponential_kernel(activation: Activation) -> DualKernel:
    """Σ_jk P_j(∂_s) P_k(∂_t) e^{(s²p + 2stc + t²q)/2} at (λ_j, λ_k): a real sum of polynomials times exponentials and waves.

    Smooth on the whole domain.  Exact.
    """
    shape = activation.shape
    assert isinstance(shape, Exponentials)
    generating = exp((_S**2 * p + 2 * _S * _T * c + _T**2 * q) / 2)
    gram = Integer(0)
    for first in shape.terms:
        for second in shape.terms:
            at = {_S: first.rate, _T: second.rate}
            for m, left in enumerate(first.coefficients):
                for n, right in enumerate(second.coefficients):
                    if left == 0 or right == 0:
                        continue
                    polynomial = (diff(generating, _S, m, _T, n) / generating).expand()
                    exponent = (generating.args[0]).xreplace(at).expand()
                    gram += _real_part((left * right * polynomial.xreplace(at)).expand(), exponent)
    gram = gram.expand(power_exp=False)
    diagonal = _on_diagonal(gram)
    product = activation.definition.xreplace({z: _Z1}) * activation.definition.xreplace({z: _Z2})
    known = {"": gram}
    for word in _WORDS:
        known[word] = differentiate(known[word[:-1]], "gram", word[-1])
    titles = {word: f"∂{'' if len(word) == 1 else '²'}k/{''.join(f'∂{letter}' for letter in word)}" for word in _WORDS}
    steps = (
        Step(title="σ(z)", expression=activation.definition, note="activation"),
        Step(
            title="k(p, q, c)",
            expression=expected(product),
            note="z₁ = u·x and z₂ = u′·x are jointly Gaussian with variances p, q and covariance c",
        ),
        Step(
            title="E e^{s z₁ + t z₂}", expression=generating, note="moment generating function, also for imaginary s, t"
        ),
        Step(title="k(p, q, c)", expression=gram, note="real part of the sum over the rates of σ(z₁) and σ(z₂)"),
        *(Step(title=titles[word], expression=known[word]) for word in _WORDS),
        Step(title="k(p, p, p)", expression=diagonal, note="c = q = p"),
    )
    return DualKernel(
        activation=activation,
        chart="gram",
        gram=gram,
        polar=polar_by_substitution(gram),
        diagonal=diagonal,
        steps=steps,
    )


def _real_part(polynomial: Expr, exponent: Expr) -> Expr:
    """Re(polynomial · e^exponent) for a polynomial and an exponent over Q(i), in real p, q, c."""
    (real, imaginary), (growth, phase) = _split(polynomial), _split(exponent)
    wave = real if phase == 0 else real * cos(phase) - imaginary * sin(phase)
    return wave * exp(growth)


def _split(expression: Expr) -> tuple[Expr, Expr]:
    """Real and imaginary part of an expanded polynomial over Q(i) in real symbols."""
    real, imaginary = [], []
    for term in Add.make_args(expression):
        number, rest = term.as_independent(p, q, c, as_Add=False)
        one, other = gaussian_rational(number.expand())
        real.append(one * rest)
        imaginary.append(other * rest)
    return Add(*real), Add(*imaginary)


def _on_diagonal(gram: Expr) -> Expr:
    return gram.xreplace({q: p, c: p}).expand(power_exp=False)


def taylor_of_product(shape: Exponentials, degree: int) -> Expr:
    """Σ_{m+n ≤ degree} a_m a_n E X^m Y^n with σ(z) = Σ a_m z^m, by Wick's pairings.  Exact."""
    series = [_taylor_coefficient(shape, power) for power in range(degree + 1)]
    terms = [
        series[m] * series[n] * _Z1**m * _Z2**n for m in range(degree + 1) for n in range(degree + 1 - m)
    ]  # fmt: skip
    entries = {(_Z1, _Z1): p, (_Z2, _Z2): q}
    return isserlis(Add(*terms).expand(), (_Z1, _Z2), lambda a, b: entries.get((a, b), c))


def _taylor_coefficient(shape: Exponentials, power: int) -> Rational:
    """Coefficient of z^power of Σ P(z) e^{λz}: Σ_j P_j λ^{power − j}/(power − j)!."""
    total = Integer(0)
    for coefficients, rate in shape.terms:
        for j, value in enumerate(coefficients[: power + 1]):
            total += value * rate ** (power - j) / factorial(power - j)
    real, imaginary = gaussian_rational((total + 0 * I).expand())
    assert imaginary == 0
    return real


def taylor_in_gram(kernel: Expr, degree: int) -> Expr:
    """Taylor polynomial of a kernel in (p, q, c) with total degree ≤ degree/2, by differentiating along rays.  Exact."""
    ray = Symbol("t", real=True)
    along = kernel.xreplace({p: ray * p, q: ray * q, c: ray * c})
    total, order = Integer(0), 0
    while 2 * order <= degree:
        total += along.xreplace({ray: Integer(0)}) / factorial(order)
        along = diff(along, ray)
        order += 1
    return total.expand()
