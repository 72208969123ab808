"""Chain (22), p. 19: the steps of the smoothness bound."""

from sympy import cos, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._near import above, gap_bound, room, smoothing, squares
from checks.papers.wang21a._setting import direction_square, s, weight_square
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, expectation, gaussian_input, magnitude, norm
from theory.steps import PositivePartStep
from theory.symbols import V, i, j, nu, over, v, w, xi
from theory.vocabulary import dist, gap_square, hessian_form, trace_gap

_networks = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), directions=("V",))
_inputs = Networks(model="wang21a", students=(1, 4), dimension=(1, 4), directions=("V",), vectors=("xi",))

# At one input ξ: g = ‖ξᵀW‖² − ⟨ξ, v⟩², ‖ξᵀV‖², ‖ξᵀW‖² and ξᵀWVᵀξ.
_gap_at = over(dot(xi, w[i]) ** 2, i) - dot(xi, v) ** 2
_V_at = over(dot(xi, V[i]) ** 2, i)
_W_at = over(dot(xi, w[i]) ** 2, i)
_cross_at = over(dot(xi, w[i]) * dot(xi, V[i]), i)

# ⟨AV, V⟩ and ‖VᵀW‖².
_AVV = over(dot(w[j], V[i]) ** 2, i, j) - over(dot(v, V[i]) ** 2, i)
_VW = over(dot(V[i], w[j]) ** 2, i, j)

# One neuron in the plane: A = w wᵀ − v vᵀ has trace t and determinant −(‖w‖²‖v‖² − ⟨w, v⟩²).
_discriminant = trace_gap**2 + 4 * (dot(w[0], w[0]) * dot(v, v) - dot(w[0], v) ** 2)
_operator_norm = magnitude(trace_gap) / 2 + sqrt(_discriminant) / 2
_g_matrix_norm = 2 * magnitude(trace_gap) + sqrt(_discriminant)
# E|g| = E|⟨w − v, x⟩||⟨w + v, x⟩| is the dual kernel of |·|; E[|g|‖x‖²] = (d + 2) E|g| since g is 2-homogeneous.
_spread = angle(w[0] - v, w[0] + v)
_mean_modulus = 2 / pi * norm(w[0] - v) * norm(w[0] + v) * (sin(_spread) + (pi / 2 - _spread) * cos(_spread))

_near_one = Networks(
    model="wang21a",
    students=1,
    dimension=(1, 4),
    scalars={nu: (0, 3)},
    where=(AtMost(dist, nu * s),),
    near_optimum=True,
)
_near_all = Networks(
    model="wang21a",
    students=(1, 4),
    dimension=(1, 4),
    scalars={nu: (0, 3)},
    where=(AtMost(dist, nu * s),),
    near_optimum=True,
)
_double = Point.of(students=[[2]], teachers=[[1]], nu=1)

# ‖xᵀW‖²‖xᵀV‖² − (xᵀWVᵀx)², at one input and in the mean, by Lagrange's identity.
_lagrange_at = over((dot(xi, w[i]) * dot(xi, V[j]) - dot(xi, w[j]) * dot(xi, V[i])) ** 2, i, j)
_norms = 7 * (s - dist) ** 2 + 14 * s * above

