"""Lemma 13, p. 45: I_3 = ‖β‖² (φ − sin φ cos φ)/π with φ = ∠(β, w), for ‖w‖ large and small against ‖u‖."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.reduction.inherited import slack_of
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import angle, dot, greatest, norm
from theory.steps import CauchySchwarz, RootStep, Whole
from theory.symbols import V, i, w

_w, _u = norm(w[i]), norm(V[i])
_beta = _w * (w[i] + V[i]) + w[i] * dot(w[i], V[i]) / _w
_phi = angle(_beta, w[i])
_third = norm(_beta) ** 2 * (_phi - sin(2 * _phi) / 2) / pi


_angle = Symbol("phi", real=True)
_along, _against = CauchySchwarz(w[i], V[i]), CauchySchwarz(w[i], -V[i])
# (‖w‖² + 2‖w‖‖u‖)² − ‖β‖².
_beta_bound = 4 * _w**2 * _along + 3 * _along * _against

# ‖w‖ ≤ 4‖u‖: φ − sin φ cos φ ≤ φ³ ≤ π³ ≤ 10^{3/2} and ‖β‖² ≤ 592 ‖u‖⁴.
_root = 10 ** Rational(3, 2)
_short = Whole(4 * _u - _w) * (6 * _u + _w) * (24 * _u**2 + _w**2 + 2 * _w * _u)
_second_gap = (
    norm(_beta) ** 2
    * (
        slack_of("zhou21b/lemma-13-I3-upper", at={_angle: _phi})
        + (pi - _phi) * (pi**2 + pi * _phi + _phi**2)
        + Whole(_root - pi**3)
    )
    + _root * (16 * _u**4 + _short + _beta_bound)
) / pi

# ‖w‖ ≥ 4‖u‖: φ − sin φ cos φ ≤ 2φ³/3 and φ X ≤ Y with X = ‖β‖ cos φ ≥ ‖w‖²/2, Y = ‖β‖ sin φ ≤ ‖w‖‖u‖.
_excess = _w * Whole(_w - 4 * _u) / 2
_across = norm(_beta) * sin(_phi)
_slope = 2 * _across / _w**2
_tangent = norm(_beta) * slack_of("zhou21b/lemma-13-cases-1/tangent", at={_angle: _phi})
_slope_gap = 2 / _w**2 * (_tangent + _phi * (_excess + 2 * _against))
_area = RootStep(_w * _u, _across, dot(w[i], V[i]) ** 2)
_sharper = slack_of("zhou21b/lemma-13-I3-upper/sharp", at={_angle: _phi})
_longest = _excess * (5 * _w**2 / 2 + 2 * _w * _u) + _beta_bound
_first_gap = (
    norm(_beta) ** 2 * (3 * _sharper + 2 * _slope_gap * (_slope**2 + _slope * _phi + _phi**2))
    + 2 * _slope**3 * _longest
    + 36 / _w**2 * _area * (_w**2 * _u**2 + _w * _u * _across + _across**2)
) / (3 * pi) + (4 - 12 / pi) * _w * _u**3


def _networks(*where: AtMost) -> Networks:
    return Networks(model="zhou21b", students=1, dimension=(1, 3), directions=("V",), where=where)


CLAIMS = (
    Claim(
        id="zhou21b/lemma-13-cases",
        title="I_3 ≤ max(‖w‖‖u‖³, ‖u‖⁴)",
        label="p. 45",
        page="45",
        printed=r"I_3=O(\|w\|\|u\|^3+\|u\|^4)",
        given=_networks(),
        then=AtMost(_third, greatest(_w * _u**3, _u**4)),
        mutants={"a half": Mutant(then=AtMost(_third, greatest(_w * _u**3, _u**4) / 2))},
        uses=("zhou21b/lemma-13-cases-1", "zhou21b/lemma-13-cases-2"),
        note="the angle φ is acute or obtuse: both are certified as boxes, zhou21b/lemma-13-cases/reduced, …/acute, …/obtuse",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-1",
        title="I_3 ≤ 4‖w‖‖u‖³ where ‖w‖ ≥ 4‖u‖",
        label="p. 45, first case",
        page="45",
        printed=r"I_3\le4\|w\|\|u\|^3",
        given=_networks(AtMost(4 * _u, _w)),
        then=AtMost(_third, 4 * _w * _u**3),
        slack_as=(_first_gap,),
        mutants={"a tenth": Mutant(then=AtMost(_third, _w * _u**3 / 10))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-1/tangent",
        title="φ cos φ ≤ sin φ on [0, π]",
        label="p. 45, first case",
        page="45",
        given=Box(variables={_angle: (0, pi)}),
        then=AtMost(_angle * cos(_angle), sin(_angle)),
        contact={_angle: (0, 3)},
        mutants={"nine tenths": Mutant(then=AtMost(_angle * cos(_angle), 9 * sin(_angle) / 10))},
        note="φ ≤ tan φ where the cosine is positive",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-2",
        title="I_3 ≤ 592/π · 10^{3/2} ‖u‖⁴ where ‖w‖ ≤ 4‖u‖",
        label="p. 45, second case",
        page="45",
        printed=r"I_3\le\tfrac{592}{\pi}10^{3/2}\|u\|^4",
        given=_networks(AtMost(_w, 4 * _u)),
        then=AtMost(_third, 592 / pi * 10 ** Rational(3, 2) * _u**4),
        slack_as=(_second_gap,),
        mutants={"a half": Mutant(then=AtMost(_third, _u**4 / 2))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-2/sharp",
        title="I_3 ≤ ‖u‖⁴ where ‖w‖ ≤ 4‖u‖",
        label="p. 45, second case",
        page="45",
        given=_networks(AtMost(_w, 4 * _u)),
        then=AtMost(_third, _u**4),
        mutants={"a half": Mutant(then=AtMost(_third, _u**4 / 2))},
        note="attained at u = −w",
        expected=Verdict.SUPPORTED,
    ),
)
