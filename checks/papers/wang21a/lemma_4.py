"""Lemma 4, pp. 9 and 23: perpendicular over parallel components decay like ψ^{-t}."""

from sympy import Rational

from checks.claim import Claim, Mutant
from checks.papers.wang21a._comparison import (
    inside_before,
    paired_runs,
    psi,
    single_parallel,
    smaller_now,
)
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict
from theory.heads import magnitude, norm
from theory.observables import initial
from theory.symbols import i, t
from theory.vocabulary import parallel, z

_start = norm(initial(z[i])) / magnitude(initial(parallel[i]))
_first = AtMost(norm(z[i]) * psi**t, magnitude(parallel[i]) * _start)
_second = AtMost(norm(z[i]) * psi**t, single_parallel * _start)
_conditions = (*inside_before, Below(0, psi))

CLAIMS = (
    Claim(
        id="wang21a/lemma-4",
        title="perpendicular components are small against the parallel ones",
        label="Lemma 4",
        page="9",
        printed=r"\|w_{\#K,t}^{(k),\perp}\|\lesssim\frac{|w_{\#K,t}^{(k),\parallel}|\|w_{\#K,0}^{(k),\perp}\|}"
        r"{|w_{\#K,0}^{(k),\parallel}|}\frac1{\psi^t}\lesssim\frac{|w_{\#1,t}^{(1),\parallel}|\|w_{\#K,0}^{(k),\perp}\|}"
        r"{|w_{\#K,0}^{(k),\parallel}|}\frac1{\psi^t}",
        given=paired_runs(*_conditions, *smaller_now),
        then=All(_first, _second),
        mutants={
            "twice the rate": Mutant(then=AtMost(norm(z[i]) * psi ** (4 * t), magnitude(parallel[i]) * _start / 2))
        },
        uses=("wang21a/approx-10", "wang21a/approx-11", "wang21a/eq-39"),
        note="both relations with ≤, where (11) holds exactly at t; θ and ϑ are those that the run needed so far",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/lemma-4/exact",
        title="the first relation of Lemma 4 without (11)",
        given=paired_runs(*_conditions),
        then=_first,
        mutants={
            "larger constant": Mutant(
                then=AtMost(norm(z[i]) * psi**t, Rational(1, 2) * magnitude(parallel[i]) * _start)
            ),
        },
        expected=Verdict.SUPPORTED,
    ),
)
