"""The exact late-time law of several ReLU students: the loss falls like t⁻³ with a constant that the limit of the
directions across the teacher determines.
"""

from __future__ import annotations

from sympy import Expr, Rational, Symbol, pi, sqrt

from checks.claim import Claim, Mutant
from checks.given import Box, Descent, Flow, Point
from checks.relation import Equal, Tends
from checks.verdict import Verdict
from theory.heads import dot, norm
from theory.symbols import i, j, n, over, t
from theory.vocabulary import Z, h, loss, v_norm, z

_u = z[i] / h[i] - z[j] / h[j]
_pairs = over(over(h[i] * h[j] * norm(_u) ** 3, i), j) / 2
# ℒ(z), with h and z in units of ‖v‖.
_energy = (_pairs / v_norm**2 - over(h[i] * norm(z[i] / h[i]) ** 3, i) / v_norm) / (6 * pi)
_size = sqrt(over(dot(z[i], z[i]), i))
_ell = _energy * v_norm**3 / _size**3
_starts = Point.of(
    students=[["0.4", "0.3", "0.1"], ["0.3", "-0.2", "0.2"], ["0.3", "0.1", "-0.4"]], teachers=[[1, 0, 0]]
)
_flow = Flow(model="xu23a", students=3, dimension=3, until=10**6, start=_starts)
_descent = Descent(model="xu23a", students=3, dimension=3, steps=4000, step="1/2", start=_starts)
_law = v_norm**2 / (27 * _ell**2)

# Four students whose components across the teacher form a regular tetrahedron.
_corners = ((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))
_tetrahedron = Flow(
    model="xu23a",
    students=4,
    dimension=4,
    until=10**6,
    start=Point.of(
        students=[[Rational(3, 10), *(Rational(c, 5) for c in corner)] for corner in _corners],
        teachers=[[1, 0, 0, 0]],
        note="a regular tetrahedron around the teacher",
    ),
)
_phi_4 = 4 * sqrt(2) / sqrt(3) - 2
_equal = 4 * pi**2 / 3 / _phi_4**2

# ℒ at m of n equal students on a regular simplex, in x = √m and y = √(m − 1); each ‖z_i‖ is 1/√m.
_x, _y, _n = (Symbol(name, positive=True) for name in ("x", "y", "n"))
_m = _x**2
_edge, _radius = _n * sqrt(2) / _y, _n / _x
_simplex: Expr = ((_m * (_m - 1) / 2 * _edge**3 + _m * (_n - _m) * _radius**3) / _n**2 - _m * _radius**3 / _n) / (
    6 * pi
)
_stated: Expr = _n / (6 * pi) * (_m * sqrt(2) / _y - _x)


def _claim(name: str, title: str, left: Expr, right: Expr, given: Flow | Descent = _flow) -> Claim:
    return Claim(
        id=f"xu23a/sharp-general{name}",
        title=title,
        label="new",
        given=given,
        then=Tends(left, right),
        mutants={"constant": Mutant(then=Tends(left, Rational(5, 4) * right))},
        uses=("xu23a/eq-23", "xu23a/eq-4"),
        note="ℓ = ℒ(z)/‖z‖³ at the same time; the derivation is heuristic, the constant is measured on one run",
        expected=Verdict.MEASURED,
    )


CLAIMS = (
    _claim("", "L t³ tends to ‖v‖²/(27ℓ²)", loss * t**3, _law),
    _claim("/norm", "‖z‖ t tends to ‖v‖/(3ℓ)", _size * t, v_norm / (3 * _ell)),
    _claim("/potential", "Z t tends to ‖v‖ Z(s)/(3ℓ)", Z * t, v_norm * Z / (3 * _ell * _size)),
    _claim("/energy", "the loss tends to ℒ(z)", loss / _energy, v_norm**0 + 0 * v_norm),
    _claim("/descent", "L (ηt)³ tends to ‖v‖²/(27ℓ²) for gradient descent", loss * (t / 2) ** 3, _law, _descent),
    Claim(
        id="xu23a/sharp-equal-h",
        title="equal shares on a regular simplex: L t³ n²/‖v‖² tends to (4π²/3)/φ_m²",
        label="new",
        given=_tetrahedron,
        then=Tends(loss * t**3 * n**2 / v_norm**2, _equal),
        mutants={"constant": Mutant(then=Tends(loss * t**3 * n**2 / v_norm**2, Rational(9, 8) * _equal))},
        uses=("xu23a/sharp-general",),
        note="n = m = 4, φ_4 = 4√2/√3 − 2",
        expected=Verdict.MEASURED,
    ),
    Claim(
        id="xu23a/sharp-equal-h/simplex",
        title="ℒ at a regular simplex is (n/6π)(m√2/√(m − 1) − √m)",
        label="new",
        given=Box(variables={_y: (1, 3), _n: (2, 20)}),
        then=Equal(
            _simplex.xreplace({_x: sqrt(_y**2 + 1)}),
            _stated.xreplace({_x: sqrt(_y**2 + 1)}),
        ),
        mutants={
            "half": Mutant(
                then=Equal(_simplex.xreplace({_x: sqrt(_y**2 + 1)}), _stated.xreplace({_x: sqrt(_y**2 + 1)}) / 2)
            )
        },
        note="y = √(m − 1)",
        expected=Verdict.PROVED,
    ),
)
