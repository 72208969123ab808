"""Lemma C.2 and (12), pp. 20 and 35–37: the descent direction up to an error of second order in the angle."""

from sympy import Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._residual import (
    against,
    differing,
    first_at,
    largest_norm,
    orientation,
    output,
    own_part,
    residual_at,
    turned_part,
    x,
)
from checks.relation import All, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, line_angle, magnitude, norm
from theory.indicators import Nonnegative, sgn
from theory.symbols import V, a, beta, i, j, m, over, teachers, w
from theory.vocabulary import Theta, deviation, gradient, loss, near, nearest_angle, student_mass

# (12) for arbitrary vectors z_j = V_j in place of q_ij w_i*.
_general = Networks(model="zhou21b", students=(1, 3), teachers=(1, 2), dimension=(1, 3), directions=("V",))


def _descent(z):  # type: ignore[no-untyped-def]
    """Σ_j ⟨∇_{w_j}L, (I + w̄w̄ᵀ)⁻¹ (w_j − z_j)⟩ with (I + w̄w̄ᵀ)⁻¹ = I − ½ w̄w̄ᵀ."""
    step = w[i] - z
    return over(dot(gradient[i], step - dot(w[i], step) / (2 * dot(w[i], w[i])) * w[i]), i)


_sum_of_q = over(norm(w[i]) * dot(x, V[i]) * sgn(dot(x, w[i])), i)
_pulled = expectation(residual_at * (over(output(teachers[a]), a) - _sum_of_q))

# q_ij = |β_j| / Σ |β_k|‖w_k‖ over the students within δ_max of their nearest teacher.
_widest = Symbol("delta_max", real=True)
_weight = magnitude(beta[j]) * Nonnegative(_widest - nearest_angle[j])
_total = over(near[j, a] * _weight * norm(w[j]), j)
_z = over(near[i, a] * orientation(i, a) / _total * teachers[a], a)
_z = _weight.xreplace({j: i}) * _z
_networks = Networks(
    model="zhou21b",
    students=(1, 4),
    teachers=(1, 2),
    dimension=(1, 3),
    coefficients=("beta",),
    scalars={_widest: (0, "11/7")},
)


def _error(constant):  # type: ignore[no-untyped-def]
    size = m**2 * largest_norm(teachers) * largest_norm(deviation) * _widest**2
    return against(Theta**2, 2 * loss, _descent(_z) + constant * size)


# In the plane or out of it: E[|v̄·x||w̄*·x| 1] = (A sin φ + B cos φ)/π with ∠(v, w*) = φ, ∠(v, w) = φ + t, |t| ≤ δ.
_delta, _share = Symbol("delta", real=True), Symbol("s", real=True)
_t = _share * _delta
_radial = 1 - cos(_t) * cos(_delta)
_across = _t - sin(_t) * cos(_delta)

_growth = _radial * sin(_t) * cos(_delta) + _across * _radial
_squares = sin(_delta) ** 4 + (_delta - sin(_delta) * cos(_delta)) ** 2

# The closed forms of the expectations are limits where a student lies exactly along a teacher.
_pair = Networks(
    model="zhou21b", students=(1, 3), teachers=(1, 2), dimension=(2, 3), where=(Below(0, nearest_angle[i]),)
)
_angle = line_angle(w[i], teachers[a])
_first = expectation(first_at * output(teachers[a]) * differing(i, a))
_size = m * norm(teachers[a]) * largest_norm(deviation) * _angle**2
_own = expectation(own_part * output(teachers[a]) * differing(i, a))
_turned = expectation(turned_part * output(teachers[a]) * differing(i, a))
_unit, _mass = norm(teachers[a]) * Theta, norm(teachers[a]) * student_mass
_clash = Erratum(
    weight="typo",
    what="the summation index i is used twice in one display",
    reader="the sum over teachers inside R_1 has its own index",
    mend="rename the index of the inner sum",
)

