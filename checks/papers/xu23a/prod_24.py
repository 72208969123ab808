"""Proof of (25), p. 24: the product of the contraction factors of Phase 1."""

from sympy import Rational, Symbol, exp, log

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost
from checks.verdict import Verdict

# a = η‖v‖/s_2, and x = 2a/(1 + 2au), one step of the sum in the exponent.
_a, _u, _x, _t = (Symbol(name, real=True) for name in ("a", "u", "x", "t"))
_half = Rational(1, 2)
_step = AtMost(log(1 + 2 * _a * (_u + 1)) - log(1 + 2 * _a * _u), 2 * _a / (1 + 2 * _a * _u))
_last = AtMost(1 + _a * (_t + 1), (1 + 2 * _a * (_t + 2)) / (1 + 2 * _a))

CLAIMS = (
    Claim(
        id="xu23a/prod-24",
        title="the product over the steps of Phase 1, factor by factor",
        label="p. 24 display",
        page="24",
        printed=r"\prod_{u=1}^{t+1}e^{-\frac{\eta}{12(s_2/\|v\|+2\eta u)}}\le\Big(\tfrac{s_2+2(t+2)\eta\|v\|}"
        r"{s_2+2\eta\|v\|}\Big)^{-1/24}\le\Big(1+\tfrac{\eta(t+1)}{s_2/\|v\|}\Big)^{-1/24}",
        given=Box(variables={_a: (0, _half), _u: (1, 1000), _t: (0, 1000)}),
        then=All(
            # The first inequality is the product of these over u = 1, …, t + 1, to the power −1/24.
            AtMost(
                exp(-_a / (12 * (1 + 2 * _a * _u))),
                ((1 + 2 * _a * (_u + 1)) / (1 + 2 * _a * _u)) ** Rational(-1, 24),
            ),
            AtMost(((1 + 2 * _a * (_t + 2)) / (1 + 2 * _a)) ** Rational(-1, 24), (1 + _a * (_t + 1)) ** Rational(-1, 24)),
        ),
        contact={_a: (0, 2)},
        mutants={
            "1/24 replaced by 1/20": Mutant(
                then=AtMost(
                    exp(-_a / (12 * (1 + 2 * _a * _u))),
                    ((1 + 2 * _a * (_u + 1)) / (1 + 2 * _a * _u)) ** Rational(-1, 20),
                )
            ),
            "larger steps": Mutant(given=Box(variables={_a: (0, 1), _u: (1, 1000), _t: (0, 1000)})),
        },
        uses=("xu23a/eq-34",),
        note="with a = η‖v‖/s_2 ≤ 1/2; the last inequality holds exactly when 2η‖v‖ ≤ s_2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/prod-24/reduced",
        title="the last inequality, which holds for every number of steps",
        given=Box(variables={_a: (0, _half), _t: (0, 10**9)}),
        then=_last,
        slack_as=(_a * (_t + 1) * (1 - 2 * _a) / (1 + 2 * _a),),
        mutants={"larger steps": Mutant(given=Box(variables={_a: (0, Rational(51, 100)), _t: (0, 1000)}))},
        expected=Verdict.PROVED,
    ),
)
