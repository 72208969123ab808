"""Equation (3), p. 11: the residual as R_1 + R_2."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot, magnitude, norm
from theory.symbols import V, a, i, over, teachers, w, xi

# ξ is the input, V_i the teacher to whose group student i belongs.
_given = Networks(
    model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), directions=("V",), vectors=("xi",)
)


def _sign(vector):  # type: ignore[no-untyped-def]
    return magnitude(dot(vector, xi)) / dot(vector, xi)


_residual = over(norm(w[i]) * magnitude(dot(w[i], xi)), i) - over(magnitude(dot(teachers[a], xi)), a)
_first = over(norm(w[i]) * dot(w[i], xi) * _sign(V[i]), i) - over(dot(teachers[a], xi) * _sign(teachers[a]), a)
_second = over(norm(w[i]) * dot(w[i], xi) * (_sign(w[i]) - _sign(V[i])), i)

CLAIMS = (
    Claim(
        id="zhou21b/eq-3",
        title="the residual is a part of the average neurons and a part of the directions",
        label="(3)",
        page="11",
        printed=r"R=R_1+R_2,\ R_1=\sum_iv_i^\top x\,\mathrm{sgn}(w_i^{*\top}x),\ R_2=\sum_i\sum_{j\in T_i}\|w_j\|w_j^\top x"
        r"\big(\mathrm{sgn}(w_j^\top x)-\mathrm{sgn}(w_i^{*\top}x)\big)",
        given=_given,
        then=Equal(_residual, _first + _second),
        mutants={
            "sign of R_2": Mutant(then=Equal(_residual, _first - _second)),
            "without R_2": Mutant(then=Equal(_residual, _first)),
        },
        note="at every input off the kinks; V_j is the teacher to whose group T_i student j belongs, and grouping the "
        "sum by teachers gives R_1. It holds for every partition and every choice of signs",
        expected=Verdict.PROVED,
    ),
)
