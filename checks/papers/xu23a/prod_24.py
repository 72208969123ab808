"""Proof of (25), p. 24: the product of the contraction factors of Phase 1."""

from sympy import Expr, Rational, Symbol, log

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


# Number of steps up to which the product itself is written out.
_STEPS = 6


def _product(steps: int, weight: Expr) -> AtMost:
    """The first inequality after ``steps`` = t + 1 steps, in logarithms times −24."""
    exponents = sum(2 * _a / (1 + 2 * _a * u) for u in range(1, steps + 1))
    return AtMost(weight * log((1 + 2 * _a * (steps + 1)) / (1 + 2 * _a)), exponents)


CLAIMS = (
    Claim(
        id="xu23a/prod-24",
        title=f"the product over the first steps of Phase 1, up to t = {_STEPS - 1}, and the last inequality for every t",
        label="p. 24 display",
        page="24",
        printed=r"\prod_{u=1}^{t+1}e^{-\frac{\eta}{12(s_2/\|v\|+2\eta u)}}\le\Big(\tfrac{s_2+2(t+2)\eta\|v\|}"
        r"{s_2+2\eta\|v\|}\Big)^{-1/24}\le\Big(1+\tfrac{\eta(t+1)}{s_2/\|v\|}\Big)^{-1/24}",
        given=Box(variables={_a: (0, _half), _t: (0, 1000)}),
        then=All(*(_product(steps, Rational(1)) for steps in range(1, _STEPS + 1)), _last),
        contact={_a: (0, 2)},
        mutants={
            "1/24 replaced by 1/20": Mutant(then=_product(_STEPS, Rational(24, 20))),
            "larger steps": Mutant(given=Box(variables={_a: (0, Rational(51, 100)), _t: (0, 1000)}), then=_last),
        },
        because=("xu23a/prod-24/step", "xu23a/prod-24/reduced"),
        uses=("xu23a/eq-34",),
        note="with a = η‖v‖/s_2 ≤ 1/2; one more step multiplies the left side by exp(−x/24) and the right one by "
        "(1 + x)^{−1/24}, x = 2a/(1 + 2au), so that xu23a/prod-24/step carries the first inequality to every t; the last one "
        "holds exactly when 2η‖v‖ ≤ s_2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/prod-24/step",
        title="one more step keeps the first inequality: log(1 + x) ≤ x",
        given=Box(variables={_x: (0, _half)}),
        then=_factor(24),
        contact={_x: (0, 2)},
        mutants={"1/24 replaced by 1/20": Mutant(then=_factor(20))},
        note="x = 2a/(1 + 2au) covers all a ≤ 1/2 and all steps u ≥ 1",
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
