"""Lemma D.3, p. 49: the squared norm of one summand of the gradient is at most 4."""

from sympy import Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, expectation, gaussian_input, magnitude, norm
from theory.indicators import sgn
from theory.symbols import i, v, w, xi

_phi = Symbol("phi", real=True)
_height = sin(_phi) + (pi / 2 - _phi) * cos(_phi)
_square = 4 * _height**2 + (pi / 2 - _phi) ** 2 * sin(_phi) ** 2

# ξᵀ E[|α·x| (I + β̄β̄ᵀ) x sgn(β·x)] with α = v, β = w_i.
_x = gaussian_input
_form = magnitude(dot(_x, v)) * sgn(dot(_x, w[i]))
_moment = expectation(_form * dot(_x, xi)) + dot(w[i], xi) / norm(w[i]) ** 2 * expectation(_form * dot(_x, w[i]))
_angle = angle(w[i], v)
_vector = 2 / pi * norm(v) * (2 * sin(_angle) / norm(w[i]) * w[i] + (pi / 2 - _angle) / norm(v) * v)
_vector += 2 / pi * norm(v) * (pi / 2 - _angle) * cos(_angle) / norm(w[i]) * w[i]

CLAIMS = (
    Claim(
        id="zhou21b/lemma-D.3",
        title="the squared norm is at most 4, its value at φ = 0",
        label="Lemma D.3",
        page="49",
        printed=r"\left\|\mathbb E[|\alpha^\top x|(I+\beta\beta^\top)x\operatorname{sgn}(\beta^\top x)]\right\|^2=O(1)",
        given=Box(variables={_phi: (0, pi / 2)}),
        then=All(AtMost(_square, pi**2), AtLeast(_square, 4)),
        contact={_phi: (0, 2)},
        mutants={"three": Mutant(then=AtMost(_square, 3 * pi**2 / 4))},
        because=("zhou21b/lemma-D.3/exact",),
        note="the squared norm is 4/π² times the left side, between 16/π² and 4; φ the angle of the lines of α and β",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-D.3/exact",
        title="closed form of the summand and of its norm",
        label="Lemma D.3",
        page="49",
        given=Networks(model="zhou21b", students=1, dimension=(1, 4), vectors=("xi",)),
        then=All(
            Equal(_moment, dot(xi, _vector)),
            Equal(
                dot(_vector, _vector),
                4
                / pi**2
                * norm(v) ** 2
                * (
                    4 * (sin(_angle) + (pi / 2 - _angle) * cos(_angle)) ** 2 + (pi / 2 - _angle) ** 2 * sin(_angle) ** 2
                ),
            ),
        ),
        mutants={"half of it": Mutant(then=Equal(_moment, dot(xi, _vector) / 2))},
        expected=Verdict.PROVED,
    ),
)
