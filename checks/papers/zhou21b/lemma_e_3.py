"""Lemma E.3, p. 52: the estimated matrix concentrates."""

from sympy import Rational, pi, sqrt

from checks.claim import Assumption, Claim, Mutant
from checks.given import Draws, Networks, Point
from checks.papers.zhou21b._setting import separation
from checks.relation import AtMost, Equal, Likely
from checks.verdict import Verdict
from theory.heads import Distinct, dot, expectation, gaussian_input, magnitude
from theory.symbols import a, b, d, i, j, n, over, teachers, v, w, xi
from theory.vocabulary import Theta

_x = gaussian_input
# y², with the pairs of one teacher apart: |⟨x, v⟩|² is a polynomial.
_label_square = over(dot(_x, teachers[a]) ** 2, a) + over(
    Distinct(a, b) * magnitude(dot(_x, teachers[a])) * magnitude(dot(_x, teachers[b])), a, b
)
_given = Networks(model="zhou21b", students=1, teachers=(1, 3), dimension=(1, 4), vectors=("xi",))
_apart = Networks(
    model="zhou21b", students=1, teachers=(1, 2), dimension=(1, 3), vectors=("xi",), separation=separation
)
_along = expectation(_label_square * (dot(_x, xi) ** 2 - dot(xi, xi)) ** 2)
# E[y² ‖x xᵀ − I‖_F²]
_whole = expectation(_label_square * (dot(_x, _x) ** 2 - 2 * dot(_x, _x) + d))
_square = expectation(_label_square)

# Samples w_i of the label |w_i·v| in the plane, ‖v‖ = 1: trace and squared Frobenius norm of M̂ − M.
_labels = magnitude(dot(w[i], v)), magnitude(dot(w[j], v))
_c = sqrt(2 / pi)
_trace = over(_labels[0] * (dot(w[i], w[i]) - 2), i) / n - _c
_pairs = dot(w[i], w[j]) ** 2 - dot(w[i], w[i]) - dot(w[j], w[j]) + 2
_frobenius = (
    over(_labels[0] * _labels[1] * _pairs, i, j) / n**2
    - 2 * _c / n * over(_labels[0] * (dot(w[i], v) ** 2 - 1), i)
    + _c**2
)


def _within(constant):  # type: ignore[no-untyped-def]
    """‖M̂ − M‖₂ = |tr|/2 + √(‖·‖_F²/2 − tr²/4) ≤ constant · √(d/N), without the root on the left."""
    bound = constant * sqrt(2 / n) - magnitude(_trace) / 2
    return AtMost(_frobenius / 2 - _trace**2 / 4, bound * magnitude(bound))


CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.3",
        title="Õ(d/ε²) samples estimate the matrix up to ε r w_max",
        label="Lemma E.3",
        page="52",
        printed=r"N=\tilde O(d/\epsilon^2)\ \Rightarrow\ P\big(\|\hat M-M\|_2=O(\epsilon rw_{\max})\big)\ge1-\delta",
        assumption=Assumption(
            reason="quoted; Õ hides logarithms, and the norm of a random matrix in every dimension has no law here",
            forms=("zhou21b/lemma-E.3/direction", "zhou21b/lemma-E.3/frobenius", "zhou21b/lemma-E.3/draws"),
        ),
        uses=("zhou21b/lemma-E.2",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/lemma-E.3/direction",
        title="along one direction the error has the variance at most 10 Θ²/N, in every dimension",
        label="Lemma E.3",
        page="52",
        given=_apart,
        then=AtMost(_along, 10 * Theta**2 * dot(xi, xi) ** 2),
        mutants={
            "nine": Mutant(
                then=AtMost(_along, 9 * Theta**2 * dot(xi, xi) ** 2),
                witness=Point.of(students=[[1]], teachers=[[1]], xi=[1]),
            ),
        },
        note="the second moment of y ((ξ·x)² − ‖ξ‖²); equality for one teacher and ξ along it; for teachers "
        "separated by 1/2",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-E.3/frobenius",
        title="E[y² ‖x xᵀ − I‖_F²] = (d + 1)(d + 4) E y²",
        label="Lemma E.3",
        page="52",
        given=_given,
        then=Equal(_whole, (d + 1) * (d + 4) * _square),
        mutants={"d² alone": Mutant(then=Equal(_whole, d**2 * _square))},
        note="N times the mean of ‖M̂ − M‖_F² is this less ‖M‖_F²",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-E.3/draws",
        title="in the plane twelve samples estimate the matrix of one teacher up to 5 √(d/N) with probability above 9/10",
        label="Lemma E.3",
        page="52",
        given=Draws(model="zhou21b", students=12, dimension=2),
        then=Likely(_within(5), at_least=Rational(9, 10)),
        mutants={"up to half": Mutant(then=Likely(_within(Rational(1, 2)), at_least=Rational(9, 10)))},
        note="spectral norm; the samples are the rows w_i, their labels |w_i·v|",
        expected=Verdict.SUPPORTED,
    ),
)
