"""Lemma 3, pp. 6 and 37: norms and angles of a Gaussian initialisation, through their exact laws."""

from sympy import Expr, Rational, pi

from checks.claim import Claim, Mutant
from checks.given import Draws, Integers
from checks.relation import All, AtLeast, AtMost, Likely
from checks.verdict import Verdict
from theory.laws import beta_tail, chi_square_cdf, chi_square_tail
from theory.symbols import d, i, n
from theory.vocabulary import theta, w_norm

# ‖w‖²/σ² has the χ² law with d degrees of freedom, and cos²θ, independent of it, the Beta(½, (d − 1)/2) law.
_bad_norm = chi_square_cdf(d / 4, d) + chi_square_tail(4 * d, d)
_bad_angle = beta_tail(Rational(1, 4), Rational(1, 2), (d - 1) / 2)
_good = (1 - _bad_norm) * (1 - _bad_angle)
_bad = _bad_norm + _bad_angle - _bad_norm * _bad_angle
_bound = Rational(3, 4) ** (d / 2)

_sizes = Integers(variables={n: (1, 12), d: (2, 60)})
_union = AtMost(1 - _good**n, n * _bound)


def _draws(dimension: int) -> Draws:
    return Draws(model="xu23a", students=2, dimension=dimension)


def _event(dimension: int) -> All:
    return All(
        AtLeast(4 * w_norm[i] ** 2, dimension),
        AtMost(w_norm[i] ** 2, 4 * dimension),
        AtLeast(theta[i], pi / 3),
        AtMost(theta[i], 2 * pi / 3),
    )


def _law(dimension: int) -> Expr:
    return (_good**2).subs(d, dimension)


_dimensions = Integers(variables={d: (2, 1000)})

CLAIMS = (
    Claim(
        id="xu23a/lemma-3",
        title="a Gaussian initialisation has norms near σ√d and angles near π/2, with K = 2/log(4/3)",
        label="Lemma 3",
        page="6",
        printed=r"d=\Omega(\log(n/\delta))\ \Rightarrow\ P\left(\forall i:\ s_1\le\|w_i(0)\|\le s_2,\ "
        r"\tfrac\pi3\le\theta_i(0)\le\tfrac{2\pi}3\right)\ge1-\delta,\quad s_1=\tfrac12\sigma\sqrt d,\ s_2=2"
        r"\sigma\sqrt d",
        given=_sizes,
        then=_union,
        mutants={
            "smaller base": Mutant(then=AtMost(1 - _good**n, n * Rational(7, 10) ** (d / 2))),
            "without the number of students": Mutant(then=AtMost(1 - _good**n, _bound)),
        },
        uses=("xu23a/lemma-3-norm", "xu23a/lemma-3-proj", "xu23a/lemma-3-angle"),
        note="the failure probability of n students is at most n (3/4)^{d/2}, which is ≤ δ for d ≥ K "
        "log(n/δ), d ≥ 2; "
        "beyond this table by the union bound and xu23a/lemma-3-K. For n = 1 no K works: in d = 1 it always "
        "fails",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-3/exact",
        title="two students in dimension 15 meet the initial condition with probability above 9/10",
        label="Lemma 3",
        page="6",
        given=_draws(15),
        then=Likely(
            event=_event(15),
            at_least=Rational(9, 10),
            law=_law(15),
        ),
        mutants={
            "95 percent": Mutant(
                then=Likely(event=_event(15), at_least=Rational(95, 100), law=_law(15)),
            ),
            "norms alone": Mutant(
                then=Likely(event=_event(15), at_least=Rational(9, 10), law=((1 - _bad_norm) ** 2).subs(d, 15)),
            ),
        },
        note="the law ((1 − p_N)(1 − p_A))ⁿ, p_N = P(χ²_d < d/4) + P(χ²_d > 4d), p_A = P(Beta(½, (d−1)/2) > "
        "¼); "
        "d = 15 is the least dimension for n = 2, δ = 1/10",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-3/exact-dimension",
        title="15 is the least dimension for two students and δ = 1/10",
        given=Integers(variables={d: (15, 60)}),
        then=AtMost(1 - _good**2, Rational(1, 10)),
        mutants={"from 14 on": Mutant(given=Integers(variables={d: (14, 60)}))},
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="xu23a/lemma-3-K",
        title="one student fails with probability at most (3/4)^{d/2}",
        given=_dimensions,
        then=AtMost(_bad, _bound),
        mutants={
            "smaller base": Mutant(then=AtMost(_bad, Rational(74, 100) ** (d / 2))),
            "nine tenths of it": Mutant(then=AtMost(_bad, Rational(9, 10) * _bound)),
        },
        note="so K = 2/log(4/3) = 6.952… suffices for every n and δ once d ≥ 2; as d → ∞ no smaller one "
        "does, since "
        "P(Beta(½, (d−1)/2) > ¼) decays like (3/4)^{d/2} up to powers of d",
        expected=Verdict.CERTIFIED,
    ),
)
