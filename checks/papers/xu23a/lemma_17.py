"""Lemma 17 (20), pp. 13 and 40: the flow separates the components across the teacher that point the most apart."""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, cos, pi

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks, Point
from checks.relation import AtMost, Below, Relation
from checks.verdict import Verdict
from theory.heads import Distinct, dot, norm, rate, smallest
from theory.steps import CauchySchwarz, SmallestStep, Whole
from theory.symbols import i, j, k, l, over, w
from theory.vocabulary import kappa, theta, z


def _cosine(first: Symbol, second: Symbol) -> Expr:
    return dot(z[first], z[second]) / (norm(z[first]) * norm(z[second]))


_least = smallest(smallest(_cosine(k, l), k), l)
_alive = Below(0, norm(w[i]))
# κ_ij = κ_max < π/2, in cosines.
_outermost = AtMost(_cosine(i, j), _least)
_acute = Below(0, _cosine(i, j))
_spread = (pi - theta[i, j]) / pi


def _networks(*where: Relation) -> Networks:
    return Networks(model="xu23a", students=(2, 4), dimension=(2, 5), where=(_alive, *where))


_speed = rate(_cosine(i, j))
_corrected = AtMost(_speed, -_spread * (1 - _cosine(i, j) ** 2))
_literal = AtMost(_speed, -_spread * (1 - cos(kappa[i, j] ** 2)))
_printed = (
    r"\kappa_{ij}=\kappa_{\max}<\tfrac\pi2\ \Rightarrow\ \frac{\partial}{\partial t}\cos\kappa_{ij}"
    r"\le-\frac{\pi-\theta_{ij}}\pi(1-\cos\kappa_{ij}^2)"
)

# By (61): the first part of the slack, and what student k adds as it turns z_i.
_sine_squared = (dot(z[i], z[i]) * dot(z[j], z[j]) - dot(z[i], z[j]) ** 2) / (norm(z[i]) * norm(z[j])) ** 2
_own = _spread / 2 * (norm(z[i]) - norm(z[j])) ** 2 / (norm(z[i]) * norm(z[j])) * _sine_squared


def _at_least_outermost(against: Symbol) -> Expr:
    """cos κ_kj − cos κ_ij, as the pair i, j is the outermost."""
    one, other = SmallestStep(_cosine(l, against), l, k), SmallestStep(smallest(_cosine(k, l), k), l, against)
    return one + other + Whole(_least - _cosine(i, j))


def _pushed(turned: Symbol, against: Symbol) -> Expr:
    """(π − θ_ik)/2π · ‖z_k‖/‖z_i‖ · (cos κ_kj − cos κ_ki cos κ_ij)."""
    aside = CauchySchwarz(z[k], z[turned]) / (norm(z[k]) * norm(z[turned]))
    factor = (pi - theta[turned, k]) / (2 * pi) * norm(z[k]) / norm(z[turned])
    return factor * (_at_least_outermost(against) + Whole(_cosine(i, j)) * aside)


# Cosines of κ_ki, κ_kj and κ_ij; κ_kj ≤ κ_ij < π/2 says u ≤ y.
_x, _y, _u = (Symbol(name, real=True) for name in ("x", "y", "u"))
_cosines = dict.fromkeys((_x, _y, _u), (0, 1))
_equal = Point.of(
    students=[["1/2", "1/10", 0], ["1/2", "27/3650", "364/3650"]],
    teachers=[[1, 0, 0]],
    note="two students with ‖z_1‖ = ‖z_2‖ and cos κ = 27/365: the derivative is −(π − θ)/π · sin²κ",
)

CLAIMS = (
    Claim(
        id="xu23a/lemma-17",
        title="the largest angle across the teacher opens, as printed",
        label="Lemma 17, (20)",
        page="13",
        printed=_printed,
        given=_networks(_outermost, _acute),
        then=_literal,
        witness=_equal,
        mutants={
            "twice as fast": Mutant(then=AtMost(_speed, -2 * _spread * (1 - cos(kappa[i, j] ** 2))), witness=_equal),
        },
        uses=("xu23a/eq-61",),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="1 − cos κ², read literally as one minus the cosine of κ², is too large for κ > 1.1995; "
            "meant is 1 − cos²κ",
            reader="two students with ‖z_1‖ = ‖z_2‖ and κ = 1.5: the derivative is −(π − θ)/π · 0.995, "
            "and 1 − cos(2.25) = 1.628",
            mend="xu23a/lemma-17/corrected",
            charity="the proof ends with 1 − cos²κ",
        ),
    ),
    Claim(
        id="xu23a/lemma-17/corrected",
        title="the largest angle across the teacher opens",
        label="Lemma 17, mended",
        page="40",
        given=_networks(_outermost, _acute),
        then=_corrected,
        mutants={
            "any pair": Mutant(given=_networks(_acute)),
            "obtuse angles too": Mutant(given=_networks(_outermost)),
            "faster": Mutant(
                then=AtMost(_speed, -Rational(11, 10) * _spread * (1 - _cosine(i, j) ** 2)), witness=_equal
            ),
        },
        slack_as=(_own + over(Distinct(k, i) * Distinct(k, j) * (_pushed(i, j) + _pushed(j, i)), k),),
        uses=("xu23a/eq-61", "xu23a/lemma-17/reduced"),
        note="equality for two students with ‖z_1‖ = ‖z_2‖",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-17/reduced",
        title="why the second part of (61) is not positive for the outermost pair",
        given=Box(variables=_cosines, where=(AtMost(_u, _y),)),
        then=AtMost(_x * _u, _y),
        mutants={
            "any pair": Mutant(given=Box(variables=_cosines)),
            "squared": Mutant(then=AtMost(_x * _u, _y**2)),
        },
        note="x = cos κ_ki, y = cos κ_kj, u = cos κ_ij; the other half of the bracket has i and j exchanged",
        expected=Verdict.CERTIFIED,
    ),
)
