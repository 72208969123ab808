"""Lemma 8, pp. 10 and 29–31: the gradient points away from every global minimum, up to a small term."""

from sympy import Expr, Rational, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Box, Networks
from checks.papers.xu23a._one_input import first_part, nonneg_part
from checks.papers.xu23a._setting import angle_variable, pair_term, unit_teacher
from checks.reduction.inherited import slack_of
from checks.relation import All, AtMost, Below, Bounded, Equal
from checks.verdict import Verdict
from theory.heads import dot, largest, magnitude, positive_part
from theory.steps import LargestStep, SmallerOf
from theory.symbols import beta, i, k, mu, over, v, w, x
from theory.vocabulary import gradient, h, loss, residual, residual_norm, theta, v_norm, w_norm, z

_given = Networks(model="xu23a", students=(1, 5), dimension=(1, 5), coefficients=("beta",))
_positive = Networks(model="xu23a", students=(1, 5), dimension=(1, 5), where=(AtMost(0, h[i]), Below(0, w_norm[i])))
_sampled = Networks(model="xu23a", students=(1, 4), dimension=(1, 4), samples=1)

# A global minimum w*_i = c_i v̄ with c_i ≥ 0 and Σ c_i = ‖v‖.
_c = beta[i] ** 2 / over(beta[i] ** 2, i) * v_norm


def _projection(size: Expr) -> Expr:
    """Σ ⟨∇_i, w_i − c_i v̄⟩."""
    return over(dot(gradient[i], w[i] - size * unit_teacher), i)


_own = h[i] / over(h[i], i) * v_norm
_size = largest(theta[i], i) ** 2 * residual_norm * v_norm


def _bound(size: Expr, constant: Expr) -> AtMost:
    return AtMost(2 * loss - constant * _size, _projection(size))


# I1 = Σ E[(r·x) 1{v·x ≥ 0} (1{v·x ≥ 0} − 1{w_i·x ≥ 0}) x·w*_i]: with g(w_i, v) = E[[v·x]₊ 1{w_i·x ≥ 0} x].
_I1_by_pairs = over(_c / v_norm * (dot(residual, v) / 2 - dot(residual, pair_term(i, v, theta[i]))), i)
_parallel = dot(residual, v) / v_norm * (2 * theta[i] - sin(2 * theta[i])) / (4 * pi)
# sin²θ_i z̄_i = sin θ_i z_i/‖w_i‖.
_across = dot(residual, z[i]) / w_norm[i] * sin(theta[i]) / (2 * pi)
_I1 = over(_c * (_parallel - _across), i)
_I1_bound = over(_c * theta[i] ** 2, i) * residual_norm / (2 * pi)


def _slack(share: Expr) -> Expr:
    """I2 ≥ 0, I1 ≥ −Σ c_i θ_i²‖r‖/2π and θ_i ≤ θ_max, for w*_i = ``share`` · v with shares that add up to 1."""
    largest_angle = largest(theta[k], k)
    turned = over(share * LargestStep(theta[k], k, i) * (largest_angle + theta[i]), i)
    return nonneg_part(share) + first_part(share, -1) + residual_norm * v_norm / (2 * pi) * turned


# R = R1 + R2 at an input x, with 1{y ≥ 0} = [y]₊/y.
_sign = positive_part(dot(v, x[mu])) / dot(v, x[mu])
_output = over(positive_part(dot(w[i], x[mu])), i) - positive_part(dot(v, x[mu]))
_R1 = dot(residual, x[mu]) * _sign
_R2 = over(positive_part(dot(w[i], x[mu])) - dot(w[i], x[mu]) * _sign, i)

_t, _phi = angle_variable, Symbol("phi", real=True)
_long = (2 * _t - sin(2 * _t)) / (4 * pi)
_short = sin(_t) ** 2 / (2 * pi)

# In span(w_i, w_j) = span(e_1, e_2) and one direction e_3 across: E[x xᵀ 1{w_i·x ≥ 0} 1{w_j·x ≥ 0}] = Λ_ij of (51).
_block = ((pi - _t) + sin(_t) * cos(_t), (pi - _t) - sin(_t) * cos(_t), pi - _t)
_apart = 3 - 2 * sum(_block) / (2 * pi)

