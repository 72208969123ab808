"""Lemmas C.4 and 11, pp. 12 and 29–31: the least eigenvalue of the matrix M."""

from sympy import Integer, Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks, Point
from checks.papers.zhou21b._residual import against
from checks.relation import All, AtLeast, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, dot, line_angle, smallest
from theory.sign_spectrum import least_sign_eigenvalue
from theory.symbols import a, b, i, j, m, n, over, teachers, w
from theory.vocabulary import Delta, M_least, R1_square, deviation

_delta = Symbol("Delta", real=True)
_least = 2 * (_delta - sin(_delta)) / pi
_teachers = Networks(model="zhou21b", students=1, teachers=(1, 6), dimension=(1, 5))
# Binary64 does not resolve the spectrum of teachers that are nearly parallel.
_any = Networks(model="zhou21b", students=(1, 5), teachers=(1, 4), dimension=(1, 4), separation=Rational(1, 50))
_square = over(dot(deviation[a], deviation[a]), a)
_scale = Delta**3 / m**3

_frame = Networks(
    model="zhou21b",
    students=1,
    teachers=(2, 5),
    dimension=(2, 5),
    where=(Equal(over(Distinct(a, b) * dot(teachers[a], teachers[b]) ** 2, a, b), 0),),
)
_orthonormal = 1 - 2 / pi

# Lines of the students that lie as far apart as they can in the plane: n of them, π/n apart.
_gap = smallest(smallest(line_angle(w[i], w[j]) + 2 * pi * (1 - Distinct(i, j)), i), j)
_fan = Networks(
    model="zhou21b",
    students=(2, 16),
    dimension=2,
    where=(AtMost(pi * (1 - Rational(1, 10**9)), n * _gap),),
)
_fan_least = least_sign_eigenvalue(w[i], i)
_step = pi / n
_eight = Point.of(students=[[cos(k * pi / 8), sin(k * pi / 8)] for k in range(8)], teachers=[[1, 0]])

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.4",
        title="the least eigenvalue of M is at least Δ³/(4 r³)",
        label="Lemma C.4",
        page="29",
        printed=r"\lambda_{\min}(M)=\Omega(\Delta^3/r^3)",
        given=_teachers,
        then=against(Integer(1), _scale / 4, M_least),
        mutants={"four times the constant": Mutant(then=against(Integer(1), _scale, M_least))},
        uses=(
            "zhou21b/lemma-C.7-a",
            "zhou21b/lemma-C.7-b",
            "zhou21b/lemma-C.4-internals-a",
            "zhou21b/lemma-C.4-internals-b",
            "zhou21b/lemma-C.4-internals-c",
            "zhou21b/lemma-C.4-internals-d",
            "zhou21b/lemma-C.4-internals-e",
            "zhou21b/lemma-C.4-internals-f",
            "zhou21b/lemma-C.4-internals-g",
        ),
        note="Δ is the smallest angle of two teachers, π/2 for a single one; for r ≥ 2 even 3/4 was not violated",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.4/r2",
        title="for two teachers the least eigenvalue 2/π (Δ − sin Δ) is at least 0.0937 Δ³",
        label="Lemma C.4",
        page="29",
        given=Box(variables={_delta: (0, pi / 2)}),
        then=AtLeast(_least, 937 * _delta**3 / 10000),
        contact={_delta: (0, 3)},
        mutants={"0.094": Mutant(then=AtLeast(_least, 94 * _delta**3 / 1000))},
        note="the spectrum is that of zhou21b/eq-4-spectrum-r2; the exponent 3 is sharp",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.4/orthonormal",
        title="for orthogonal teachers the least eigenvalue is 1 − 2/π",
        label="Lemma C.4",
        page="29",
        given=_frame,
        then=All(AtMost(M_least, _orthonormal), AtMost(_orthonormal, M_least)),
        mutants={
            "larger": Mutant(then=AtMost(_orthonormal + Rational(1, 1000), M_least)),
            "any teachers": Mutant(
                given=Networks(model="zhou21b", students=1, teachers=2, dimension=2), then=AtMost(_orthonormal, M_least)
            ),
        },
        note="for any number of teachers: no factor 1/r³",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.4/fan",
        title="for equally spaced lines in the plane the least eigenvalue is of the order Δ³/(6π)",
        label="Lemma C.4",
        page="29",
        given=_fan,
        then=All(
            AtMost(_step**3 / (6 * pi), _fan_least),
            AtMost(_fan_least, _step**3 / (6 * pi) * (1 + _step**2 / 2)),
        ),
        mutants={
            "a tenth more": Mutant(then=AtMost(11 * _step**3 / (60 * pi), _fan_least), witness=_eight),
            "a tenth less": Mutant(then=AtMost(_fan_least, 9 * _step**3 / (60 * pi))),
        },
        note="the lines of the n students stand for those of the teachers, Δ = π/n up to a relative 10⁻⁹",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-11",
        title="‖R_1‖² ≥ Δ³ ‖v‖²/(4 r³)",
        label="Lemma 11",
        page="12",
        printed=r"\|R_1\|^2\ge\Omega(\Delta^3/r^3)\|v\|^2",
        given=_any,
        then=against(_square, _scale * _square / 4, R1_square),
        mutants={"four times the constant": Mutant(then=against(_square, _scale * _square, R1_square))},
        uses=("zhou21b/lemma-C.4",),
        note="v the deviation of the average neurons; lemma-C.4 says the same of all vectors v",
        expected=Verdict.SUPPORTED,
    ),
)
