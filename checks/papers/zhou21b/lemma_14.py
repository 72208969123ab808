"""Lemma 14, p. 13, and Lemma C.5, p. 32: gradient and masses are bounded by the loss."""

from sympy import pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._residual import residual_at
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.mean_steps import Mean
from theory.steps import RootStep
from theory.vocabulary import Theta, gradient_norm, loss, student_mass

_any = Networks(model="zhou21b", students=(1, 5), teachers=(1, 4), dimension=(1, 5))
_gap = sqrt(pi * loss)
_excess = student_mass - Theta
# π L − (S − Θ)² = π/2 times the variance of R, since E R² = 2L and E R = √(2/π) (S − Θ).
_variance = pi / 2 * Mean((residual_at - sqrt(2 / pi) * _excess) ** 2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-14",
        title="‖∇L‖² ≤ 8 L (Θ + √(πL))",
        label="Lemma 14",
        page="13",
        printed=r"L(W)=O(r^2w_{\max}^2)\ \Rightarrow\ \|\nabla L\|_F^2=O(r^3w_{\max}^3)",
        given=_any,
        then=AtMost(gradient_norm**2, 8 * loss * (Theta + _gap)),
        mutants={"2 for 8": Mutant(then=AtMost(gradient_norm**2, 2 * loss * Theta))},
        uses=("zhou21b/lemma-D.3", "zhou21b/lemma-C.5"),
        note="the printed bound with explicit constants, since Θ ≤ r w_max",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-14/sharp",
        title="‖∇L‖² ≤ 8 L S for every network",
        label="Lemma 14",
        page="13",
        given=_any,
        then=AtMost(gradient_norm**2, 8 * loss * student_mass),
        mutants={"7 for 8": Mutant(then=AtMost(gradient_norm**2, 7 * loss * student_mass))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.5",
        title="S ≤ Θ + √(πL)",
        label="Lemma C.5",
        page="32",
        printed=r"L(W)=O(r^2w_{\max}^2)\ \Rightarrow\ \sum_j\|w_j\|^2=O(rw_{\max})",
        given=_any,
        then=AtMost(student_mass, Theta + _gap),
        slack_as=(RootStep(_gap, _excess, _variance),),
        mutants={"half the root": Mutant(then=AtMost(student_mass, Theta + _gap / 2))},
        note="the printed bound with explicit constants, since Θ ≤ r w_max",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.5/sharp",
        title="|S − Θ| ≤ √(πL)",
        label="Lemma C.5",
        page="32",
        given=_any,
        then=All(AtMost(student_mass - Theta, _gap), AtMost(Theta - student_mass, _gap)),
        slack_as=(RootStep(_gap, _excess, _variance), RootStep(_gap, -_excess, _variance)),
        mutants={"half the root": Mutant(then=AtMost(Theta - student_mass, _gap / 2))},
        expected=Verdict.PROVED,
    ),
)
