"""Lemma D.2, p. 48: the second moment where two signs differ is of the order of the cubed angle."""

from sympy import Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, norm
from theory.symbols import i, v, w
from theory.vocabulary import gradient

_phi = Symbol("phi", real=True)
_cap = _phi - sin(2 * _phi) / 2

# E[(vᵀx)²] − E[(vᵀx)² sgn(wᵀx) sgn(vᵀx)], halved; the second is vᵀ∇_a k(w, v), which the gradient contains.
_radial = 2 * norm(w[i]) ** 2 * w[i] - gradient[i]
_moment = dot(v, _radial) - dot(w[i], v) * dot(w[i], _radial) / (2 * norm(w[i]) ** 2)
_angle = angle(w[i], v)
_wedge = norm(v) ** 2 * (_angle - sin(_angle) * cos(_angle)) / pi

CLAIMS = (
    Claim(
        id="zhou21b/lemma-D.2",
        title="the second moment where the signs differ is (φ − sin φ cos φ)/π",
        label="Lemma D.2",
        page="48",
        printed=r"\mathbb E[(\beta^\top x)^2\mathbb 1]=\tfrac1\pi(\phi-\sin\phi\cos\phi)",
        given=Networks(model="zhou21b", students=1, dimension=(1, 4)),
        then=Equal((norm(v) ** 2 - _moment / norm(w[i])) / 2, _wedge),
        mutants={"twice": Mutant(then=Equal((norm(v) ** 2 - _moment / norm(w[i])) / 2, 2 * _wedge))},
        note="the moment is read off the derived gradient of one student w against the teacher v",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-D.2-theta",
        title="φ³/10 ≤ φ − sin φ cos φ ≤ φ³ on [0, π]",
        label="Lemma D.2",
        page="48",
        printed=r"\tfrac1\pi(\phi-\sin\phi\cos\phi)=\Theta(\phi^3)",
        given=Box(variables={_phi: (0, pi)}),
        then=All(AtLeast(_cap, _phi**3 / 10), AtMost(_cap, _phi**3)),
        contact={_phi: (0, 3)},
        mutants={"a ninth": Mutant(then=AtLeast(_cap, _phi**3 / 9))},
        note="the best constants are 1/π² and 2/3",
        expected=Verdict.CERTIFIED,
    ),
)