CLAIMS = (
    Claim(
        id="zhou21b/lemma-C.2-identity",
        title="the descent sum is the squared residual and a term of differing signs",
        label="(12)",
        page="36",
        printed=r"\sum_{i,j}\langle\nabla_{w_j}L,(I+\bar w_j\bar w_j^\top)^{-1}(w_j-q_{ij}w_i^*)\rangle=\|R\|^2+\mathbb E\Big[R"
        r"\sum_{i,j}q_{ij}\|w_j\|w_i^{*\top}x\big(\mathrm{sgn}(w_i^{*\top}x)-\mathrm{sgn}(w_j^\top x)\big)\Big]",
        given=_general,
        then=Equal(_descent(V[i]), 2 * loss + _pulled),
        mutants={
            "the loss for the squared residual": Mutant(then=Equal(_descent(V[i]), loss + _pulled)),
            "without the signs": Mutant(then=Equal(_descent(V[i]), 2 * loss)),
        },
        uses=("zhou21b/eq-grad",),
        note="for arbitrary vectors z_j in place of q_ij w_i*: the sum over q is Σ_i |w_i*·x| − Σ_j ‖w_j‖ z_j·x sgn(w_j·x), "
        "because Σ_j q_ij ‖w_j‖ = 1; no sign of q is needed",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/lemma-C.2",
        title="the descent sum is at least ‖R‖² − (2/π) r² w_max α δ_max²",
        label="Lemma C.2",
        page="20",
        printed=r"\sum_{i,j}\langle\nabla_{w_j}L,(I+\bar w_j\bar w_j^\top)^{-1}(w_j-q_{ij}\mathrm{sgn}(w_j^\top w_i^*)w_i^*)"
        r"\rangle\ge\|R\|^2-O(r^2w_{\max}\alpha\delta_{\max}^2)",
        given=_networks,
        then=_error(2 / pi),
        mutants={"a tenth of the constant": Mutant(then=_error(1 / (5 * pi)))},
        uses=(
            "zhou21b/lemma-C.1",
            "zhou21b/lemma-C.2-identity",
            "zhou21b/lemma-C.2-I2",
            "zhou21b/lemma-C.2-I3",
            "zhou21b/lemma-C.3",
            "zhou21b/lemma-C.3-R2",
            "zhou21b/lemma-C.9",
        ),
        note="α is the largest ‖v_i‖, q_ij = |β_j|/Σ|β_k|‖w_k‖ over T_i(δ_max) for arbitrary β; where some T_i(δ_max) is "
        "empty nothing is said",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.2/reduced",
        title="E[|v̄·x||w̄*·x| 1{signs differ}] ≤ δ²/π, with three unit vectors in any position",
        label="Lemma C.2",
        page="36",
        given=Box(variables={_delta: (0, pi / 2), _share: (0, 1)}),
        then=All(AtMost(0, _growth), AtMost(_squares, _delta**4)),
        contact={_delta: (0, 6), _share: (0, 1)},
        mutants={
            "nine tenths": Mutant(then=AtMost(_squares, Rational(9, 10) * _delta**4)),
            "falling in t": Mutant(then=AtMost(_growth, 0)),
        },
        note="with φ = ∠(v, w*), φ + t = ∠(v, w), |t| ≤ δ, π times the expectation is A sin φ + B cos φ, "
        "A = 1 − cos t cos δ, B = t − sin t cos δ; it is at most √(A² + B²); "
        "A² + B² is even in t = sδ and grows with it, as half its derivative A sin t cos δ + B A is not negative, and "
        "at t = δ it is at most δ⁴",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/lemma-C.2-I2",
        title="the part of R_1 is at least −(1/π) r w_max α δ_j²",
        label="pp. 36–37",
        page="36",
        printed=r"\mathbb E\big[R_1|w_i^{*\top}x|\mathbb 1\{\mathrm{sgn}\ne\}\big]\ge-c_1rw_{\max}\alpha\delta_j^2",
        given=_pair,
        then=against(_unit, -_first, _size / pi),
        mutants={"a third of the constant": Mutant(then=against(_unit, -_first, _size / (3 * pi)))},
        uses=("zhou21b/lemma-C.9", "zhou21b/lemma-C.3"),
        erratum=_clash,
        note="for every pair of a student and a teacher, δ the angle of their lines",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="zhou21b/lemma-C.2-I3",
        title="the part of R_2 is not negative",
        label="pp. 36–37",
        page="36",
        printed=r"\mathbb E\big[R_2|w_i^{*\top}x|\mathbb 1\{\mathrm{sgn}\ne\}\big]\ge0",
        given=_pair,
        then=against(_mass, _turned, _own),
        mutants={"half of the positive part": Mutant(then=against(_mass, _turned, _own / 2))},
        uses=("zhou21b/lemma-C.3-R2",),
        erratum=_clash,
        note="the two parts of R_2, Σ‖w_j‖|w_j·x| and Σ‖w_j‖ σ_j w_j·x sgn(w_i*·x), on the two sides",
        expected=Verdict.SUPPORTED,
    ),
)
