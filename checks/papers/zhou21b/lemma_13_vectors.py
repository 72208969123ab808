"""Lemma 13, pp. 43–45: bounds on the change of ‖w‖w and the sums over neurons."""

from sympy import Rational, Symbol, cos, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, largest, norm
from theory.steps import CauchySchwarz, RootStep, Triangle, Whole
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
_wide = m * largest(norm(teachers[a]), a)

# With b = ‖w + u‖, s = ‖u‖² − (b − ‖w‖)² ≥ 0 and p = ‖w‖ + ‖u‖ − b ≥ 0:
# (2‖w‖ + ‖u‖)²‖u‖² − ‖γ‖² = ‖u‖² p (3‖w‖ + b + ‖u‖) + s (‖w‖² + ‖w‖ b + b²),
# ‖u‖⁴ − ‖α − β‖² = s² (‖w‖ + 2b)/(4‖w‖).
_b = norm(_next)
_parallel = CauchySchwarz(_next, w[i])
_gamma_gap = _u**2 * Triangle(_next, w[i], V[i]) * (3 * _w + _b + _u) + 2 * _parallel * (_w**2 + _w * _b + _b**2)
_taylor_gap = _parallel**2 * (_w + 2 * _b) / _w

CLAIMS = (
    Claim(
        id="zhou21b/lemma-13-gamma",
        title="‖γ‖² ≤ 2 (3‖w‖² + 2‖u‖²) ‖u‖²",
        label="p. 43",
        page="43",
        printed=r"\|\gamma_j\|^2\le2(3\|w_j\|^2+2\|u_j\|^2)\|u_j\|^2",
        given=_one,
        then=AtMost(_gamma**2, 2 * (3 * _w**2 + 2 * _u**2) * _u**2),
        slack_as=(_u**2 * (2 * (_w - _u) ** 2 + _u**2) + _gamma_gap,),
        mutants={"a third": Mutant(then=AtMost(_gamma**2, (2 * _w**2 + _u**2) * _u**2))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-13-gamma/sharp",
        title="‖γ‖ ≤ (2‖w‖ + ‖u‖) ‖u‖",
        label="p. 43",
        page="43",
        given=_one,
        then=AtMost(_gamma, (2 * _w + _u) * _u),
        slack_as=(RootStep((2 * _w + _u) * _u, _gamma, _gamma_gap),),
        mutants={"once ‖w‖": Mutant(then=AtMost(_gamma, (_w + _u) * _u))},
        expected=Verdict.PROVED,
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
        slack_as=(RootStep(_u**2, _taylor, _taylor_gap),),
        mutants={"nine tenths": Mutant(then=AtMost(_taylor, 9 * _u**2 / 10))},
        uses=("zhou21b/lemma-D.1",),
        note="with c_1 = 1",
        expected=Verdict.PROVED,
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
        erratum=Erratum(
            weight="typo",
            what="p. 45 writes L_2(W) for L(W), sums ‖w_j‖² up to r where it means m, and has I_ij, u_ij for I_j, u_j",
            reader="there are m students, and the index i of a teacher occurs nowhere else on the page",
            mend="the sums over all m students, as here",
        ),
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
            where=(AtMost(loss, _wide**2),),
        ),
        then=AtMost(sqrt(loss), _wide),
        slack_as=(RootStep(_wide, sqrt(loss), Whole(_wide**2 - loss)),),
        mutants={"a tenth": Mutant(then=AtMost(sqrt(loss), _wide / 10))},
        expected=Verdict.PROVED,
    ),
)
