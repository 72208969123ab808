"""How often an isotropic start breaks the printed bound of Theorem 2 on the perpendicular component."""

from sympy import Rational, Symbol

from checks.claim import Claim, Mutant
from checks.given import Box, Companion, Draws
from checks.relation import AtMost, Below, Likely
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.observables import peak, run
from theory.symbols import v, w
from theory.vocabulary import z

# ‖w_0‖ = γ/10, γ = 0.099, in units of ‖w_*‖; the share x = w_0[1]²/‖w_0‖² below which the flow exceeds γ.
_size, _radius = Rational(99, 10000), Rational(99, 1000)
_share = Symbol("x", real=True)
_below, _above = Rational(137, 100000), Rational(138, 100000)
_needed = 4 * _size**4 * (1 - _share) ** 3 * (1 - 3 * _radius**2) ** 3
_granted = 27 * _radius**6 * _share * (1 - _size**2 * (3 - 2 * _share)) ** 2

# The same on draws, whose length does not matter.
_drawn = dot(w[0], v) ** 2 / (dot(v, v) * dot(w[0], w[0]))
_fails = AtMost(_granted.xreplace({_share: _drawn}), _needed.xreplace({_share: _drawn}))
_weak = AtMost(dot(w[0], v) ** 2, _below * norm(v) ** 2 * dot(w[0], w[0]))


def _draws(dimension: int) -> Draws:
    return Draws(model="wang21a", students=1, dimension=dimension)


_runs = Draws(
    model="wang21a",
    students=1,
    dimension=10,
    companions={"scaled": Companion(rows=(_size * w[0] / norm(w[0]),))},
    steps=60,
    step=Rational(1, 10),
)
_exceeds = AtMost(_radius, run("scaled", peak(norm(z[0]))))

CLAIMS = (
    Claim(
        id="wang21a/theorem-2-perp-failure",
        title="an isotropic start in dimension 10 breaks the bound with probability at least 0.086",
        given=_draws(10),
        then=Likely(event=_weak, at_least=Rational(86, 1000), at_most=Rational(87, 1000)),
        mutants={"one in ten": Mutant(then=Likely(event=_weak, at_least=Rational(1, 10)))},
        because=("wang21a/theorem-2-perp-failure/threshold",),
        note="‖w_0‖ = 0.0099‖w_*‖, γ = 0.099‖w_*‖, so that (C1) and (C2) hold; the flow then exceeds γ "
        "exactly if the share w_0[1]²/‖w_0‖², which has the law Beta(1/2, (d − 1)/2), is below 0.001377…",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-perp-failure/dimension-100",
        title="in dimension 100 with probability at least 0.286",
        given=_draws(100),
        then=Likely(event=_weak, at_least=Rational(286, 1000), at_most=Rational(287, 1000)),
        mutants={"as in dimension 10": Mutant(then=Likely(event=_weak, at_most=Rational(1, 10)))},
        because=("wang21a/theorem-2-perp-failure/threshold",),
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-perp-failure/threshold",
        title="the share of the signal direction below which the peak of the flow exceeds γ",
        given=Box(variables={_share: (0, _below)}),
        then=Below(_granted, _needed),
        mutants={"beyond the root": Mutant(given=Box(variables={_share: (0, _above)}))},
        because=("wang21a/k1-flow/solution", "wang21a/k1-flow-peak/attained"),
        note="peak ≤ γ iff 4r_0⁶(1 − 3γ²)³ ≤ 27γ⁶a_0²(1 − 3r_0² − a_0²)², here with a_0² = x‖w_0‖², r_0² = "
        "(1 − x)‖w_0‖², divided by ‖w_0‖²",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="wang21a/theorem-2-perp-failure/criterion",
        title="the exact criterion of the flow on random starts",
        given=_draws(10),
        then=Likely(event=_fails, at_least=Rational(7, 100), at_most=Rational(10, 100)),
        mutants={"one in twenty": Mutant(then=Likely(event=_fails, at_most=Rational(5, 100)))},
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/theorem-2-perp-failure/descent",
        title="gradient descent with η = 1/10 breaks the bound more often than the flow",
        given=_runs,
        then=Likely(event=_exceeds, at_least=Rational(9, 100)),
        mutants={"one in three": Mutant(then=Likely(event=_exceeds, at_least=Rational(1, 3)))},
        expected=Verdict.SUPPORTED,
    ),
)
