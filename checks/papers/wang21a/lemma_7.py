"""Lemma 7, p. 18: smoothness of the population loss near a minimum."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.papers.wang21a._near import (
    above,
    error,
    for_any_turn,
    mixed,
    near_enough,
    reach,
    room,
    smoothing,
    squares,
)
from checks.papers.wang21a._setting import direction_square, s
from checks.relation import AtMost, Equal
from checks.verdict import Verdict
from theory.steps import Whole
from theory.symbols import V, beta, i, j, k, nu, over, v
from theory.vocabulary import dist, hessian_form


def _networks(largest: Rational | int) -> Networks:
    return Networks(
        model="wang21a",
        students=(1, 4),
        dimension=(1, 4),
        directions=("V",),
        scalars={nu: (0, largest)},
        where=(AtMost(dist, nu * s),),
        near_optimum=True,
    )


def _turned(largest: Rational | int) -> Networks:
    """‖W − w_* βᵀ‖ ≤ ν‖w_*‖ for some unit vector β, which says that dist ≤ ν‖w_*‖."""
    return Networks(
        model="wang21a",
        students=(1, 4),
        dimension=(1, 4),
        directions=("V",),
        coefficients=("beta",),
        scalars={nu: (0, largest)},
        where=(Equal(over(beta[k] ** 2, k), 1), AtMost(reach, nu * s)),
    )


def _smooth(constant: object) -> AtMost:
    return AtMost(hessian_form, constant * s**2 * direction_square)


_double = Point.of(students=[[2]], teachers=[[1]], V=[[1]], nu=1, note="w = 2 w_*, one neuron: dist = ‖w_*‖, ν = 1")
_double_turned = Point.of(
    students=[[2]], teachers=[[1]], V=[[1]], beta=[1], nu=1, note="w = 2 w_*, one neuron, β = 1: ν = 1"
)
_sharp = 6 + 18 * nu + 9 * nu**2
_smaller = Mutant(then=_smooth(_sharp - Rational(1, 100)), witness=_double_turned)

# 6s² + 18sd + 9d² bounds the Hessian; at ν ≤ 0.14 that is below 13s² + 16ν²s².
_by_distance = (
    smoothing
    + direction_square * (6 * s * above + 18 * s * room + 9 * room * (nu * s + dist))
    + 4 * over(squares(v, V[i]), i)
    + 12 * mixed(-1)
    + 6 * over(squares(error(j), V[i]), i, j)
)
_sharp_slack = for_any_turn(_by_distance)
_spare = 18 * Whole(Rational(14, 100) - nu) + Rational(448, 100) + 7 * nu**2

CLAIMS = (
    Claim(
        id="wang21a/lemma-7",
        title="smoothness for every ν > 0, as printed",
        label="Lemma 7",
        page="18",
        printed=r"\|\nabla^2F(W)\|_2\le(15+16\nu^2)\|w_*\|^2\quad\text{if }\mathrm{dist}\le\nu\|w_*\|",
        given=_networks(3),
        then=_smooth(15 + 16 * nu**2),
        witness=_double,
        mutants={"smaller constant": Mutant(then=_smooth(5 + 16 * nu**2))},
        uses=("wang21a/eq-22a", "wang21a/eq-22b", "wang21a/eq-22c", "wang21a/eq-22-last"),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="constant",
            what="false exactly for ν between (9 − 3√2)/7 = 0.6796… and (9 + 3√2)/7 = 1.8918…, where 6 + 18ν + 9ν² > 15 + 16ν²",
            reader="K = 1, w = 2w_*, ‖w_*‖ = 1: F(w + ε w_*) = ¾((2 + ε)² − 1)², second derivative 33 > 15 + 16 = 31",
            mend="wang21a/lemma-7/corrected",
            charity="true for ν ≤ 0.679, hence wherever the paper uses it (ν < 0.1401)",
        ),
    ),
    Claim(
        id="wang21a/lemma-7/corrected",
        title="the paper's chain with the lost term 4ν kept",
        given=_turned(3),
        then=_smooth(15 + 4 * nu + 16 * nu**2),
        slack_as=(_sharp_slack + (7 * (nu - 1) ** 2 + 2) * s**2 * direction_square,),
        mutants={"as printed": Mutant(then=_smooth(15 + 16 * nu**2), witness=_double_turned)},
        note="dist ≤ ν‖w_*‖ is written with the unit vector β at which dist is attained: W^T w_* may vanish",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/lemma-7/sharp",
        title="the sharp smoothness constant",
        given=_turned(3),
        then=_smooth(_sharp),
        slack_as=(_sharp_slack,),
        mutants={"constant": _smaller},
        note="attained at V ∥ W = (1 + ν) w_* qᵀ; dist ≤ ν‖w_*‖ is written with the unit vector β at which dist is attained",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/lemma-7/constant-13",
        title="the main text's constant 13, where Lemma 1 uses it",
        given=_networks(Rational(14, 100)),
        then=_smooth(13 + 16 * nu**2),
        mutants={
            "constant": Mutant(
                then=_smooth(6 + 16 * nu**2),
                witness=Point.of(students=[["11/10"]], teachers=[[1]], V=[[1]], nu="1/10"),
            )
        },
        slack_as=(near_enough + _by_distance + _spare * s**2 * direction_square,),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/lemma-7/reduced",
        title="the sharp constant is below the printed one for ν ≤ 0.679",
        given=Box(variables={nu: (0, Rational(679, 1000))}),
        then=AtMost(_sharp, 15 + 16 * nu**2),
        mutants={"beyond the root": Mutant(given=Box(variables={nu: (0, Rational(68, 100))}))},
        expected=Verdict.CERTIFIED,
    ),
)
