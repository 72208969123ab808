"""Theorem 9, Corollary 12, Remark 11 and the parameter values of Appendix F.2, pp. 11 and 37."""

from __future__ import annotations

from typing import Any

from sympy import Rational, Symbol

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Box, Descent, Flow
from checks.papers.xu23a._lower_bound import small_flow, small_point, small_starts
from checks.relation import All, AtMost, Bounded
from checks.verdict import Verdict
from theory.symbols import n, t
from theory.vocabulary import loss, v_norm


def _bound(time: Any, constant: Any = 1, power: int = 3) -> AtMost:
    """L t³ ≤ K n⁴ ‖v‖²."""
    return AtMost(loss * time**power, constant * n**4 * v_norm**2)


def _constant(time: Any, power: int = 3) -> Bounded:
    """The constant of L t³ ≤ K n⁴ ‖v‖²."""
    return Bounded(ratio=loss * time**power / (n**4 * v_norm**2))


_flow = Flow(model="xu23a", students=(1, 4), dimension=(2, 4), until=10**5)
_run = Descent(model="xu23a", students=2, dimension=3, steps=40, step="1/5", start=small_point)
_descents = Descent(
    model="xu23a",
    students=(2, 4),
    dimension=(3, 4),
    steps=16_000,
    step="1/2",
    starts=small_starts((2, 4), "1/5", "1/2", apart=True),
)
_small = small_flow(until=10**9, apart=True)

# Exponents of n in ε_2, ε_1, C, σ√d/‖v‖ and the factor of η, by the requirements of Theorems 4, 5 and 6.
_e2 = Symbol("e2", real=True)
_e1 = 6 * _e2 - Rational(1, 2)
_C = 2 * _e1 - 1
_sigma = _C + 48 * _e1
_eta = 2 * _e1
_at = {_e2: (-14, -14)}
_reason = (
    "the statement needs σ = O(n^{-4226} d^{-1/2}‖v‖) with unspecified constants, which no machine number holds; "
    "for n = 1 read log(2n) for log n"
)

