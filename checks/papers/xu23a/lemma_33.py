"""Lemma 33 with its steps, and (66)–(68), pp. 43–44: how fast the potential falls, and the loss that it implies."""

from __future__ import annotations

from dataclasses import replace

from sympy import pi, sin, sqrt

from checks.claim import Claim, Mutant
from checks.given import Flow, Networks
from checks.papers.xu23a._lower_bound import in_range, ranged, small_flow, theta_max
from checks.papers.xu23a._setting import unit_student, unit_teacher
from checks.relation import AtMost, Below, Bounded, Equal, Tends
from checks.verdict import Verdict
from theory.heads import Distinct, norm, rate
from theory.observables import initial
from theory.symbols import V, beta, i, j, n, nu, over, t, v, w
from theory.vocabulary import Z, gradient, h, kappa_max, loss, residual, theta, v_norm, w_norm

_networks = ranged()
_alive = Networks(model="xu23a", students=(1, 5), where=(Below(0, norm(w[i])),))
_facing = replace(_networks, where=(*_networks.where, AtMost(theta_max, pi / 2)))
# Near the teacher's line on either side.
_either_way = replace(_networks, drawn_as=(2 * beta[i] / sqrt(1 + beta[i] ** 2) * v + nu**8 * norm(v) * V[i]) / n)
_flow = Flow(
    model="xu23a",
    students=(2, 4),
    dimension=(3, 4),
    until=1000,
    starts=replace(_facing, students=(2, 4), dimension=(3, 4)),
    where=in_range,
)
_ranged_flow = small_flow(*in_range, until=10**5, apart=True)
_fall = -rate(Z) * v_norm / (n**4 * Z**2)
_two = Flow(model="xu23a", students=2, dimension=(2, 4), until=10**5)
_share = h[0] / v_norm

_chord = unit_student(i) - unit_student(j)
_others = over(
    Distinct(i, j) * w_norm[j] * ((sin(theta[i, j]) - theta[i, j]) * unit_student(i) + theta[i, j] * _chord), j
)
_teacher = v_norm * ((sin(theta[i]) - theta[i]) * unit_student(i) + theta[i] * (unit_student(i) - unit_teacher))
_remainder = gradient[i] - residual / 2


# (1/Z(t) − 1/Z(0)) over the rate of (67), t > 0.
_growth = (1 / Z - 1 / initial(Z)) * initial(kappa_max) ** 2 * v_norm / (n**4 * t)


