"""Theorem 5, pp. 8 and 25: Phase 2, in which the projections grow to their final size and angles stay small."""

from sympy import Rational, exp

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Flow, Networks
from checks.papers.xu23a._phases import balanced, beside
from checks.relation import All, AtLeast, AtMost, Below, Relation
from checks.verdict import Verdict
from theory.heads import largest, smallest
from theory.observables import initial
from theory.symbols import gamma, i, n, t
from theory.vocabulary import H, h, theta, v_norm, w_norm

_epsilon = Rational(1, 100)
# ε_1 = ε_2⁶ n^{−1/2} in (26) is below 10⁻¹² here.
_start_angle = Rational(1, 10**12)
_starts = Networks(
    model="xu23a",
    students=(2, 4),
    dimension=(2, 4),
    directions=("V",),
    coefficients=("beta",),
    scalars={gamma: ("1/20", "1/7")},
    drawn_as=beside(gamma, _start_angle / 2),
    where=(Below(0, h[i]), balanced, AtMost(w_norm[i], v_norm / (3 * n)), AtMost(theta[i], 4 * _start_angle)),
)


def _flow() -> Flow:
    """Gradient flow from the end of Phase 1, where (1 − nη/2)^{t−T_1} becomes e^{−nt/2}, up to (1/n) ln(1/36ε_2)."""
    return Flow(
        model="xu23a",
        students=(2, 4),
        dimension=(2, 4),
        until="3/4",
        at=("0.1", "0.2", "0.3", "0.4", "0.5", "0.75"),
        starts=_starts,
        where=(AtMost(36 * _epsilon, exp(-n * t)),),
    )


_q = exp(-n * t / 2)
_eq_12 = balanced
_upper = AtMost(H, (_q + 6 * _epsilon) * v_norm)
_eq_13 = All(
    _upper,
    AtLeast(H, (2 * _q / 3 - 6 * _epsilon) * v_norm),
    AtLeast((2 * _q / 3 - 6 * _epsilon) * v_norm, 18 * _epsilon * v_norm),
)
_eq_14 = All(AtMost(h[i], 2 * v_norm / n), AtMost(smallest(initial(w_norm[i]), i) / 2, h[i]))
_eq_15 = AtMost(theta[i], _epsilon)
_PRINTED: dict[str, tuple[str, str, Relation]] = {
    "12": (r"h_i(t)\le2h_j(t)", "projections stay balanced in Phase 2", _eq_12),
    "13": (
        r"(1-\tfrac{n\eta}2)^{t-T_1}\|v\|+6\epsilon_2\|v\|\ge H(t)\ge\tfrac23(1-\tfrac{n\eta}2)^{t-T_1}\|v"
        r"\|-6\epsilon_2\|v\|"
        r"\ge18\epsilon_2\|v\|",
        "H decays exponentially in Phase 2",
        _eq_13,
    ),
    "14": (r"\tfrac{2\|v\|}n\ge h_i(t)\ge\tfrac{s_1}2", "projections stay bounded in Phase 2", _eq_14),
    "15": (r"\theta_i(t)\le\epsilon_2", "angles stay small in Phase 2", _eq_15),
}
_MUTANTS = {
    "12": Mutant(then=AtMost(largest(h[i], i), Rational(101, 100) * smallest(h[i], i))),
    "13": Mutant(then=AtMost(H, (2 * _q / 3 + 6 * _epsilon) * v_norm)),
    "14": Mutant(then=AtMost(h[i], v_norm / (10 * n))),
    "15": Mutant(then=AtMost(theta[i], _start_angle / 100)),
}
_REASON = (
    "the theorem starts from the end of Phase 1 of an initialisation of size n^{−4226} and takes steps of that "
    "squared size: "
    "no run reaches it; its flow version from states that Phase 1 hands over can be followed"
)
_NOTE = "gradient flow with ε_2 = 1/100 from states that satisfy (24)–(27) at T_1; s_1 is the smallest initial norm"


def _both(number: str) -> tuple[Claim, Claim]:
    printed, title, then = _PRINTED[number]
    own = f"xu23a/eq-{number}"
    return (
        Claim(
            id=own,
            title=title,
            label=f"({number})",
            page="8",
            printed=printed,
            assumption=Assumption(reason=_REASON, forms=(f"{own}/flow",)),
            uses=("xu23a/theorem-5",),
            expected=Verdict.ASSUMED,
        ),
        Claim(
            id=f"{own}/flow",
            title=f"{title}, for gradient flow",
            given=_flow(),
            then=then,
            mutants={"stronger": _MUTANTS[number]},
            note=_NOTE,
            expected=Verdict.SUPPORTED,
        ),
    )


CLAIMS = (
    Claim(
        id="xu23a/theorem-5",
        title="Phase 2: growth along the teacher at small angles",
        label="Theorem 5",
        page="8",
        printed=r"\epsilon_1=O(\epsilon_2^6n^{-1/2}),\ \eta=O(\epsilon_1^2\sigma^2d/\|v\|^2),\ T_2=T_1+\lceil"
        r"\tfrac1{n\eta}"
        r"\ln\tfrac1{36\epsilon_2}\rceil\Rightarrow(12),(13),(14),(15)\ \text{for }T_1\le t\le T_2",
        assumption=Assumption(
            reason=_REASON,
            forms=(
                "xu23a/theorem-5/flow",
                "xu23a/eq-12/flow",
                "xu23a/eq-13/flow",
                "xu23a/eq-14/flow",
                "xu23a/eq-15/flow",
            ),
        ),
        uses=(
            "xu23a/theorem-4",
            "xu23a/eq-46",
            "xu23a/eq-47",
            "xu23a/H-recursion",
            "xu23a/eq-42-right",
            "xu23a/p27-chain",
            "xu23a/eq-49",
            "xu23a/eq-50",
            "xu23a/V-recursion",
        ),
        erratum=Erratum(
            weight="typo",
            what="the text after the theorem calls (12) the continuation of (6); it continues (9). It also lets "
            "Phase 2 start at "
            "T_1 + 1, while the statement includes t = T_1",
            reader="(6) bounds norms, (9) is the balance h_i ≤ 2h_j",
            mend="(12) is the continuation of (9)",
            charity="the statement and the proof are not affected; ε_2 < 1/36 is implicit in the logarithm",
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-5/flow",
        title="Phase 2 of gradient flow",
        given=_flow(),
        then=All(_eq_12, *_eq_13.parts, *_eq_14.parts, _eq_15),
        mutants={"H at two thirds": _MUTANTS["13"]},
        note=_NOTE,
        expected=Verdict.SUPPORTED,
    ),
    *(claim for number in _PRINTED for claim in _both(number)),
)
