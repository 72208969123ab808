"""Equation (31), p. 22: the first-order part I_1 of the step."""

from sympy import Rational, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.xu23a._setting import networks, unit_student, unit_teacher
from checks.papers.xu23a._small_students import below_a_third
from checks.papers.xu23a._step import I_1, grown, turning
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import Distinct, dot
from theory.symbols import eta, i, j, n, over
from theory.vocabulary import theta, v_norm, w_norm

_X = cos(theta[j]) - cos(theta[i]) * cos(theta[i, j])
_pull = (pi - theta[i]) * sin(theta[i]) ** 2 * v_norm
_push = over(Distinct(i, j) * (pi - theta[i, j]) * _X * w_norm[j], j)
_others = over(Distinct(i, j) * w_norm[j], j)
# The components of v̄ and w̄_j across w̄_i, for two students by number: i = 0, j = 1.
_first, _second, _between = theta[0], theta[1], theta[0, 1]
_X_01 = cos(_second) - cos(_first) * cos(_between)
_teacher_part = unit_teacher - cos(_first) * unit_student(0)
_student_part = unit_student(1) - cos(_between) * unit_student(0)
_spherical = (
    dot(_teacher_part, _teacher_part) * dot(_student_part, _student_part) - dot(_teacher_part, _student_part) ** 2
)
# Σ_{j≠i} (2π − (π − θ_ij) X_ij) ‖w_j‖, as 2 − X_ij is a sum of squares.
_two_minus_X = (
    2 * sin(theta[j] / 2) ** 2 + cos((theta[i] + theta[i, j]) / 2) ** 2 + cos((theta[i] - theta[i, j]) / 2) ** 2
)
_others_left = over(Distinct(i, j) * w_norm[j] * ((pi - theta[i, j]) * _two_minus_X + 2 * theta[i, j]), j)
_third = AtMost(theta[i], 2 * pi / 3)

CLAIMS = (
    Claim(
        id="xu23a/eq-31/identity",
        title="the first-order part of the step through angles",
        label="(31), second line",
        page="22",
        printed=r"I_1=\frac\eta{2\pi\|w_i^+\|}\Big((\pi-\theta_i)\sin^2\theta_i\|v\|-\sum_{j\ne i}(\pi-"
        r"\theta_{ij})"
        r"(\cos\theta_j-\cos\theta_i\cos\theta_{ij})\|w_j\|\Big)",
        given=Networks(model="xu23a", students=(1, 4), dimension=(1, 5), scalars={eta: (0, Rational(1, 3))}),
        then=Equal(I_1, eta / (2 * pi * grown) * (_pull - _push)),
        mutants={
            "sign of the others": Mutant(then=Equal(I_1, eta / (2 * pi * grown) * (_pull + _push))),
            "first power of the sine": Mutant(
                then=Equal(I_1, eta / (2 * pi * grown) * ((pi - theta[i]) * sin(theta[i]) * v_norm - _push))
            ),
        },
        uses=("xu23a/eq-30", "xu23a/eq-4"),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-31",
        title="a lower bound of the first-order part, with the printed free index",
        label="(31), third line",
        page="22",
        printed=r"I_1\ge\frac\eta{2\pi\|w_i^+\|}\left((\pi-\theta_i)\sin^2\theta_i\|v\|-n\pi\cdot2\|w_j\|"
        r"\right)",
        given=below_a_third(),
        then=AtMost(_pull - 2 * pi * n * w_norm[j], 2 * pi * turning),
        witness=Point.of(
            students=[[0, "1/1000"], [1, 0]],
            teachers=[[10, 0]],
            note="j = i = 1: a student of norm 1/1000 across the teacher, pushed by one of norm 1 along it",
        ),
        mutants={"without the others": Mutant(then=AtMost(_pull, 2 * pi * turning))},
        note="multiplied by 2π‖w_i⁺‖/η > 0",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the third line has a free index j where the sum over j, or the largest ‖w_j‖, is meant; "
            "and the reason "
            "for the last line, θ_i ≤ π/3, must read θ_i ≤ 2π/3",
            reader="w_1 = (0, 1/1000), w_2 = (1, 0), v = (10, 0): the sum is (π/2)·1, the printed bound for "
            "j = 1 only "
            "4π/1000; and π − θ_i ≥ π/3 needs θ_i ≤ 2π/3, which is what the induction gives",
            mend="xu23a/eq-31/corrected",
            charity="the next line bounds every ‖w_j‖ by 3C‖v‖, so nothing is lost",
        ),
    ),
    Claim(
        id="xu23a/eq-31/corrected",
        title="lower bounds of the first-order part",
        label="(31), mended",
        page="22",
        given=Networks(model="xu23a", students=(1, 5), dimension=(1, 5), where=(_third,)),
        then=All(
            AtMost(_pull - 2 * pi * _others, 2 * pi * turning),
            AtMost(pi / 3 * sin(theta[i]) ** 2 * v_norm - 2 * pi * _others, 2 * pi * turning),
        ),
        mutants={
            "a third of the others": Mutant(then=AtMost(_pull - 2 * pi / 3 * _others, 2 * pi * turning)),
            "any angle": Mutant(
                given=networks,
                then=AtMost(pi / 3 * sin(theta[i]) ** 2 * v_norm - 2 * pi * _others, 2 * pi * turning),
            ),
        },
        slack_as=(_others_left, _others_left + (2 * pi / 3 - theta[i]) * sin(theta[i]) ** 2 * v_norm),
        note="for θ_i ≤ 2π/3; with 2π‖w_j‖ ≤ 6πC‖v‖ the printed π/3 sin²θ_i − O(nC); 2 − X = "
        "2 sin²(θ_j/2) + cos²((θ_i + θ_ij)/2) + cos²((θ_i − θ_ij)/2)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-31-spherical",
        title="|cos θ_j − cos θ_i cos θ_ij| ≤ sin θ_i sin θ_ij",
        given=Networks(model="xu23a", students=2, dimension=(1, 5)),
        then=AtMost(_X_01**2, sin(_first) ** 2 * sin(_between) ** 2),
        slack_as=(_spherical,),
        mutants={
            "half": Mutant(then=AtMost(_X_01**2, sin(_first) ** 2 * sin(_between) ** 2 / 4)),
            "other angle": Mutant(then=AtMost(_X_01**2, sin(_second) ** 2 * sin(_between) ** 2)),
        },
        note="both sides squared, for i = 1 and j = 2; Cauchy–Schwarz for the components across w̄_i",
        expected=Verdict.PROVED,
    ),
)
