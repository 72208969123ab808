"""Lemma 31 with (65), and Corollary 32, p. 42: the pairwise-distance potential controls max ‖z_i‖."""

from __future__ import annotations

from sympy import Rational, pi, sin, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.xu23a._lower_bound import diameter, farthest, small_flow
from checks.relation import All, AtMost, Below, Bounded
from checks.verdict import Verdict
from theory.heads import dot, largest, norm
from theory.observables import initial
from theory.symbols import V, beta, i, j, n, t, v
from theory.vocabulary import Z, kappa_max, z

_networks = Networks(model="xu23a", students=(2, 5), dimension=(2, 5))
_flow = small_flow(until=1000, apart=True)
_wide = Point.of(students=[[0, 1, 0], [0, -1, 0]], teachers=[[1, 0, 0]], note="z_2 = −z_1: D = 2‖z_1‖, κ = π")
# ‖z_i‖² ‖z_j‖² sin² κ_ij
_height = dot(z[i], z[i]) * dot(z[j], z[j]) - dot(z[i], z[j]) ** 2
_first = initial(kappa_max)

CLAIMS = (
    Claim(
        id="xu23a/lemma-31",
        title="the potential is at least of the order of κ_max times the largest ‖z_i‖",
        label="Lemma 31",
        page="42",
        printed=r"Z(t)\ge\Omega(\kappa_{\max}(0)\max_i\|z_i(t)\|)",
        given=_flow,
        then=Bounded(ratio=Z / (_first * farthest), side="below"),
        options={"flows": 6},
        mutants={"√t more": Mutant(then=Bounded(ratio=Z / (_first * farthest * sqrt(t)), side="below"))},
        uses=("xu23a/lemma-30", "xu23a/lemma-29", "xu23a/eq-65"),
        note="along flows from small starts with κ_max(0) ≥ 1/100",
        erratum=Erratum(
            weight="typo",
            what="in the proof “z_1(t) = max ‖z_i(t)‖” lacks a norm, and an O stands for Ω",
            reader="a vector is equated to a number; the bound is from below",
            mend="‖z_1(t)‖ = max ‖z_i(t)‖, and Ω(κ_max(0) max ‖z_i(t)‖)",
        ),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/lemma-31/constant",
        title="the constant (n − 1)/(3π) is right",
        label="new",
        given=_flow,
        then=AtMost((n - 1) / (3 * pi) * _first * farthest, Z),
        mutants={"2(n − 1)": Mutant(then=AtMost(2 * (n - 1) * _first * farthest, Z))},
        because=("xu23a/lemma-31-diameter", "xu23a/lemma-31-sum", "xu23a/lemma-30"),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/eq-65",
        title="the largest distance across the teacher is of the order of κ_max times the largest ‖z_i‖",
        label="(65)",
        page="42",
        printed=r"\max_{i,j}\|z_i(t)-z_j(t)\|\ge\Omega(\kappa_{\max}(0)\max_i\|z_i(t)\|)",
        given=_flow,
        then=Bounded(ratio=diameter / (_first * farthest), side="below"),
        options={"flows": 6},
        mutants={"√t more": Mutant(then=Bounded(ratio=diameter / (_first * farthest * sqrt(t)), side="below"))},
        uses=("xu23a/lemma-30", "xu23a/lemma-29", "xu23a/eq-65/instant"),
        note="along flows from small starts with κ_max(0) ≥ 1/100",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/lemma-31/instant",
        title="the potential is at least of the order of κ_max, at the same time, times the largest ‖z_i‖",
        label="Lemma 31, with κ_max(t)",
        page="42",
        given=_networks,
        then=Bounded(ratio=Z / (kappa_max * farthest), side="below"),
        options={"absolute_in": ("students", "dimension")},
        mutants={"squared": Mutant(then=Bounded(ratio=Z / farthest**2, side="below"))},
        uses=("xu23a/eq-65/instant",),
        note="for all networks; κ_max(t) is at least a third of κ_max(0) by Lemma 30",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-65/instant",
        title="the largest distance across the teacher is of the order of κ_max, at the same time, times the largest ‖z_i‖",
        label="(65), with κ_max(t)",
        page="42",
        given=_networks,
        then=Bounded(ratio=diameter / (kappa_max * farthest), side="below"),
        options={"absolute_in": ("students", "dimension")},
        mutants={"without the angle": Mutant(then=Bounded(ratio=diameter / farthest, side="below"))},
        note="for all networks; κ_max(t) is at least a third of κ_max(0) by Lemma 30",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-65/constant",
        title="the constant 1/(3π) is right",
        label="new",
        given=_flow,
        then=AtMost(_first * farthest / (3 * pi), diameter),
        mutants={"two": Mutant(then=AtMost(2 * _first * farthest, diameter))},
        because=("xu23a/lemma-31-diameter", "xu23a/lemma-30"),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-31-diameter",
        title="D ≥ max ‖z_i‖ sin(κ_max/2) ≥ (κ_max/π) max ‖z_i‖",
        label="new",
        given=_networks,
        then=All(
            AtMost(farthest * sin(kappa_max / 2), diameter),
            AtMost(farthest * kappa_max / pi, farthest * sin(kappa_max / 2)),
        ),
        mutants={
            "D of the whole angle": Mutant(then=AtMost(farthest * kappa_max, diameter), witness=_wide),
            "√2 times": Mutant(then=AtMost(Rational(7, 5) * farthest * sin(kappa_max / 2), diameter)),
        },
        note="wherever no z_i vanishes",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-31-diameter/n2",
        title="‖z_i − z_j‖ ≥ ‖z_i‖ sin κ_ij",
        label="new",
        given=_networks,
        then=AtMost(_height, dot(z[j], z[j]) * dot(z[i] - z[j], z[i] - z[j])),
        slack_as=((dot(z[j], z[j]) - dot(z[i], z[j])) ** 2,),
        mutants={"cosine dropped": Mutant(then=AtMost(norm(z[i]) ** 2, norm(z[i] - z[j]) ** 2))},
        note="in squares, times ‖z_j‖²; for two students and κ ≤ π/2 it is D ≥ max ‖z_i‖ sin κ",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-31-diameter/zero",
        title="D ≥ max ‖z_i‖ if some student lies on the teacher's line",
        label="new",
        given=Networks(
            model="xu23a",
            students=(2, 5),
            dimension=(2, 5),
            directions=("V",),
            coefficients=("beta",),
            students_as=beta[i] * v + (largest(beta[j], j) - beta[i]) * V[i],
        ),
        then=AtMost(farthest, diameter),
        mutants={"every network": Mutant(given=_networks)},
        note="the student with the largest β_i is a multiple of v",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-31-sum",
        title="Z ≥ (n − 1) D",
        label="new",
        given=_networks,
        then=AtMost((n - 1) * diameter, Z),
        mutants={"n D": Mutant(then=AtMost(n * diameter, Z))},
        note="each further point is at least D away from the two farthest ones, together",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/corollary-32",
        title="Z stays positive",
        label="Corollary 32",
        page="42",
        printed=r"Z(t)>0\quad\forall t\ge0",
        given=_flow,
        then=Below(0, Z),
        mutants={"bounded away from 0": Mutant(then=AtMost(initial(Z) / 2, Z))},
        uses=("xu23a/lemma-29", "xu23a/lemma-31"),
        expected=Verdict.SUPPORTED,
    ),
)
