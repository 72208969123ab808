"""Lemma 13, pp. 43–45: bounds on the change of ‖w‖w and the sums over neurons."""

from sympy import Rational, Symbol, cos, pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, largest, norm
from theory.symbols import V, a, i, m, over, teachers, w
from theory.vocabulary import Theta, hessian_form, loss, student_mass

_one = Networks(model="zhou21b", students=1, dimension=(1, 5), directions=("V",))
_many = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), directions=("V",))
_next = w[i] + V[i]
_w, _u = norm(w[i]), norm(V[i])
_gamma = norm(norm(_next) * _next - _w * w[i])
_beta = _w * _next + w[i] * dot(w[i], V[i]) / _w
_taylor = norm(norm(_next) * _next - _beta)
_theta = angle(w[i], V[i])
_head = _w + 2 * _u * cos(_theta)
_a = Symbol("a", real=True)
_size = over(_u**2, i)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-13-gamma",
        title="‖γ‖² ≤ 2 (3‖w‖² + 2‖u‖²) ‖u‖²",
        label="p. 43",
        page="43",
        printed=r"\|\gamma_j\|^2\le2(3\|w_j\|^2+2\|u_j\|^2)\|u_j\|^2",
        given=_one,
        then=AtMost(_gamma**2, 2 * (3 * _w**2 + 2 * _u**2) * _u**2),
        mutants={"a third": Mutant(then=AtMost(_gamma**2, (2 * _w**2 + _u**2) * _u**2))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-gamma/sharp",
        title="‖γ‖ ≤ (2‖w‖ + ‖u‖) ‖u‖",
        label="p. 43",
        page="43",
        given=_one,
        then=AtMost(_gamma, (2 * _w + _u) * _u),
        mutants={"once ‖w‖": Mutant(then=AtMost(_gamma, (_w + _u) * _u))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-gamma/reduced",
        title="(2a + s)² ≤ 2 (3a² + 2s²) on a + s = 1",
        label="p. 43",
        page="43",
        given=Box(variables={_a: (0, 1)}),
        then=AtMost((1 + _a) ** 2, 2 * (3 * _a**2 + 2 * (1 - _a) ** 2)),
        mutants={"3/2": Mutant(then=AtMost((1 + _a) ** 2, 3 * (3 * _a**2 + 2 * (1 - _a) ** 2) / 2))},
        uses=("zhou21b/lemma-13-gamma/sharp",),
        note="a = ‖w‖ and s = ‖u‖ up to a common factor",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-13-taylor",
        title="‖α − β‖ ≤ ‖u‖²",
        label="p. 44",
        page="44",
        printed=r"\|\alpha-\beta\|\le c_1\|u\|^2",
        given=_one,
        then=AtMost(_taylor, _u**2),
        mutants={"nine tenths": Mutant(then=AtMost(_taylor, 9 * _u**2 / 10))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-I3-phi",
        title="‖β‖² = ‖w‖² [(‖w‖ + 2‖u‖ cos θ)² + ‖u‖² sin² θ] and ⟨β, w⟩ = ‖w‖² (‖w‖ + 2‖u‖ cos θ)",
        label="p. 44",
        page="44",
        printed=r"\cos\phi=\frac{\|w\|+2\|u\|\cos\theta}"
        r"{\sqrt{(\|w\|+2\|u\|\cos\theta)^2+\|u\|^2\sin^2\theta}}",
        given=_one,
        then=All(
            Equal(dot(_beta, _beta), _w**2 * (_head**2 + _u**2 * sin(_theta) ** 2)),
            Equal(dot(_beta, w[i]), _w**2 * _head),
        ),
        mutants={"without the sine": Mutant(then=Equal(dot(_beta, _beta), _w**2 * _head**2))},
        note="θ = ∠(w, u); cos φ = ⟨β, w⟩/(‖β‖‖w‖) is the quotient",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-13-hessian",
        title="D²L[U, U] ≤ ((6 + 4/π) S + 2Θ) ‖U‖²",
        given=_many,
        then=AtMost(hessian_form, ((6 + 4 / pi) * student_mass + 2 * Theta) * _size),
        mutants={"a fifth": Mutant(then=AtMost(hessian_form, (student_mass + Theta / 5) * _size))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-assembly",
        title="Σ √‖w_j‖ ‖u_j‖^{3/2} ≤ S^{1/4} ‖U‖^{3/2}",
        label="p. 45",
        page="45",
        printed=r"\sum_j\|w_j\|^{1/2}\|u_j\|^{3/2}\le\left(\sum_j\|w_j\|^2\right)^{1/4}\|U\|_F^{3/2}",
        given=_many,
        then=AtMost(over(sqrt(_w) * _u ** Rational(3, 2), i), student_mass ** Rational(1, 4) * _size ** Rational(3, 4)),
        mutants={
            "nine tenths": Mutant(
                then=AtMost(
                    over(sqrt(_w) * _u ** Rational(3, 2), i),
                    9 * student_mass ** Rational(1, 4) * _size ** Rational(3, 4) / 10,
                )
            )
        },
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-13-assembly-absorb",
        title="√L ≤ r w_max where L ≤ r² w_max²",
        label="p. 45",
        page="45",
        printed=r"L^{1/2}\|U\|_F^2=O(rw_{\max})\|U\|_F^2",
        given=Networks(
            model="zhou21b",
            students=(1, 4),
            teachers=(1, 3),
            dimension=(1, 4),
            where=(AtMost(loss, m**2 * largest(norm(teachers[a]), a) ** 2),),
        ),
        then=AtMost(sqrt(loss), m * largest(norm(teachers[a]), a)),
        mutants={"a tenth": Mutant(then=AtMost(sqrt(loss), m * largest(norm(teachers[a]), a) / 10))},
        expected=Verdict.SUPPORTED,
    ),
)
