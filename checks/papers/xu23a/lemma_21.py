"""Lemma 21, p. 31: the residual is bounded by the loss."""

from sympy import Expr, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Networks, Point
from checks.papers.xu23a._one_input import residual_below_loss
from checks.papers.xu23a._phases import drawn_in_range, in_range
from checks.relation import AtMost, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import dot, positive_part
from theory.steps import RootStep
from theory.symbols import i, j, mu, n, over, v, w, x
from theory.vocabulary import loss, residual, residual_norm, theta, v_norm, w_norm

_networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5))
_range = in_range(
    AtMost(loss, v_norm**2 / n**2),
    dimension=(1, 4),
    directions=("V",),
    coefficients=("beta",),
    drawn_as=drawn_in_range(),
)


def _moduli(spread: Expr) -> Expr:
    """E|a·x||b·x| for unit vectors at this angle: twice Υ(a, b) + Υ(a, −b)."""
    return (2 * sin(spread) + (pi - 2 * spread) * cos(spread)) / pi


# E[(Σ|w_i·x| − |v·x|)²].
_even = (
    over(_moduli(theta[i, j]) * w_norm[i] * w_norm[j], i, j)
    - 2 * over(_moduli(theta[i]) * w_norm[i] * v_norm, i)
    + v_norm**2
)
# At L = 0 the square root can't be decided; ‖r‖² ≤ 8L covers it.
_lossy = Networks(model="xu23a", students=(1, 5), dimension=(1, 5), where=(AtMost(v_norm**2 / 10**9, loss),))
_flipped = Point.of(students=[[-1]], teachers=[[1]], note="w = −v: r = −2v, L = ‖v‖²/2")


def _output(sign: int) -> Expr:
    """R(±x)."""
    return over(positive_part(sign * dot(w[i], x[mu])), i) - positive_part(sign * dot(v, x[mu]))


CLAIMS = (
    Claim(
        id="xu23a/lemma-21",
        title="the residual is O(n√L)",
        label="Lemma 21",
        page="31",
        printed=r"\tfrac{4\|v\|}n\ge\|w_i\|\ge\tfrac{\|v\|}{4n},\ L=O(n^{-2}\|v\|^2)\Rightarrow\|r\|=O(nL^{1/2})",
        given=_range,
        then=Bounded(ratio=residual_norm / (n * sqrt(loss))),
        mutants={"linear in the loss": Mutant(then=Bounded(ratio=residual_norm * v_norm / (n * loss)))},
        uses=("xu23a/lemma-20", "xu23a/eq-23", "xu23a/trig-S"),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/lemma-21/constant",
        title="with the constant 2√2/n",
        given=_lossy,
        then=AtMost(residual_norm, 2 * sqrt(2) * sqrt(loss)),
        mutants={"smaller constant": Mutant(then=AtMost(residual_norm, 27 * sqrt(loss) / 10), witness=_flipped)},
        slack_as=(RootStep(2 * sqrt(2) * sqrt(loss), residual_norm, residual_below_loss()),),
        because=("xu23a/lemma-21-residual",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-21-residual",
        title="‖r‖² ≤ 8L",
        label="new",
        given=_networks,
        then=AtMost(residual_norm**2, 8 * loss),
        mutants={"smaller constant": Mutant(then=AtMost(residual_norm**2, 79 * loss / 10), witness=_flipped)},
        slack_as=(residual_below_loss(),),
        because=("xu23a/lemma-21-identity",),
        note="equality at w = −v",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-21-identity",
        title="L = ⅛‖r‖² + ⅛E[(Σ|w_i·x| − |v·x|)²]",
        label="new",
        given=_networks,
        then=Equal(loss, residual_norm**2 / 8 + _even / 8),
        mutants={"twice the even part": Mutant(then=Equal(loss, residual_norm**2 / 8 + _even / 4))},
        note="with E|a·x||b·x| = ‖a‖‖b‖(2 sin θ + (π − 2θ) cos θ)/π",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-21-identity/odd-part",
        title="r·x = R(x) − R(−x)",
        given=Networks(model="xu23a", students=(1, 4), dimension=(1, 4), samples=1),
        then=Equal(dot(residual, x[mu]), _output(1) - _output(-1)),
        mutants={"sum": Mutant(then=Equal(dot(residual, x[mu]), _output(1) + _output(-1)))},
        expected=Verdict.PROVED,
    ),
)
