"""Lemma C.6, p. 34: powers of cosines."""

from sympy import Rational, Symbol, cos, exp, pi

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import line_angle
from theory.symbols import a, b, i, teachers, w

_phi, _y = Symbol("phi", real=True), Symbol("y", real=True)
_x, _t, _eps = Symbol("x", real=True), Symbol("t", real=True), Symbol("epsilon", real=True)
_square = Box(variables={_x: (0, 1), _y: (0, 1)})

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds",
        title="cos² φ · y ≤ 1 − sin² φ / 4 for y ∈ [0, 1]",
        label="p. 34",
        page="34",
        printed=r"\cos^l\phi\le1-\tfrac14\sin^2\phi,\quad l\ge2\text{ even}",
        given=_square,
        then=AtMost((1 - _x) * _y, 1 - _x / 4),
        contact={_x: (0, 1)},
        mutants={"twice sin²": Mutant(then=AtMost((1 - _x) * _y, 1 - 2 * _x))},
        note="x stands for sin² φ and y for cos^{l−2} φ: this covers every even l ≥ 2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-bernoulli",
        title="1 − x ≤ e^{−x}, and e^{−t} ≤ 1 − t/2 on [0, 1], which give (1 − x)^n ≤ 1 − n x / 2",
        label="p. 34",
        page="34",
        printed=r"(1-x)^n\le1-\tfrac{nx}{2},\quad x\in[0,\tfrac1n]",
        given=Box(variables={_x: (0, 1), _t: (0, 1)}),
        then=All(AtMost(1 - _x, exp(-_x)), AtMost(exp(-_t), 1 - _t / 2)),
        contact={_x: (0, 2), _t: (0, 1)},
        mutants={"two thirds": Mutant(then=AtMost(exp(-_t), 1 - 2 * _t / 3))},
        note="t = n x; raise the first to the power n",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-exp",
        title="1 − y ≤ e^{−y}, which gives (1 − 2/l)^{l/2} ≤ 1/e with y = 2/l",
        label="p. 34",
        page="34",
        printed=r"(1-\tfrac2l)^{l/2}\le\tfrac1e",
        given=Box(variables={_y: (0, 1)}),
        then=AtMost(1 - _y, exp(-_y)),
        contact={_y: (0, 2)},
        mutants={"faster decay": Mutant(then=AtMost(1 - _y, exp(-11 * _y / 10)))},
        note="raise it to the power 1/y",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-far",
        title="cos(Δ/2 + ψ) ≤ cos(Δ/2), and ε² ≤ ε",
        label="p. 34",
        page="34",
        printed=r"0\le\cos^l\phi\le\epsilon\quad\text{for }\phi\ge\tfrac\Delta2",
        given=Box(
            variables={_phi: (Rational(1, 20), pi / 4), _t: (0, pi / 4), _eps: (0, Rational(1, 2))},
        ),
        then=All(AtMost(cos(_phi + _t), cos(_phi)), AtMost(_eps**2, _eps)),
        contact={_t: (0, 1), _eps: (0, 1)},
        mutants={"cubed root": Mutant(then=AtMost(_eps, _eps**2))},
        note="the degree l is chosen with cos^l(Δ/2) ≤ ε²; φ stands for Δ/2",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-triangle",
        title="the angles of lines obey the triangle inequality",
        label="p. 34",
        page="34",
        printed=r"\angle(w_k^*,w_j)\ge\tfrac\Delta2",
        given=Networks(model="zhou21b", students=(1, 3), teachers=(2, 4), dimension=(1, 4)),
        then=AtLeast(
            line_angle(w[i], teachers[a]) + line_angle(w[i], teachers[b]), line_angle(teachers[a], teachers[b])
        ),
        mutants={
            "one angle alone": Mutant(then=AtLeast(line_angle(w[i], teachers[a]), line_angle(teachers[a], teachers[b])))
        },
        note="with a the nearest teacher the larger of the two angles is at least Δ/2",
        expected=Verdict.SUPPORTED,
    ),
)
