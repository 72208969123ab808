"""Section 5.4, p. 11: the gradient."""

from sympy import pi, sin

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks
from checks.papers.zhou21b._kernel import mass, networks, pull
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import angle, directional, dot, norm
from theory.symbols import V, a, i, j, over, teachers, w
from theory.vocabulary import effective_gradient, loss, residual

_moving = Networks(model="zhou21b", students=(1, 4), teachers=(1, 3), dimension=(1, 4), directions=("V",))
_along = dot(w[i], effective_gradient[i]) * dot(w[i], V[i]) / norm(w[i])
_free = norm(w[i]) * dot(effective_gradient[i], V[i])


def _turn(x, y):  # type: ignore[no-untyped-def]
    """sin φ x̄ − φ ȳ, which is of second order in the angle up to its length."""
    phi = angle(x, y)
    return sin(phi) / norm(x) * x - phi / norm(y) * y


_angular = over(mass(j) * _turn(w[i], w[j]), j) - over(norm(teachers[a]) * _turn(w[i], teachers[a]), a)

CLAIMS = (
    Claim(
        id="zhou21b/eq-grad",
        title="the gradient through that of the effective neuron",
        label="p. 11",
        page="11",
        printed=r"\nabla_{w_j}L=\mathbb E\big[R(x)\|w_j\|(I+\bar w_j\bar w_j^\top)x\,\mathrm{sgn}(w_j^\top x)\big]",
        given=_moving,
        then=Equal(directional(loss, 1), over(_free + _along, i)),
        mutants={
            "without the projection": Mutant(then=Equal(directional(loss, 1), over(_free, i))),
            "twice the projection": Mutant(then=Equal(directional(loss, 1), over(_free + 2 * _along, i))),
        },
        erratum=Erratum(
            weight="typo",
            what="the transpose in I + w̄w̄ᵀ is missing in many later displays (pp. 19–21, 35–37)",
            reader="w̄_j w̄_j is no matrix",
            mend="read (I + w̄_j w̄_jᵀ) throughout",
        ),
        note="contracted with an arbitrary direction V of all students; E[R x sgn(w_j·x)] is the derivative by the "
        "effective neuron, in closed form in eq-grad/closed",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-grad/closed",
        title="closed form of E[R x sgn(w_j·x)]",
        label="p. 11, closed form",
        page="11",
        given=networks,
        then=Equal(effective_gradient[i], pull),
        mutants={"half of it": Mutant(then=Equal(effective_gradient[i], pull / 2))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-grad/stable",
        title="E[R x sgn(w_j·x)] as a linear part and angular terms",
        label="p. 11, stable form",
        page="11",
        given=networks,
        then=Equal(effective_gradient[i], residual + 2 / pi * _angular),
        mutants={
            "half the angular part": Mutant(then=Equal(effective_gradient[i], residual + _angular / pi)),
            "sign of the angular part": Mutant(then=Equal(effective_gradient[i], residual - 2 / pi * _angular)),
        },
        uses=("zhou21b/eq-grad/closed",),
        expected=Verdict.PROVED,
    ),
)
