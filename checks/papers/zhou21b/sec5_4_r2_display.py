"""Page 12, display: the norm of R_2 is at most the sum of the norms of its summands."""

from sympy import Rational, Symbol, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import AtMost
from checks.verdict import Verdict

_delta = Symbol("delta", real=True)
_square = _delta - sin(2 * _delta) / 2
_box = Box(variables={_delta: (0, pi / 2)})

CLAIMS = (
    Claim(
        id="zhou21b/sec5.4-R2-display",
        title="each summand of R_2 has squared norm at most ‖w_j‖⁴ δ_j³",
        label="p. 12, display",
        page="12",
        printed=r"\|R_2\|^2\le r\sum_i\left(\sum_{j\in T_i}\|w_j\|^2\delta_j^{3/2}\right)^2",
        given=_box,
        then=AtMost(4 * _square / pi, _delta**3),
        contact={_delta: (0, 3)},
        mutants={"half": Mutant(then=AtMost(4 * _square / pi, _delta**3 / 2))},
        note="the squared norm is 4/π (δ − sin δ cos δ) for ‖w_j‖ = 1; the display follows by the triangle "
        "and Cauchy–Schwarz inequalities",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/sec5.4-R2-display/sharp",
        title="with the factor 8/(3π) < 1",
        label="p. 12, display",
        page="12",
        given=_box,
        then=AtMost(_square, Rational(2, 3) * _delta**3),
        contact={_delta: (0, 5)},
        mutants={"0.66": Mutant(then=AtMost(_square, Rational(66, 100) * _delta**3))},
        expected=Verdict.CERTIFIED,
    ),
)
