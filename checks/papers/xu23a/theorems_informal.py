"""Theorems 1 and 2, p. 3, in their informal wording, and a sentence of section 2."""

from sympy import Rational

from checks.claim import Assumption, Claim, Erratum, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot
from theory.symbols import i, j, nu, over, v, w
from theory.vocabulary import H, theta, v_norm

_radial = over(dot(nu * w[j], v) / v_norm, j)

CLAIMS = (
    Claim(
        id="xu23a/theorem-1",
        title="gradient descent converges to a global minimum like t⁻³",
        label="Theorem 1",
        page="3",
        printed=r"d=\Omega(\log(n/\delta)),\ \sigma\sqrt d=\mathrm{poly}(n^{-1})\|v\|,\ \eta=\mathrm{poly}("
        r"\sigma\sqrt d,n^{-1},"
        r"\|v\|^{-1})\ \Rightarrow\ L(w(t))\le\mathrm{poly}(n,\|v\|,\eta^{-1})\,t^{-3}\ "
        r"\text{with probability}\ge1-\delta",
        assumption=Assumption(
            reason="informal: no polynomial is named; Theorem 9 is its formal version",
            forms=("xu23a/theorem-9", "xu23a/theorem-9/flow", "xu23a/theorem-9/descent"),
        ),
        uses=("xu23a/theorem-9",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-2",
        title="with two students or more the loss of the flow falls no faster than t⁻³",
        label="Theorem 2",
        page="3",
        printed=r"n\ge2,\ \dot w=-\partial L/\partial w\ \Rightarrow\ \exists\,\Gamma_1,\Gamma_2\ \forall t"
        r"\ge0:\ "
        r"L(w(t))\ge(\Gamma_1t+\Gamma_2)^{-3}\ \text{with high probability}",
        assumption=Assumption(
            reason="informal: the constants depend on the start in a way that is not named; Theorem 14 is "
            "its formal version",
            forms=("xu23a/theorem-14", "xu23a/theorem-14/slope", "xu23a/theorem-14/sharp"),
        ),
        uses=("xu23a/theorem-14",),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/sec2-wording",
        title="scaling the students moves H and leaves their angles: θ is tangential, H radial",
        label="section 2",
        page="4",
        printed=r"\text{Intuitively, }\theta_i"
        r"\text{ represents the radial difference between teacher and students, while }H"
        r"\text{ represents the tangential difference}",
        given=Networks(model="xu23a", students=(1, 4), dimension=(1, 4), scalars={nu: (Rational(1, 10), 10)}),
        then=All(Equal(angle(nu * w[i], v), theta[i]), Equal(v_norm - _radial, nu * H + (1 - nu) * v_norm)),
        mutants={
            "H does not move": Mutant(then=Equal(v_norm - _radial, H)),
            "H scales along": Mutant(then=Equal(v_norm - _radial, nu * H)),
        },
        erratum=Erratum(
            weight="wording",
            what="the two words are exchanged",
            reader="double every w_i: θ_i stays, H = ‖v‖ − Σ⟨w_i, v̄⟩ changes",
            mend="θ_i represents the tangential difference, H the radial one",
            charity="nothing rests on the sentence",
        ),
        expected=Verdict.PROVED,
    ),
)
