"""Definition 2 and (1), p. 4: the loss in closed form."""

from sympy import Rational, Symbol, pi

from checks.claim import Claim, Mutant
from checks.given import Box
from checks.papers.zhou21b._kernel import flat, kernel, mass, networks, profile
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, norm
from theory.symbols import a, b, i, j, over, teachers, w
from theory.vocabulary import loss, residual

_phi = Symbol("phi", real=True)
_scaled = norm(w[i]) * norm(w[j])
_students = over(_scaled * kernel(w[i], w[j]), i, j)
_cross = over(norm(w[i]) * kernel(w[i], teachers[a]), i, a)
_teachers = over(kernel(teachers[a], teachers[b]), a, b)
_flat_students = over(mass(i) * mass(j) * flat(angle(w[i], w[j])), i, j)
_flat_cross = over(mass(i) * norm(teachers[a]) * flat(angle(w[i], teachers[a])), i, a)
_flat_teachers = over(norm(teachers[a]) * norm(teachers[b]) * flat(angle(teachers[a], teachers[b])), a, b)
_flat = _flat_students - 2 * _flat_cross + _flat_teachers
_linear = dot(residual, residual) / 2

CLAIMS = (
    Claim(
        id="zhou21b/eq-1",
        title="closed form of the population loss",
        label="(1)",
        page="4",
        printed=r"L(W)=\tfrac12\mathbb E_{x\sim N(0,I)}\Big(\sum_j\|w_j\||w_j^\top x|-\sum_i|w_i^{*\top}x|\Big)^2",
        given=networks,
        then=Equal(loss, (_students - 2 * _cross + _teachers) / 2),
        mutants={
            "without the half": Mutant(then=Equal(loss, _students - 2 * _cross + _teachers)),
            "half the cross term": Mutant(then=Equal(loss, (_students - _cross + _teachers) / 2)),
        },
        note="k(x, y) = (2/π)‖x‖‖y‖(sin φ + (π/2 − φ) cos φ) at the effective neurons ‖w‖w",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-1/reduced",
        title="the kernel of two unit vectors falls from 1 to 2/π",
        label="(1), one variable",
        page="4",
        given=Box(variables={_phi: (0, pi / 2)}),
        then=All(AtMost(2 / pi, profile(_phi)), AtMost(profile(_phi), 1)),
        contact={_phi: (0, 2)},
        mutants={
            "larger least value": Mutant(then=AtMost(2 / pi + Rational(1, 100), profile(_phi))),
            "smaller largest value": Mutant(then=AtMost(profile(_phi), Rational(99, 100))),
        },
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/eq-1/stable",
        title="the loss as a linear part and terms that are cubic in the angles",
        label="(1), stable form",
        page="4",
        given=networks,
        then=Equal(loss, _linear + _flat / pi),
        mutants={
            "half the angular part": Mutant(then=Equal(loss, _linear + _flat / (2 * pi))),
            "sign of the cross term": Mutant(then=Equal(loss, _linear + (_flat + 4 * _flat_cross) / pi)),
        },
        note="from k(x, y) = ⟨x, y⟩ + (2/π)‖x‖‖y‖ q(φ), q(φ) = sin φ − φ cos φ; it holds for any signs of "
        "the students, and is the form to use near the optimum of one teacher",
        uses=("zhou21b/eq-1",),
        expected=Verdict.PROVED,
    ),
)
