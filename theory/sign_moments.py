"""Gaussian moments with signs: E[Π sgn(x·u_s) Π (x·a_f)] over x ~ N(0, I), as trees in Gram variables.

|x·u| is sgn(x·u) (x·u).  Stein's identity E[(x·a) F] = E[a·∇F], with ∇ sgn(x·u) = 2 δ(x·u) u and x given x·u = 0
Gaussian on the hyperplane u⊥ with the density 1/(√(2π) ‖u‖), removes one form after the other:

    E_S[a P] = Σ_{b in P} ⟨a, b⟩ E_S[P∖b] + Σ_{u in S} √(2/π) ⟨a, ū⟩ E_{S∖u}[P], all vectors projected onto u⊥,

down to E[1] = 1 and E[sgn(x·u) sgn(x·v)] = 1 − 2∠(u, v)/π.  Exact in every dimension for up to three signs; four
remain only where forms are missing, which has no elementary closed form.
"""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, pi, sin, sqrt

from theory.heads import angle, dot, norm

__all__ = ["sign_moment"]

Vectors = tuple[Expr, ...]


def sign_moment(signs: Vectors, forms: Vectors) -> Expr:
    """E[Π sgn(x·u) Π (x·a)] for u in ``signs`` and a in ``forms``.

    Undefined where a sign's vector vanishes, and where two of them are parallel unless a form is one of them.  Raises
    ValueError for four signs or more that no form reduces.
    """
    return _Space(()).moment(signs, forms)


class _Space:
    """The orthogonal complement of vectors projected off, in this order; vectors stay written as they were."""

    def __init__(self, removed: Vectors) -> None:
        self.removed = removed

    def outside(self) -> _Space:
        return _Space(self.removed[:-1])

    def inner(self, x: Expr, y: Expr) -> Expr:
        if not self.removed:
            return dot(x, y)
        wider, axis = self.outside(), self.removed[-1]
        return wider.inner(x, y) - wider.along(x, axis) * wider.along(y, axis)

    def length(self, x: Expr) -> Expr:
        if not self.removed:
            return norm(x)
        if len(self.removed) == 1:  # keeps its digits, and its zero, where x is nearly parallel to the axis
            return norm(x) * sin(angle(x, self.removed[0]))
        return sqrt(self.inner(x, x))

    def along(self, x: Expr, axis: Expr) -> Expr:
        return self.length(x) if x == axis else self.inner(x, axis) / self.length(axis)

    def projected(self, x: Expr) -> Expr:
        result = x
        for level, axis in enumerate(self.removed):
            space = _Space(self.removed[:level])
            result = result - space.along(x, axis) / space.length(axis) * space.projected(axis)
        return result

    def moment(self, signs: Vectors, forms: Vectors) -> Expr:
        signs = tuple(u for u in dict.fromkeys(signs) if signs.count(u) % 2)
        if (len(signs) + len(forms)) % 2:
            return Integer(0)
        if not forms:
            return self._signs_alone(signs)
        if not self.removed and len(signs) == len(forms) == 2 and not set(signs) & set(forms):
            return _bilinear(signs, forms)
        pivot = next((place for place, form in enumerate(forms) if form not in signs), 0)
        first, rest = forms[pivot], forms[:pivot] + forms[pivot + 1 :]
        terms = [
            Mul(self.inner(first, other), self.moment(signs, rest[:place] + rest[place + 1 :]))
            for place, other in enumerate(rest)
        ]
        for axis in signs:
            if axis in rest:  # it is 0 on its own hyperplane
                continue
            narrower = _Space((*self.removed, axis))
            left = tuple(u for u in signs if u != axis)
            terms.append(sqrt(2 / pi) * self.along(first, axis) * narrower.moment(left, rest))
        return Add(*terms)

    def _signs_alone(self, signs: Vectors) -> Expr:
        if not signs:
            return Integer(1)
        if len(signs) > 2:
            raise ValueError(f"the expectation of a product of {len(signs)} signs has no closed form; use at most two")
        return 1 - 2 * angle(*(self.projected(u) for u in signs)) / pi


def _bilinear(signs: Vectors, forms: Vectors) -> Expr:
    """E[sgn(x·u) sgn(x·v) (x·a)(x·b)] = (1 − 2φ/π)⟨a, b⟩ + (2 sin φ/π)(⟨a, μ⟩⟨b, μ⟩ − ⟨a, ν⟩⟨b, ν⟩), φ = ∠(u, v).

    μ and ν are unit along ū ± v̄.  The recursion gives the same with a division by sin φ; here the directions stay bounded,
    so that rounding is of the order of sin φ near parallel rows.
    """
    (u, v), (a, b) = signs, forms
    phi = angle(u, v)
    plane = Integer(0)
    for side in (1, -1):
        axis = u / norm(u) + side * v / norm(v)
        plane += side * dot(a, axis) * dot(b, axis) / dot(axis, axis)
    return (1 - 2 * phi / pi) * dot(a, b) + 2 * sin(phi) / pi * plane