CLAIMS = (
    Claim(
        id="wang21a/eq-22a",
        title="the Hessian form at one input is bounded with the modulus of the residual",
        label="(22)(a)",
        page="19",
        printed=r"\|\mathbb E[(g I_K+2W^\top xx^\top W)\otimes xx^\top]\|\le\|\mathbb E[|g|xx^\top]\|"
        r"+2\|\mathbb E[\|x^\top W\|^2xx^\top]\|,\quad g=\|x^\top W\|^2-(x^\top w_*)^2",
        given=_inputs,
        then=AtMost(_gap_at * _V_at + 2 * _cross_at**2, magnitude(_gap_at) * _V_at + 2 * _W_at * _V_at),
        mutants={
            "half the second term": Mutant(
                then=AtMost(_gap_at * _V_at + 2 * _cross_at**2, magnitude(_gap_at) * _V_at + _W_at * _V_at),
            )
        },
        note="checked at every single input ξ, which implies it for the expectation",
        slack_as=(2 * PositivePartStep(_gap_at) * _V_at + _lagrange_at,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-22b",
        title="the modulus may be dropped inside the expectation",
        label="(22)(b)",
        page="19",
        printed=r"\|\mathbb E[|\|x^\top W\|^2-\|x^\top w_*q^\top\|^2|xx^\top]\|_2"
        r"=\|\mathbb E[(\|x^\top W\|^2-\|x^\top w_*q^\top\|^2)xx^\top]\|_2",
        given=Networks(model="wang21a", students=1, dimension=2),
        then=AtMost(2 * _mean_modulus, _g_matrix_norm),
        witness=Point.of(students=[[0, 1]], teachers=[[1, 0]], note="w = e_2, w_* = e_1 in the plane: 8/π > 2"),
        mutants={"half": Mutant(then=AtMost(3 * _mean_modulus, _g_matrix_norm))},
        note="one neuron in the plane, with the left side replaced by half its trace, 2E|g|, which it is at least",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="the modulus is dropped inside the expectation with an equality sign; the left side can be larger",
            reader="d = 2, w = e_2, w_* = e_1: E|x_2² − x_1²|xxᵀ = (8/π) I, but E(x_2² − x_1²)xxᵀ = diag(−2, 2)",
            mend="wang21a/eq-22b/corrected",
            charity="the step is not needed: the modulus can be avoided from the second line on",
        ),
    ),
    Claim(
        id="wang21a/eq-22b/corrected",
        title="the same bound without a modulus",
        given=_networks,
        then=AtMost(
            hessian_form,
            trace_gap * direction_square + 2 * _AVV + 2 * (weight_square * direction_square + 2 * _VW),
        ),
        mutants={
            "half the last bracket": Mutant(
                then=AtMost(hessian_form, trace_gap * direction_square + 2 * _AVV + weight_square * direction_square)
            )
        },
        note="E g‖xᵀV‖² is not replaced at all, only (xᵀWVᵀx)² ≤ ‖xᵀW‖²‖xᵀV‖²",
        slack_as=(smoothing,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-22c",
        title="the two expectations by Gaussian moments",
        label="(22)(c)",
        page="19",
        printed=r"\mathbb E[g\,xx^\top]=(\|W\|_F^2-\|w_*\|^2)I_d+2(WW^\top-w_*w_*^\top),\quad"
        r"\mathbb E[\|x^\top W\|^2xx^\top]=\|W\|_F^2I_d+2WW^\top",
        given=_networks,
        then=All(
            Equal(
                expectation(
                    (over(dot(gaussian_input, w[j]) ** 2, j) - dot(gaussian_input, v) ** 2)
                    * over(dot(gaussian_input, V[i]) ** 2, i)
                ),
                trace_gap * direction_square + 2 * _AVV,
            ),
            Equal(
                expectation(over(dot(gaussian_input, w[j]) ** 2, j) * over(dot(gaussian_input, V[i]) ** 2, i)),
                weight_square * direction_square + 2 * _VW,
            ),
        ),
        mutants={
            "one for two": Mutant(
                then=Equal(
                    expectation(over(dot(gaussian_input, w[j]) ** 2, j) * over(dot(gaussian_input, V[i]) ** 2, i)),
                    weight_square * direction_square + _VW,
                )
            )
        },
        uses=("wang21a/lemma-8",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-22c/next-line",
        title="the line after (c)",
        given=_networks,
        then=AtMost(
            trace_gap * direction_square + 2 * (weight_square * direction_square + 2 * _VW),
            (7 * weight_square + s**2) * direction_square,
        ),
        mutants={
            "six": Mutant(
                then=AtMost(
                    trace_gap * direction_square + 2 * (weight_square * direction_square + 2 * _VW),
                    (6 * weight_square - s**2) * direction_square,
                )
            )
        },
        slack_as=(4 * over(squares(V[i], w[j]), i, j) + 2 * s**2 * direction_square,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-22-last",
        title="the last step of the chain",
        label="(22)",
        page="19",
        printed=r"7\|W\|_F^2+\|w_*q^\top\|_F^2+2\|WW^\top-w_*w_*^\top\|_2\le(15+16\nu^2)\|w_*\|^2",
        given=_near_one,
        then=AtMost(7 * weight_square + s**2 + 2 * _operator_norm, (15 + 16 * nu**2) * s**2),
        witness=_double,
        mutants={
            "smaller": Mutant(then=AtMost(7 * weight_square + s**2 + 2 * _operator_norm, (7 + 16 * nu**2) * s**2))
        },
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="2‖A‖₂ ≤ (4ν + 2ν²)‖w_*‖² enters as 2ν²: false for ν between (9 − 4√2)/7 = 0.4776… and 2.0938…",
            reader="K = 1, w = 2w_*, ν = 1: 7·4 + 1 + 2·3 = 35 > 31",
            mend="wang21a/eq-22-last/corrected",
            charity="true for the ν < 0.1401 of the paper",
        ),
    ),
    Claim(
        id="wang21a/eq-22-last/corrected",
        title="the last step with the term 4ν kept, for any number of neurons",
        given=_near_all,
        then=AtMost(7 * weight_square + s**2 + 2 * sqrt(gap_square), (15 + 4 * nu + 16 * nu**2) * s**2),
        mutants={
            "as printed": Mutant(
                then=AtMost(7 * weight_square + s**2 + 2 * sqrt(gap_square), (15 + 16 * nu**2) * s**2), witness=_double
            )
        },
        note="with the Frobenius norm of A, which is at least the operator norm",
        slack_as=(_norms + 4 * s * room + 16 * room * (nu * s + dist) + 2 * gap_bound,),
        expected=Verdict.PROVED,
    ),
)
