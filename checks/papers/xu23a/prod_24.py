"""Proof of (25), p. 24: the product of the contraction factors of Phase 1."""

from sympy import Rational, Symbol, log

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import All, AtMost
from checks.verdict import Verdict

# a = η‖v‖/s_2, and x = 2a/(1 + 2au), one step of the sum in the exponent.
_a, _x, _t = (Symbol(name, real=True) for name in ("a", "x", "t"))
_half = Rational(1, 2)
_last = AtMost(1 + _a * (_t + 1), (1 + 2 * _a * (_t + 2)) / (1 + 2 * _a))


def _factor(exponent: int) -> AtMost:
    """One factor of the first inequality to the power −24, after taking logarithms; x = 2a/(1 + 2au)."""
    return AtMost(Rational(24, exponent) * log(1 + _x), _x)


CLAIMS = (
    Claim(
        id="xu23a/prod-24",
        title="the product over the steps of Phase 1, factor by factor",
        label="p. 24 display",
        page="24",
        printed=r"\prod_{u=1}^{t+1}e^{-\frac{\eta}{12(s_2/\|v\|+2\eta u)}}\le\Big(\tfrac{s_2+2(t+2)\eta\|v\|}"
        r"{s_2+2\eta\|v\|}\Big)^{-1/24}\le\Big(1+\tfrac{\eta(t+1)}{s_2/\|v\|}\Big)^{-1/24}",
        given=Box(variables={_a: (0, _half), _x: (0, _half), _t: (0, 1000)}),
        then=All(_factor(24), _last),
        contact={_x: (0, 2), _a: (0, 1)},
        mutants={
            "1/24 replaced by 1/20": Mutant(then=_factor(20)),
            "larger steps": Mutant(
                given=Box(variables={_a: (0, Rational(51, 100)), _x: (0, _half), _t: (0, 1000)}), then=_last
            ),
        },
        uses=("xu23a/eq-34",),
        note="with a = η‖v‖/s_2 ≤ 1/2 and x = 2a/(1 + 2au) ≤ 1/2: the ratio of consecutive brackets is 1 + x, "
        "the exponents "
        "are −x/24, so the first inequality is the product of log(1 + x) ≤ x over u; the last one holds exactly when "
        "2η‖v‖ ≤ s_2",
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
