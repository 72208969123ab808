"""Page 10: the remarks on the lower bound of Theorem 5 as a quadratic function of √K."""

from sympy import Expr, Rational, Symbol, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Point
from checks.relation import AtMost, Below, Equal, Relation
from checks.verdict import Verdict

# τ = √(1 − 2tθ); x, y stand for √K.
_c1, _c2 = Symbol("c_1", real=True), Symbol("c_2", real=True)
_tau, _x, _y = Symbol("tau", real=True), Symbol("x", real=True), Symbol("y", real=True)
_K, _N = Symbol("K", real=True), Symbol("N", real=True)
_C = _c1**2 + _c2**2
_most = 10**6


def _g(root: Expr) -> Expr:
    """The bound of Theorem 5 divided by ‖w_*‖², at √K = root."""
    return 2 * _c1 * (_tau * root - 1) - _C * root**2 + _c1**2


def _box(*where: Relation, **more: tuple[object, object]) -> Box:
    named = {symbol.name: symbol for symbol in (_x, _y, _K, _N)}
    variables = {
        _c1: (0, 1),
        _c2: (0, 10),
        _tau: (0, 1),
        **{named[name]: span for name, span in more.items()},
    }
    return Box(variables=variables, where=where)


_largest = (_c1 * _tau + sqrt(_c1**2 * _tau**2 - _C * (2 * _c1 - _c1**2))) / _C
_star = Below(0, _g(sqrt(2)))
_rising = (AtMost(_x, _y), AtMost(_C * _y, _c1 * _tau))

CLAIMS = (
    Claim(
        id="wang21a/theorem-5-monotone",
        title="the bound increases with √K up to c_1 τ/(c_1² + c_2²)",
        label="p. 10",
        page="10",
        printed=r"2c_1(\sqrt{1-2t\theta}\sqrt K-1)-K(c_1^2+c_2^2)+c_1^2\ \text{increases for}\ "
        r"1\le\sqrt K\le\tfrac{c_1\sqrt{1-2t\theta}}{c_1^2+c_2^2}",
        given=_box(*_rising, x=(1, _most), y=(1, _most)),
        then=AtMost(_g(_x), _g(_y)),
        slack_as=(2 * (_y - _x) * (_c1 * _tau - _C * _y) + _C * (_y - _x) ** 2,),
        mutants={
            "beyond the vertex": Mutant(
                given=_box(AtMost(_x, _y), AtMost(_C * _y, 2 * _c1 * _tau), x=(1, _most), y=(1, _most)),
                witness=Point.of(c_1="1/2", c_2=0, tau=1, x="5/2", y=4),
            ),
            "decreasing": Mutant(then=AtMost(_g(_y), _g(_x)), witness=Point.of(c_1="1/2", c_2=0, tau=1, x=1, y=2)),
        },
        note="x ≤ y are two values of √K; c_1 and τ lie in [0, 1], c_2 ≥ 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/theorem-5-star",
        title="(*) says that the bound is positive at K = 2",
        label="p. 10",
        page="10",
        printed=r"(*)\quad 2c_1(\sqrt2\sqrt{1-2t\theta}-1)-c_1^2-2c_2^2>0",
        given=_box(),
        then=Equal(_g(sqrt(2)), 2 * _c1 * (sqrt(2) * _tau - 1) - _c1**2 - 2 * _c2**2),
        mutants={
            "K = 3": Mutant(then=Equal(_g(sqrt(3)), 2 * _c1 * (sqrt(2) * _tau - 1) - _c1**2 - 2 * _c2**2)),
            "one c_2²": Mutant(then=Equal(_g(sqrt(2)), 2 * _c1 * (sqrt(2) * _tau - 1) - _c1**2 - _c2**2)),
        },
        note="at τ = 1, c_2 = 0 it holds for c_1 < 2(√2 − 1) = 0.828…",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/theorem-5-upper-limit",
        title="the bound stays positive up to √K ≤ ⌊x₊⌋, as printed",
        label="p. 10",
        page="10",
        printed=r"\text{under }(*)\text{ the bound keeps being positive up to }\sqrt K\le\Big\lfloor x_+"
        r"\Big\rfloor,\quad x_+="
        r"\tfrac{c_1\sqrt{1-2t\theta}+\sqrt{c_1^2(1-2t\theta)-(c_1^2+c_2^2)(2c_1-c_1^2)}}{c_1^2+c_2^2}",
        given=_box(_star, AtMost(sqrt(_K), _N), AtMost(_N, _largest), K=(2, _most), N=(1, _most)),
        then=Below(0, _g(sqrt(_K))),
        witness=Point.of(
            c_1="1/2",
            c_2=0,
            tau=1,
            K=9,
            N=3,
            note="x₊ = 3 is an integer: at K = 9 the bound is 0, not positive",
        ),
        mutants={
            "by a margin": Mutant(
                then=Below(Rational(1, 100), _g(sqrt(_K))),
                witness=Point.of(c_1="1/2", c_2=0, tau=1, K=9, N=3),
            )
        },
        note="N = ⌊x₊⌋ is an integer with N ≤ x₊; K and N are integers at the witness",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the floor stands at the wrong place: the limit is on K, not on √K; the bound is positive "
            "exactly up to "
            "K < x₊², and ⌊x₊⌋² can be far below that",
            reader="c_1 = 0.7, c_2 = 0.1, τ = 1: x₊ = 1.774, so the print admits only √K ≤ 1, although the "
            "bound is 0.0699 at "
            "K = 2 and 0.0149 at K = 3; c_1 = ½, c_2 = 0, τ = 1: x₊ = 3, and the bound is 0 at K = 9",
            mend="wang21a/theorem-5-upper-limit/corrected",
            charity="as a sufficient condition it is right unless x₊ is an integer",
        ),
    ),
    Claim(
        id="wang21a/theorem-5-upper-limit/corrected",
        title="the bound is positive for all 2 ≤ K < x₊²",
        label="p. 10, mended",
        page="10",
        given=_box(_star, AtMost(sqrt(2), _x), Below(_x, _largest), Below(sqrt(2), _largest), x=(1, _most)),
        then=Below(0, _g(_x)),
        # A concave function between two points, at one of which it is positive and at the other 0.
        slack_as=(_g(sqrt(2)) * (_largest - _x) / (_largest - sqrt(2)) + _C * (_x - sqrt(2)) * (_largest - _x),),
        mutants={
            "at the root": Mutant(
                given=_box(_star, AtMost(sqrt(2), _x), AtMost(_x, _largest), x=(1, _most)),
                witness=Point.of(c_1="1/2", c_2=0, tau=1, x=3),
            )
        },
        note="x = √K; (*) makes c_1 > 0, and √2 ≤ x < x₊ makes √2 < x₊",
        expected=Verdict.PROVED,
    ),
)