CLAIMS = (
    Claim(
        id="xu23a/theorem-9",
        title="global convergence at the rate t⁻³",
        label="Theorem 9",
        page="11",
        printed=r"d=\Omega(\log(n/\delta)),\ \sigma=O(n^{-4226}d^{-1/2}\|v\|),\ \eta=O\Big(\tfrac{\sigma^2d}{n^{169}\|v\|^2}\Big)"
        r"\Rightarrow L(w(T+T_2))\le O\Big(\tfrac{n^4\|v\|^2}{(\eta T)^3}\Big),\ T_2=O\Big(\tfrac{\log n}{n\eta}\Big)",
        assumption=Assumption(
            reason=_reason,
            forms=("xu23a/theorem-9/flow", "xu23a/theorem-9/descent", "xu23a/theorem-9/run", "xu23a/exponents"),
        ),
        uses=("xu23a/lemma-3", "xu23a/theorem-4", "xu23a/theorem-5", "xu23a/theorem-6", "xu23a/exponents"),
        erratum=Erratum(
            weight="wording",
            what="for n = 1 the time T_2 = O(log n/(nη)) is 0",
            reader="log 1 = 0, and a single student does not start at the minimum",
            mend="log(2n) for log n",
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-9/flow",
        title="along flows from generic starts L t³ is bounded by a multiple of n⁴‖v‖²",
        label="Theorem 9, checkable form",
        given=_flow,
        then=_constant(t),
        mutants={"t⁴": Mutant(then=_constant(t, power=4))},
        note="students of the size of the teacher instead of small ones, at all times",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-9/descent",
        title="along gradient descent L (ηt)³ is bounded by a multiple of n⁴‖v‖²",
        label="Theorem 9, checkable form",
        given=_descents,
        then=_constant(t / 2),
        mutants={"t⁴": Mutant(then=_constant(t / 2, power=4))},
        options={"flows": 2},
        note="η = 1/2 and starts between ‖v‖/5 and ‖v‖/2, both far above what the theorem asks for; 16000 steps",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/theorem-9/run",
        title="the first 40 steps of one run of gradient descent satisfy L ≤ n⁴‖v‖²/(ηt)³",
        label="Theorem 9, one exact run",
        given=_run,
        then=_bound(Rational(1, 5) * t),
        mutants={"n⁴/1000": Mutant(then=_bound(Rational(1, 5) * t, Rational(1, 1000)))},
        note="one run in exact arithmetic: it says nothing about other starts or later times",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/remark-11",
        title="the exponents are not optimised",
        label="Remark 11",
        page="11",
        printed=r"\text{the dependencies }\sigma=O(n^{-4226}d^{-1/2}\|v\|),\ \eta=O(\sigma^2d/(n^{169}\|v\|^2))\text{ are not optimized}",
        assumption=Assumption(
            reason="a comment on the proof, without a statement of its own", forms=("xu23a/exponents",)
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/corollary-12",
        title="global convergence of gradient flow at the rate t⁻³",
        label="Corollary 12",
        page="11",
        printed=r"\sigma=O(n^{-4226}d^{-1/2}\|v\|)\Rightarrow L(w(T+T_2))\le O(n^4\|v\|^2/T^3),\quad T_2=O(\log n/n)",
        assumption=Assumption(reason=_reason, forms=("xu23a/corollary-12/small-init", "xu23a/theorem-9/flow")),
        uses=("xu23a/theorem-9",),
        erratum=Erratum(
            weight="wording",
            what="for n = 1 the time T_2 = O(log n/n) is 0",
            reader="log 1 = 0",
            mend="log(2n) for log n",
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/corollary-12/small-init",
        title="along flows from small starts L ≤ n⁴‖v‖²/t³",
        label="Corollary 12, checkable form",
        given=_small,
        then=_bound(t),
        mutants={"n⁴/1000": Mutant(then=_bound(t, Rational(1, 1000)))},
        options={"loss_error": "1e-6", "flows": 3},
        note="starts on the event of Lemma 3, of norm between ‖v‖/1000 and ‖v‖/10, up to t = 10⁹",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/exponents",
        title="the exponents of n follow from ε_2 = n^{-14}",
        label="Appendix F.2",
        page="37",
        printed=r"\epsilon_2=O(n^{-14}),\ \epsilon_1=O(n^{-84.5}),\ C=O(n^{-170}),\ \sigma=O(n^{-4226}d^{-1/2}\|v\|),\ "
        r"\eta=O\Big(\tfrac1{n^{169}}\tfrac{\sigma^2d}{\|v\|^2}\Big)",
        given=Box(variables=_at),
        then=All(
            AtMost(_e1, -Rational(169, 2)),
            AtMost(-Rational(169, 2), _e1),
            AtMost(_C, -170),
            AtMost(-170, _C),
            AtMost(_sigma, -4226),
            AtMost(-4226, _sigma),
            AtMost(_eta, -169),
            AtMost(-169, _eta),
            # η of Theorem 5 is smaller than those of Theorems 4 (nCσ√d/‖v‖) and 6 (n^{-2}).
            AtMost(_eta + 2 * _sigma, 1 + _C + _sigma),
            AtMost(_eta + 2 * _sigma, -2),
        ),
        mutants={"4225": Mutant(then=AtMost(-4225, _sigma)), "169": Mutant(then=AtMost(_eta, -170))},
        erratum=Erratum(
            weight="wording",
            what="T_2 = O(log n/(nη)) is 0 for n = 1",
            reader="log 1 = 0",
            mend="log(2n) for log n",
        ),
        note="exponents of n: ε_1 = ε_2⁶ n^{-1/2}, C = ε_1²/n, σ√d/‖v‖ = C ε_1^{48}, η = ε_1² (σ√d/‖v‖)²",
        expected=Verdict.CERTIFIED,
    ),
)
