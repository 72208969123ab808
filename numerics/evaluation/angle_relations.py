"""Rational relations between angles with rational cos², such as arctan ½ + arctan ⅓ = π/4 or θ₁₂ = 2 θ₁.

With tan²θ = t²D, θ is the argument of β = 1 + t√−D in the field Q(√−D).  Angles of different fields are
independent; in one field Σ k_j θ_j ∈ Qπ iff Π (β_j/β̄_j)^{k_j} is a root of unity.  Relations are read off
the factorisation of the β_j into ideals of a coprime base, which needs no factoring of integers, and then
confirmed by multiplying out in the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from flint import arb, fmpq

from numerics.ball import precision
from numerics.evaluation.closed_form import Form, Forms, Number

__all__ = ["resolved"]

# Acute angles with rational cos² that are rational multiples of π (Niven): cos² → angle/π.
_NIVEN = {
    Fraction(0): (1, 2),
    Fraction(1, 4): (1, 3),
    Fraction(1, 2): (1, 4),
    Fraction(3, 4): (1, 6),
    Fraction(1): (0, 1),
}
_LARGEST_COEFFICIENT = 64

Beta = tuple[int, int]  # v + u √−D


def resolved(forms: Forms, form: Form) -> Number:
    """The form with dependent angles written in independent ones.  Exact; a relation that is not found is not
    used.
    """
    fields: dict[int, dict[int, tuple[Beta, Fraction]]] = {}
    for atom in sorted({atom for _, atoms in form.terms for atom, _ in atoms}):
        name = forms.name_of(atom)
        if name[0] == "acute":
            squared = Fraction(name[1], name[2])
            field, beta = _beta(forms, squared)
            fields.setdefault(field, {})[atom] = (beta, squared)
    known: dict[int, Number] = {}
    for field, members in fields.items():
        known |= _dependent(forms, field, {atom: beta for atom, (beta, _) in members.items()})
    return _substituted(forms, form, known) if known else form


def _beta(forms: Forms, squared: Fraction) -> tuple[int, Beta]:
    """(D, β) of the acute angle with that cos²."""
    a, b = squared.numerator, squared.denominator
    factor, field = forms.radicals.root(a * (b - a))  # √(a(b − a)) = factor √D, and tan θ = √(a(b − a))/a
    slope = Fraction(int(factor.p), int(factor.q)) / a
    return field, (slope.denominator, slope.numerator)


def _dependent(forms: Forms, field: int, members: Mapping[int, Beta]) -> dict[int, Number]:
    """Each angle that depends on earlier ones of its field, as a form in them and π."""
    vectors = _factorised(field, list(members.values()))
    basis: list[tuple[int, list[Fraction]]] = []
    found: dict[int, Number] = {}
    for (atom, _), vector in zip(members.items(), vectors, strict=True):
        weights = _combination([row for _, row in basis], vector)
        if weights is None:
            basis.append((atom, vector))
            continue
        used = {base: weight for (base, _), weight in zip(basis, weights, strict=True) if weight}
        relation = _confirmed(forms, field, members, atom, used)
        if relation is not None:
            found[atom] = relation
    return found


def _confirmed(
    forms: Forms, field: int, members: Mapping[int, Beta], atom: int, weights: Mapping[int, Fraction]
) -> Number | None:
    """θ = Σ w_j θ_j + r π if that is so for some rational r, decided by multiplying out; else None."""
    scale = lcm(*(weight.denominator for weight in weights.values()))
    powers = {atom: scale, **{base: -int(weight * scale) for base, weight in weights.items()}}
    if max(map(abs, powers.values())) > _LARGEST_COEFFICIENT:
        return None
    real, imaginary = 1, 0
    for base, power in powers.items():
        v, u = members[base]
        u = u if power > 0 else -u
        for _ in range(abs(power)):
            real, imaginary = real * v - field * imaginary * u, real * u + imaginary * v
            shared = gcd(real, imaginary)
            real, imaginary = real // shared, imaginary // shared
    squared = Fraction(real * real, real * real + field * imaginary * imaginary)
    if squared not in _NIVEN:
        return None
    turn = Fraction(*_NIVEN[squared])
    turn = turn if (real >= 0) == (imaginary >= 0) else -turn
    # Σ k_j θ_j − turn · π is a multiple of π: which one, an enclosure tells.
    total = forms.total(forms.product(_angle(forms, base), fmpq(power)) for base, power in powers.items())
    with precision(128):
        count = forms.enclosure(total) / arb.pi() - fmpq(turn.numerator, turn.denominator)
        whole = count.unique_fmpz()
    if whole is None:
        return None
    ratio = (turn + int(whole)) / scale
    rest = [forms.product(_angle(forms, base), _exact(weight)) for base, weight in weights.items()]
    return forms.total([*rest, forms.product(forms.pi(), _exact(ratio))])


def _angle(forms: Forms, atom: int) -> Form:
    return Form(forms, {(1, ((atom, 1),)): fmpq(1)})


def _exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _substituted(forms: Forms, form: Form, known: Mapping[int, Number]) -> Number:
    terms: list[Number] = []
    for (root, atoms), value in form.terms.items():
        kept = tuple((atom, power) for atom, power in atoms if atom not in known or power < 0)
        term: Number = Form(forms, {(root, kept): value})
        for atom, power in atoms:
            for _ in range(power if atom in known else 0):
                term = forms.product(term, known[atom]) if isinstance(term, Form) else known[atom] * term
        terms.append(term)
    return forms.total(terms)


# -- factorisation -------------------------------------------------------------------------------------------


def _factorised(field: int, betas: Sequence[Beta]) -> list[list[Fraction]]:
    """Exponents of each β over ideals that are coprime and not self-conjugate, negative for the conjugate
    ideal.
    """
    norms = [_without(v * v + field * u * u, 2 * field) for v, u in betas]
    roots = [-v * pow(u, -1, norm) % norm if norm > 1 else 0 for (v, u), norm in zip(betas, norms, strict=True)]
    base = _coprime_base(norms)
    while True:
        split = _split(base, norms, roots)
        if split is None:
            break
        base = _coprime_base([*base, split])
    signs: dict[int, int] = {}
    vectors = []
    for norm, root in zip(norms, roots, strict=True):
        vector = []
        for ideal in base:
            exponent, rest = 0, norm
            while rest % ideal == 0:
                exponent, rest = exponent + 1, rest // ideal
            first = signs.setdefault(ideal, root % ideal) if exponent else 0
            vector.append(Fraction(exponent if (root - first) % ideal == 0 else -exponent))
        vectors.append(vector)
    if field % 8 == 7:  # only then 2 is a product of two conjugate ideals
        for vector, (v, u) in zip(vectors, betas, strict=True):
            vector.append(_at_two(field, v, u))
    return vectors


def _at_two(field: int, v: int, u: int) -> Fraction:
    """Difference of the exponents of the two ideals above 2 in v + u √−D, by the 2-adic root of −D."""
    bits = 2 * (v * v + field * u * u).bit_length() + 4
    root = 1
    for known in range(3, bits):
        # root² ≡ −D modulo 2^known; the next bit of the root is one place lower than the modulus.
        if (root * root + field) >> known & 1:
            root += 1 << (known - 1)
    sides = [part % (1 << (bits - 2)) for part in (v + u * root, v - u * root)]
    first, second = ((side & -side).bit_length() for side in sides)
    return Fraction(first - second)


def _split(base: Sequence[int], norms: Sequence[int], roots: Sequence[int]) -> int | None:
    """A factor of an element of the base modulo which two roots of −D agree while they differ elsewhere, or
    None.
    """
    for ideal in base:
        present = [root % ideal for norm, root in zip(norms, roots, strict=True) if norm % ideal == 0]
        for root in present[1:]:
            shared = gcd(root - present[0], ideal)
            if 1 < shared < ideal:
                return shared
    return None


def _without(number: int, other: int) -> int:
    """The number without the primes of the other."""
    shared = gcd(number, other)
    while shared > 1:
        number //= shared
        shared = gcd(number, shared)
    return number


def _coprime_base(numbers: Sequence[int]) -> list[int]:
    """Pairwise coprime integers > 1 such that each number is a product of powers of them."""
    base: list[int] = []
    waiting = [number for number in numbers if number > 1]
    while waiting:
        number = waiting.pop()
        for place, other in enumerate(base):
            shared = gcd(number, other)
            if shared > 1:
                if number != other:
                    del base[place]
                    waiting += [part for part in (shared, number // shared, other // shared) if part > 1]
                break
        else:
            base.append(number)
    return sorted(base)


def _combination(rows: Sequence[Sequence[Fraction]], target: Sequence[Fraction]) -> list[Fraction] | None:
    """Rational weights with Σ weight · row = target, or None; the rows are independent."""
    count = len(rows)
    table = [[*(row[place] for row in rows), entry] for place, entry in enumerate(target)]
    line = 0
    for column in range(count):
        pivot = next((place for place in range(line, len(table)) if table[place][column]), None)
        if pivot is None:
            return None
        table[line], table[pivot] = table[pivot], table[line]
        table[line] = [entry / table[line][column] for entry in table[line]]
        for place, row in enumerate(table):
            if place != line and row[column]:
                table[place] = [entry - row[column] * head for entry, head in zip(row, table[line], strict=True)]
        line += 1
    if any(row[count] for row in table[line:]):
        return None
    return [table[place][count] for place in range(count)]
