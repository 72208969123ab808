"""Lemmas about the three models whose truth is known: false ones that a search has to refute, true ones that it may not.

Most false lemmas push the sharp constant of a true one past the truth; the others drop a hypothesis, or fail only on a
set that random instances never meet.  Why each true lemma holds stands beside it.
"""

from sympy import Expr, Rational, pi, sqrt

from checks import AtMost, Claim, Networks
from theory.heads import after_step, angle, dot, line_angle, magnitude, norm, rate, smallest
from theory.symbols import a, eta, i, j, over, teachers, v, w
from theory.vocabulary import (
    H,
    Theta,
    Z,
    gap_square,
    gradient,
    gradient_norm,
    hessian_form,
    loss,
    residual_norm,
    student_mass,
    theta,
    trace_gap,
    w_norm,
    z,
)

RELU = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))
SEVERAL = Networks(model="xu23a", students=(2, 5), dimension=(1, 5))
QUADRATIC = Networks(model="wang21a", students=(1, 4), dimension=(1, 3))
ABSOLUTE = Networks(model="zhou21b", students=(1, 5), teachers=(1, 3), dimension=(1, 5))
CURVED = {model: Networks(model=model, students=(1, 4), directions=("V",)) for model in ("wang21a", "xu23a", "zhou21b")}

NEAREST = smallest(line_angle(w[i], teachers[a]), a)  # from a student to the line of the nearest teacher


def _tiny(exponent: int) -> Expr:
    return Rational(1, 10**exponent)


def _near_optimum(exponent: int) -> Networks:
    """ReLU networks whose loss is at most 10^−exponent of that of no student at all."""
    small = AtMost(loss, _tiny(exponent) * norm(v) ** 2)
    return Networks(model="xu23a", students=(2, 5), dimension=(1, 5), where=(small,), near_optimum=True)


# (given, left, right): left ≤ right holds, and for no smaller multiple of the right side.
SHARP: dict[str, tuple[Networks, Expr, Expr]] = {
    # L = |r|²/4 + (1/2π) Σ s_a s_b |a||b| h(θ_ab), and the sum is at least −π|r|²/4.
    "residual": (RELU, residual_norm**2, 8 * loss),
    "angle": (RELU, w_norm[i] ** 2 * theta[i] ** 3, 4 * pi**3 * loss),  # xu23a/lemma-20 with the sharp constant
    # |E[R σ′(w·x) x]|² ≤ E[R²] E[1{w·x > 0} (u·x)²] = 2L · 1/2
    "gradient of one student": (RELU, dot(gradient[i], gradient[i]), loss),
    "missing mass": (RELU, magnitude(H), residual_norm),  # H = −⟨r, v̄⟩
    "pairwise distances": (  # triangle inequality, twice over each student
        Networks(model="xu23a", students=3, dimension=(2, 5)),
        Z,
        2 * over(norm(z[i]), i),
    ),
    "gap": (QUADRATIC, gap_square, 2 * loss),  # L = |A|²/2 + (tr A)²/4
    "trace": (QUADRATIC, trace_gap**2, Rational(12, 5) * loss),  # (tr A)² ≤ d |A|² with d ≤ 3
    "gradient": (ABSOLUTE, gradient_norm**2, 8 * student_mass * loss),  # zhou21b/lemma-14 with the sharp constant
    "mass": (  # on the line R = (S − Θ)|x|
        Networks(model="zhou21b", students=(1, 5), teachers=(1, 3), dimension=1),
        student_mass - Theta,
        sqrt(2 * loss),
    ),
    # E|a·x||b·x| is between 2/π and 1 times |a||b|
    "cross term": (ABSOLUTE, loss - student_mass**2 / 2 - Theta**2 / 2, -2 / pi * student_mass * Theta),
}

TRUE: dict[str, Claim] = {
    **{f"{name}, sharp": Claim(given=given, then=AtMost(left, right)) for name, (given, left, right) in SHARP.items()},
    **{
        f"{name}, with room": Claim(given=given, then=AtMost(left, 2 * right))
        for name, (given, left, right) in SHARP.items()
        if name != "cross term"
    },
    "flow decreases the loss": Claim(given=SEVERAL, then=AtMost(rate(loss), 0)),
    "flow decreases the quadratic loss": Claim(given=QUADRATIC, then=AtMost(rate(loss), 0)),
    "angles are angles": Claim(given=SEVERAL, then=AtMost(theta[i, j], theta[i] + theta[j])),
    "line angles": Claim(given=ABSOLUTE, then=AtMost(NEAREST, pi / 2)),
    "optimum is reached": Claim(given=RELU, then=AtMost(0, loss)),
    "residual by norms": Claim(given=RELU, then=AtMost(residual_norm, over(w_norm[i], i) + norm(v))),
    "loss by norms": Claim(given=RELU, then=AtMost(loss, (over(w_norm[i], i) + norm(v)) ** 2 / 4)),
    "exponent two thirds": Claim(
        given=Networks(model="xu23a", students=2, dimension=2, where=(AtMost(loss, _tiny(4) * norm(v) ** 2),)),
        then=AtMost(loss ** Rational(2, 3), 100 * norm(v) ** Rational(1, 3) * gradient_norm),
    ),
    "across": Claim(given=RELU, then=AtMost(norm(z[i]), w_norm[i])),
    "absolute loss by masses": Claim(given=ABSOLUTE, then=AtMost(loss, (student_mass + Theta) ** 2 / 2)),
    "mass in any dimension": Claim(
        given=ABSOLUTE, then=AtMost(student_mass - Theta, sqrt(pi * loss))
    ),  # S − Θ = E[R] √(π/2)
    "quadratic trace": Claim(given=QUADRATIC, then=AtMost(-trace_gap, norm(v) ** 2)),
}

