"""Lemma 19, p. 28: norms and loss at the start of Phase 3."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.papers.xu23a._end_of_phase_two import loss_slack, lower_slack, upper_slack
from checks.papers.xu23a._phases import end_of_phase_two, epsilon, for_all_rows
from checks.papers.xu23a._setting import angle_variable
from checks.relation import All, AtMost
from checks.verdict import Verdict
from theory.symbols import i, n
from theory.vocabulary import loss, v_norm, w_norm

_given = for_all_rows(end_of_phase_two())
_lower = AtMost(v_norm / (3 * n), w_norm[i])
_upper = AtMost(w_norm[i], 3 * v_norm / n)
_loss = AtMost(loss, 20 * epsilon * v_norm**2)
# y = √ε_2.
_y, _t = Symbol("y", real=True), angle_variable
_late = Point.of(students=[["0.7", 0]], teachers=[[1, 0]], epsilon="1/441", gamma="1/2")

CLAIMS = (
    Claim(
        id="xu23a/lemma-19",
        title="norms and loss at the start of Phase 3",
        label="Lemma 19",
        page="28",
        printed=r"\tfrac{\|v\|}{3n}\le\|w_i(T_2)\|\le\tfrac{3\|v\|}n,\quad L(w(T_2))\le20\epsilon_2\|v\|^2",
        given=_given,
        then=All(_lower, _upper, _loss),
        mutants={
            "smaller loss": Mutant(then=AtMost(loss, 4 * epsilon * v_norm**2), witness=_late),
            "larger norms": Mutant(then=AtMost(v_norm / n, w_norm[i])),
        },
        uses=("xu23a/theorem-5", "xu23a/eq-23"),
        slack_as=(lower_slack, upper_slack, loss_slack),
        note="from (41), (43), (44) and 0 ≤ H ≤ 7√ε_2‖v‖, with 7√ε_2 ≤ 1/3",
        expected=Verdict.CERTIFIED,
        erratum=Erratum(
            weight="wording",
            what="the bound of the loss uses ‖w_i‖ ≤ 2‖v‖/n, where only 3‖v‖/n was shown",
            reader="with 3‖v‖/n: 16ε_2 + (1/2π)(2·9 + 3)ε_2 = (16 + 21/2π)ε_2 = 19.34…ε_2",
            mend="xu23a/lemma-19/reduced",
            charity="the constant 20 has room for it",
        ),
    ),
    Claim(
        id="xu23a/lemma-19/norms",
        title="norms at the start of Phase 3",
        given=_given,
        then=All(_lower, _upper),
        slack_as=(lower_slack, upper_slack),
        mutants={"larger norms": Mutant(then=AtMost(v_norm / n, w_norm[i]))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-19/loss",
        title="loss at the start of Phase 3",
        given=_given,
        then=_loss,
        slack_as=(loss_slack,),
        mutants={"smaller constant": Mutant(then=AtMost(loss, 4 * epsilon * v_norm**2), witness=_late)},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-19/reduced",
        title="6√ε + 6ε ≤ 7√ε up to ε = 1/36, and (16 + 21/2π)ε ≤ 20ε",
        given=Box(variables={_y: (0, Rational(1, 6))}),
        then=All(AtMost(6 + 6 * _y, 7), AtMost(16 + 21 / (2 * pi), 20)),
        contact={_y: (Rational(1, 6), 1)},
        mutants={
            "farther": Mutant(given=Box(variables={_y: (0, Rational(17, 100))})),
            "constant 19": Mutant(then=AtMost(16 + 21 / (2 * pi), 19)),
        },
        note="divided by √ε and by ε, with y = √ε",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-19/cosine",
        title="cos θ ≥ ⅔ for θ ≤ ε_2 ≤ 1/441",
        given=Box(variables={_t: (0, pi), epsilon: (0, Rational(1, 441))}, where=(AtMost(_t, epsilon),)),
        then=AtMost(Rational(2, 3), cos(_t)),
        mutants={"without the bound": Mutant(given=Box(variables={_t: (0, pi), epsilon: (0, Rational(1, 441))}))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-19/sine",
        title="sin θ ≤ θ",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(sin(_t), _t),
        contact={_t: (0, 3)},
        mutants={"nine tenths": Mutant(then=AtMost(sin(_t), 9 * _t / 10))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-19/inverse",
        title="1/π ≤ 1",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(1 / pi, 1),
        mutants={"three tenths": Mutant(then=AtMost(1 / pi, Rational(3, 10)))},
        expected=Verdict.CERTIFIED,
    ),
)
