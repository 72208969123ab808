"""Theorem 4, p. 6: near the optimum the gradient is at least a multiple of the loss."""

from sympy import pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Bounded
from checks.verdict import Verdict
from theory.vocabulary import Delta, Theta, gradient_norm, loss

# The threshold of the theorem depends on Δ: there are stationary points with L of the order Δ³/10 for unit teachers.
_near = Networks(
    model="zhou21b",
    students=(1, 6),
    teachers=(1, 3),
    dimension=(1, 4),
    near_optimum=True,
    separation=separation,
    where=(AtMost(125 * loss, smallest_teacher**2 * Delta**3),),
)
_ratio = loss / (gradient_norm * sqrt(Theta))

CLAIMS = (
    Claim(
        id="zhou21b/theorem-4",
        title="the gradient is at least κ times the loss near the optimum",
        label="Theorem 4",
        page="6",
        printed=r"\|\nabla_WL(W)\|_F\ge\kappa L(W),\quad\kappa=\Theta(r^{-1/2}w_{\max}^{-1/2})",
        given=_near,
        then=Bounded(ratio=_ratio),
        options={
            "table": {"teachers": (1, 2, 3), "students": (3, 4, 6), "Delta": ("1/10", "1/4", "1/2", "1")},
        },
        mutants={
            "exponent one half": Mutant(then=Bounded(ratio=sqrt(loss) / gradient_norm)),
            "without the mass": Mutant(then=Bounded(ratio=loss / gradient_norm)),
        },
        uses=(
            "zhou21b/lemma-8",
            "zhou21b/lemma-9",
            "zhou21b/lemma-C.5",
            "zhou21b/eq-7",
            "zhou21b/eq-7-inverse",
            "zhou21b/eq-7-q",
        ),
        note="the constant is sup L / (‖∇L‖ √Θ), Θ the sum of the teachers' norms, for separation 1/2 and "
        "L ≤ w_min² Δ³/125",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/theorem-4/explicit",
        title="the gradient is at least the loss divided by √(6Θ + 2√(πL)) near the optimum",
        label="Theorem 4, constant of its proof",
        page="18",
        given=_near,
        then=AtMost(loss**2, gradient_norm**2 * (6 * Theta + 2 * sqrt(pi * loss))),
        mutants={
            "a hundredth of the constant": Mutant(then=AtMost(loss**2, gradient_norm**2 * Theta / 5000)),
        },
        expected=Verdict.SUPPORTED,
    ),
)
