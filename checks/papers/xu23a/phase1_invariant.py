"""The flow of small students: what it conserves, and how fast the angle closes."""

from sympy import Expr, Symbol, cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._setting import pair_term
from checks.relation import Equal
from checks.verdict import Verdict
from theory.calculus import derivative
from theory.heads import angle, dot, norm
from theory.symbols import i, v, w

_networks = Networks(model="xu23a", students=(1, 3), dimension=(1, 5))
_theta = angle(w[i], v)
_z_norm = norm(w[i] - dot(w[i], v) / dot(v, v) * v)


def _rate(tree: Expr, factor: int = 1) -> Expr:
    """d/dt along ẇ = (‖v‖ sin θ w̄ + (π − θ) v)/2π, the flow where the students don't see each other."""

    def velocity(index: Symbol) -> Expr:
        return factor * pair_term(index, v, angle(w[index], v))

    return derivative(tree, velocity, lambda leaf: None)


_invariant = _z_norm / (pi - _theta)
_cotangent = cos(_theta) / sin(_theta)
_speed = norm(v) / (2 * pi * _invariant)

CLAIMS = (
    Claim(
        id="xu23a/phase1-invariant",
        title="while the students are small ‖z‖/(π − θ) is conserved",
        given=_networks,
        then=Equal(_rate(_invariant), 0),
        mutants={
            "‖z‖/θ": Mutant(then=Equal(_rate(_z_norm / _theta), 0)),
            "‖z‖ alone": Mutant(then=Equal(_rate(_z_norm), 0)),
        },
        note="for the limit of small weights, ẇ = (‖v‖ sin θ w̄ + (π − θ) v)/2π",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/phase1-invariant/decay",
        title="the cotangent of the angle grows at a constant speed",
        given=_networks,
        then=Equal(_rate(_cotangent), _speed),
        mutants={
            "half the speed": Mutant(then=Equal(_rate(_cotangent), _speed / 2)),
            "the angle itself": Mutant(then=Equal(_rate(_theta), -_speed)),
        },
        because=("xu23a/phase1-invariant",),
        note="cot θ(t) = cot θ(0) + ‖v‖t (π − θ(0))/(2π‖z(0)‖), so sin²(θ/2) decays like t^{−2}, not t^{−1/24}",
        expected=Verdict.PROVED,
    ),
)