CLAIMS = (
    Claim(
        id="xu23a/lemma-33",
        title="the potential falls at most like n²‖v‖θ_max²",
        label="Lemma 33",
        page="43",
        printed=r"\frac\partial{\partial t}Z(t)\ge-O(n^2\|v\|\theta_{\max}^2(t))",
        given=_networks,
        then=Bounded(ratio=-rate(Z) / (n**2 * v_norm * theta_max**2)),
        mutants={"θ_max³": Mutant(then=Bounded(ratio=-rate(Z) / (n**2 * v_norm * theta_max**3)))},
        uses=("xu23a/eq-4", "xu23a/theorem-27", "xu23a/lemma-33-i2"),
        note="for networks with norms in range",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/lemma-33-i2",
        title="the gradient without half the residual",
        label="p. 43 display",
        page="43",
        printed=r"I_2=\tfrac1{2\pi}\Big[\sum_{j\ne i}\|w_j\|(\sin\theta_{ij}-\theta_{ij})\bar w_i+\sum_{j\ne i}\|w_j\|\theta_{ij}"
        r"(\bar w_i-\bar w_j)-\|v\|(\sin\theta_i-\theta_i)\bar w_i-\|v\|\theta_i(\bar w_i-\bar v)\Big]",
        given=_alive,
        then=Equal(_remainder, (_others - _teacher) / (2 * pi)),
        mutants={"sign": Mutant(then=Equal(_remainder, (_others + _teacher) / (2 * pi)))},
        uses=("xu23a/eq-4",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-33-chord",
        title="‖w̄_i − w̄_j‖ = 2 sin(θ_ij/2)",
        label="p. 43",
        page="43",
        printed=r"\|\bar w_i-\bar w_j\|=2\sin(\theta_{ij}/2)",
        given=_alive,
        then=Equal(norm(_chord), 2 * sin(theta[i, j] / 2)),
        mutants={"without the 2": Mutant(then=Equal(norm(_chord), sin(theta[i, j] / 2)))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/eq-66",
        title="the potential falls at most like n⁴Z²/(κ_max²‖v‖)",
        label="(66)",
        page="44",
        printed=r"\frac\partial{\partial t}Z(t)\ge-O\Big(\tfrac{n^4Z^2(t)}{\kappa_{\max}^2(0)\|v\|}\Big)",
        given=_ranged_flow,
        then=Bounded(ratio=_fall * initial(kappa_max) ** 2),
        mutants={"Z³": Mutant(then=Bounded(ratio=_fall / Z * v_norm * initial(kappa_max) ** 2))},
        uses=("xu23a/lemma-31", "xu23a/lemma-33"),
        note="along flows from small starts with κ_max(0) ≥ 1/100, while the norms are in range",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-66/instant",
        title="the potential falls at most like n⁴Z²/(κ_max²‖v‖), with κ_max at the same time",
        label="(66), with κ_max(t)",
        page="44",
        given=_facing,
        then=Bounded(ratio=_fall * kappa_max**2),
        mutants={
            "Z³": Mutant(then=Bounded(ratio=_fall / Z * kappa_max**2)),
            "any angle": Mutant(given=_either_way, then=AtMost(_fall * kappa_max**2, 10**6)),
        },
        note="for networks with norms in range and angles up to π/2: opposite to the teacher θ_max is large and Z need not be, "
        "and there is no constant; κ_max(t) is at least a third of κ_max(0) by Lemma 30",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-66/sharp",
        title="for two students the potential obeys dZ/dt = −Z²/(4πh(1 − h)‖v‖) in the limit",
        label="new",
        given=_two,
        then=Tends(-rate(Z) * v_norm / Z**2, 1 / (4 * pi * _share * (1 - _share))),
        mutants={"constant": Mutant(then=Tends(-rate(Z) * v_norm / Z**2, 1 / (3 * pi * _share * (1 - _share))))},
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-67",
        title="1/Z grows at most linearly",
        label="(67)",
        page="44",
        printed=r"\frac1{Z(t)}=O\Big(\tfrac{n^4}{\kappa_{\max}^2(0)\|v\|}\Big)(t-T_2)+\frac1{Z(T_2)}",
        given=_flow,
        then=Bounded(_growth),
        mutants={"square root of t": Mutant(then=Bounded(_growth * sqrt(t)))},
        uses=("xu23a/eq-66", "xu23a/corollary-32"),
        note="from starts with norms in range and angles up to π/2, T_2 = 0, at the times at which the norms are in range",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-68",
        title="the loss is at least of the order of Z³/(n⁵‖v‖)",
        label="(68)",
        page="44",
        printed=r"L(w(t))\ge\Omega\Big(\tfrac{Z^3(t)}{n^5\|v\|}\Big)",
        given=_networks,
        then=Bounded(ratio=loss * n**5 * v_norm / Z**3, side="below"),
        mutants={"Z²": Mutant(then=Bounded(ratio=loss * n**5 / Z**2, side="below"))},
        uses=("xu23a/lemma-20", "xu23a/theorem-27"),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-68-theta",
        title="the potential is at most of the order of n‖v‖θ_max",
        label="p. 44 display",
        page="44",
        printed=r"Z(t)\le O(n\|v\|\theta_{\max})",
        given=_networks,
        then=Bounded(ratio=Z / (n * v_norm * theta_max)),
        mutants={"without the norm": Mutant(then=Bounded(ratio=Z / (n * theta_max)))},
        uses=("xu23a/theorem-27",),
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/eq-68-theta/constant",
        title="Z ≤ 4(n − 1)‖v‖θ_max",
        label="new",
        given=_networks,
        then=AtMost(Z, 4 * (n - 1) * v_norm * theta_max),
        mutants={"a tenth": Mutant(then=AtMost(Z, (n - 1) * v_norm * theta_max / 10))},
        expected=Verdict.SUPPORTED,
    ),
)
