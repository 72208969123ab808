"""Equation (20), p. 18: lower bounds for the parts of (19) around a minimum.

W = w_* qᵀ + θH with ‖q‖ = ‖H‖_F = 1 and θ = ν‖w_*‖.
"""

from sympy import Expr, IndexedBase, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._setting import direction_square, s, unit, weight_square
from checks.relation import AtLeast, Equal, Relation
from checks.verdict import Verdict
from theory.heads import Distinct, dot, magnitude
from theory.symbols import H, V, i, j, nu, over, v, w, xi

_theta = nu * s


def _h(row: Expr) -> Expr:
    """Row of the unit direction H/‖H‖_F."""
    return H[row] / sqrt(over(dot(H[j], H[j]), j))


def _square(row: Expr) -> Expr:
    return dot(row, row)


_near_minimum = unit(i) * v + _theta * _h(i)


def _networks(
    students: int | tuple[int, int] = (1, 4),
    dimension: int | tuple[int, int] = (1, 4),
    directions: tuple[str, ...] = ("V", "H"),
    students_as: Expr = _near_minimum,
    where: tuple[Relation, ...] = (),
) -> Networks:
    return Networks(
        model="wang21a",
        students=students,
        dimension=dimension,
        directions=directions,
        coefficients=("beta",),
        vectors=("xi",) if "E" in directions else (),
        scalars={nu: (0, 3)},
        students_as=students_as,
        where=where,
    )


# Parts of (19) at W and at the minimum w_* qᵀ.
_VW = over(dot(V[i], w[j]) ** 2, i, j)
_VW_minimum = over(dot(V[i], v) ** 2, i)
_WV = over(dot(w[i], w[j]) * dot(V[i], V[j]), i, j)
_Vq = over(unit(i) * V[i], i)
_WV_minimum = s**2 * dot(_Vq, _Vq)
_trace = over(dot(w[i], V[j]) * dot(w[j], V[i]), i, j)
_trace_minimum = dot(v, _Vq) ** 2
_loss = 2 * _theta * s * direction_square

# The literal reading of c) for d = K: rows E[i] are the coordinate axes, q = ξ has components ⟨ξ, E_i⟩.
_E = IndexedBase("E", real=True)
_axes = (Equal(dot(_E[i], _E[j]), 1 - Distinct(i, j)), Equal(dot(xi, xi), 1))
_q_literal = dot(xi, _E[i])
_Vq_literal = over(_q_literal * V[i], i)
_WV_literal = s**2 * dot(_Vq_literal, _Vq_literal)
_literal_product = magnitude(over(_q_literal * dot(v, _E[i]), i))
_perpendicular = Point.of(
    teachers=[[1, 0]],
    xi=[[0, 1]],
    E=[[1, 0], [0, 1]],
    H=[[0, 0], [-1, 0]],
    V=[[0, 0], [1, 0]],
    beta=[0, 1],
    nu="1/2",
    note="w_* = e_1, q = e_2, H = −w_* qᵀ, V = w_* qᵀ, θ = ½: left ¼, right 1 because w_*ᵀq = 0",
)

# Why the bounds hold: each slack is a sum of squares, with ‖q‖ = ‖H‖_F = 1.  Along w_*, and with h = Hq:
_aligned = over(_square(s * V[i] - dot(V[i], v) / s * v), i)
_Hq = over(unit(j) * _h(j), j)
_slack_a = nu**2 * s**2 + nu * over(_square(unit(i) * v + s * _h(i)), i)
_slack_b = _theta**2 * over(dot(V[i], _h(j)) ** 2, i, j) + nu * (
    over(dot(V[i], v + s * _Hq) ** 2, i)
    + _aligned
    + s**2 * over(_square(unit(j) * V[i] - dot(V[i], _Hq) * _h(j)), i, j)
)
_Y = over(dot(v, _h(i)) * V[i], i)
_spread = over(_square(V[i] - unit(i) * _Vq), i)
_slack_c = _theta**2 * over(dot(_h(i), _h(j)) * dot(V[i], V[j]), i, j) + nu * (
    _square(s * _Vq + _Y)
    + s**2 * _spread
    + direction_square * over(_square(s * _h(i) - dot(v, _h(i)) / s * v), i)
    + over(_square(dot(v, _h(i)) * V[j] - dot(v, _h(j)) * V[i]), i, j) / 2
)
_slack_d = nu * (
    over((dot(v, V[j]) + s * dot(_h(j), _Vq)) ** 2, j)
    + _aligned
    + s**2 * (_spread + over(dot(_Vq, _Vq) * dot(_h(j), _h(j)) - dot(_Vq, _h(j)) ** 2, j))
) + _theta**2 * (
    over((dot(_h(i), V[j]) + dot(_h(j), V[i])) ** 2, i, j) / 2
    + over(dot(_h(i), _h(i)) * dot(V[j], V[j]) - dot(_h(i), V[j]) ** 2, i, j)
)


def _contrary(step: str) -> Point:
    """d = K = 1 with H = −w_* qᵀ: the bounds are tight to first order in θ."""
    return Point.of(teachers=[[1]], beta=[1], H=[[-1]], V=[[1]], nu=step)


