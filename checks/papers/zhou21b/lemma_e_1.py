"""Lemma E.1, pp. 50–51: random initialisation with fitted norms has a small loss."""

from sympy import Rational, Symbol, exp, log, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Draws, Integers, Networks, Point
from checks.papers.zhou21b._caps import cap_law
from checks.reduction.inherited import slack_of
from checks.relation import All, AtMost, Below, Likely
from checks.verdict import Verdict
from theory.heads import angle, dot, expectation, gaussian_input, largest, magnitude, norm
from theory.mean_steps import Mean
from theory.steps import LargestStep
from theory.symbols import V, d, i, j, k, over, v, w

_r, _s, _q = (Symbol(name, integer=True, positive=True) for name in ("r", "s", "q"))
_delta, _p = Symbol("delta", real=True), Symbol("p", real=True)

# s = r w_max/√ε and δ = 1/q; a student within γ = √2/s of every teacher makes ½ (r w_max γ)² = ε.
_angle = sqrt(2) / _s
_students = (pi**2 / 8) ** (d * Rational(1, 2)) * _s**d * _r * log(_q)
_sizes = Integers(variables={_r: (1, 3), d: (2, 6), _s: (1, 8), _q: (2, 9)})


def _failure(students):  # type: ignore[no-untyped-def]
    """Union bound of the probability that some teacher has no student within γ."""
    return _r * (1 - cap_law(d, _angle)) ** students


# Teachers V_i, and the students w_i near them, oriented towards them, with z_i = ‖V_i‖/‖w_i‖.
_phi = angle(w[i], V[i])
_pairs = Networks(
    model="zhou21b",
    students=(1, 3),
    dimension=(1, 3),
    directions=("V",),
    where=(Below(0, dot(V[i], V[i])), Below(0, dot(w[i], w[i])), AtMost(_phi, pi / 2)),
)
_x = gaussian_input
_gap = over(norm(V[i]) / norm(w[i]) * magnitude(dot(_x, w[i])) - magnitude(dot(_x, V[i])), i)
_loss = expectation(_gap**2) / 2
_gamma = largest(_phi, i)
_total = over(norm(V[i]), i)


def _unit_gap(index):  # type: ignore[no-untyped-def]
    return magnitude(dot(_x, w[index])) / norm(w[index]) - magnitude(dot(_x, V[index])) / norm(V[index])


# With f_i the gap of unit vectors: Σ‖V_i‖ Σ‖V_i‖f_i² − (Σ‖V_i‖f_i)², then E f_i² = 2(1 − k(φ_i)) ≤ φ_i² ≤ γ².
_slack = (
    Mean(over(norm(V[i]) * norm(V[j]) * (_unit_gap(i) - _unit_gap(j)) ** 2, i, j) / 4)
    + over(norm(V[j]), j) * over(norm(V[i]) * LargestStep(angle(w[k], V[k]), k, i) * (_gamma + _phi) / 2, i)
    + over(norm(V[j]), j) * over(norm(V[i]) * slack_of("zhou21b/sec4-exact/sharp", 1, at={_delta: _phi}), i)
)
_near = Point.of(students=[[1, "1/100"]], V=[[1, 0]], teachers=[[1, 0]])

