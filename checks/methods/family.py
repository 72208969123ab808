"""Constants refuted by an exact family: the ratio along it is proved to be c · x^α, which leaves every bound.

The closed form is proved by polynomial normal form for every size at once (`theory.family_walk`), the
hypotheses are proved on the whole family, and balls confirm the closed form at members of the family; all
three are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb
from sympy import QQ, ZZ, Expr, Integer, Poly, Pow, Rational, Symbol, fraction, pi, together
from sympy.polys.polyerrors import PolynomialError

from checks.claim import Claim, Family
from checks.evidence import Evidence, trust
from checks.given import Networks, Point
from checks.instances import claim_vocabulary, frame_of_point, setting_of, walk_over
from checks.method import Context, Method
from checks.relation import AtMost, Below, Bounded
from checks.verdict import Verdict
from checks.witness import describe
from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Unevaluable
from numerics.ball import ball, precision
from numerics.evaluation.walk import Frame, Walk
from theory.family_walk import FamilyWalk, NotInFamily
from theory.heads import Distinct, line_angle
from theory.quantity import leaf_key, vocabulary
from theory.symbols import a, b, teachers

_BITS = (192, 512, 1024)
_SIZES = range(1, 7)


class _NotProved(Exception):
    """A step of the proof fails; the message says which."""


@dataclass(frozen=True, kw_only=True)
class _Growth:
    """ratio = constant · x^power."""

    constant: Expr
    power: Rational


def _number(value: Expr) -> arb:
    return ball(Walk(arithmetic=Balls(), setting=None, frame=Frame(entries={}))(value).data[0])  # type: ignore[arg-type]


def _growth(family: Family) -> _Growth:
    """The stated closed form split into c · x^α; fails unless c is a certainly positive number."""
    constant, power = family.ratio.as_independent(family.grows, as_Add=False)
    exponent = Integer(1) if power == family.grows else power.exp if isinstance(power, Pow) else None
    if (
        exponent is None
        or not isinstance(exponent, Rational)
        or (isinstance(power, Pow) and power.base != family.grows)
    ):
        raise _NotProved(f"the stated ratio {family.ratio} is no power of {family.grows} times a number")
    if constant.free_symbols:
        raise _NotProved(f"the factor {constant} of the stated ratio is no number")
    with precision(_BITS[0]):
        if not _number(constant) > 0:
            raise _NotProved(f"the factor {constant} of the stated ratio is not certainly positive")
    return _Growth(constant=constant, power=exponent)


def _leaves_every_bound(family: Family, growth: _Growth, side: str) -> bool:
    # x → ∞ for the number of copies, x → 0 for a parameter; the ratio must go to ∞ (above) or to 0 (below).
    up = growth.power if family.grows == family.members.copies else -growth.power
    return bool(up > 0) if side == "above" else bool(up < 0)


def _vanishes(walk: FamilyWalk, value: Expr) -> bool:
    """Whether an expression is 0 identically: its numerator, as a polynomial in all symbols and π, is."""
    numerator, _ = fraction(together(value))
    reduced = walk.normal(numerator)
    if reduced == 0:
        return True
    generators = sorted(reduced.free_symbols, key=str)
    try:
        polynomial = Poly(reduced, *generators, pi)
    except PolynomialError:
        return False
    # Over the rationals the coefficients are numbers; over anything else SymPy would guess.
    return polynomial.domain in (ZZ, QQ) and all(coefficient == 0 for coefficient in polynomial.coeffs())


def _positive_by_form(value: Expr) -> bool:
    """Sums, products and powers of positive symbols and numbers; a principal root counts as positive where it
    is not 0.
    """
    if isinstance(value, Rational):
        return int(value.p) > 0
    if isinstance(value, Symbol) or value is pi:
        return True
    if isinstance(value, Pow):
        return _positive_by_form(value.base) or int(getattr(value.exp, "q", 1)) == 2
    if value.is_Add or value.is_Mul:
        return all(_positive_by_form(argument) for argument in value.args)
    return False


def _nonnegative_quantity(tree: Expr) -> bool:
    """Products and powers of positive numbers and of quantities that are ≥ 0 by their definition, such as the loss."""
    if tree.is_Mul:
        return all(map(_nonnegative_quantity, tree.args))
    if isinstance(tree, Pow):
        return _nonnegative_quantity(tree.base)
    if isinstance(tree, Symbol):
        quantity = vocabulary().get(leaf_key(tree))
        return quantity is not None and quantity.nonnegative
    return _positive_by_form(tree)


def prove_ratio(claim: Claim, family: Family) -> FamilyWalk:
    """The ratio on the whole family equals the stated closed form; _NotProved otherwise."""
    given, then = claim.given, claim.then
    assert isinstance(given, Networks)
    assert isinstance(then, Bounded)
    several = len(family.members.teachers) > 1 or family.members.teachers[0].repeated
    setting = setting_of(given, 2 if several else 1)
    walk = FamilyWalk(family=family.members, setting=setting, extra=claim_vocabulary(claim))
    try:
        value = walk(then.ratio)
    except NotInFamily as error:
        raise _NotProved(str(error)) from error
    if not (_positive_by_form(value) or _nonnegative_quantity(then.ratio)):
        raise _NotProved(f"the ratio {value} is not seen to be positive")
    if not _vanishes(walk, value**2 - family.ratio**2):
        raise _NotProved(f"the ratio on the family is {value}, not {family.ratio}")
    return walk


def _sizes(claim: Claim, family: Family) -> None:
    """The family stays within the sizes that the claim is about, or grows where it claims an absolute
    constant.
    """
    given, members = claim.given, family.members
    assert isinstance(given, Networks)
    sizes = {
        "students": members.count(members.students),
        "teachers": members.count(members.teachers),
        "dimension": members.dimension,
    }
    for axis, size in sizes.items():
        low, high = getattr(given, axis)
        if size.has(members.copies):
            if axis not in claim.options.get("absolute_in", ()):
                raise _NotProved(f"the family grows in {axis}, in which the claim does not call its constant absolute")
        elif not low <= int(size) <= high:
            raise _NotProved(f"{axis} = {size} of the family lies outside {(low, high)}")


def _hypotheses(claim: Claim, family: Family, walk: FamilyWalk) -> None:
    """Every hypothesis of the claim holds on the whole family, or for all small values of ``small``."""
    given = claim.given
    assert isinstance(given, Networks)
    members = family.members
    if given.near_optimum:
        if family.small is None:
            raise _NotProved(
                "the claim is about networks near the optimum; name the parameter that takes the loss to 0"
            )
        from theory.vocabulary import loss

        if not _vanishes(walk, _at_zero(family, walk(loss))):
            raise _NotProved(f"the loss does not tend to 0 with {family.small}")
    if given.separation is not None:
        angles = walk.at_pair(line_angle(teachers[a], teachers[b]) * Distinct(a, b), a, b, members.teachers)
        with precision(_BITS[0]):
            if not all(_number(angle) >= ball(Rational(given.separation)) for angle in angles):
                raise _NotProved("the teachers of the family are not separated")
    for relation in given.where:
        if not isinstance(relation, AtMost | Below) or not _holds(family, walk, relation):
            raise _NotProved(f"the hypothesis {relation} is not seen to hold on the family")
    if given.directions or given.coefficients or given.vectors or given.scalars or given.students_as is not None:
        raise _NotProved("a family consists of students and teachers only")


def _holds(family: Family, walk: FamilyWalk, relation: AtMost | Below) -> bool:
    """Whether a hypothesis holds on the family: by form, with equality, or for all small ``small``."""
    slack = walk(relation.slack)
    if _positive_by_form(slack) or (isinstance(relation, AtMost) and _vanishes(walk, slack)):
        return True
    if family.small is None:
        return False
    limit = walk.normal(_at_zero(family, slack))
    with precision(_BITS[0]):
        # The slack is continuous in the parameter, so that a positive limit makes it positive near 0.
        return not limit.free_symbols and bool(_number(limit) > 0)


def _at_zero(family: Family, value: Expr) -> Expr:
    """An expression that is continuous in ``small`` at small = 0, with the lengths at their values there."""
    assert family.small is not None
    at = {family.small: Integer(0)}
    lengths = {length: Pow(square.xreplace(at), Rational(1, 2)) for length, square in family.members.lengths.items()}
    numerator, denominator = fraction(together(value))
    if denominator.has(family.small, *lengths) or not _continuous(numerator):
        raise _NotProved(f"{value} is not seen to be continuous in {family.small}")
    return numerator.xreplace({**at, **lengths}) / denominator


def _continuous(value: Expr) -> bool:
    """Sums, products and non-negative powers of symbols and numbers."""
    if isinstance(value, Pow):
        return (
            isinstance(value.exp, Rational) and int(value.exp.p) >= 0 and _continuous(value.base)
        ) or not value.free_symbols
    return value.is_Atom or ((value.is_Add or value.is_Mul) and all(map(_continuous, value.args)))


def member(family: Family, copies: int, values: dict[Symbol, Expr]) -> Point:
    """One network of the family, exactly."""
    members = family.members
    exact = {
        **values,
        **{length: Pow(square.xreplace(values), Rational(1, 2)) for length, square in members.lengths.items()},
    }

    def rows(groups: Any) -> tuple[tuple[Expr, ...], ...]:
        return tuple(tuple(Integer(1) * entry.xreplace(exact) for entry in row) for row in members.rows(groups, copies))

    return Point(rows={"w": rows(members.students), "v": rows(members.teachers)})


def _confirmed(claim: Claim, family: Family) -> tuple[int, Point, str]:
    """(members checked, a small one of them, its ratio): balls agree with the closed form at each; _NotProved
    otherwise.
    """
    given, then = claim.given, claim.then
    assert isinstance(given, Networks)
    assert isinstance(then, Bounded)
    repeated = any(group.repeated for group in (*family.members.students, *family.members.teachers))
    count, example, shown = 0, Point(), ""
    for values in family.at:
        exact = {symbol: Integer(1) * value for symbol, value in values.items()}
        for copies in _SIZES if repeated else (1,):
            point = member(family, copies, exact)
            stated = family.ratio.xreplace({**exact, family.members.copies: Integer(copies)})
            found = _agreement(claim, given, then, point, stated)
            if count < 2:  # small enough to be read
                example, shown = point, found
            count += 1
    return count, example, shown


def _agreement(claim: Claim, given: Networks, then: Bounded, point: Point, stated: Expr) -> str:
    """The ratio at a member, enclosed to 20 digits; _NotProved if it is not the stated number."""
    for bits in _BITS:
        with precision(bits):
            try:
                found = ball(walk_over(given, frame_of_point(given, point), Balls(), claim)(then.ratio).data[0])
            except Unevaluable as error:
                raise _NotProved(f"balls can't evaluate a member of the family: {error}") from error
            number = _number(stated)
            if found.is_finite() and not found.overlaps(number):
                break
            if found.is_finite() and found.rad() < abs(number) * arb("1e-20"):
                return str(found.str(15))
    raise _NotProved(f"balls find {found} at {describe(point)}, not {number}")


def _run(claim: Claim, context: Context) -> Evidence:
    family, then = claim.family, claim.then
    assert family is not None
    assert isinstance(then, Bounded)
    scope = f"every r ≥ 1 and all {', '.join(map(str, family.members.parameters)) or 'members'} of the family"
    try:
        growth = _growth(family)
        if not _leaves_every_bound(family, growth, then.side):
            raise _NotProved(f"{family.ratio} does not leave every bound as {family.grows} goes to its end")
        if not family.at:
            raise _NotProved("the family names no exact values at which balls could confirm it")
        _sizes(claim, family)
        walk = prove_ratio(claim, family)
        _hypotheses(claim, family, walk)
        checked, example, shown = _confirmed(claim, family)
    except (_NotProved, NotInFamily) as error:
        return Evidence(
            method=METHOD.name,
            verdict=Verdict.UNDECIDED,
            arithmetic="normal form",
            quantified_over=scope,
            detail=f"the family proves nothing: {error}",
            trust=trust("sympy", "python-flint"),
        )
    return Evidence(
        method=METHOD.name,
        verdict=Verdict.REFUTED,
        arithmetic="normal form",
        quantified_over=scope,
        detail=family.note or f"along the family the ratio is {family.ratio}, which leaves every bound",
        numbers={
            "ratio": str(family.ratio),
            "members confirmed in balls": checked,
            "ratio at the one shown": shown,
        },
        witness=describe(example),
        trust=trust("sympy", "python-flint", precision=_BITS[-1]),
    )


METHOD = Method(name="exact family", order=15, applies=lambda claim: claim.family is not None, run=_run)
