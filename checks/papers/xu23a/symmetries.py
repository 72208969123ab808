"""Symmetries of the population loss of ReLU students: scaling, rotations, permutations, splitting of neurons."""

from sympy import Expr, Rational, cos, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._altered import GRADIENT, LOSS, loss_of, loss_with, moved
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot
from theory.symbols import i, nu, v, w, xi
from theory.vocabulary import gradient, loss

_scaled = Networks(model="xu23a", students=(1, 4), dimension=(1, 4), scalars={nu: (Rational(1, 10), 10)})
_turned = Networks(model="xu23a", students=(1, 4), dimension=(1, 4), vectors=("xi",))
_split = Networks(
    model="xu23a",
    students=(1, 3),
    dimension=(1, 4),
    scalars={nu: (Rational(1, 100), Rational(3, 2))},
)
_four = Networks(model="xu23a", students=4, dimension=(1, 4))


def _mirror(row: Expr) -> Expr:
    """Reflection in the hyperplane across ξ."""
    return row - 2 * dot(row, xi) / dot(xi, xi) * xi


def _ordered(*order: int) -> Expr:
    return loss_of([w[row] for row in order])


CLAIMS = (
    Claim(
        id="xu23a/symmetry-scaling",
        title="the loss is homogeneous of degree two in students and teacher together",
        given=_scaled,
        then=All(
            Equal(moved(LOSS, lambda row: nu * w[row], nu * v), nu**2 * loss),
            Equal(moved(GRADIENT, lambda row: nu * w[row], nu * v), nu * gradient[i]),
        ),
        mutants={
            "degree one": Mutant(then=Equal(moved(LOSS, lambda row: nu * w[row], nu * v), nu * loss)),
            "students alone": Mutant(then=Equal(moved(LOSS, lambda row: nu * w[row]), nu**2 * loss)),
        },
        note="so time of the gradient flow does not depend on ‖v‖, and one may take ‖v‖ = 1",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/symmetry-rotation",
        title="a common rotation of students and teacher changes nothing",
        given=_turned,
        then=All(
            Equal(moved(LOSS, lambda row: _mirror(w[row]), _mirror(v)), loss),
            Equal(moved(GRADIENT, lambda row: _mirror(w[row]), _mirror(v)), _mirror(gradient[i])),
        ),
        mutants={
            "students alone": Mutant(then=Equal(moved(LOSS, lambda row: _mirror(w[row])), loss)),
            "half a reflection": Mutant(
                then=Equal(moved(LOSS, lambda row: (w[row] + _mirror(w[row])) / 2, (v + _mirror(v)) / 2), loss)
            ),
        },
        note="for one arbitrary reflection; reflections generate the orthogonal group",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/symmetry-permutation",
        title="a permutation of the neurons changes nothing",
        given=_four,
        then=All(Equal(_ordered(1, 0, 2, 3), loss), Equal(_ordered(1, 2, 3, 0), loss)),
        mutants={"no permutation": Mutant(then=Equal(_ordered(0, 0, 2, 3), loss))},
        note="a transposition and a cycle of four neurons, which generate all permutations",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/symmetry-splitting",
        title="a neuron may be split into two positive multiples of itself",
        given=_split,
        then=Equal(loss_with([cos(nu) ** 2 * w[0], sin(nu) ** 2 * w[0]], [w[0]]), loss),
        mutants={
            "two copies": Mutant(then=Equal(loss_with([w[0], w[0]], [w[0]]), loss)),
            "shares of another sum": Mutant(then=Equal(loss_with([cos(nu) * w[0], sin(nu) * w[0]], [w[0]]), loss)),
        },
        note="w ↦ aw, (1 − a)w with 0 < a < 1, written a = cos²ν",
        expected=Verdict.PROVED,
    ),
)
