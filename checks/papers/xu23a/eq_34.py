"""Equation (34), p. 23: the step of χ_i − ε_1² with a factor that no longer depends on ‖w_i‖."""

from sympy import Rational, Symbol

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtMost
from checks.verdict import Verdict

# x = χ_i(t) − ε_1², y = χ_i(t + 1) − ε_1²; p = η‖v‖/(12‖w_i(t+1)‖) ≥ q = η/(12(s_2/‖v‖ + 2η(t+1))).
_x, _y, _p, _q = (Symbol(name, real=True) for name in ("x", "y", "p", "q"))
_ordered, _step = AtMost(_q, _p), AtMost(_y, (1 - _p) * _x)


def _box(low: int, *where: AtMost) -> Box:
    return Box(variables={_x: (low, 1), _y: (-1, 1), _p: (0, Rational(1, 2)), _q: (0, Rational(1, 2))}, where=where)


_conclusion = AtMost(_y, (1 - _q) * _x)

CLAIMS = (
    Claim(
        id="xu23a/eq-34",
        title="(33) gives (34) whatever the sign of χ − ε_1², as printed",
        label="(34)",
        page="23",
        printed=r"\chi_i(t'+1)-\epsilon_1^2\le\Big(1-\frac\eta{12(s_2/\|v\|+2\eta(t'+1))}\Big)(\chi_i(t')-"
        r"\epsilon_1^2)"
        r"\quad\text{regardless of the sign of }\chi_i(t')-\epsilon_1^2",
        given=_box(-1, _ordered, _step),
        then=_conclusion,
        witness=Point.of(
            x=Rational(-1, 100),
            y=Rational(-1, 200),
            p=Rational(1, 2),
            q=Rational(1, 4),
            note="χ − ε_1² = −1/100 shrinks by the factor 1/2, which is more than the factor 3/4",
        ),
        mutants={"the other factor": Mutant(then=AtMost(_y, (1 - 2 * _p) * _x))},
        uses=("xu23a/eq-33", "xu23a/eq-6"),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="‖w_i(t+1)‖ ≤ s_2 + 2η(t+1)‖v‖ makes the factor larger, so the step before (34) keeps its "
            "direction only "
            "where χ_i ≥ ε_1²; for χ_i < ε_1² it is reversed",
            reader="x = χ − ε_1² < 0 and p > q: (1 − p)x > (1 − q)x",
            mend="xu23a/eq-34/corrected",
            charity="the conclusion (25) survives: where χ_i ≥ ε_1², (34) holds; and by (33) with a factor "
            "in [0, 1] a "
            "negative χ_i − ε_1² stays ≤ 0, where (25) is trivial because χ_i(0) ≥ 1/4 > ε_1²",
        ),
    ),
    Claim(
        id="xu23a/eq-34/corrected",
        title="(34) where χ ≥ ε_1²",
        label="(34), mended",
        page="23",
        given=_box(0, _ordered, _step),
        then=_conclusion,
        mutants={"the other factor": Mutant(then=AtMost(_y, (1 - 2 * _p) * _x))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/eq-34/below",
        title="once χ ≤ ε_1² it stays so",
        label="(34), mended",
        page="23",
        given=_box(-1, AtMost(_x, 0), _step),
        then=AtMost(_y, 0),
        mutants={"without (33)": Mutant(given=_box(-1, AtMost(_x, 0)))},
        expected=Verdict.CERTIFIED,
    ),
)