DROPPED: dict[str, Claim] = {
    "students look at the teacher": Claim(given=RELU, then=AtMost(0, dot(w[i], v))),
    "mass is missing": Claim(given=RELU, then=AtMost(0, H)),
    "exponential decrease": Claim(given=SEVERAL, then=AtMost(rate(loss), -loss / 1000)),
    "any step decreases": Claim(
        given=Networks(model="xu23a", students=(1, 4), scalars={eta: (0, 10)}), then=AtMost(after_step(loss), loss)
    ),
    "angles shrink": Claim(given=SEVERAL, then=AtMost(rate(theta[i]), 0)),
    "distances shrink": Claim(given=SEVERAL, then=AtMost(rate(Z), 0)),
    "quadratic loss is convex": Claim(given=CURVED["wang21a"], then=AtMost(0, hessian_form)),
    "ReLU loss is convex": Claim(given=CURVED["xu23a"], then=AtMost(0, hessian_form)),
    "absolute loss is convex": Claim(given=CURVED["zhou21b"], then=AtMost(0, hessian_form)),
    "students have the larger mass": Claim(given=QUADRATIC, then=AtMost(0, trace_gap)),
    "students have the smaller mass": Claim(given=ABSOLUTE, then=AtMost(student_mass, Theta)),
    "students are near a teacher": Claim(given=ABSOLUTE, then=AtMost(NEAREST, 1)),
    "residual bounds the loss": Claim(given=SEVERAL, then=AtMost(loss, 1000 * residual_norm**2)),
}

RARE: dict[str, Claim] = {
    "gradient dominates": Claim(given=SEVERAL, then=AtMost(loss, 10**5 * gradient_norm**2)),
    "exponent one half": Claim(given=SEVERAL, then=AtMost(sqrt(loss), 300 * gradient_norm)),
    "no giants": Claim(given=RELU, then=AtMost(w_norm[i], 10**6 * norm(v))),
    "no dwarfs": Claim(given=RELU, then=AtMost(_tiny(6) * norm(v), w_norm[i])),
    "small loss, small angles": Claim(given=_near_optimum(12), then=AtMost(theta[i], 1)),
    "small loss, no dwarfs": Claim(given=_near_optimum(10), then=AtMost(norm(v) / 1000, w_norm[i])),
    "small loss, aligned": Claim(given=_near_optimum(10), then=AtMost(0, dot(w[i], v))),
    "one angle is avoided": Claim(
        given=Networks(model="xu23a", students=(1, 3), dimension=(2, 4)),
        then=AtMost(_tiny(10), magnitude(theta[i] - 1)),
    ),
    "one norm is avoided": Claim(given=RELU, then=AtMost(_tiny(10) * norm(v), magnitude(w_norm[i] - 3 * norm(v) / 7))),
    "an angle and a norm are avoided": Claim(
        given=Networks(model="xu23a", students=1, dimension=(2, 3)),
        then=AtMost(_tiny(8), magnitude(theta[i] - Rational(1, 2)) + magnitude(w_norm[i] / norm(v) - 2)),
    ),
    "teachers are never orthogonal": Claim(
        given=Networks(model="zhou21b", students=1, teachers=2, dimension=(2, 3)),
        then=AtMost(_tiny(10), magnitude(angle(teachers[0], teachers[1]) - pi / 2)),
    ),
}

FALSE: dict[str, Claim] = {
    **{
        f"{name}, sharp constant less {excess}": Claim(given=given, then=AtMost(left, (1 - Rational(excess)) * right))
        for name, (given, left, right) in SHARP.items()
        if name != "cross term"
        for excess in ("1/100", "1/1000", "1/10000")
    },
    **{
        f"cross term, sharp constant plus {excess}": Claim(
            given=given, then=AtMost(left, (1 + Rational(excess)) * right)
        )
        for given, left, right in [SHARP["cross term"]]
        for excess in ("1/100", "1/1000", "1/10000")
    },
    **DROPPED,
    **RARE,
}
