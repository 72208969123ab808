"""Equations (37) to (40), pp. 24–25: the projections grow in step in the second half of Phase 1."""

from sympy import Rational, Symbol, pi

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.xu23a._perturbation import rates_early, small_early
from checks.papers.xu23a._phases import Q, epsilon, for_all_rows, phase_one
from checks.papers.xu23a._setting import unit_teacher
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict
from theory.heads import after_step, magnitude
from theory.steps import CauchySchwarz
from theory.symbols import eta, i, n, over, w
from theory.vocabulary import H, h, v_norm, w_norm

_small = Networks(
    model="xu23a",
    students=(1, 5),
    dimension=(1, 5),
    where=(Below(0, w_norm[i]), AtMost(w_norm[i], v_norm / (3 * n))),
)
_given = for_all_rows(phase_one())
_drive = eta * H / 2
_grown = after_step(h[i]) - h[i]

# (40), in units of ‖v‖: C = ηT_1, and s_2 = κC.
_C, _kappa = Symbol("C", real=True), Symbol("kappa", real=True)
_box = Box(variables={_C: (0, 1), _kappa: (0, Rational(1, 100))})
_start = _kappa * _C + _C / 25
_sum = Rational(1, 2) * Rational(2, 3) * Rational(49, 50) * _C

CLAIMS = (
    Claim(
        id="xu23a/eq-37",
        title="small students leave H at least ⅔‖v‖",
        label="(37)",
        page="24",
        printed=r"H(t)\ge\|v\|-\sum_j\|w_j(t)\|\ge\tfrac23\|v\|",
        given=_small,
        then=AtMost(2 * v_norm / 3, H),
        slack_as=(over(CauchySchwarz(w[i], unit_teacher), i) + over(v_norm / (3 * n) - w_norm[i], i),),
        mutants={"three quarters": Mutant(then=AtMost(3 * v_norm / 4, H))},
        uses=("xu23a/eq-28",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-38",
        title="the perturbation is small against ηH/2",
        label="(38)",
        page="25",
        printed=r"|Q_i|\le\tfrac\eta{2\pi}\big(\tfrac{\|v\|}38\epsilon_1+4\epsilon_1\|v\|+\tfrac{\|v\|}38"
        r"\epsilon_1+4\epsilon_1"
        r"\|v\|\big)\le3\eta\|v\|\epsilon_1\le9\epsilon_1\tfrac\eta2H\le0.1\,\tfrac\eta2H",
        given=_given,
        then=All(
            AtMost(magnitude(Q), eta / (2 * pi) * Rational(40, 3) * epsilon * v_norm),
            AtMost(eta / (2 * pi) * Rational(40, 3) * epsilon * v_norm, 3 * eta * epsilon * v_norm),
            AtMost(3 * eta * epsilon * v_norm, 9 * epsilon * _drive),
            AtMost(9 * epsilon * _drive, _drive / 10),
        ),
        mutants={
            "smaller constant": Mutant(then=AtMost(magnitude(Q), eta * epsilon * v_norm / 10000)),
            "larger ε": Mutant(given=for_all_rows(phase_one(epsilon_to=Rational(1, 10)))),
        },
        uses=("xu23a/eq-28", "xu23a/eq-35", "xu23a/eq-37"),
        slack_as=small_early,
        note="the last step needs ε_1 ≤ 1/90",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-39",
        title="every projection grows by 0.9 to 1.1 times ηH/2 in a step",
        label="(39)",
        page="25",
        printed=r"0.3\eta\|v\|\le0.9\tfrac\eta2H\le h_i(t+1)-h_i(t)\le1.1\tfrac\eta2H",
        given=_given,
        then=All(
            AtMost(3 * eta * v_norm / 10, 9 * _drive / 10),
            AtMost(9 * _drive / 10, _grown),
            AtMost(_grown, 11 * _drive / 10),
        ),
        mutants={
            "larger ε": Mutant(given=for_all_rows(phase_one(epsilon_to=Rational(1, 3)))),
        },
        uses=("xu23a/eq-38", "xu23a/eq-36"),
        slack_as=rates_early,
        note="for one step; (39) is the sum over t = T_1/50, …, T_1 − 1",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-40",
        title="the projections at T_1/50 are small against their growth, and the end is balanced",
        label="(40)",
        page="25",
        printed=r"|h_i(T_1/50)|\le s_2+2\eta\|v\|\tfrac{T_1}{50}\le\tfrac1{20}\eta\|v\|T_1\le0.2\sum_t\tfrac\eta2H(t)",
        given=_box,
        then=All(
            AtMost(_start, _C / 20),
            AtMost(_C / 20, _sum / 5),
            AtMost(Rational(11 + 2, 10) * _sum, 2 * Rational(9 - 2, 10) * _sum),
        ),
        slack_as=(
            _C * (Rational(1, 100) - _kappa),
            (Rational(49, 750) - Rational(1, 20)) * _C,
            _sum / 10,
        ),
        mutants={
            "larger start": Mutant(given=Box(variables={_C: (0, 1), _kappa: (0, Rational(11, 1000))})),
            "0.1 of the growth": Mutant(then=AtMost(_C / 20, _sum / 10)),
        },
        uses=("xu23a/eq-37", "xu23a/eq-39"),
        note="in units of ‖v‖, with C = ηT_1, s_2 ≤ C/100 and H ≥ ⅔",
        expected=Verdict.PROVED,
    ),
)
