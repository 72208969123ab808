"""Lemma 13, pp. 12 and 42–45: how much the loss can grow beyond its linear part."""

from sympy import Rational, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import against, largest_norm
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.displacement import displaced
from theory.heads import dot, norm
from theory.symbols import V, i, m, over, teachers
from theory.vocabulary import Theta, gradient, loss, student_mass

_mass = m * largest_norm(teachers)
_any = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), directions=("V",))
_below = Networks(
    model="zhou21b",
    students=(1, 4),
    teachers=(1, 3),
    dimension=(1, 4),
    directions=("V",),
    where=(AtMost(loss, _mass**2),),
)
_square = over(norm(V[i]) ** 2, i)
_moved = displaced(loss, V[i])
_linear = loss + over(dot(gradient[i], V[i]), i)
_size = (Theta + student_mass + _square) ** 2


def _printed(root, quadratic, quartic):  # type: ignore[no-untyped-def]
    """The printed bound with its three constants."""
    power = _mass ** Rational(1, 4) * sqrt(loss) * _square ** Rational(3, 4)
    return _linear + root * power + quadratic * _mass * _square + quartic * _square**2


_curvature = (6 + 4 / pi) * (student_mass + _square) + Theta
_stronger = _linear + _curvature * _square

CLAIMS = (
    Claim(
        id="zhou21b/lemma-13",
        title="the loss exceeds its linear part at most by terms of order 3/2, 2 and 4",
        label="Lemma 13",
        page="12",
        printed=r"L(W+U)\le L(W)+\langle\nabla L,U\rangle+O(r^{1/4}w_{\max}^{1/4})L^{1/2}\|U\|_F^{3/2}+O(rw_{\max})\|U\|_F^2"
        r"+O(1)\|U\|_F^4",
        given=_below,
        then=against(_size, _moved, _printed(1, 22, 8)),
        mutants={"small constants": Mutant(then=against(_size, _moved, _printed(1, Rational(1, 4), Rational(1, 8))))},
        uses=(
            "zhou21b/lemma-13-gamma",
            "zhou21b/lemma-13-taylor",
            "zhou21b/lemma-13-I3-identity",
            "zhou21b/lemma-13-I3-upper",
            "zhou21b/lemma-13-I3-phi",
            "zhou21b/lemma-13-I3-display",
            "zhou21b/lemma-13-cos",
            "zhou21b/lemma-13-cases",
            "zhou21b/lemma-13-cases-1",
            "zhou21b/lemma-13-cases-2",
            "zhou21b/lemma-13-assembly",
            "zhou21b/lemma-13-assembly-absorb",
            "zhou21b/lemma-D.1",
            "zhou21b/lemma-D.2",
            "zhou21b/lemma-D.4",
            "zhou21b/lemma-C.5",
        ),
        note="with the constants 1, 22 and 8, for L ≤ r² w_max²; U = V. The term of order 3/2 is not needed",
        erratum=Erratum(
            weight="typo",
            what="Appendix D calls it Theorem 13",
            reader="pp. 47 and 55",
            mend="read Lemma 13",
        ),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13/stronger",
        title="the loss exceeds its linear part at most by ((6 + 4/π)(S + ‖U‖²) + Θ)‖U‖², for all W and U",
        label="Lemma 13",
        page="12",
        given=_any,
        then=against(_size, _moved, _stronger),
        mutants={
            "a fifth of the curvature": Mutant(then=against(_size, _moved, _linear + _curvature * _square / 5)),
        },
        uses=("zhou21b/lemma-13-hessian",),
        note="no hypothesis on the loss and no term of order 3/2",
        expected=Verdict.SUPPORTED,
    ),
)
