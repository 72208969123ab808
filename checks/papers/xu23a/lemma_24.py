"""Lemma 24, pp. 34–35: a loss that falls by C_s η L^{4/3} per step is O(t^{−3}), and the students move little."""

from sympy import Rational, Symbol, sqrt

from checks.claim import Claim, Erratum, Mutant
from checks.given import Box, Descent, Networks, Point
from checks.papers.xu23a._phases import beside
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import after_step
from theory.observables import initial, peak_so_far, total_before, trough_so_far
from theory.symbols import eta, gamma, t
from theory.vocabulary import gradient_norm, loss

_third = Rational(1, 3)
# Runs on which L(t+1) ≤ L(t) − (η/2)‖∇‖² so far; C_s is the largest constant that the run allows so far.
_runs = Descent(
    model="xu23a",
    steps=20,
    students=(1, 2),
    dimension=2,
    starts=Networks(
        model="xu23a",
        students=(1, 2),
        dimension=2,
        directions=("V",),
        coefficients=("beta",),
        scalars={eta: ("1/100", "1/5"), gamma: (0, 1)},
        drawn_as=beside((1 + gamma) / 2, Rational(1, 2)),
    ),
    where=(AtMost(peak_so_far(after_step(loss) - loss + eta / 2 * gradient_norm**2), 0),),
)
# States to evaluate: each one costs a step and its gradient besides.
_work = {"states": 25_000}
_Cs = trough_so_far(gradient_norm**2 / (2 * loss ** (4 * _third)))
_start = initial(loss)
_rate = AtMost(_start ** (-_third) + _Cs * eta * t / 3, loss ** (-_third))
_moved = total_before(eta * gradient_norm)
_cube_root = _start**_third


def _length(constant: object) -> AtMost:
    return AtMost(_moved * sqrt(_Cs), constant * _cube_root)


# l = L^{−1/3}, q = C_s η/l and x = (1 − q)^{1/3}: the next loss is at most (x/l)³.
_l, _x, _r = (Symbol(name, real=True) for name in ("l", "x", "r"))
_u, _s = Symbol("u", real=True), Symbol("s", real=True)
_l_range = (Rational(1, 10), 100)
_x_range = (Rational(1, 100), 1)
# Tail: C = C_s η = u l, and the term of t = s.
_A = _l + _u * _l * _s / 3
_B = _l * (1 - _u) + _u * _l * _s / 3 + 2 * _u * _l / 3
_C = _u * _l
# Abel summation over three steps of losses L_0, …, L_3, with k = C_s η.
_k = Symbol("k", real=True)
_L = [Symbol(f"L_{place}", real=True) for place in range(4)]
_weights = [(_l + _k * place / 3) ** 2 for place in range(3)]
_falls = sum(weight * (_L[place] - _L[place + 1]) for place, weight in enumerate(_weights))
_increments = sum((_weights[place] - _weights[place - 1]) * _L[place] for place in (1, 2))
_unit = (0, 1)
_losses = Box(variables={_l: (1, 10), _k: _unit, **dict.fromkeys(_L, _unit)})
_one_step = Box(
    variables={_L[0]: (Rational(1, 100), 1), _L[1]: (Rational(1, 100), 1), _k: _unit},
    where=(AtMost(_L[1], _L[0] - _k * _L[0] ** (4 * _third)),),
)

