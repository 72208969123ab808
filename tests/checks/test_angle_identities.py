"""Identities that need relations between angles: proved where the relation holds, never where it is false or holds in a
part of the domain only.
"""

from __future__ import annotations

import pytest
from sympy import Expr, Rational, cos, pi, sin

from checks.claim import Claim
from checks.engine import InternalConflict
from checks.given import Networks
from checks.identities.rows import prove
from checks.method import BUDGETS, Context
from checks.methods.identity import METHOD
from checks.relation import All, AtMost, Below, Equal, Relation
from checks.verdict import Verdict
from theory.heads import angle, dot, norm, smallest
from theory.symbols import V, beta, gamma, i, j, k, nu, over, v, w, xi
from theory.vocabulary import Z, gradient, residual, theta, z

_CONTEXT = Context(budget=BUDGETS["quick"])
_half = V[i] - over(V[j], j) / 2
_across = xi - dot(xi, v) / dot(v, v) * v


def _mirrored(low: object, high: object) -> Networks:
    return Networks(
        model="xu23a",
        students=2,
        dimension=(2, 4),
        directions=("V",),
        scalars={nu: (low, high)},
        students_as=nu * v + _half - dot(_half, v) / dot(v, v) * v,
    )


def _single(students_as: Expr, **scalars: tuple[int, int]) -> Networks:
    return Networks(
        model="xu23a",
        students=1,
        dimension=(2, 4),
        vectors=("xi",),
        scalars={{"gamma": gamma, "nu": nu}[name]: bounds for name, bounds in scalars.items()},
        students_as=students_as,
    )


def _ray(*where: Relation, students: int | tuple[int, int] = (1, 4)) -> Networks:
    return Networks(
        model="xu23a",
        students=students,
        dimension=(1, 3),
        coefficients=("beta",),
        students_as=beta[i] * v,
        where=where,
    )


_ahead = _mirrored(0, 100)
_either = _mirrored(-2, 2)
_behind = _mirrored(-2, Rational(-1, 10))
_cone = _single(gamma * v + nu * xi, gamma=(0, 100), nu=(0, 100))
_plane = _single(gamma * v + nu * xi, gamma=(-100, 100), nu=(-100, 100))
_bisector = _single(v / norm(v) + xi / norm(xi))
_reflected = _single(2 * dot(v, xi) / dot(v, v) * v - xi)
_half_plane = _single(nu * v + _across, nu=(0, 100))
_whole_plane = _single(nu * v + _across, nu=(-100, 100))
_forward, _free = _ray(Below(0, smallest(beta[i], i))), _ray()
_between = angle(w[0], w[1])
_to_xi, _apart = angle(w[0], xi), angle(v, xi)

TRUE = {
    "mirrored rows": (_ahead, _between, 2 * theta[0]),
    "mirrored rows, the angle between them first": (_ahead, sin(_between / 2), sin(theta[0])),
    "mirrored rows behind the teacher": (_behind, _between, 2 * pi - 2 * theta[0]),
    "cosine of three times": (_ahead, cos(3 * theta[0]), cos(theta[0]) * (2 * cos(_between) - 1)),
    "sum in a cone": (_cone, theta[0] + _to_xi, _apart),
    "bisector": (_bisector, theta[0], _apart / 2),
    "both halves": (_bisector, theta[0], _to_xi),
    "complement": (_half_plane, angle(w[0], z[0]), pi / 2 - theta[0]),
    "parallel": (_forward, theta[i], 0),
    "antiparallel": (_ray(Below(0, smallest(beta[i], i)), students=2), angle(w[0], -w[1]), pi),
    "gradient on a ray": (_forward, gradient[i], residual / 2),
    "potential on a ray": (_forward, Z, 0),
}

FALSE = {
    "three times": (_ahead, _between, 3 * theta[0]),
    "mirrored rows, either side": (_either, _between, 2 * theta[0]),
    "mirrored rows, obtuse": (_behind, _between, 2 * theta[0]),
    "mirrored rows, supplement": (_ahead, _between, 2 * pi - 2 * theta[0]),
    "sum in the plane": (_plane, theta[0] + _to_xi, _apart),
    "difference in a cone": (_cone, theta[0] - _to_xi, _apart),
    "bisector twice": (_bisector, theta[0], 2 * _apart),
    "bisector alone": (_bisector, theta[0], _apart),
    "reflected": (_reflected, _to_xi, 2 * _apart),
    "complement in the plane": (_whole_plane, angle(w[0], z[0]), pi / 2 - theta[0]),
    "complement of the other side": (_half_plane, angle(w[0], z[0]), theta[0]),
    "parallel or not": (_free, theta[i], 0),
    "one positive coefficient": (_ray(Below(0, beta[0])), theta[i], 0),
    "negative bound": (_ray(AtMost(-1, smallest(beta[i], i))), theta[i], 0),
    "gradient on a line": (_free, gradient[i], residual / 2),
    "antiparallel or not": (_forward, theta[i], pi),
}


@pytest.mark.parametrize("name", TRUE)
def test_angles_that_are_related_are_seen_to_be(name: str) -> None:
    given, left, right = TRUE[name]
    evidence = METHOD.run(Claim(given=given, then=Equal(left, right)), _CONTEXT)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.numbers["instances that met the hypotheses"] > 0


@pytest.mark.parametrize("name", FALSE)
def test_false_relations_are_not_proved_but_refuted(name: str) -> None:
    given, left, right = FALSE[name]
    claim = Claim(given=given, then=Equal(left, right))
    assert not prove(claim).complete
    assert METHOD.run(claim, _CONTEXT).verdict is Verdict.REFUTED


def test_the_sign_of_a_coefficient_ends_the_argument_from_opposite_signs() -> None:
    unit = Equal(over(beta[i] ** 2, i), 1)
    then = Equal(over(beta[i], i) ** 2 - 1, over(beta[j] * beta[k], j, k) - over(beta[i] ** 2, i))
    free = Networks(model="xu23a", students=(1, 9), dimension=2, coefficients=("beta",), where=(unit,))
    signed = Networks(
        model="xu23a",
        students=(1, 9),
        dimension=2,
        coefficients=("beta",),
        where=(unit, AtMost(0, smallest(beta[i], i))),
    )
    assert "all n" in prove(Claim(given=free, then=then)).scope
    assert "all n" not in prove(Claim(given=signed, then=then)).scope


def test_a_bound_inside_a_conjunction_counts() -> None:
    bound = All(AtMost(0, smallest(beta[i], i)), Below(1, norm(v)))
    assert prove(Claim(given=_ray(bound), then=Equal(theta[i], 0))).complete


def test_no_conflict_with_exact_instances() -> None:
    """The tripwire raises where a proved identity fails at an instance; here it must stay silent."""
    for name, (given, left, right) in TRUE.items():
        try:
            METHOD.run(Claim(given=given, then=Equal(left, right)), Context(budget=BUDGETS["quick"], seed=7))
        except InternalConflict as conflict:
            pytest.fail(f"{name}: {conflict}")
