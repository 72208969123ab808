"""The one glossary: every letter that a formula of lemmata may use, with its meaning.

Rows are neurons.  ``n`` students ``w[i]`` and ``m`` teachers ``v[a]`` live in dimension ``d``; an axis symbol that is
left free in a statement means "for all".  Papers' own letters are mapped to these once per paper.
"""

from __future__ import annotations

from sympy import Dummy, Expr, IndexedBase, Sum, Symbol

__all__ = [
    "AXES",
    "AXIS_SIZE",
    "H",
    "N",
    "V",
    "a",
    "axis_of",
    "b",
    "beta",
    "c",
    "d",
    "eta",
    "fresh",
    "gamma",
    "i",
    "j",
    "k",
    "l",
    "m",
    "mu",
    "n",
    "nu",
    "over",
    "p",
    "q",
    "rho1",
    "rho2",
    "student_weight",
    "t",
    "teacher_weight",
    "teachers",
    "theta",
    "v",
    "w",
    "x",
    "xi",
]

# Gram variables of a pair of rows u, u': p = |u|^2, q = |u'|^2, c = u.u' ; in the polar chart rho1 = |u|, rho2 = |u'|, theta = angle.
p, q = Symbol("p", positive=True), Symbol("q", positive=True)
c = Symbol("c", real=True)
rho1, rho2 = Symbol("rho_1", positive=True), Symbol("rho_2", positive=True)
theta = Symbol("theta", positive=True)

# Sizes: n students, m teachers, dimension d, N samples.
n, m, d, N = (Symbol(name, integer=True, positive=True) for name in ("n", "m", "d", "N"))

# Index axes: i, j, k, l over students; a, b over teachers; mu over samples.
i, j, k, l = (Symbol(name, integer=True) for name in ("i", "j", "k", "l"))
a, b = Symbol("a", integer=True), Symbol("b", integer=True)
mu = Symbol("mu", integer=True)
AXES: dict[Symbol, str] = {**dict.fromkeys((i, j, k, l), "student"), a: "teacher", b: "teacher", mu: "sample"}
AXIS_SIZE: dict[str, Symbol] = {"student": n, "teacher": m, "sample": N}

# Vector families: students w[i], teachers v[a] (v alone is the teacher of a single-teacher model), directions V[i] and
# H[i] in the space of students, samples x[mu] (x alone is the Gaussian input under an expectation), a free vector xi.
w = IndexedBase("w", real=True)
teachers = IndexedBase("v", real=True)
v = Symbol("v", real=True)
V, H = IndexedBase("V", real=True), IndexedBase("H", real=True)
x = IndexedBase("x", real=True)
xi = Symbol("xi", real=True)

# Scalars carried by neurons: output weights, and free coefficients beta[i].
student_weight = IndexedBase("alpha", real=True)
teacher_weight = IndexedBase("omega", real=True)
beta = IndexedBase("beta", real=True)

# Scalars of the dynamics: step size, time, radius and threshold parameters.
eta, t, nu, gamma = (Symbol(name, real=True) for name in ("eta", "t", "nu", "gamma"))


def axis_of(symbol: Symbol) -> str:
    """Kind of axis ("student", "teacher" or "sample") that an index symbol runs over.

    Raises ValueError for a symbol that is not an index.
    """
    if symbol in AXES:
        return AXES[symbol]
    kind = getattr(symbol, "axis_kind", None)
    if kind is None:
        raise ValueError(f"index {symbol} runs over no known axis; use one of {', '.join(map(str, AXES))}")
    return str(kind)


class BoundIndex(Dummy):
    """A fresh index of a given axis, for sums that must not capture the indices of what they are multiplied with."""

    __slots__ = ("axis_kind",)
    axis_kind: str


def fresh(like: Symbol) -> BoundIndex:
    """A new index symbol over the same axis as ``like``."""
    index = BoundIndex(like.name, integer=True)
    index.axis_kind = axis_of(like)
    return index


def over(summand: Expr, *indices: Symbol) -> Sum:
    """Σ over the whole axis of each index: ``over(f, i, j)`` is Σ_{i=1}^n Σ_{j=1}^n f."""
    return Sum(summand, *((index, 1, AXIS_SIZE[axis_of(index)]) for index in indices))
