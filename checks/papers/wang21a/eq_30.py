"""Equations (30) and (31), p. 21: the norm before T_γ, and the growth of |w[1]| step by step."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._setting import s
from checks.papers.wang21a._single import across, delta, hitting, runs, signal, square, start
from checks.relation import AtLeast, AtMost, Below
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta, gamma, t
from theory.vocabulary import h

_norm = AtMost(square, s**2 - 2 * gamma * s + 2 * gamma**2)
_inside = (AtMost(signal, s - gamma), AtMost(across, gamma))
# (‖w_*‖ − γ)² − w[1]² and γ² − ‖w^⊥‖², each ≥ 0 by its form.
_short = s - gamma - signal
_room = _short**2 + 2 * signal * _short + (gamma - across) * (gamma + across)
_along_axis = start(
    "1/1000",
    0,
    "1/100",
    "1/10",
    note="γ = 0.01, w_0 = (0.001, 0): ‖w^⊥‖ = 0 throughout, and at t = T_γ the norm has passed ‖w_*‖ − γ, "
    "by definition",
)
_saddle = start(
    "1/1000000000",
    "49/5000",
    "99/1000",
    "1/10",
    note="w_0 = (10⁻⁹, 0.0098), γ = 0.099: at t = 97 < T_γ = 103, |w[1]| = 0.863 and ‖w^⊥‖ = 0.304",
)


def _state(*hypotheses: AtMost) -> Networks:
    """One neuron of which |w[1]| ≤ ‖w_*‖ − γ and ‖w^⊥‖ ≤ γ."""
    return Networks(
        model="wang21a",
        students=1,
        dimension=(1, 4),
        scalars={gamma: (0, 1), eta: (0, 1)},
        where=hypotheses,
        near_optimum=True,
    )


CLAIMS = (
    Claim(
        id="wang21a/eq-30",
        title="the norm of the neuron up to T_γ, as printed",
        label="(30)",
        page="21",
        printed=r"\|w_t\|^2\le(\|w_*\|-\gamma)^2+\gamma^2=\|w_*\|^2-2\gamma\|w_*\|+2\gamma^2\quad\text{for "
        r"}t\le T_\gamma",
        given=runs(AtMost(t, hitting)),
        then=_norm,
        witness=_along_axis,
        mutants={
            "twice the room": Mutant(then=AtMost(square, s**2 - 2 * gamma * s + 4 * gamma**2), witness=_along_axis)
        },
        uses=("wang21a/eq-7", "wang21a/theorem-2-perp"),
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="false at t = T_γ itself, where |w_t[1]| ≥ ‖w_*‖ − γ by definition; and it rests on "
            "‖w_t^⊥‖ ≤ γ, which is false without a lower bound on |w_0[1]|",
            reader="d = 1, w_* = 1, w_0 = 0.001, γ = 0.01, η = 0.1: w enters [0.99, 1.01] at t = 31 with w² "
            "= 0.983 > 0.9802",
            mend="wang21a/eq-30/corrected: t < T_γ, where ‖w_t^⊥‖ ≤ γ",
            charity="only t < T_γ is used",
        ),
    ),
    Claim(
        id="wang21a/eq-30/corrected",
        title="the norm of the neuron before T_γ, where the perpendicular component is below γ",
        given=runs(Below(t, hitting), AtMost(across, gamma)),
        then=_norm,
        because=("wang21a/eq-30/reduced", "wang21a/theorem-2-perp/corrected-reduced"),
        mutants={
            "half the room": Mutant(
                then=AtMost(square, s**2 - 2 * gamma * s + gamma**2),
                witness=start("1/1000", "1/25", "1/2", "1/10"),
            )
        },
        note="|w_t[1]| doesn't jump over the window: for η‖w_*‖² ≤ 1/6 it never exceeds ‖w_*‖",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="wang21a/eq-30/reduced",
        title="the norm of a neuron with |w[1]| ≤ ‖w_*‖ − γ and ‖w^⊥‖ ≤ γ",
        given=_state(*_inside),
        then=_norm,
        slack_as=(_room,),
        mutants={
            "half the room": Mutant(
                then=AtMost(square, s**2 - 2 * gamma * s + gamma**2),
                witness=Point.of(students=[["1/2", "1/2"]], teachers=[[1, 0]], gamma="1/2", eta=0),
            )
        },
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-31",
        title="growth of the parallel component in every step before T_γ, as printed",
        label="(31)",
        page="21",
        printed=r"|w_{t+1}[1]|\ge|w_t[1]|(1+\eta\Delta)\quad\text{for }t<T_\gamma,\ "
        r"\Delta=6\gamma(\|w_*\|-\gamma)",
        given=runs(Below(t, hitting), steps=120),
        then=AtLeast(after_step(signal), signal * (1 + eta * delta)),
        witness=_saddle,
        mutants={
            "three quarters of the rate": Mutant(
                then=AtLeast(after_step(signal), signal * (1 + 3 * eta * delta / 4)), witness=_saddle
            )
        },
        uses=("wang21a/eq-30",),
        note="for small η the same happens: at η = 0.01 from (10⁻⁴, 0.0098) first at t = 339 < T_γ = 348",
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="proof step",
            what="inherits the perpendicular bound: where ‖w^⊥‖ > γ while |w[1]| is close to ‖w_*‖, ‖w‖² is "
            "too close to ‖w_*‖². The last “=” of the display is a “≥”",
            reader="iterate from (10⁻⁹, 0.0098) with η = 0.1, γ = 0.099: at t = 97, 3(1 − ‖w‖²) = 0.489 < Δ "
            "= 0.535, and T_γ = 103",
            mend="wang21a/eq-31/conditional",
            charity="the growth that Theorem 2 draws from it is true: wang21a/theorem-2-growth",
        ),
    ),
    Claim(
        id="wang21a/eq-31/conditional",
        title="growth of the parallel component in one step from |w[1]| ≤ ‖w_*‖ − γ, ‖w^⊥‖ ≤ γ",
        given=_state(*_inside),
        then=AtLeast(h[0] * after_step(h[0]), h[0] ** 2 * (1 + eta * delta)),
        slack_as=(3 * eta * h[0] ** 2 * _room,),
        mutants={
            "a larger rate": Mutant(
                then=AtLeast(h[0] * after_step(h[0]), h[0] ** 2 * (1 + eta * (delta + gamma**2))),
                witness=Point.of(students=[["1/2", "1/2"]], teachers=[[1, 0]], gamma="1/2", eta="1/10"),
            ),
            "without the bound across": Mutant(
                given=_state(_inside[0]),
                witness=Point.of(students=[["1/2", 1]], teachers=[[1, 0]], gamma="1/2", eta="1/10"),
            ),
        },
        because=("wang21a/eq-7",),
        note="multiplied by w_t[1], so that the sign is kept too: w_{t+1}[1] = w_t[1](1 + 3η(‖w_*‖² − "
        "‖w_t‖²)) and 3(‖w_*‖² − ‖w‖²) − Δ = 3((‖w_*‖ − γ)² − w[1]²) + 3(γ² − ‖w^⊥‖²)",
        expected=Verdict.PROVED,
    ),
)
