"""Step sizes for which descent is locally stable at a minimum: η < 1/(3‖w_*‖²), whatever K and d."""

from checks.claim import Claim, Mutant
from checks.given import Descent, Networks, Point
from checks.papers.wang21a._setting import direction_square, s, unit_length
from checks.relation import AtLeast, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.observables import final, initial, peak
from theory.symbols import V, beta, i, j, over, v
from theory.vocabulary import dist_square, hessian_form

_minima = Networks(
    model="wang21a",
    students=(1, 4),
    dimension=(1, 4),
    directions=("V",),
    coefficients=("beta",),
    students_as=beta[i] * v,
    where=(unit_length,),
)
_Vq = over(beta[i] * V[i], i)
# ‖V‖_F² − ‖Vβ‖², by Lagrange's identity.
_gap = over(norm(beta[i] * V[j] - beta[j] * V[i]) ** 2, i, j) / 2


def _near_minimum(step: str) -> Descent:
    """A neuron that starts 1/1000 beyond the teacher."""
    return Descent(
        model="wang21a",
        students=1,
        dimension=2,
        steps=200,
        step=step,
        start=Point.of(students=[["1001/1000", 0]], teachers=[[1, 0]]),
    )


CLAIMS = (
    Claim(
        id="wang21a/stability-threshold",
        title="at every minimum the largest eigenvalue of the Hessian is 6‖w_*‖²",
        given=_minima,
        then=AtMost(hessian_form, 6 * s**2 * direction_square),
        slack_as=(6 * s**2 * _gap + 4 * norm(s**2 * _Vq - dot(v, _Vq) * v) ** 2 / s**2,),
        mutants={
            "five for six": Mutant(
                then=AtMost(hessian_form, 5 * s**2 * direction_square),
                witness=Point.of(beta=[1], teachers=[[1]], V=[[1]]),
            )
        },
        note="so descent is locally stable iff η < 2/(6‖w_*‖²) = 1/(3‖w_*‖²); attained along V = w_*qᵀ",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/stability-threshold/spectrum",
        title="the Hessian at a minimum w_*qᵀ: 2‖w_*‖²‖Vq‖² + 4⟨w_*, Vq⟩²",
        given=_minima,
        then=Equal(hessian_form, 2 * s**2 * norm(_Vq) ** 2 + 4 * dot(v, _Vq) ** 2),
        mutants={"without the second term": Mutant(then=Equal(hessian_form, 2 * s**2 * norm(_Vq) ** 2))},
        note="eigenvalues 6‖w_*‖² along w_*qᵀ, 2‖w_*‖² along uqᵀ with u ⊥ w_*, and 0 where Vq = 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/stability-threshold/below",
        title="at η = 0.33 a run that starts next to the minimum ends up at a thousandth of its squared distance",
        given=_near_minimum("33/100"),
        then=Below(10**3 * final(dist_square), initial(dist_square)),
        mutants={"larger step": Mutant(given=_near_minimum("34/100"))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/stability-threshold/above",
        title="at η = 0.34 a run that starts next to the minimum leaves it, to a thousand times the squared distance",
        given=_near_minimum("34/100"),
        then=AtLeast(peak(dist_square), 10**3 * initial(dist_square)),
        mutants={"smaller step": Mutant(given=_near_minimum("33/100"))},
        expected=Verdict.CERTIFIED,
    ),
)