CLAIMS = (
    Claim(
        id="xu23a/lemma-8",
        title="the gradient points away from every global minimum",
        label="Lemma 8, (19)",
        page="10",
        printed=r"\sum_i\langle\partial_{w_i}L,w_i-w_i^*\rangle\ge2L-O(\theta_{\max}^2\|r\|\|v\|)",
        given=_given,
        then=Bounded(ratio=(2 * loss - _projection(_c)) / _size),
        mutants={
            "one order better": Mutant(
                then=Bounded(ratio=(2 * loss - _projection(_c)) / (_size * largest(theta[i], i)))
            )
        },
        uses=("xu23a/lemma-8-decomp", "xu23a/lemma-8-zhou"),
        options={"constant": 1 / (2 * pi)},
        slack_as=(slack_of("xu23a/lemma-8/sharp") / _size,),
        note="for every minimum w*_i = c_i v̄",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8/sharp",
        title="with the sharp constant 1/2π",
        given=_given,
        then=_bound(_c, 1 / (2 * pi)),
        mutants={"smaller constant": Mutant(then=_bound(_c, Rational(1, 20)))},
        because=("xu23a/lemma-8-decomp/nonneg", "xu23a/lemma-8-i1-bound"),
        slack_as=(_slack(_c / v_norm),),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8/appendix",
        title="for the minimum w*_i = h_i v/Σh_j of the appendix",
        label="Lemma 8",
        page="29",
        printed=r"w_i^*=\tfrac{h_i}{\sum_jh_j}v",
        given=_positive,
        then=_bound(_own, 1 / (2 * pi)),
        mutants={"smaller constant": Mutant(then=_bound(_own, Rational(1, 50)))},
        because=("xu23a/lemma-8/sharp",),
        note="needs all h_i ≥ 0 and Σh_j > 0",
        slack_as=(_slack(_own / v_norm),),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8/reduced",
        title="one term of I1 in every direction of r",
        given=Box(variables={_t: (0, pi), _phi: (0, 2 * pi)}),
        then=AtMost(cos(_phi) * _long - sin(_phi) * _short, _t**2 / (2 * pi)),
        contact={_t: (0, 2)},
        mutants={"smaller constant": Mutant(then=AtMost(cos(_phi) * _long - sin(_phi) * _short, _t**2 / 7))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8-decomp",
        title="the residual decomposition R = R1 + R2",
        label="Lemma 8, residual decomposition",
        page="29",
        printed=r"R=R_1+R_2,\ R_1=r^\top x1\{v^\top x\ge0\},\ R_2=\sum_jw_j^\top x(1\{w_j^\top x\ge0\}-1\{v^"
        r"\top x\ge0\})",
        given=_sampled,
        then=Equal(_output, _R1 + _R2),
        mutants={"sign of R2": Mutant(then=Equal(_output, _R1 - _R2))},
        note="at every input x with v·x ≠ 0",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-8-decomp/nonneg",
        title="I2 ≥ 0",
        given=_given,
        then=AtMost(2 * loss + _I1, _projection(_c)),
        mutants={"without I1": Mutant(then=AtMost(2 * loss, _projection(_c)))},
        uses=("xu23a/lemma-8-i1",),
        note="I2 = Σ⟨∇_i, w_i − w*_i⟩ − 2L − I1, with I1 in closed form",
        slack_as=(nonneg_part(_c / v_norm),),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-8-i1",
        title="closed form of I1",
        label="new",
        given=_given,
        then=Equal(_I1_by_pairs, _I1),
        mutants={"sign": Mutant(then=Equal(_I1_by_pairs, over(_c * (_parallel + _across), i)))},
        because=("xu23a/gradient-split",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-8-i1-bound",
        title="|I1| ≤ (1/2π) Σ c_i θ_i² ‖r‖",
        label="new",
        given=_given,
        then=AtMost(magnitude(_I1), _I1_bound),
        mutants={"half of it": Mutant(then=AtMost(magnitude(_I1), _I1_bound / 2))},
        because=("xu23a/lemma-8-i1-bound/reduced",),
        slack_as=(SmallerOf(first_part(_c / v_norm, 1), first_part(_c / v_norm, -1)),),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8-i1-bound/reduced",
        title="((2θ − sin 2θ)/4π)² + (sin²θ/2π)² ≤ θ⁴/4π²",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(_long**2 + _short**2, _t**4 / (4 * pi**2)),
        contact={_t: (0, 6)},
        mutants={"smaller constant": Mutant(then=AtMost(_long**2 + _short**2, _t**4 / 40))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8-zhou",
        title="inputs on different sides of two hyperplanes carry O(θ) of the square",
        label="Lemma 8, p. 31 display",
        page="31",
        printed=r"\mathbb E\big[\|\tilde x\|^2|1\{w_i^{*\top}\tilde x\ge0\}-1\{w_i^\top\tilde x\ge0\}|"
        r"\big]=O(\theta_i)",
        given=Box(variables={_t: (0, pi)}),
        then=AtMost(_apart, _t),
        contact={_t: (0, 1)},
        mutants={"nine tenths": Mutant(then=AtMost(_apart, 9 * _t / 10))},
        because=("xu23a/eq-51",),
        note="E‖x̃‖² − 2E‖x̃‖²1{·}1{·} = 3 − 2 tr Λ_ij on the three-dimensional span",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-8-zhou/exact",
        title="exactly 3θ/π",
        given=Box(variables={_t: (0, pi)}),
        then=All(Equal(_apart, 3 * _t / pi)),
        mutants={"two dimensions": Mutant(then=Equal(_apart, 2 * _t / pi))},
        because=("xu23a/eq-51",),
        expected=Verdict.PROVED,
    ),
)
