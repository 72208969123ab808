"""Elementary inequalities used in the proof of Lemma 9, pp. 22–23, on the whole ranges for which they are cited."""

from sympy import Rational, Symbol, erf, exp, oo, pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost
from checks.verdict import Verdict

_x, _tau = Symbol("x", real=True), Symbol("tau", real=True)
_unit, _half_line = Box(variables={_x: (0, 1)}), Box(variables={_x: (0, oo)})
_cap = 1 - exp(-(_x**2))
_square = exp(-(_tau**2) / 2)
_moment = 2 - (2 + _tau**2) * _square

CLAIMS = (
    Claim(
        id="zhou21b/lemma-9-i-erf-upper",
        title="erf x ≤ 2x/√π for x ≥ 0",
        label="p. 22",
        page="22",
        printed=r"\operatorname{erf}(x)\le\frac{2x}{\sqrt\pi}\quad\text{for }x\ge0",
        given=_half_line,
        then=AtMost(erf(_x), 2 * _x / sqrt(pi)),
        options={"along": (_x, _x)},
        mutants={"smaller slope": Mutant(then=AtMost(erf(_x), Rational(11, 10) * _x))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-erf-lower",
        title="erf x ≥ x/√π on [0, 1]",
        label="p. 22",
        page="22",
        printed=r"\operatorname{erf}(x)\ge\frac{x}{\sqrt\pi}\quad\text{for }x\in[0,1]",
        given=_unit,
        then=AtMost(_x / sqrt(pi), erf(_x)),
        contact={_x: (0, 1)},
        mutants={
            "larger slope": Mutant(then=AtMost(Rational(9, 10) * _x, erf(_x))),
            "longer interval": Mutant(given=Box(variables={_x: (0, 6)})),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-upper",
        title="1 − exp(−x²) ≤ x² − x⁴/4 ≤ x² on [0, 1]",
        label="p. 23",
        page="23",
        printed=r"1-e^{-x^2}\le x^2-\frac{x^4}4\le x^2\quad\text{for }x\in[0,1]",
        given=_unit,
        then=All(AtMost(_cap, _x**2 - _x**4 / 4), AtMost(_x**2 - _x**4 / 4, _x**2)),
        contact={_x: (0, 4)},
        mutants={
            "larger fourth power": Mutant(then=AtMost(_cap, _x**2 - _x**4 / 2)),
            "longer interval": Mutant(given=Box(variables={_x: (0, 2)})),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-lower",
        title="1 − exp(−x²) ≥ x² − x⁴/2 for x ≥ 0",
        label="p. 23",
        page="23",
        printed=r"1-e^{-x^2}\ge x^2-\frac{x^4}2\quad\text{for }x\ge0",
        given=_half_line,
        then=AtMost(_x**2 - _x**4 / 2, _cap),
        options={"along": (_x, _x)},
        mutants={"smaller fourth power": Mutant(then=AtMost(_x**2 - _x**4 / 3, _cap))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-9-i-exp-moment",
        title="2 − (2 + τ²) exp(−τ²/2) ≤ 2 − (2 + τ²)(1 − τ²/2) = τ⁴/2",
        label="p. 23",
        page="23",
        printed=r"2-(2+\tau^2)e^{-\tau^2/2}\le2-(2+\tau^2)\Big(1-\frac{\tau^2}2\Big)=\frac{\tau^4}2",
        given=Box(variables={_tau: (0, oo)}),
        then=All(
            AtMost(_moment, 2 - (2 + _tau**2) * (1 - _tau**2 / 2)),
            AtMost(_moment, _tau**4 / 2),
        ),
        options={"along": (_tau, _tau)},
        mutants={"a fifth": Mutant(then=AtMost(_moment, _tau**4 / 5))},
        note="for every τ ≥ 0, though the proof needs small τ only; the best coefficient of τ⁴ is 1/4",
        expected=Verdict.CERTIFIED,
    ),
)
