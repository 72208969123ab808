"""Theorem 5, pp. 6 and 46–47: gradient descent with small steps converges from a small loss."""

from sympy import Rational, Symbol, pi, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Descent, Networks
from checks.papers.zhou21b._residual import largest_norm
from checks.papers.zhou21b._setting import separation, smallest_teacher
from checks.relation import AtMost, Below
from checks.verdict import Verdict
from theory.heads import after_step, norm
from theory.observables import initial
from theory.symbols import eta, m, t, teachers, v, w
from theory.vocabulary import Theta, loss

_small = AtMost(1000 * loss, smallest_teacher**2)
_steps = {eta: (Rational(1, 20), Rational(3, 10))}
_starts = Networks(
    model="zhou21b",
    students=(1, 3),
    teachers=(1, 2),
    dimension=(2, 3),
    near_optimum=True,
    separation=separation,
    scalars=_steps,
    where=(_small, AtMost(eta * Theta, Rational(3, 10))),
)
_runs = Descent(
    model="zhou21b", students=(1, 3), teachers=(1, 2), dimension=(2, 3), steps=24, starts=_starts, at=(1, 4, 12, 24)
)
_near = Networks(
    model="zhou21b",
    students=(1, 3),
    teachers=(1, 2),
    dimension=(1, 3),
    near_optimum=True,
    separation=separation,
    scalars={eta: (0, Rational(3, 10))},
    where=(_small, AtMost(eta * Theta, Rational(3, 10))),
)
_square = 6 * Theta + 2 * sqrt(pi * loss)
_time = eta * t

_c, _next, _now = Symbol("c", real=True), Symbol("y", real=True), Symbol("x", real=True)

CLAIMS = (
    Claim(
        id="zhou21b/theorem-5",
        title="L ≤ 25 r w_max/(η t): T = O(r w_max/(η ε)) steps bring the loss below ε",
        label="Theorem 5",
        page="6",
        printed=r"L(W^{(0)})\le\epsilon_0,\ \eta\le\eta_0=O(r^{-1}w_{\max}^{-1})\ \Rightarrow\ "
        r"L(W^{(T)})\le\epsilon\text{ for some }T=O(rw_{\max}/(\eta\epsilon))",
        given=_runs,
        options={"states": 400},
        then=AtMost(loss * _time, 25 * m * largest_norm(teachers)),
        mutants={"a tiny constant": Mutant(then=AtMost(loss * _time, m * largest_norm(teachers) / 10**6))},
        uses=(
            "zhou21b/theorem-5-one-step",
            "zhou21b/theorem-5-recursion",
            "zhou21b/theorem-4",
            "zhou21b/lemma-13",
            "zhou21b/lemma-14",
        ),
        erratum=Erratum(
            weight="typo",
            what="p. 47 writes tηκ/4 for tηκ²/4, and Theorem 13 for Lemma 13",
            reader="the line above has κ²",
            mend="read tηκ²/4",
        ),
        note="for separation 1/2, L(W⁰) ≤ w_min²/1000, η Θ ≤ 3/10 and 24 steps",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/theorem-5/explicit",
        title="L_t ≤ 4/(t η κ²) with κ² = 1/(6Θ + 2√(πL_0))",
        label="Theorem 5, constant of its proof",
        page="47",
        given=_runs,
        options={"states": 400},
        then=AtMost(loss * _time, 4 * (6 * Theta + 2 * sqrt(pi * initial(loss)))),
        mutants={"a tiny constant": Mutant(then=AtMost(loss * _time, Theta / 10**10))},
        note="for separation 1/2, L(W⁰) ≤ w_min²/1000, η Θ ≤ 3/10 and 24 steps",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/theorem-5-one-step",
        title="L falls by at least η κ² L²/4 in one step",
        label="p. 46",
        page="46",
        printed=r"L(W^{(t+1)})\le L(W^{(t)})-\tfrac{\eta\kappa^2}{4}L(W^{(t)})^2",
        given=_near,
        then=AtMost(after_step(loss), loss - eta * loss**2 / (4 * _square)),
        mutants={"ascent": Mutant(then=AtMost(loss, after_step(loss)))},
        uses=("zhou21b/theorem-4", "zhou21b/lemma-13", "zhou21b/lemma-14"),
        note="with κ² = 1/(6Θ + 2√(πL)), η Θ ≤ 3/10 and separation 1/2",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/theorem-5-recursion",
        title="y ≤ x − c x² gives 1/x ≤ 1/y − c",
        label="p. 47",
        page="47",
        printed=r"\frac1{L(W^{(t)})}\le\frac1{L(W^{(t+1)})}-\frac{\eta\kappa^2}{4}\ \Rightarrow\ "
        r"L(W^{(t)})\le\frac4{t\eta\kappa^2}",
        given=Box(variables={_now: (0, 1), _next: (0, 1), _c: (0, 1)}, where=(AtMost(_next, _now - _c * _now**2),)),
        then=AtMost(_next + _c * _now * _next, _now),
        mutants={"twice": Mutant(then=AtMost(_next + 2 * _c * _now * _next, _now))},
        note="multiplied by xy, x = L_t, y = L_{t+1}, c = ηκ²/4, up to units; summed over the steps it is c t ≤ 1/L_t − 1/L_0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/theorem-5-eta-limit",
        title="for one student along one teacher the step is expanding from η‖w*‖ = 1/2 on",
        given=Networks(
            model="zhou21b",
            students=1,
            dimension=1,
            scalars={eta: (Rational(51, 100), 1)},
            where=(
                AtMost(Rational(999, 1000) * norm(v), norm(w[0]) ** 2),
                AtMost(norm(w[0]) ** 2, Rational(1001, 1000) * norm(v)),
                AtMost(norm(v), 1),
                AtMost(1, norm(v)),
                Below(0, loss),
            ),
        ),
        then=AtMost(loss, after_step(loss)),
        mutants={
            "smaller steps": Mutant(
                given=Networks(
                    model="zhou21b",
                    students=1,
                    dimension=1,
                    scalars={eta: (Rational(1, 5), Rational(1, 4))},
                    where=(
                        Below(0, loss),
                        AtMost(Rational(9, 10) * norm(v), norm(w[0]) ** 2),
                        AtMost(norm(w[0]) ** 2, norm(v)),
                    ),
                )
            )
        },
        note="near the optimum the second derivative along the student is 4‖w*‖, so steps with η‖w*‖ > 1/2 do not converge",
        expected=Verdict.SUPPORTED,
    ),
)