CLAIMS = (
    Claim(
        id="wang21a/eq-20a",
        title="norm of W near a minimum",
        label="(20)",
        page="18",
        printed=r"\|W\|_F^2\ge\|w_*\|^2-2\theta\|w_*\|\|H\|_F",
        given=_networks(),
        then=AtLeast(weight_square, s**2 - 2 * _theta * s),
        slack_as=(_slack_a,),
        mutants={"half the loss": Mutant(then=AtLeast(weight_square, s**2 - _theta * s), witness=_contrary("1/2"))},
        note="tight to first order in θ at H = −w_* qᵀ/‖w_*‖",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-20b",
        title="norm of VᵀW near a minimum",
        label="(20)",
        page="18",
        printed=r"\|V^\top W\|_F^2\ge\|V^\top w_*q^\top\|_F^2-2\theta\|w_*q^\top\|\|H\|_F\|V\|_F^2",
        given=_networks(),
        then=AtLeast(_VW, _VW_minimum - _loss),
        slack_as=(_slack_b,),
        mutants={"half the loss": Mutant(then=AtLeast(_VW, _VW_minimum - _loss / 2), witness=_contrary("1/2"))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-20c",
        title="norm of VWᵀ near a minimum, as printed, read literally for d = K",
        label="(20)",
        page="18",
        printed=r"\|VW^\top\|_F^2=\|Vqw_*^\top\|_F^2+\theta^2\|VH^\top\|_F^2+2\theta\,\mathrm{tr}(Vw_*^\top "
        r"qHV^\top)"
        r"\ge\|Vqw_*^\top\|_F^2-2\theta\|w_*^\top q\|\|H\|_F\|V\|_F^2",
        given=_networks(
            students=2,
            dimension=2,
            directions=("V", "H", "E"),
            students_as=_q_literal * v + _theta * _h(i),
            where=_axes,
        ),
        then=AtLeast(_WV, _WV_literal - 2 * nu * s * _literal_product * direction_square),
        witness=_perpendicular,
        mutants={
            "half the loss": Mutant(
                then=AtLeast(_WV, _WV_literal - nu * s * _literal_product * direction_square),
                witness=_perpendicular,
            )
        },
        note="V w_*ᵀ q H Vᵀ is no product of matrices unless K = 1, or d = K and w_*ᵀq is read as a number; "
        "for K = 1 the display is right, for d = K ≥ 2 it is false",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the order of w_*ᵀ and q is exchanged: the cross term is tr(V q w_*ᵀ H Vᵀ), and the norm "
            "‖w_* qᵀ‖ = ‖w_*‖",
            reader="shapes: V is d × K, w_*ᵀ is 1 × d; for d = K = 2, q ⊥ w_* and H = −w_* qᵀ/‖w_*‖ the "
            "printed bound would "
            "say that ‖VWᵀ‖ does not shrink",
            mend="wang21a/eq-20c/corrected",
            charity="the last line of the display, ‖V q w_*ᵀ‖² − 2θ‖w_*‖‖H‖‖V‖², is right",
        ),
    ),
    Claim(
        id="wang21a/eq-20c/corrected",
        title="norm of VWᵀ near a minimum",
        label="(20), mended",
        page="18",
        given=_networks(),
        then=AtLeast(_WV, _WV_minimum - _loss),
        slack_as=(_slack_c,),
        mutants={"half the loss": Mutant(then=AtLeast(_WV, _WV_minimum - _loss / 2), witness=_contrary("1/2"))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-20d",
        title="trace term near a minimum, with the printed equality",
        label="(20)",
        page="18",
        printed=r"\mathrm{tr}(W^\top VW^\top V)=\mathrm{tr}(qw_*^\top Vqw_*^\top V)-2\theta\|w_*q^\top\|\|H"
        r"\|_F\|V\|_F^2"
        r"-\theta^2\|H\|_F^2\|V\|_F^2",
        given=_networks(),
        then=Equal(_trace, _trace_minimum - _loss - _theta**2 * direction_square),
        witness=Point.of(
            teachers=[[1]],
            beta=[1],
            H=[[1]],
            V=[[1]],
            nu=1,
            note="d = K = 1, w_* = q = H = V = θ = 1: left 4, right −2",
        ),
        mutants={"without the last term": Mutant(then=Equal(_trace, _trace_minimum - _loss))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the last “=” of the display must be “≥”",
            reader="d = K = 1, w_* = q = H = V = θ = 1: (1 + 1)² = 4 on the left, 1 − 2 − 1 = −2 on the right",
            mend="wang21a/eq-20d/corrected",
            charity="(21) uses the inequality",
        ),
    ),
    Claim(
        id="wang21a/eq-20d/corrected",
        title="trace term near a minimum",
        label="(20), mended",
        page="18",
        given=_networks(),
        then=AtLeast(_trace, _trace_minimum - _loss - _theta**2 * direction_square),
        slack_as=(_slack_d,),
        mutants={
            "half the loss": Mutant(
                then=AtLeast(_trace, _trace_minimum - _loss / 2 - _theta**2 * direction_square),
                witness=_contrary("1/4"),
            )
        },
        expected=Verdict.PROVED,
    ),
)
