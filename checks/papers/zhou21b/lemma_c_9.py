"""Lemma C.9, p. 39: the second moment of the input where two signs differ."""

from sympy import pi

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._kernel import sign_form
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, expectation, gaussian_input
from theory.indicators import sgn
from theory.symbols import v, w, xi

_x = gaussian_input
_differ = (1 - sgn(dot(_x, w[0])) * sgn(dot(_x, v))) / 2
_phi = angle(w[0], v)
# An orthonormal basis of the plane of α = w and β = v; the third coordinate of R³ is independent of the indicator.
_across = v - dot(w[0], v) / dot(w[0], w[0]) * w[0]
_plane = dot(_x, w[0]) ** 2 / dot(w[0], w[0]) + dot(_x, _across) ** 2 / dot(_across, _across)
_moment = expectation(_plane * _differ) + expectation(_differ)
_pair = Networks(model="zhou21b", students=1, dimension=(2, 4))

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.9",
        title="E[‖x‖² 1{signs differ}] is 3φ/π in three dimensions",
        label="Lemma C.9",
        page="39",
        printed=r"\alpha,\beta\in\mathbb R^3,\ \angle(\alpha,\beta)=\phi,\ \alpha^\top\beta\ge0:\quad"
        r"\mathbb E_x\big[\|x\|^2\mathbb 1_{\mathrm{sgn}(\alpha^\top x)\ne\mathrm{sgn}(\beta^\top x)}\big]=O(\phi)",
        given=_pair,
        then=Equal(_moment, 3 * _phi / pi),
        mutants={"twice": Mutant(then=Equal(_moment, 6 * _phi / pi))},
        note="an orthonormal basis of the plane of α and β, and a third coordinate that is independent of the indicator and has "
        "E x_3² = 1; φ is the angle in [0, π], which is the paper's angle of lines since αᵀβ ≥ 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.9/exact",
        title="the second moment along any ξ where the signs differ",
        label="Lemma C.9",
        page="39",
        given=Networks(model="zhou21b", students=1, dimension=(2, 4), vectors=("xi",)),
        then=Equal(
            expectation(dot(_x, xi) ** 2 * _differ),
            (dot(xi, xi) - sign_form(w[0], v, xi, xi)) / 2,
        ),
        mutants={
            "without the half": Mutant(
                then=Equal(expectation(dot(_x, xi) ** 2 * _differ), dot(xi, xi) - sign_form(w[0], v, xi, xi))
            )
        },
        note="added up over an orthonormal basis of R^n it is nφ/π, because the part in the plane has trace 0",
        uses=("zhou21b/eq-4/closed",),
        expected=Verdict.PROVED,
    ),
)
