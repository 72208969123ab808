"""Lemma 13, p. 44: the integral I_3 and its place in the bound of ‖I_j‖."""

from sympy import cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.zhou21b._residual import against
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, expectation, gaussian_input, magnitude, norm
from theory.indicators import sgn
from theory.symbols import V, i, w

_one = Networks(model="zhou21b", students=1, dimension=(1, 4), directions=("V",))
_x = gaussian_input
_w, _u = norm(w[i]), norm(V[i])
_next = w[i] + V[i]
_alpha = norm(_next) * _next
_beta = _w * _next + w[i] * dot(w[i], V[i]) / _w


def _differ(row):  # type: ignore[no-untyped-def]
    """E[(row·x)² 1{signs of row·x and w·x differ}]."""
    return expectation(dot(_x, row) ** 2 * (1 - sgn(dot(_x, row)) * sgn(dot(_x, w[i]))) / 2)


def _closed(row):  # type: ignore[no-untyped-def]
    phi = angle(row, w[i])
    return norm(row) ** 2 * (phi - sin(phi) * cos(phi)) / pi


_left = expectation((magnitude(dot(_x, _alpha)) - dot(_x, _beta) * sgn(dot(_x, w[i]))) ** 2)
_linear = 2 * norm(_alpha - _beta) ** 2
_third = _closed(_beta)
_size = norm(_alpha) ** 2 + norm(_beta) ** 2
_witness = Point.of(students=[[1, 0]], teachers=[[1, 0]], V=[[0, "1/10"]])

CLAIMS = (
    Claim(
        id="zhou21b/lemma-13-I3-identity",
        title="I_3 = ‖β‖² (φ − sin φ cos φ)/π",
        label="p. 44",
        page="44",
        printed=r"I_3=\mathbb E\big[(\beta^\top x)^2\mathbb 1_{\mathrm{sgn}(\beta^\top x)\ne\mathrm{sgn}(w^\top x)}\big]"
        r"=\tfrac{\|\beta\|^2}\pi(\phi-\sin\phi\cos\phi)",
        given=_one,
        then=Equal(_differ(V[i]), _closed(V[i])),
        mutants={"twice": Mutant(then=Equal(_differ(V[i]), 2 * _closed(V[i])))},
        uses=("zhou21b/lemma-D.2",),
        note="for an arbitrary vector β = V_i",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-13-I3-display",
        title="‖I_j‖² ≤ 2‖α − β‖² + 2 I_3, as printed",
        label="p. 44, display",
        page="44",
        printed=r"\|I_j\|^2\le2\|\alpha-\beta\|^2+2I_3",
        given=_one,
        then=against(_size, _left, _linear + 2 * _third),
        witness=_witness,
        mutants={"without I_3": Mutant(then=against(_size, _left, _linear), witness=_witness)},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="the square of a difference of two signs is 4 on its support: 8 I_3, not 2 I_3",
            reader="w = e_1, u = e_2/10: 8.7649·10⁻⁴ against 4.7382·10⁻⁴",
            mend="zhou21b/lemma-13-I3-display/corrected",
            charity="only constants of Lemma 13 change",
        ),
    ),
    Claim(
        id="zhou21b/lemma-13-I3-display/corrected",
        title="‖I_j‖² ≤ 2‖α − β‖² + 8 I_3",
        label="p. 44, display, mended",
        page="44",
        given=_one,
        then=against(_size, _left, _linear + 8 * _third),
        mutants={"with 3": Mutant(then=against(_size, _left, _linear + 3 * _third))},
        expected=Verdict.SUPPORTED,
    ),
)
