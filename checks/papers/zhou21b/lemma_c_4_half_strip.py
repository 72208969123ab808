"""Pages 29–31 (g): half of a strip without further strips has at least half of its mass less theirs."""

from sympy import Symbol

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.relation import AtMost
from checks.verdict import Verdict

# P(A ∩ H) = P(A)/2 and P(A_j ∩ H) = P(A_j)/2 for sets with A = −A and the half space H = {w*·x ≥ 0}; so with the part p of
# A ∩ H that the strips A_j cover, at most ½ Σ P(A_j) = s/2, and P(A) = q, the set S⁺ has mass q/2 − p.
_mass, _covered, _strips = Symbol("q", real=True), Symbol("p", real=True), Symbol("s", real=True)
_set = _mass / 2 - _covered

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.4-internals-g",
        title="E 1_{S⁺} ≥ ½ (E 1_{S*(δ/2)} − Σ_j E 1_{A_j})",
        label="pp. 29–31 (g)",
        page="31",
        printed=r"\mathbb E\mathbb 1_{S_i^+}\ge\tfrac12\Big(\mathbb E\mathbb 1_{S_i^*(\delta_1/2)}"
        r"-\sum_{j\ne i}\mathbb E\mathbb 1_{A_j}\Big)",
        given=Box(variables={_mass: (0, 1), _covered: (0, 1), _strips: (0, 1)}, where=(AtMost(_covered, _strips / 2),)),
        then=AtMost((_mass - _strips) / 2, _set),
        mutants={"without the half": Mutant(then=AtMost(_mass - _strips, _set))},
        note="the strip and the A_j are symmetric under x → −x, so each has half of its mass on {w*·x ≥ 0}; q, s are the masses "
        "of S*(δ₁/2) and of all A_j together, p ≤ s/2 what the A_j cover of the half strip",
        expected=Verdict.CERTIFIED,
    ),
)
