"""Toy Cases 2 and 3, p. 19, and Remark 16, p. 13: students on the teacher's ray, and equal students."""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Rational, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.xu23a._setting import unit_student
from checks.relation import Below, Equal
from checks.verdict import Verdict
from theory.heads import after_step, dot, norm, smallest
from theory.symbols import beta, eta, i, n, over, v, w, xi
from theory.vocabulary import Z, gradient, residual, theta, v_norm

_ray = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(1, 3),
    coefficients=("beta",),
    scalars={eta: (0, Rational(1, 3))},
    students_as=beta[i] * v,
    where=(Below(0, smallest(beta[i], i)),),
)
_line = replace(_ray, where=())
_sum = over(dot(w[i], v), i) / dot(v, v)
_factor = 1 - n * eta / 2
_minimiser = Point.of(
    students=[["1/2"], ["1/2"]], teachers=[[1]], beta=["1/2", "1/2"], eta="1/10", note="λ = (½, ½), a minimiser"
)
_equal = Networks(
    model="xu23a",
    students=(1, 4),
    dimension=(1, 4),
    coefficients=("beta",),
    vectors=("xi",),
    # The factor is 1; a tree without an index would build a single student.
    students_as=(cos(beta[i]) ** 2 + sin(beta[i]) ** 2) * xi,
    where=(Below(0, norm(xi)),),
)


def _towards(limit: int) -> Equal:
    """Σλ_i − limit contracts by 1 − nη/2."""
    return Equal(after_step(_sum - limit), _factor * (_sum - limit))


_turned = theta[i] * v - v_norm * sin(theta[i]) * unit_student(i)
_printed: Expr = (n * w[i] - v) / 2 + _turned / (2 * pi)
_single: Expr = n * ((w[i] - v / n) / 2 + _turned / n / (2 * pi))

CLAIMS = (
    Claim(
        id="xu23a/toy-2",
        title="students on the teacher's ray: Σλ_i converges exponentially fast, as printed to 0",
        label="Toy Case 2",
        page="19",
        printed=r"\textstyle\sum_i\lambda_i\ \text{converges exponentially fast to}\ 0",
        given=_ray,
        then=_towards(0),
        witness=_minimiser,
        mutants={"to 2": Mutant(then=_towards(2), witness=_minimiser)},
        uses=("xu23a/eq-4",),
        note="as contraction by 1 − nη/2 at every step",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the limit of Σλ_i is 1",
            reader="λ = (½, ½) is a minimiser, where Σλ_i = 1 stays",
            mend="xu23a/toy-2/corrected",
            charity="the linear rate is right",
        ),
    ),
    Claim(
        id="xu23a/toy-2/corrected",
        title="Σλ_i − 1 contracts by 1 − nη/2",
        given=_ray,
        then=_towards(1),
        mutants={
            "to 0": Mutant(then=_towards(0), witness=_minimiser),
            "also behind the origin": Mutant(given=_line),
        },
        uses=("xu23a/toy-2/gradient",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/toy-2/gradient",
        title="on the teacher's ray the gradient is half the residual",
        label="Toy Case 2",
        page="19",
        printed=r"\nabla_i=\tfrac12\Big(\sum_jw_j-v\Big)",
        given=_ray,
        then=Equal(gradient[i], residual / 2),
        mutants={
            "the whole": Mutant(then=Equal(gradient[i], residual)),
            "also behind the origin": Mutant(given=_line),
        },
        uses=("xu23a/eq-4",),
        note="all angles are 0 since λ_i > 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/toy-3",
        title="equal students move as n copies of one student with the teacher v/n",
        label="Toy Case 3",
        page="19",
        printed=r"\nabla_i=\tfrac12(nw_i-v)+\tfrac1{2\pi}[-\|v\|\sin\theta_i\bar w_i+\theta_iv]",
        given=_equal,
        then=Equal(gradient[i], _printed),
        mutants={
            "sign": Mutant(then=Equal(gradient[i], (n * w[i] - v) / 2 - _turned / (2 * pi))),
            "once": Mutant(then=Equal(gradient[i], _single / n)),
        },
        uses=("xu23a/eq-4",),
        note="which is n times the gradient of one student w_i for the teacher v/n",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/remark-16",
        title="the potential vanishes for one student and in Toy Cases 2 and 3",
        label="Remark 16",
        page="13",
        printed=r"Z=0\ \text{for}\ n=1\ \text{and in toy cases 2 and 3}",
        given=Networks(
            model="xu23a",
            students=(1, 4),
            dimension=(1, 4),
            coefficients=("beta",),
            vectors=("xi",),
            students_as=beta[i] * v + xi,
        ),
        then=Equal(Z, 0),
        mutants={
            "every network": Mutant(given=Networks(model="xu23a", students=(1, 3), dimension=(2, 3))),
        },
        uses=("xu23a/toy-2", "xu23a/toy-3"),
        note="w_i = β_i v + ξ contains all three: ξ = 0, β = 0, n = 1",
        expected=Verdict.PROVED,
    ),
)