CLAIMS = (
    Claim(
        id="zhou21b/lemma-E.1",
        title="m₀ = (π²/8)^{d/2} (r w_max/√ε)^d r log(1/δ) students suffice, for δ ≤ ½",
        label="Lemma E.1",
        page="50",
        printed=r"m\ge m_0=O\big((rw_{\max}/\sqrt{\epsilon_{init}})^d\cdot r\log(1/\delta)\big)\ \Rightarrow\ "
        r"P(L(W')\le\epsilon_{init})\ge1-\delta",
        given=_sizes,
        then=AtMost(_failure(_students), 1 / _q),
        mutants={
            "a quarter of them": Mutant(then=AtMost(_failure(_students / 4), 1 / _q)),
            "without the exponent d": Mutant(then=AtMost(_failure(_s * _r * log(_q)), 1 / _q)),
        },
        because=("zhou21b/lemma-E.1-feasible",),
        uses=(
            "zhou21b/lemma-E.1-cap",
            "zhou21b/lemma-E.1-union",
            "zhou21b/lemma-E.1-feasible",
            "zhou21b/lemma-D.4",
        ),
        note="s = r w_max/√ε = 1, …, 8, δ = 1/q, r ≤ 3 and 2 ≤ d ≤ 6; the least-squares solution is at least as good as "
        "the feasible one",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1/draws",
        title="ten students in the plane come within π/6 of one teacher with probability above 98 percent",
        label="Lemma E.1",
        page="50",
        given=Draws(model="zhou21b", students=10, dimension=2),
        then=Likely(
            AtMost(0, largest(4 * dot(w[i], v) ** 2 - 3 * dot(w[i], w[i]) * dot(v, v), i)),
            at_least=Rational(98, 100),
        ),
        mutants={"in dimension 4": Mutant(given=Draws(model="zhou21b", students=10, dimension=4))},
        note="the law is 1 − (2/3)^10; the loss is then at most ½ (π/6)² times the square of the teacher's norm",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-union",
        title="the union bound over the teachers: r δ^r ≤ δ for δ ≤ ½, and (1 − p)^{log(1/δ)/p} ≤ δ",
        label="pp. 50–51 (b), union bound",
        page="50",
        printed=r"(1-\Omega(\gamma^d))^{O(\gamma^{-d}\log\frac1\delta)}\le\delta;\quad m\ge m_0=O(r\gamma^{-d}"
        r"\log\tfrac1\delta)\ \Rightarrow\ P(\forall i\,\exists j:\angle(w_j,w_i^*)\le\gamma)\ge1-\delta",
        given=Box(variables={_delta: (0, Rational(1, 2)), _p: (0, 1)}),
        then=All(AtMost(1 - _p, exp(-_p)), *(AtMost(count * _delta**count, _delta) for count in range(1, 9))),
        mutants={
            "δ up to 0.9": Mutant(
                given=Box(variables={_delta: (0, Rational(9, 10)), _p: (0, 1)}),
                then=AtMost(2 * _delta**2, _delta),
            ),
            "m₀ without r": Mutant(then=AtMost(2 * _delta, _delta)),
        },
        erratum=Erratum(
            weight="wording",
            what="with m₀ = r γ^{−d} log(1/δ)/c the union bound gives r δ^r, which is at most δ for every r only if δ ≤ ½",
            reader="r = 2, δ = 0.9: 2 · 0.81 = 1.62",
            mend="δ ≤ ½, or log(r/δ) in place of r log(1/δ)",
            charity="a failure probability above one half is of no interest",
        ),
        note="for r = 1, …, 8",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-E.1-feasible",
        title="a student within γ of every teacher makes a feasible point with L ≤ ½ (Σ‖w_i*‖)² γ²",
        label="pp. 50–51 (c), feasible point",
        page="51",
        printed=r"L(W)\le\frac{c_0}2\Big(\sum_{i=1}^r\|w_i^*\|\,\|\bar w_i-\bar w_i^*\|\Big)^2=O(r^2w_{\max}^2\gamma^2)",
        given=_pairs,
        then=AtMost(_loss, _total**2 * _gamma**2 / 2),
        slack_as=(_slack,),
        mutants={
            "0.49 for ½": Mutant(
                then=AtMost(_loss, Rational(49, 100) * _total**2 * _gamma**2),
                witness=_near,
            ),
            "fourth power of the angle": Mutant(then=AtMost(_loss, _total**2 * _gamma**4 / 2), witness=_near),
        },
        uses=("zhou21b/lemma-D.4",),
        note="teachers V_i, students w_i, oriented so that the angles are at most π/2; "
        "Σ‖V_i‖ ≤ r w_max, and the constant ½ can't be lowered",
        expected=Verdict.CERTIFIED,
    ),
)
