"""Equation (42), right inequality, p. 27: H has not become too small at the end of Phase 2."""

from sympy import Rational, Symbol, exp, log

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import AtLeast, AtMost
from checks.verdict import Verdict

# x = nη, and ε_2 = e^{−s}/36, so that T_2 − T_1 ≤ (3/2) s/x.
_x, _s = Symbol("x", real=True), Symbol("s", real=True)


def _end(overestimate: Rational) -> AtMost:
    """⅔ (1 − x/2)^{T_2 − T_1} ≥ 24ε_2 at T_2 − T_1 = overestimate · s/x, divided by 24ε_2 = ⅔e^{−s}, in logarithms."""
    return AtLeast(_s + overestimate * _s * log(1 - _x / 2) / _x, 0)


CLAIMS = (
    Claim(
        id="xu23a/eq-42-right",
        title="H is at least 18ε_2‖v‖ to the end of Phase 2",
        label="(42), right inequality",
        page="27",
        printed=r"\tfrac23(1-\tfrac{n\eta}2)^{t-T_1}\|v\|-6\epsilon_2\|v\|\ge\tfrac23\cdot36\epsilon_2\|v\|-6"
        r"\epsilon_2\|v\|=18\epsilon_2\|v\|",
        given=Box(variables={_x: (Rational(1, 20), Rational(9, 10)), _s: (0, 10)}),
        then=_end(Rational(3, 2)),
        contact={_s: (0, 1)},
        mutants={
            "a longer phase": Mutant(then=_end(Rational(21, 10))),
            "larger nη": Mutant(given=Box(variables={_x: (Rational(1, 1000), Rational(92, 100)), _s: (0, 10)})),
        },
        because=("xu23a/eq-42-right/reduced",),
        note="with x = nη and ε_2 = e^{−s}/36; T_2 − T_1 = ⌈y⌉ ≤ (3/2)y for y = (1/nη) ln(1/36ε_2) ≥ 2; the "
        "reduced form "
        "covers x → 0 and every s",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-42-right/reduced",
        title="1 − x/2 ≥ e^{−2x/3} up to x = 0.90878",
        given=Box(variables={_x: (0, Rational(90878, 100000))}),
        then=AtLeast(1 - _x / 2, exp(-2 * _x / 3)),
        contact={_x: (0, 1)},
        mutants={"farther": Mutant(given=Box(variables={_x: (0, Rational(90879, 100000))}))},
        expected=Verdict.CERTIFIED,
    ),
)
