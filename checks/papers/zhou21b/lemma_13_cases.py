"""Lemma 13, p. 45: I_3 = ‖β‖² (φ − sin φ cos φ)/π with φ = ∠(β, w), for ‖w‖ large and small against ‖u‖."""

from sympy import Rational, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import AtMost
from checks.verdict import Verdict
from theory.heads import angle, dot, greatest, norm
from theory.symbols import V, i, w

_w, _u = norm(w[i]), norm(V[i])
_beta = _w * (w[i] + V[i]) + w[i] * dot(w[i], V[i]) / _w
_phi = angle(_beta, w[i])
_third = norm(_beta) ** 2 * (_phi - sin(2 * _phi) / 2) / pi


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
        mutants={"a tenth": Mutant(then=AtMost(_third, _w * _u**3 / 10))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-cases-2",
        title="I_3 ≤ 592/π · 10^{3/2} ‖u‖⁴ where ‖w‖ ≤ 4‖u‖",
        label="p. 45, second case",
        page="45",
        printed=r"I_3\le\tfrac{592}{\pi}10^{3/2}\|u\|^4",
        given=_networks(AtMost(_w, 4 * _u)),
        then=AtMost(_third, 592 / pi * 10 ** Rational(3, 2) * _u**4),
        mutants={"a half": Mutant(then=AtMost(_third, _u**4 / 2))},
        expected=Verdict.SUPPORTED,
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
