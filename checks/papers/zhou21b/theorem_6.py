"""Theorem 6, pp. 6–7 and 53: global convergence from either initialisation, and its corollary."""

from sympy import Rational, Symbol, exp, log

from checks.claim import Assumption, Claim, Mutant
from checks.given import Box
from checks.relation import AtMost
from checks.verdict import Verdict

# y = log log d; r = log d / log log d.
_y = Symbol("y", real=True)
_rank = exp(_y) / _y

CLAIMS = (
    Claim(
        id="zhou21b/theorem-6",
        title="either initialisation followed by gradient descent reaches loss ε",
        label="Theorem 6",
        page="6",
        printed=r"\epsilon_{init}=\epsilon_0,\ m=O\big((rw_{\max}/\sqrt{\epsilon_{init}})^d\,r\log(1/\delta)\big)\text{ (random) or }"
        r"O\big((rw_{\max}/\sqrt{\epsilon_{init}})^r\,r\log(1/\delta)\big)\text{ (subspace)},\ \eta\le\eta_0\ \Rightarrow\ "
        r"P(L(W^{(T)})\le\epsilon)\ge1-\delta,\ T=O(rw_{\max}/(\eta\epsilon))",
        assumption=Assumption(
            reason="ε₀ is only said to exist; with the explicit one of Lemma 8, about 10⁻⁴², no run can start from it. "
            "Its parts are checked: initialisation and convergence",
            forms=(
                "zhou21b/lemma-E.1",
                "zhou21b/lemma-E.1-feasible",
                "zhou21b/lemma-E.1-cap",
                "zhou21b/theorem-5",
                "zhou21b/theorem-6-corollary",
            ),
        ),
        uses=("zhou21b/theorem-5", "zhou21b/lemma-E.1", "zhou21b/lemma-E.5"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/theorem-6-corollary",
        title="r^r ≤ d for r = log d/log log d, so that r^{O(r)} students are polynomially many",
        label="p. 7, corollary",
        page="7",
        printed=r"\Delta=\Omega(1/r),\ w_{\min},w_{\max}=\Theta(1):\ \text{polynomial time for }d=O(1)\text{ (random), and for }"
        r"r\le O(\log d/\log\log d)\text{ (subspace)}",
        given=Box(variables={_y: (1, 20)}),
        then=AtMost(_rank * (_y - log(_y)), exp(_y)),
        mutants={
            "r = 2 log d/log log d": Mutant(then=AtMost(2 * _rank * (log(2) + _y - log(_y)), exp(_y))),
            "an exponent below 1": Mutant(then=AtMost(_rank * (_y - log(_y)), Rational(9, 10) * exp(_y))),
        },
        note="r log r ≤ log d with y = log log d in [1, 20]; ε₀ = poly(1/r), so that (r/√ε₀)^r = r^{O(r)} = poly(d); for "
        "d = O(1) the exponent of the random initialisation is constant",
        uses=("zhou21b/theorem-6",),
        expected=Verdict.CERTIFIED,
    ),
)
