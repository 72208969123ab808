"""Lemma C.6, p. 32: the angles of the students to their nearest teachers are bounded by the loss."""

from dataclasses import replace

from sympy import Integer, Rational, Symbol, cos, log, pi, sqrt

from checks.claim import Claim, Erratum, Family, Mutant
from checks.given import Networks
from checks.papers.zhou21b._setting import separation, spread
from checks.relation import AtMost, Below, Bounded
from checks.verdict import Verdict
from theory.symbols import m
from theory.symmetric_family import Group, SymmetricFamily
from theory.vocabulary import loss, student_mass

_near = Networks(
    model="zhou21b",
    students=(1, 8),
    teachers=(1, 4),
    dimension=(1, 8),
    near_optimum=True,
    separation=separation,
)
_all_sizes = {"absolute_in": ("students", "teachers", "dimension")}

# Teachers e_1 … e_r, students √(1 − s²) e_i and s e_{r+i}, in dimension 2r.
_s, _r = Symbol("s", positive=True), Symbol("r", integer=True, positive=True)
_rest = Symbol("k", positive=True)
_far_neurons = Family(
    members=SymmetricFamily(
        students=(Group(own={"near": _rest}), Group(own={"far": _s})),
        teachers=(Group(own={"near": Integer(1)}),),
        copies=_r,
        parameters={_s: (Integer(0), Integer(1))},
        lengths={_rest: 1 - _s**2},
    ),
    ratio=pi**2 / 4 / sqrt(1 - 2 / pi) * sqrt(_r),
    grows=_r,
    small=_s,
    at=({_s: Rational(3, 5)}, {_s: Rational(1, 10**6)}),
    note="teachers e_1 … e_r, students √(1 − s²) e_i and s e_{r+i}: L = (1 − 2/π) r s⁴, "
    "Σ‖w_j‖²δ_j² = π²/4 · r s², so the ratio is 4.093…·√r for every s",
)

# An even degree l at which cos^l(Δ/2) ≤ L; the bound grows with l, so that rounding l up is covered by the 1.
_degree = 2 * (1 + log(1 / loss) / log(1 / cos(separation / 2)))
_hermite = (pi / 2) ** Rational(3, 2) * _degree ** Rational(5, 2)
_corrected = sqrt(2 * loss) * sqrt(pi / 2 + _hermite * m * (1 + (m - 1) * loss)) + (m - 1) * loss * student_mass

# What the printed proof rests on.
_uses = (
    "zhou21b/lemma-C.5",
    "zhou21b/lemma-C.11",
    "zhou21b/lemma-C.11-coefficients",
    "zhou21b/claim-C.1",
    "zhou21b/lemma-C.6-cos-bounds",
    "zhou21b/lemma-C.6-cos-bounds-bernoulli",
    "zhou21b/lemma-C.6-cos-bounds-exp",
    "zhou21b/lemma-C.6-cos-bounds-far",
    "zhou21b/lemma-C.6-cos-bounds-triangle",
    "zhou21b/lemma-C.6-h-correlations",
    "zhou21b/lemma-C.6-h-correlations-mean",
    "zhou21b/lemma-C.6-h-correlations-teacher",
    "zhou21b/lemma-C.6-h-correlations-residual",
    "zhou21b/lemma-C.6-h-norm",
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.6",
        title="angles are bounded by the root of the loss with an absolute constant, as printed",
        label="Lemma C.6",
        page="32",
        printed=r"L(W)=\epsilon\le\epsilon_0\ \Rightarrow\ "
        r"\sum_{i=1}^r\sum_{j\in T_i}\|w_j\|^2\delta_j^2=O(\epsilon^{1/2})",
        given=_near,
        then=Bounded(ratio=spread / sqrt(loss)),
        family=_far_neurons,
        options=_all_sizes,
        mutants={"first power of the loss": Mutant(then=Bounded(ratio=spread / loss))},
        uses=_uses,
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="the constant can't be absolute, it grows at least like √r",
            reader="with teachers e_1 … e_r and students √(1 − s²) e_i, s e_{r+i} all kernel values are 1 "
            "or 2/π: L = (1 − 2/π) r s⁴ and the left side is π²/4 · r s²",
            mend="zhou21b/lemma-C.6/corrected",
            charity="if r counts as a constant no counterexample is known; Lemma 12 uses it with explicit powers of r",
        ),
    ),
    Claim(
        id="zhou21b/lemma-C.6/corrected",
        title="angles are bounded by the root of the loss up to √r and a power of the logarithm",
        label="Lemma C.6, mended",
        page="32",
        given=Networks(
            model="zhou21b",
            students=(1, 8),
            teachers=(1, 4),
            dimension=(1, 8),
            near_optimum=True,
            separation=separation,
            where=(Below(loss, 1), Below(0, loss)),
        ),
        then=AtMost(spread / pi**2, _corrected),
        mutants={"without the loss": Mutant(then=AtMost(spread / pi**2, loss))},
        uses=tuple(
            f"{name}/corrected" if name in ("zhou21b/lemma-C.6-h-norm", "zhou21b/lemma-C.11") else name
            for name in _uses
        ),
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.6/sharp",
        title="with the factor √r the constant is a number of order ten",
        label="Lemma C.6",
        page="32",
        given=_near,
        then=Bounded(ratio=spread / sqrt(loss * m)),
        mutants={"first power of the loss": Mutant(then=Bounded(ratio=spread / (loss * m)))},
        note="that √r suffices is measured, not proved",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="zhou21b/lemma-C.6/family",
        title="the counterexample of every size: the squared ratio is π⁴/(16(1 − 2/π)) · r",
        label="Lemma C.6",
        page="32",
        given=_near,
        then=Bounded(ratio=spread / sqrt(loss)),
        family=replace(
            _far_neurons,
            at=tuple({_s: Rational(1, 10**power)} for power in (2, 4, 8)),
            note="for every r at s = 10⁻², 10⁻⁴ and 10⁻⁸ as well: the loss plays no part in it",
        ),
        options=_all_sizes,
        mutants={"first power of the loss": Mutant(then=Bounded(ratio=spread / loss))},
        expected=Verdict.REFUTED,
    ),
)
