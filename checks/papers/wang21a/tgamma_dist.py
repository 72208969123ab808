"""Page 6: T_γ marks a point within √2 γ of a minimum."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import across, signal
from checks.relation import AtMost, Equal
from checks.verdict import Verdict
from theory.heads import magnitude
from theory.symbols import gamma
from theory.vocabulary import dist_square, h

_near = Networks(
    model="wang21a",
    students=1,
    dimension=(1, 4),
    scalars={gamma: (0, 1)},
    where=(AtMost(magnitude(signal - s), gamma), AtMost(across, gamma)),
    near_optimum=True,
)

CLAIMS = (
    Claim(
        id="wang21a/tgamma-dist",
        title="at T_γ the squared distance is at most 2γ²",
        label="p. 6",
        page="6",
        printed=r"||w_t[1]|-\|w_*\||\le\gamma,\ \|w_t^{\perp}\|\le\gamma\ \Rightarrow\ "
        r"\mathrm{dist}^2(w_t,w_*)=||w_t[1]|-\|w_*\||^2+\|w_t^{\perp}\|_2^2\le2\gamma^2",
        given=_near,
        then=AtMost(dist_square, 2 * gamma**2),
        slack_as=(
            (gamma - magnitude(signal - s)) * (gamma + magnitude(signal - s)) + (gamma - across) * (gamma + across),
        ),
        mutants={"without the factor 2": Mutant(then=AtMost(dist_square, gamma**2))},
        because=("wang21a/tgamma-dist/identity",),
        expected=Verdict.PROVED,
        erratum=Erratum(
            weight="wording",
            what="the equality needs q = ±1; with the ball |q| ≤ 1 of (4) the first term is absent when |w[1]| < ‖w_*‖",
            reader="w = w_*/2 has distance 0 under (4), but (|w[1]| − ‖w_*‖)² = ‖w_*‖²/4",
            mend="‖q‖₂ = 1 in (4)",
            charity="the inequality holds under both readings",
        ),
    ),
    Claim(
        id="wang21a/tgamma-dist/identity",
        title="the squared distance of one neuron in its two components",
        given=Networks(model="wang21a", students=1, dimension=(1, 4)),
        then=Equal(dist_square, (signal - s) ** 2 + across**2),
        mutants={"signed": Mutant(then=Equal(dist_square, (h[0] - s) ** 2 + across**2))},
        expected=Verdict.PROVED,
    ),
)
