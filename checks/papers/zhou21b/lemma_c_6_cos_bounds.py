"""Page 34: powers of cosines in the proof of Lemma C.6.

An even power of a cosine depends on cos² φ = e^{−u} with u ≥ 0 alone (at φ = π/2, u = ∞, it is 0).  Exponents
are real here, which includes the even integers l ≥ 2 of the paper.
"""

from sympy import Rational, Symbol, exp, log, oo

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtLeast, AtMost
from checks.verdict import Verdict
from theory.heads import greatest, line_angle
from theory.symbols import a, b, i, teachers, w

_l, _u = Symbol("l", real=True), Symbol("u", real=True)
_powers = Box(variables={_l: (2, oo), _u: (0, oo)})
_cosine_power = exp(-_l * _u / 2)
_sine_square = 1 - exp(-_u)

_t, _m = Symbol("t", real=True), Symbol("m", real=True)
_few = (0, Rational(1, 2))

# cos²(Δ/2) = e^{−u}, cos² φ = e^{−u − y}, ε = e^{−s}, and l u = 4 s + z is what l ≥ 2 log(1/ε)/log(1/cos(Δ/2)) says.
_s, _y, _z = Symbol("s", real=True), Symbol("y", real=True), Symbol("z", real=True)
_far = Box(variables={_l: (2, oo), _s: (0, oo), _y: (0, oo), _z: (0, oo)})
_rate = (4 * _s + _z) / _l
_far_power = exp(-_l * (_rate + _y) / 2)
_near_power = exp(-_l * _rate / 2)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds",
        title="cos^l φ ≤ 1 − sin² φ / 4 for l ≥ 2",
        label="p. 34",
        page="34",
        printed=r"\cos^l\phi\le1-\frac{\sin^2\phi}4\quad\text{for any }\phi",
        given=_powers,
        then=AtMost(_cosine_power, 1 - _sine_square / 4),
        options={"along": (_l, _u)},
        mutants={
            "one half more than sin²": Mutant(then=AtMost(_cosine_power, 1 - Rational(3, 2) * _sine_square)),
            "from l = 1 on": Mutant(
                given=Box(variables={_l: (1, oo), _u: (0, oo)}), then=AtMost(_cosine_power, 1 - 3 * _sine_square / 4)
            ),
        },
        note="cos² φ = e^{−u}; at φ = π/2 it says 0 ≤ 3/4",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds/sharp",
        title="cos^l φ ≤ 1 − sin² φ for l ≥ 2",
        label="p. 34",
        page="34",
        given=_powers,
        then=AtMost(_cosine_power, 1 - _sine_square),
        options={"along": (_l, _u)},
        mutants={"more than sin²": Mutant(then=AtMost(_cosine_power, 1 - Rational(11, 10) * _sine_square))},
        note="the factor 1/4 may be dropped, with equality at l = 2; this improves the constant of Lemma C.6 by 4",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-bernoulli",
        title="(1 − x)^n ≤ 1 − nx/2 for 0 ≤ x ≤ 1/n",
        label="p. 34",
        page="34",
        printed=r"(1-x)^n\le1-\frac{nx}2\quad\text{for }x\in[0,1/n]",
        given=Box(variables={_t: (0, 1), _m: _few}),
        then=All(AtMost(1 - _t, 1 - _t / 2), AtMost(log(1 - _t * _m), _m * log(1 - _t / 2))),
        contact={_t: (0, 1), _m: (0, 1)},
        mutants={"two thirds": Mutant(then=AtMost(log(1 - _t * _m), _m * log(1 - 2 * _t / 3)))},
        note="t = nx; the first part is n = 1, the second n = 1/m ≥ 2 after taking logarithms and multiplying by m",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-exp",
        title="(1 − 2/l)^{l/2} ≤ 1/e ≤ 1 − sin² φ / 4",
        label="p. 34",
        page="34",
        printed=r"\Big(1-\frac2l\Big)^{l/2}\le\frac1e\le1-\frac{\sin^2\phi}4",
        given=Box(variables={_m: _few, _t: (0, 1)}),
        then=All(AtMost(log(1 - _m), -_m), AtMost(exp(-1), 1 - _t / 4)),
        contact={_m: (0, 2)},
        mutants={
            "faster decay": Mutant(then=AtMost(log(1 - _m), -Rational(11, 10) * _m)),
            "all of sin²": Mutant(then=AtMost(exp(-1), 1 - _t)),
        },
        note="m = 2/l, after taking logarithms and multiplying by m, for l ≥ 4; at l = 2 the left side is 0. t = sin² φ",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-far",
        title="0 ≤ cos^l φ ≤ cos^l(Δ/2) ≤ ε for φ ≥ Δ/2, by the choice of l",
        label="p. 34",
        page="34",
        printed=r"0\le\cos^l\phi\le\cos^l\frac\Delta2\le\epsilon\quad\text{for }\phi\ge\frac\Delta2",
        given=_far,
        then=All(AtMost(0, _far_power), AtMost(_far_power, _near_power), AtMost(_near_power, exp(-_s))),
        options={"along": (_y, _s, _z)},
        mutants={
            "the third power of ε": Mutant(then=AtMost(_near_power, exp(-3 * _s))),
            "smaller angles": Mutant(then=AtMost(exp(_l * (_y - _rate) / 2), _near_power)),
        },
        note="cos²(Δ/2) = e^{−u}, cos² φ = e^{−u−y}, ε = e^{−s} ≤ 1; l = 2⌈log(1/ε)/log(1/cos(Δ/2))⌉ is lu = 4s + z with z ≥ 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-far/sharp",
        title="cos^l(Δ/2) ≤ ε², by the choice of l",
        label="p. 34",
        page="34",
        given=_far,
        then=AtMost(_near_power, exp(-2 * _s)),
        options={"along": (_z,)},
        mutants={"the third power of ε": Mutant(then=AtMost(_near_power, exp(-3 * _s)))},
        note="the factor 2 in the choice of l is not needed",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.6-cos-bounds-triangle",
        title="a student is at least Δ/2 away from all teachers but its nearest",
        label="p. 34",
        page="34",
        printed=r"\Delta\le\angle(w_k^*,w_i^*)\le\angle(w_k^*,w_j)+\angle(w_i^*,w_j)\le2\angle(w_k^*,w_j)"
        r"\quad\text{for }j\in T_i,\ k\ne i",
        given=Networks(model="zhou21b", students=(1, 3), teachers=(2, 4), dimension=(1, 4)),
        then=All(
            AtLeast(
                line_angle(w[i], teachers[a]) + line_angle(w[i], teachers[b]), line_angle(teachers[a], teachers[b])
            ),
            AtLeast(
                2 * greatest(line_angle(w[i], teachers[a]), line_angle(w[i], teachers[b])),
                line_angle(teachers[a], teachers[b]),
            ),
        ),
        mutants={
            "one angle alone": Mutant(
                then=AtLeast(line_angle(w[i], teachers[a]), line_angle(teachers[a], teachers[b]))
            ),
        },
        note="for any two teachers, hence for the nearest one and another",
        expected=Verdict.SUPPORTED,
    ),
)
