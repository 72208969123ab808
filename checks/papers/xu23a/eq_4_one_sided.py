"""The loss beside a vanishing student, where the gradient (4) is undefined."""

from sympy import Expr, Rational

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._altered import loss_with, pair
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import j, nu, over, v, w, xi
from theory.vocabulary import loss

_slope = over(pair(w[j], xi), j) - pair(xi, v)


def _expansion(quadratic: Rational, factor: int = 1) -> Expr:
    return loss + factor * nu * _slope + quadratic * nu**2 * dot(xi, xi)


CLAIMS = (
    Claim(
        id="xu23a/eq-4/one-sided",
        title="one-sided derivative of the loss at a vanishing student",
        given=Networks(
            model="xu23a",
            students=(1, 5),
            dimension=(1, 5),
            vectors=("xi",),
            scalars={nu: (Rational(1, 1000), 10)},
        ),
        then=Equal(loss_with([nu * xi]), _expansion(Rational(1, 4))),
        mutants={
            "twice the slope": Mutant(then=Equal(loss_with([nu * xi]), _expansion(Rational(1, 4), 2))),
            "half the square": Mutant(then=Equal(loss_with([nu * xi]), _expansion(Rational(1, 8)))),
        },
        note="a student at 0 moved to νξ, ν > 0: the derivative along ξ is Σ_j Υ(w_j, ξ) − Υ(v, ξ) = E[R(x) "
        "[ξ·x]₊], "
        "exactly and with the square term",
        expected=Verdict.PROVED,
    ),
)
