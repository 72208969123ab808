"""Page 6: the range of ν in which the margin is positive, and the remark that makes (C1) trivial."""

from sympy import Rational, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.papers.wang21a._setting import margin
from checks.relation import Below
from checks.verdict import Verdict
from theory.symbols import nu


def _up_to(largest: Rational) -> Box:
    return Box(variables={nu: (0, largest)})


CLAIMS = (
    Claim(
        id="wang21a/nu-threshold",
        title="the margin is positive up to 0.141",
        label="p. 6",
        page="6",
        printed=r"2-14\nu-2\nu^2>0\ (\text{i.e. }\nu\le0.141)",
        given=_up_to(Rational(141, 1000)),
        then=Below(0, margin),
        witness=Point.of(nu="0.141"),
        mutants={"farther": Mutant(given=_up_to(Rational(15, 100)))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="rounding slip: the root is (√53 − 7)/2 = 0.14005…",
            reader="2 − 14·0.141 − 2·0.141² = −0.013762 < 0",
            mend="wang21a/nu-threshold/corrected",
            charity="nothing depends on the third digit",
        ),
    ),
    Claim(
        id="wang21a/nu-threshold/corrected",
        title="the margin is positive up to 0.140",
        given=_up_to(Rational(14, 100)),
        then=Below(0, margin),
        mutants={"as printed": Mutant(given=_up_to(Rational(141, 1000)))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/c1-trivial",
        title="(C1) follows from 2γ² = ν² ‖w_*‖²",
        label="p. 6",
        page="6",
        printed=r"2\gamma^2=\nu^2\|w_*\|^2\ \text{with}\ 2-14\nu-2\nu^2>0\ \Rightarrow\ \|w_*\|>1.1\gamma",
        given=_up_to(Rational(141, 1000)),
        then=Below(Rational(11, 10) * nu / sqrt(2), 1),
        mutants={"larger factor": Mutant(then=Below(11 * nu / sqrt(2), 1))},
        uses=("wang21a/nu-threshold",),
        note="in units of ‖w_*‖, with γ = ν/√2; the box contains the whole range of ν",
        expected=Verdict.CERTIFIED,
    ),
)
