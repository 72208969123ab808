"""Section 3, p. 4: the solutions w_* qᵀ of zero test error, and that there are no others."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import beta, i, j, over, v, w, xi
from theory.vocabulary import alignment, loss, trace_gap, z

_line = Networks(
    model="wang21a",
    students=(1, 5),
    dimension=(1, 5),
    coefficients=("beta",),
    vectors=("xi",),
    students_as=beta[i] * v,
)
_q_square = over(beta[i] ** 2, i)
_output = over(dot(w[i], xi) ** 2, i)

# Blocks of the gap matrix A = W Wᵀ − w_* w_*ᵀ along the teacher, between the two, and across it.
_along = alignment**2 / s**2 - s**2
_between = over(dot(w[j], v) / s * z[j], j)
_across = over(dot(z[i], z[j]) ** 2, i, j)
_squares = trace_gap**2 / 4 + _along**2 / 2 + dot(_between, _between) + _across / 2

CLAIMS = (
    Claim(
        id="wang21a/global-minima",
        title="w_* qᵀ has no test error exactly for ‖q‖ = 1",
        label="p. 4",
        page="4",
        printed=r"W=w_*q^\top,\ \|q\|_2=1\ \Rightarrow\ \|x^\top W\|^2-(x^\top w_*)^2=0\quad\text{for every "
        r"}x",
        given=_line,
        then=All(
            Equal(_output, _q_square * dot(v, xi) ** 2),
            Equal(loss, Rational(3, 4) * s**4 * (1 - _q_square) ** 2),
        ),
        mutants={
            "any q": Mutant(then=Equal(_output, dot(v, xi) ** 2)),
            "no loss for any q": Mutant(then=Equal(loss, 0)),
        },
        note="at ‖q‖ = 1 the first line is the printed one; the second shows that every other multiple is no minimum",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/global-minima/converse",
        title="the loss as a sum of squares that vanish together only at w_* qᵀ with ‖q‖ = 1",
        label="p. 4",
        page="4",
        printed=r"F(W)=0\ \Leftrightarrow\ W=w_*q^\top\ \text{with}\ \|q\|_2=1",
        given=Networks(model="wang21a", students=(1, 5), dimension=(1, 5)),
        then=Equal(loss, _squares),
        mutants={"without the block between": Mutant(then=Equal(loss, _squares - dot(_between, _between)))},
        note="F = 0 forces Σ⟨z_i, z_j⟩² = 0, so every z_i = 0 and W = w_* qᵀ with q = Wᵀw_*/‖w_*‖², and "
        "‖Wᵀw_*‖ = ‖w_*‖², so ‖q‖ = 1",
        expected=Verdict.PROVED,
    ),
)
