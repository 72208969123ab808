"""Page 12, display: the norm of R_2 is at most the sum of the norms of its summands."""

from sympy import Rational, pi

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import against
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import a, i, m, over, w
from theory.vocabulary import R2_square, Theta, near, nearest_angle, student_mass

# Binary64 does not resolve R_1, and with it R_2, for teachers that are nearly parallel.
_given = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), separation=Rational(1, 50))
_group = over(near[i, a] * norm(w[i]) ** 2 * nearest_angle[i] ** Rational(3, 2), i)
_right = m * over(_group**2, a)
_size = (student_mass + Theta) ** 2

CLAIMS = (
    Claim(
        id="zhou21b/sec5.4-R2-display",
        title="‖R_2‖² ≤ r Σ_i (Σ_{j∈T_i} ‖w_j‖² δ_j^{3/2})²",
        label="p. 12, display",
        page="12",
        printed=r"\|R_2\|^2\le r\sum_i\left(\sum_{j\in T_i}\|w_j\|^2\delta_j^{3/2}\right)^2",
        given=_given,
        then=against(_size, R2_square, _right),
        mutants={"half": Mutant(then=against(_size, R2_square, _right / 2))},
        uses=("zhou21b/lemma-C.10",),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/sec5.4-R2-display/sharp",
        title="with the factor 8/(3π) < 1",
        label="p. 12, display",
        page="12",
        given=_given,
        then=against(_size, R2_square, 8 * _right / (3 * pi)),
        mutants={"4/(3π)": Mutant(then=against(_size, R2_square, 4 * _right / (3 * pi)))},
        note="the factor is reached as δ → 0, for one student and one teacher",
        expected=Verdict.SUPPORTED,
    ),
)
