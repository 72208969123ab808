"""Lemma E.4, p. 52: the estimated subspace contains good neurons."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Assumption, Claim, Mutant
from checks.given import Box, Networks, Point
from checks.papers.zhou21b._kernel import profile
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input, largest, magnitude, norm, positive_part
from theory.mean_steps import Mean
from theory.steps import LargestStep
from theory.symbols import V, i, j, k, n, over, w

# One teacher: the top eigenvector is at the angle φ, or π/2 − φ, to the teacher, 0 ≤ φ ≤ π/4.
_phi, _h = Symbol("phi", real=True), Symbol("h", real=True)
_angles = Box(variables={_phi: (0, pi / 4)})
_across = 2 / pi * (cos(_phi) + _phi * sin(_phi))


def _projection(factor):  # type: ignore[no-untyped-def]
    """E(|v·x| − |w*·x|)² / ‖w*‖² for v = P w*, against factor · 2 e, 2 e = sin 2φ and 1."""
    near = 1 + cos(_phi) ** 2 - 2 * cos(_phi) * profile(_phi)
    far = 1 + sin(_phi) ** 2 - 2 * sin(_phi) * _across
    return All(AtMost(near, factor * sin(2 * _phi)), AtMost(far, factor))


def _best(factor):  # type: ignore[no-untyped-def]
    """The same for the best multiple of the eigenvector."""
    return All(AtMost(1 - profile(_phi) ** 2, factor * sin(2 * _phi)), AtMost(1 - _across**2, factor))


# Teachers V_i and vectors w_i of the subspace.
_pairs = Networks(model="zhou21b", students=(1, 3), dimension=(1, 4), directions=("V",))
_w, _v = dot(gaussian_input, w[i]), dot(gaussian_input, V[i])


def _apart(index):  # type: ignore[no-untyped-def]
    return dot(w[index] - V[index], w[index] - V[index]) / norm(V[index])


def _gap_of(index):  # type: ignore[no-untyped-def]
    return magnitude(dot(gaussian_input, w[index])) - magnitude(dot(gaussian_input, V[index]))


_gap = over(_gap_of(i), i)
_distance = largest(_apart(i), i)
# n Σ f_i² − (Σ f_i)², then E f_i² ≤ ‖w_i − V_i‖² ≤ ‖V_i‖ s ≤ w_max s.
_slack = (
    Mean(over((_gap_of(i) - _gap_of(j)) ** 2, i, j) / 2)
    + n
    * over(
        2
        * Mean(
            magnitude(_w) * magnitude(_v) - _w * _v,
            2 * (positive_part(_w) * positive_part(-_v) + positive_part(_v) * positive_part(-_w)),
        ),
        i,
    )
    + n * over(norm(V[i]) * LargestStep(_apart(k), k, i), i)
    + n * over(LargestStep(norm(V[k]), k, i), i) * _distance
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.4",
        title="the span of the top eigenvectors contains neurons close to the teachers",
        label="Lemma E.4",
        page="52",
        printed=r"\|M-\hat M\|_2\le\epsilon\ \Rightarrow\ \exists v^{(i)}\in V:\ \mathbb E\Big(\sum_{i=1}^r|v^{(i)\top}x|"
        r"-\sum_{i=1}^r|w_i^{*\top}x|\Big)^2=O(r^2w_{\max}\epsilon)",
        assumption=Assumption(
            reason="quoted; it speaks of the top eigenvectors of an arbitrary matrix near M. For one teacher, where all is "
            "one angle, it is checked with the constant √(2π), and so is the step from each distance to the sum",
            forms=(
                "zhou21b/lemma-E.4/projection",
                "zhou21b/lemma-E.4/sharp",
                "zhou21b/lemma-E.4/eigenvector",
                "zhou21b/lemma-E.4/eigenvector-far",
                "zhou21b/lemma-E.4/sum",
            ),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/lemma-E.4/projection",
        title="for one teacher and v = P w* the constant is √(2π)",
        label="Lemma E.4",
        page="52",
        given=_angles,
        then=_projection(1),
        mutants={"99 percent of it": Mutant(then=_projection(Rational(99, 100)))},
        because=("zhou21b/lemma-E.4/eigenvector", "zhou21b/lemma-E.4/eigenvector-far"),
        note="an eigenvector at the angle φ needs ε ≥ √(2/π) ‖w*‖ e(φ), e = ½ sin 2φ up to π/4 and ½ beyond; √(2π) w_max ε is "
        "then 2 e ‖w*‖². Attained for V ⟂ w*, where v = 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.4/sharp",
        title="for one teacher and the best v the constant is √(2π) (1 − 4/π²) = 1.4907…",
        label="Lemma E.4",
        page="52",
        given=_angles,
        then=_best(1 - 4 / pi**2),
        mutants={"a thousandth less": Mutant(then=_best(1 - 4 / pi**2 - Rational(1, 1000)))},
        because=("zhou21b/lemma-E.4/eigenvector", "zhou21b/lemma-E.4/eigenvector-far"),
        note="attained for V ⟂ w*",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.4/eigenvector",
        title="a matrix with an eigenvector at the angle φ to w̄* is at least ½ sin 2φ away from w̄* w̄*ᵀ",
        label="Lemma E.4",
        page="52",
        given=Box(variables={_phi: (0, pi / 2), _h: (0, 4)}),
        then=AtMost(sin(2 * _phi) ** 2, _h**2 - 2 * _h * cos(2 * _phi) + 1),
        slack_as=((_h - cos(2 * _phi)) ** 2,),
        mutants={"twice": Mutant(then=AtMost(2 * sin(2 * _phi) ** 2, _h**2 - 2 * _h * cos(2 * _phi) + 1))},
        note="in the plane of both, with eigenvalues a ≥ b and h = a − b, the distance is at least half the root of the right "
        "side: the deviator of [[a − cos², −cos sin], [−cos sin, b − sin²]]",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-E.4/eigenvector-far",
        title="and at least ½ away if it is the top one and beyond π/4",
        label="Lemma E.4",
        page="52",
        given=Box(variables={_phi: (0, pi / 4), _h: (0, 4)}),
        then=AtMost(1, _h**2 + 2 * _h * cos(2 * _phi) + 1),
        mutants={"not the top one": Mutant(given=Box(variables={_phi: (0, pi / 4), _h: (-1, 4)}))},
        note="at the angle π/2 − φ, h = a − b ≥ 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.4/sum",
        title="distances ‖v^(i) − w_i*‖² ≤ ‖w_i*‖ s of the neurons give E(Σ|v^(i)·x| − Σ|w_i*·x|)² ≤ r² w_max s",
        label="Lemma E.4",
        page="52",
        given=_pairs,
        then=AtMost(expectation(_gap**2), n**2 * largest(norm(V[i]), i) * _distance),
        slack_as=(_slack,),
        mutants={
            "r for r²": Mutant(
                then=AtMost(expectation(_gap**2), n * largest(norm(V[i]), i) * _distance),
                witness=Point.of(students=[[0], [0]], V=[[1], [1]], teachers=[[1]]),
            ),
            "half of it": Mutant(
                then=AtMost(expectation(_gap**2), n**2 * largest(norm(V[i]), i) * _distance / 2),
                witness=Point.of(students=[[0]], V=[[1]], teachers=[[1]]),
            ),
        },
        uses=("zhou21b/lemma-D.4",),
        note="teachers V_i, neurons w_i; with s = √(2π) ε it is the lemma",
        expected=Verdict.PROVED,
    ),
)