CLAIMS = (
    Claim(
        id="xu23a/lemma-24",
        title="the loss falls like t^{−3} and the students move little",
        label="Lemma 24",
        page="34",
        printed=r"L(T+T_2)\le\tfrac1{(L(w(T_2))^{-1/3}+C_s\eta T/3)^3},\quad\sum_t\eta\|\nabla_W(t+T_2)\|"
        r"\le8C_s^{-1/2}C_l^{1/3}",
        given=_runs,
        then=All(_rate, _length(8)),
        mutants={"without the third": Mutant(then=AtMost(_start ** (-_third) + 40 * _Cs * eta * t, loss ** (-_third)))},
        options=_work,
        note="along 20 steps of gradient descent, with the best C_s so far and C_l the initial loss",
        expected=Verdict.SUPPORTED,
        erratum=Erratum(
            weight="typo",
            what="the boundary term of the Abel summation prints L(w(T_2 + T)) for L(w(T_2)), and the last sum "
            "runs to T "
            "instead of T − 1",
            reader="T = 1, L_0 = 1, C_sη = ½, L_1 = 0.4: l_1²(L_0 − L_1) = 0.6 > l_1²L_1 = 0.4",
            mend="xu23a/lemma-24-abel/corrected",
            charity="the next line uses the right term, 1/l_1",
        ),
    ),
    Claim(
        id="xu23a/lemma-24/rate",
        title="one step of the rate: L^{−1/3} grows by C_s η/3",
        given=Box(variables={_l: _l_range, _x: _x_range}),
        then=AtMost(_l + _l * (1 - _x**3) / 3, _l / _x),
        slack_as=(_l * (1 - _x) ** 2 * (_x**2 + 2 * _x + 3) / (3 * _x),),
        mutants={"a half": Mutant(then=AtMost(_l + _l * (1 - _x**3) / 2, _l / _x))},
        note="l = L^{−1/3}, q = C_sη/l < 1, x = (1 − q)^{1/3}; C_sη = l(1 − x³)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-24/length",
        title="the way of the students",
        given=_runs,
        then=_length(8),
        mutants={"a tenth": Mutant(then=_length(Rational(1, 10)))},
        uses=("xu23a/lemma-24/tail", "xu23a/lemma-24-abel/corrected"),
        options=_work,
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/lemma-24/reduced",
        title="the factor (1 − q)^{−1/3} − 1 = q/(x + x² + x³)",
        given=Box(variables={_x: _x_range}),
        then=Equal(1 / _x - 1, (1 - _x**3) / (_x + _x**2 + _x**3)),
        mutants={"one power off": Mutant(then=Equal(1 / _x - 1, (1 - _x**3) / (1 + _x + _x**2)))},
        note="x = (1 − q)^{1/3}",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-24/tail",
        title="the terms of the tail telescope, and their sum is at most 6/(C_s η l_1)",
        given=Box(variables={_l: _l_range, _u: (Rational(1, 100), 1), _s: (0, 1000)}),
        then=All(AtMost(1 / _A**2, 3 / _C * (1 / _B - 1 / _A)), AtMost(3 / (_C * (_l - _C / 3)), 6 / (_C * _l))),
        slack_as=(
            _C / (3 * _A**2 * _B),
            3 * (_l * (1 - _u) + _u * _l / 3) / (_C * _l * (2 * _l * (1 - _u) / 2 + 2 * _u * _l / 3)),
        ),
        mutants={"a third too small": Mutant(then=AtMost(3 / (_C * (_l - _C / 3)), 4 / (_C * _l)))},
        note="C = C_sη ≤ l_1 because C_sηL^{1/3} < 1",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-24-abel",
        title="Abel summation with the boundary term as printed, one step",
        label="Lemma 24, p. 35 display (Abel summation)",
        page="35",
        printed=r"\sum_t(l_1+C_s\eta t/3)^2(L_t-L_{t+1})\le l_1^2L(w(T_2+T))+\cdots",
        given=_one_step,
        then=AtMost(_L[0] ** (-2 * _third) * (_L[0] - _L[1]), _L[0] ** (-2 * _third) * _L[1]),
        witness=Point.of(L_0=1, L_1="2/5", k="1/2", note="T = 1, l_1 = 1"),
        mutants={
            "half of it": Mutant(then=AtMost(2 * (_L[0] - _L[1]), _L[1]), witness=Point.of(L_0=1, L_1="2/5", k="1/2"))
        },
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="typo",
            what="the boundary term is l_1² L(w(T_2)), not l_1² L(w(T_2 + T))",
            reader="T = 1, L_0 = 1, L_1 = 0.4: 0.6 > 0.4",
            mend="xu23a/lemma-24-abel/corrected",
            charity="the next line uses the right term, 1/l_1",
        ),
    ),
    Claim(
        id="xu23a/lemma-24-abel/corrected",
        title="Abel summation over three steps",
        given=_losses,
        then=AtMost(_falls, _l**2 * _L[0] + _increments),
        slack_as=(_weights[2] * _L[3],),
        mutants={"as printed": Mutant(then=AtMost(_falls, _l**2 * _L[3] + _increments))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/lemma-24-sharp",
        title="the sharp constant 3√2 of the way, one step",
        label="new",
        given=Box(variables={_x: _x_range, _r: _unit}),
        then=AtMost(2 * _r * (1 - _x**3) ** 2, 18 * (1 - _x) ** 2),
        slack_as=(2 * (1 - _x) ** 2 * ((1 - _r) * (1 + _x + _x**2) ** 2 + (1 - _x) * (2 + _x) * (4 + _x + _x**2)),),
        mutants={"smaller": Mutant(then=AtMost(2 * _r * (1 - _x**3) ** 2, 17 * (1 - _x) ** 2))},
        note="y = 1 − L_{t+1}/L_t = 1 − x³ ≥ q = ry: squares of √(2ηΔL) ≤ 3√2 C_s^{−1/2}(L_t^{1/3} − "
        "L_{t+1}^{1/3}), which telescopes",
        expected=Verdict.PROVED,
    ),
)
