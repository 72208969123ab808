"""Appendix A.1, p. 17: ReLU teachers reduce to absolute values."""

from sympy import Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm, positive_part
from theory.symbols import a, i, over, teachers, w, xi

_given = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), vectors=("xi",))
# ξ is the input.
_target = over(positive_part(dot(teachers[a], xi)), a)
_fit = over(dot(teachers[a], xi), a) / 2
_remainder = over(magnitude(dot(teachers[a], xi)), a) / 2
_moment = positive_part(dot(w[0], xi)) * dot(teachers[0], xi)
_mirrored = positive_part(-dot(w[0], xi)) * -dot(teachers[0], xi)
_product = dot(w[0], xi) * dot(teachers[0], xi)

_students = over(norm(w[i]) * positive_part(dot(w[i], xi)), i)
_best = _fit - over(norm(w[i]) * dot(w[i], xi), i) / 2
_absolute = over(norm(w[i]) * magnitude(dot(w[i], xi)), i) - over(magnitude(dot(teachers[a], xi)), a)

CLAIMS = (
    Claim(
        id="zhou21b/app-A1-linear-fit",
        title="the best linear fit leaves half the absolute values",
        label="App. A.1",
        page="17",
        printed=r"\beta^*=\tfrac12\sum_iw_i^*,\qquad\sum_i\mathrm{ReLU}(w_i^{*\top}x)-\beta^{*\top}x=\tfrac12\sum_i|w_i^{*\top}x|",
        given=_given,
        then=All(
            Equal(_target - _fit, _remainder),
            Equal((_moment + _mirrored) / 2, _product / 2),
        ),
        mutants={
            "the whole sum": Mutant(then=Equal(_target - 2 * _fit, _remainder)),
            "the whole moment": Mutant(then=Equal((_moment + _mirrored) / 2, _product)),
        },
        note="at every input x, and averaged over ±x: for a symmetric law E[x ReLU(w·x)] = ½E[xxᵀ]w, so the normal "
        "equation is solved by β*, uniquely if E[xxᵀ] has full rank",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/app-A1-equivalence",
        title="with the linear part optimised out the ReLU problem is the problem of absolute values",
        label="App. A.1, (5)–(6)",
        page="17",
        printed=r"\min_\beta(6)\text{ is exactly problem (1)}",
        given=_given,
        then=Equal(_best + _students - _target, _absolute / 2),
        mutants={
            "without the half": Mutant(then=Equal(_best + _students - _target, _absolute)),
            "half the linear part": Mutant(then=Equal(_best * Rational(1, 2) + _students - _target, _absolute / 2)),
        },
        erratum=Erratum(
            weight="wording",
            what="the objective that remains is a quarter of (1), not exactly (1)",
            reader="the residual is ½(f − f*), its square a quarter",
            mend="equivalent up to the factor 1/4: same minimisers, same flow up to the scale of time",
        ),
        uses=("zhou21b/app-A1-linear-fit",),
        note="at every input, with β = ½Σ w_i* − ½Σ ‖w_j‖w_j",
        expected=Verdict.PROVED,
    ),
)
