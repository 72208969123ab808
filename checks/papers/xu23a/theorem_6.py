"""Theorem 6, pp. 9 and 35–36: Phase 3, in which the loss falls like t^{−3}."""

from sympy import Rational

from checks.claim import Assumption, Claim, Mutant
from checks.given import Flow, Networks
from checks.papers.xu23a._phases import beside
from checks.relation import All, AtLeast, AtMost, Equal, Relation
from checks.verdict import Verdict
from theory.heads import directional, dot
from theory.observables import initial
from theory.symbols import V, gamma, i, n, over, t
from theory.vocabulary import gradient, hessian_form, loss, v_norm, w_norm

_third = Rational(1, 3)
_flow = Flow(
    model="xu23a",
    students=(2, 4),
    dimension=(2, 4),
    until=1000,
    at=(1, 10, 100, 1000),
    starts=Networks(
        model="xu23a",
        students=(2, 4),
        dimension=(2, 4),
        directions=("V",),
        coefficients=("beta",),
        scalars={gamma: ("9/10", 1)},
        drawn_as=beside(gamma, Rational(1, 10)),
        where=(AtMost(v_norm / (3 * n), w_norm[i]), AtMost(w_norm[i], 3 * v_norm / n), AtMost(loss, v_norm**2 / 100)),
    ),
)
_norms = All(AtMost(v_norm / (4 * n), w_norm[i]), AtMost(w_norm[i], 4 * v_norm / n))
_cubic = AtMost(loss * t**3, n**4 * v_norm**2)
_implicit = AtLeast(loss ** (-_third), initial(loss) ** (-_third) + t / (n ** (4 * _third) * v_norm ** (2 * _third)))
_REASON = (
    "the theorem starts from the end of Phase 2 of an initialisation of size n^{−4226} and has unspecified "
    "constants; its "
    "conclusion can be followed along gradient flow from states like those of Lemma 19"
)


def _both(number: str, title: str, printed: str, page: str, then: Relation, mutant: Relation) -> tuple[Claim, Claim]:
    own = f"xu23a/eq-{number}"
    return (
        Claim(
            id=own,
            title=title,
            label=f"({number})",
            page=page,
            printed=printed,
            assumption=Assumption(reason=_REASON, forms=(f"{own}/flow",)),
            uses=("xu23a/theorem-6",),
            expected=Verdict.ASSUMED,
        ),
        Claim(
            id=f"{own}/flow",
            title=f"{title}, for gradient flow",
            given=_flow,
            then=then,
            mutants={"stronger": Mutant(then=mutant)},
            note="from balanced states with angles up to 1/10 and L ≤ ‖v‖²/100; the constant of Ω or O is 1",
            expected=Verdict.SUPPORTED,
        ),
    )


CLAIMS = (
    Claim(
        id="xu23a/theorem-6",
        title="Phase 3: the loss falls like T^{−3}",
        label="Theorem 6, (18)",
        page="9",
        printed=r"\epsilon_2=O(n^{-14}),\ \eta=O(n^{-2})\Rightarrow\tfrac{4\|v\|}n\ge\|w_i(T+T_2)\|\ge\tfrac{"
        r"\|v\|}{4n},\ "
        r"L(T+T_2)\le O\Big(\tfrac{n^4\|v\|^2}{(\eta T)^3}\Big)",
        assumption=Assumption(
            reason=_REASON,
            forms=("xu23a/theorem-6/flow", "xu23a/eq-52/flow", "xu23a/eq-53/flow", "xu23a/eq-54/flow"),
        ),
        uses=("xu23a/lemma-19", "xu23a/lemma-23", "xu23a/theorem-7", "xu23a/lemma-24", "xu23a/eq-55"),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="xu23a/theorem-6/flow",
        title="Phase 3 of gradient flow",
        given=_flow,
        then=All(*_norms.parts, _cubic),
        mutants={"a faster power": Mutant(then=AtMost(loss * t**5, n**4 * v_norm**2))},
        note="from balanced states with angles up to 1/10 and L ≤ ‖v‖²/100; the constant of O is 1",
        expected=Verdict.SUPPORTED,
    ),
    *_both(
        "52",
        "norms stay in range",
        r"\tfrac{4\|v\|}n\ge\|w_i(T+T_2)\|\ge\tfrac{\|v\|}{4n}",
        "35",
        _norms,
        AtMost(w_norm[i], v_norm / (4 * n)),
    ),
    *_both(
        "53",
        "the loss falls like T^{−3}",
        r"L(T+T_2)\le O\Big(\tfrac{n^4\|v\|^2}{(\eta T)^3}\Big)",
        "35",
        _cubic,
        AtMost(loss * t**5, n**4 * v_norm**2),
    ),
    *_both(
        "54",
        "the loss falls like T^{−3}, with its initial value",
        r"L(T+T_2)\le\tfrac1{(L(T_2)^{-1/3}+\Omega(n^{-4/3}\|v\|^{-2/3})\eta T)^3}",
        "36",
        _implicit,
        AtLeast(loss ** (-_third), initial(loss) ** (-_third) + 30 * t / v_norm ** (2 * _third)),
    ),
    Claim(
        id="xu23a/eq-55",
        title="the two derivatives behind Taylor's formula along a step",
        label="(55)",
        page="36",
        printed=r"L(w(t+1))=L(w(t))+\langle\nabla,-\eta\nabla\rangle+\int_0^1(1-\tau)(-\eta\nabla)^\top"
        r"\tfrac{\partial^2L}{\partial w^2}(w-\tau\eta\nabla)(-\eta\nabla)\,d\tau",
        given=Networks(model="xu23a", students=(1, 4), directions=("V",)),
        then=All(
            Equal(directional(loss, 1), over(dot(gradient[i], V[i]), i)),
            Equal(directional(loss, 2), hessian_form),
        ),
        mutants={"twice the gradient": Mutant(then=Equal(directional(loss, 1), 2 * over(dot(gradient[i], V[i]), i)))},
        note="φ(τ) = L(w + τV) has φ′(0) = Σ⟨∇_i, V_i⟩ and φ″ = Λ[V, V]; with V = −η∇ Taylor's formula with "
        "integral remainder "
        "is (55), wherever no student vanishes on the segment",
        expected=Verdict.PROVED,
    ),
)
