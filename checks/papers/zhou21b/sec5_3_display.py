"""Page 10, display: the loss when no student is near a teacher."""

from sympy import Rational, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import largest_norm
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.heads import largest, line_angle, smallest
from theory.symbols import a, i, m, teachers, w
from theory.vocabulary import loss

_given = Networks(
    model="zhou21b", students=(1, 6), teachers=(1, 3), dimension=(2, 4), near_optimum=True, separation=separation
)
# δ: the largest angle at which some teacher sees no student.
_hole = largest(smallest(line_angle(w[i], teachers[a]), i), a)
_scale = smallest_teacher ** Rational(5, 2) * (m * largest_norm(teachers)) ** Rational(-3, 2) * _hole ** Rational(3, 2)

CLAIMS = (
    Claim(
        id="zhou21b/sec5.3-display",
        title="the root of the loss is at least of the order w_min^{5/2} r^{−3/2} w_max^{−3/2} δ^{3/2}",
        label="p. 10, display",
        page="10",
        printed=r"L(W)^{1/2}\ge\Omega\big(w_{\min}^{5/2}r^{-3/2}w_{\max}^{-3/2}\delta^{3/2}\big)",
        given=_given,
        then=Bounded(ratio=_scale / sqrt(loss)),
        mutants={
            "the constant 1": Mutant(then=AtMost(_scale, sqrt(loss))),
            "first power of the loss": Mutant(then=Bounded(ratio=_scale / loss)),
        },
        uses=("zhou21b/lemma-9",),
        note="δ the angle within which some teacher has no student; for separation 1/2",
        expected=Verdict.MEASURED,
    ),
)
