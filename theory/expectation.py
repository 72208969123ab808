"""Gaussian expectations of polynomials in linear forms, their absolute values and signs, as trees in Gram variables.

E over x ~ N(0, I) of a product of an even number of forms ⟨x, u_1⟩ … ⟨x, u_2r⟩ is the sum over all pairings of the products of
⟨u_a, u_b⟩ (Isserlis); an odd number gives 0.  Factors |⟨x, u⟩| and sgn⟨x, u⟩ go through `theory.sign_moments`.  Factors
‖x‖² = ⟨x, x⟩ are independent of the direction of x, so that E[‖x‖² f] = (d + k) E f for f homogeneous of degree k.  Exact,
in every dimension.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Add, Expr, Integer, Mul, Pow, Sum

from theory.heads import dot, gaussian_input, magnitude, norm
from theory.indicators import sgn
from theory.sign_moments import sign_moment
from theory.symbols import d, fresh

__all__ = ["gaussian_expectation"]


@dataclass(frozen=True, kw_only=True)
class _Monomial:
    """coefficient · ‖x‖^{2 squares} · Π ⟨x, form⟩ · Π sgn⟨x, sign⟩, summed over ``limits``."""

    coefficient: Expr
    forms: tuple[Expr, ...] = ()
    signs: tuple[Expr, ...] = ()
    squares: int = 0
    limits: tuple[tuple[Expr, ...], ...] = ()

    def renamed(self) -> _Monomial:
        """The same monomial with fresh summation indices, so that it can be multiplied with its own copy."""
        names = {limit[0]: fresh(limit[0]) for limit in self.limits}
        return _Monomial(
            coefficient=self.coefficient.xreplace(names),
            forms=tuple(form.xreplace(names) for form in self.forms),
            signs=tuple(sign.xreplace(names) for sign in self.signs),
            squares=self.squares,
            limits=tuple((names[limit[0]], *limit[1:]) for limit in self.limits),
        )

    def times(self, other: _Monomial) -> _Monomial:
        """Product, with the summation indices of the other renamed."""
        other = other.renamed()
        return _Monomial(
            coefficient=self.coefficient * other.coefficient,
            forms=self.forms + other.forms,
            signs=self.signs + other.signs,
            squares=self.squares + other.squares,
            limits=self.limits + other.limits,
        )


def gaussian_expectation(tree: Expr) -> Expr:
    """E[tree] over x ~ N(0, I), for a polynomial tree in ⟨x, u⟩, |⟨x, u⟩|, sgn⟨x, u⟩, ‖x‖² and sums of them.

    Raises ValueError where x stands anywhere but in a dot product with a fixed vector or with itself.
    """
    total: list[Expr] = []
    for monomial in _monomials(tree):
        value = monomial.coefficient * _radial(monomial) * _moment(monomial)
        total.append(Sum(value, *monomial.limits) if monomial.limits and value != 0 else value)
    return Add(*total)


def _radial(monomial: _Monomial) -> Expr:
    """E[‖x‖^{2s} f] / E f for f homogeneous of degree k: (d + k)(d + k + 2) … (d + k + 2s − 2)."""
    degree = d + len(monomial.forms)
    return Mul(*(degree + 2 * place for place in range(monomial.squares)))


def _moment(monomial: _Monomial) -> Expr:
    if monomial.signs:
        return sign_moment(monomial.signs, monomial.forms)
    return Add(*(Mul(*(dot(*pair) for pair in pairing)) for pairing in _pairings(monomial.forms)))


def _monomials(tree: Expr) -> list[_Monomial]:
    if not tree.has(gaussian_input):
        return [_Monomial(coefficient=tree)]
    if tree in (dot(gaussian_input, gaussian_input), norm(gaussian_input) ** 2):
        return [_Monomial(coefficient=Integer(1), squares=1)]
    if isinstance(tree, dot):
        forms = [argument for argument in tree.args if argument != gaussian_input]
        if len(forms) == 1 and not forms[0].has(gaussian_input):
            return [_Monomial(coefficient=Integer(1), forms=(forms[0],))]
    if isinstance(tree, magnitude | sgn) and isinstance(tree.args[0], dot):
        (inner,) = _monomials(tree.args[0])
        kept = inner.forms if isinstance(tree, magnitude) else ()
        return [_Monomial(coefficient=Integer(1), forms=kept, signs=inner.forms)]
    if isinstance(tree, Add):
        return [monomial for term in tree.args for monomial in _monomials(term)]
    if isinstance(tree, Mul):
        return _product([_monomials(factor) for factor in tree.args])
    if isinstance(tree, Pow) and isinstance(tree.exp, Integer) and tree.exp > 0:
        return _product([_monomials(tree.base)] * int(tree.exp))
    if isinstance(tree, Sum):
        return [
            _Monomial(
                coefficient=one.coefficient,
                forms=one.forms,
                signs=one.signs,
                squares=one.squares,
                limits=(*one.limits, *map(tuple, tree.limits)),
            )
            for one in _monomials(tree.function)
        ]
    raise ValueError(
        f"the expectation of {tree} is not that of a polynomial in ⟨x, u⟩, |⟨x, u⟩|, sgn⟨x, u⟩ and ‖x‖²; write powers of "
        "dot(x, u), magnitude(dot(x, u)), sgn(dot(x, u)) and dot(x, x)"
    )


def _product(factors: list[list[_Monomial]]) -> list[_Monomial]:
    product = [_Monomial(coefficient=Integer(1))]
    for factor in factors:
        product = [left.times(right) for left in product for right in factor]
    return product


def _pairings(forms: tuple[Expr, ...]) -> Iterator[list[tuple[Expr, Expr]]]:
    if not forms:
        yield []
        return
    first, *rest = forms
    for place, partner in enumerate(rest):
        remaining = (*rest[:place], *rest[place + 1 :])
        for pairing in _pairings(remaining):
            yield [(first, partner), *pairing]
