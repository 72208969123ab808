"""Equations (45) to (47), p. 26: in Phase 2 all projections grow at rates that agree up to a factor 2."""

from sympy import Rational, cos, pi

from checks.claim import Claim, Mutant
from checks.given import Box, Point
from checks.papers.xu23a._perturbation import norms_slack, rates_late, small_late
from checks.papers.xu23a._phases import Q, epsilon, for_all_rows, phase_two
from checks.papers.xu23a._setting import angle_variable
from checks.relation import All, AtMost, Below
from checks.verdict import Verdict
from theory.heads import magnitude
from theory.symbols import eta, i, n
from theory.vocabulary import H, h, v_norm, w_norm

_drive = eta * H / 2
_state = Point.of(
    students=[["0.29", "0.0029"], ["0.52", 0]], teachers=[[1, 0]], epsilon="1/100", eta="1/100", gamma="1/2"
)

_angle = angle_variable
_given = for_all_rows(phase_two())

CLAIMS = (
    Claim(
        id="xu23a/eq-45/cosine",
        title="cos θ ≥ ⅔ up to θ = 1/20",
        given=Box(variables={_angle: (0, Rational(1, 20))}),
        then=AtMost(Rational(2, 3), cos(_angle)),
        mutants={"up to 1": Mutant(given=Box(variables={_angle: (0, 1)}))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-45",
        title="norms in Phase 2",
        label="(45)",
        page="26",
        printed=r"\tfrac{3\|v\|}n\ge\tfrac{h_i}{\cos\epsilon_2}\ge\tfrac{h_i}{\cos\theta_i}=\|w_i\|\ge h_i\ge"
        r"\tfrac{s_1}2",
        given=_given,
        then=All(
            AtMost(h[i] / cos(epsilon), 3 * v_norm / n), AtMost(w_norm[i], h[i] / cos(epsilon)), AtMost(h[i], w_norm[i])
        ),
        mutants={"constant 1": Mutant(then=AtMost(w_norm[i], v_norm / n), witness=_state)},
        slack_as=norms_slack,
        note="needs cos ε_2 ≥ ⅔; the last inequality is (43)",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-46",
        title="the perturbation is at most a third of ηH/2",
        label="(46)",
        page="26",
        printed=r"|Q_i|\le\tfrac\eta{2\pi}14\epsilon_2\|v\|\le3\epsilon_2\eta\|v\|\le\tfrac\eta2\cdot\tfrac13H",
        given=_given,
        then=All(
            AtMost(magnitude(Q), eta / (2 * pi) * 14 * epsilon * v_norm),
            AtMost(eta / (2 * pi) * 14 * epsilon * v_norm, 3 * epsilon * eta * v_norm),
            AtMost(3 * epsilon * eta * v_norm, _drive / 3),
        ),
        mutants={
            "smaller constant": Mutant(then=AtMost(magnitude(Q), eta * epsilon * v_norm / 10**6), witness=_state),
            "a quarter": Mutant(then=AtMost(3 * epsilon * eta * v_norm, _drive / 4), witness=_state),
        },
        slack_as=small_late,
        uses=("xu23a/eq-45", "xu23a/eq-13"),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-47",
        title="growth rates agree up to a factor 2",
        label="(47)",
        page="26",
        printed=r"0<\tfrac\eta2\cdot\tfrac23H\le\tfrac\eta2H-Q_i\le\tfrac\eta2\cdot\tfrac43H",
        given=_given,
        then=All(Below(0, 2 * _drive / 3), AtMost(2 * _drive / 3, _drive - Q), AtMost(_drive - Q, 4 * _drive / 3)),
        mutants={"half as far": Mutant(then=AtMost(Rational(9999999, 10000000) * _drive, _drive - Q), witness=_state)},
        slack_as=rates_late,
        uses=("xu23a/eq-46",),
        expected=Verdict.CERTIFIED,
    ),
)
