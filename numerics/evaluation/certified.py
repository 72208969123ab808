"""Quantities of one network at exactly its weights, with certified digits.

The weights are rationals, so every value is a closed form in square roots, π and angles
(`numerics.evaluation.closed_form`): exact zeros and short decimals are recognised, everything else is enclosed at rising
precision until its digits are settled.  A closed form that grows too large is replaced by enclosures of the
definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb, fmpq

from numerics.arithmetic.ball import Balls
from numerics.arithmetic.base import Arithmetic, Unevaluable
from numerics.arithmetic.closed import ClosedForms
from numerics.ball import precision
from numerics.evaluation.angle_relations import resolved
from numerics.evaluation.closed_form import Form, TooComplex
from numerics.evaluation.decimals import decimal_of_ball, decimal_of_rational, power_of_ten_above
from numerics.evaluation.walk import Entry, Frame, Value, Walk
from numerics.network import Network
from numerics.stable.forms import HomogeneousSplit, stable_form
from theory.quantity import Quantity, Setting, find_quantity, vocabulary

__all__ = ["Certified", "quantities_named"]

Rows = Sequence[Sequence[Fraction]]
_BITS = (128, 256, 512, 1024, 2048, 4096, 8192, 16384)
_RELATIONS_FROM = 512
_LARGE = 20_000


def quantities_named(name: str) -> dict[str, Quantity]:
    """The quantities called ``name``, by the key under which they are reported.

    "loss" names one, "theta" two (``theta[i]`` and ``theta[i,j]``), "theta[i]" one of these.  Raises
    ValueError naming near misses.
    """
    base, bracket, inside = name.replace(" ", "").partition("[")
    arities = sorted(arity for known, arity in vocabulary() if known == base)
    if bracket:
        arities = [inside.count(",") + 1 if inside.endswith("]") and inside != "]" else -1]
        if arities == [-1]:
            raise ValueError(f"quantity {name!r} is not written like theta or theta[i]")
    if not arities or (base, arities[0]) not in vocabulary():
        find_quantity(base, max(arities, default=0))
    several = sum(known == base for known, _ in vocabulary()) > 1
    found = [find_quantity(base, arity) for arity in arities]
    return {_label(quantity) if several else base: quantity for quantity in found}


def _label(quantity: Quantity) -> str:
    return f"{quantity.name}[{','.join(map(str, quantity.axes))}]" if quantity.axes else quantity.name


@dataclass(frozen=True, kw_only=True)
class Certified:
    """Values of a single network; ``direction`` are rows V for `hessian_form`, ``digits`` significant digits
    ≥ 1.

    Exactness: every digit printed is right (rounded to nearest); exact short decimals and zeros are printed
    as such. Raises ValueError for a batch, for digits < 1, and for a direction of another shape than the
    students.
    """

    network: Network
    direction: Rows | None = None
    digits: int = 17
    max_bits: int = _BITS[-1]
    _walks: dict[bool, Walk] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if self.network.batch_shape:
            raise ValueError(f"{self.network!r} is a batch; evaluate one network at a time")
        if self.digits < 1:
            raise ValueError(f"digits={self.digits} must be at least 1")
        if self.direction is not None:
            shape = (len(self.direction), len(self.direction[0]) if len(self.direction) else 0)
            if shape != (self.network.n, self.network.d):
                wanted = f"{self.network.n} rows of {self.network.d} numbers, like the students"
                raise ValueError(f"direction has {shape[0]} rows of {shape[1]} numbers; give {wanted}")

    def evaluate(self, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, str]]:
        """Values and reasons: decimal strings, nested in lists for indexed and vector quantities, None where
        there is no value, and why there is none by place, such as ``{"gradient[0]": "…"}``.

        Raises ValueError for a quantity that is unknown, or that this network does not have.
        """
        values: dict[str, Any] = {}
        reasons: dict[str, str] = {}
        for name in names:
            for label, quantity in quantities_named(name).items():
                values[label] = self._nested(label.partition("[")[0], quantity, reasons)
        return values, reasons

    # -- values ----------------------------------------------------------------------------------------------

    def _nested(self, label: str, quantity: Quantity, reasons: dict[str, str]) -> Any:
        try:
            texts = self._texts(quantity)
        except Unevaluable as error:
            raise ValueError(f"{_label(quantity)}: {error}") from error
        except ValueError as error:
            if self.network.m > 1 and "'v'" in str(error):
                many = f"this network has {self.network.m}"
                raise ValueError(f"{_label(quantity)} is defined for a single teacher; {many}") from error
            raise

        def build(part: Any, path: str) -> Any:
            if isinstance(part, tuple):
                text, reason = part
                if reason:
                    reasons[path] = reason
                return text
            built = [build(entry, f"{path}[{place}]") for place, entry in enumerate(part)]
            return self._row(built, path, reasons) if quantity.vector and _is_row(part) else built

        return build(texts, label)

    @staticmethod
    def _row(built: list[Any], path: str, reasons: dict[str, str]) -> list[Any] | None:
        """A vector without any coordinate is none, with one reason."""
        if built and all(entry is None for entry in built):
            inner = [reasons.pop(f"{path}[{place}]") for place in range(len(built))]
            if len(set(inner)) == 1:
                reasons[path] = inner[0]
                return None
            reasons.update({f"{path}[{place}]": reason for place, reason in enumerate(inner)})
        return built

    def _texts(self, quantity: Quantity) -> Any:
        network = self.network
        if network.n * (network.n + network.m) * network.d > _LARGE:
            # Enclosures are much cheaper; closed forms are for what they leave open.
            data, pairs = self._from_balls(quantity, _BITS[:2])
            if all(text is not None for text, _ in pairs):
                return _shaped(iter(pairs), data.shape)
        try:
            walk = self._closed_walk(quantity)
            assert isinstance(walk.arithmetic, ClosedForms)
            data = _ordered(walk(_leaf(quantity)), quantity)
            pairs = [self._text(walk.arithmetic, element, quantity) for element in data.ravel()]
        except TooComplex:
            data, pairs = self._from_balls(quantity, self._precisions())
        return _shaped(iter(pairs), data.shape)

    def _text(self, arithmetic: ClosedForms, element: Any, quantity: Quantity) -> tuple[str | None, str]:
        """(decimal, "") or (None, reason) of one closed form."""
        forms = arithmetic.forms
        if not isinstance(element, Form):
            return decimal_of_rational(element, self.digits), ""
        if not forms.exists(element):
            return None, self._undefined(quantity)
        if not element.terms:
            return "0", ""
        ball = arb.nan()
        for bits in self._precisions():
            if bits == _RELATIONS_FROM:
                # Digits that do not settle may be those of a zero, by a relation between angles.
                element = resolved(forms, element)
                if not isinstance(element, Form):
                    return decimal_of_rational(element, self.digits), ""
            with precision(bits):
                closer = forms.enclosure(element)
                text = decimal_of_ball(closer, self.digits)
            if text is not None:
                return text, ""
            if not closer.is_finite():
                break  # a sum that is too long at this precision is so at the next one
            ball = closer
        return self._undecided(ball)

    def _from_balls(
        self, quantity: Quantity, precisions: Sequence[int]
    ) -> tuple[np.ndarray[Any, Any], list[tuple[str | None, str]]]:
        """The same from enclosures of the definition, which recognise only rational zeros."""
        for bits in precisions:
            with precision(bits):
                walk = self._walk(Balls())
                data = _ordered(walk(_leaf(quantity)), quantity)
                texts = [self._ball_text(element) for element in data.ravel()]
            if all(text is not None for text in texts):
                break
        pairs: list[tuple[str | None, str]] = []
        for element, text in zip(data.ravel(), texts, strict=True):
            if text is None and isinstance(element, arb) and not element.is_finite():
                pairs.append((None, self._undefined(quantity)))
            else:
                pairs.append((text, "") if text is not None else self._undecided(element))
        return data, pairs

    def _ball_text(self, element: Any) -> str | None:
        if isinstance(element, fmpq):
            return decimal_of_rational(element, self.digits)
        return "0" if element == 0 else decimal_of_ball(element, self.digits)

    def _precisions(self) -> tuple[int, ...]:
        return tuple(bits for bits in _BITS if bits <= self.max_bits) or _BITS[:1]

    @staticmethod
    def _undecided(ball: arb) -> tuple[None, str]:
        if not ball.is_finite():
            return None, "no enclosure: quadrature is too long for neurons of this size; scale them down"
        if ball.contains(0):
            return None, f"undecided zero: |value| <= {power_of_ten_above(ball)}"
        return None, f"digits undecided: value in {ball.str(20)}"

    def _undefined(self, quantity: Quantity) -> str:
        if self.network.activation.discontinuous:
            parallel = "" if quantity.name == "loss" else ", or is parallel to another neuron,"
            return f"{quantity.name} is undefined where a student vanishes{parallel} and the activation jumps at 0"
        where = "at these weights" if quantity.undefined == "nowhere" else quantity.undefined
        return f"{quantity.name} is undefined {where}"

    # -- walks -----------------------------------------------------------------------------------------------

    def _closed_walk(self, quantity: Quantity) -> Walk:
        # Where two rows are parallel, the second partials of k = κ c + γ ρ₁ρ₂ (sin θ − θ cos θ) have 1/sin θ;
        # the Hessian form is continuous there, and those terms vanish in the limit because sin θ − θ cos θ is
        # O(θ³).
        form = stable_form(self.network.activation)
        limits = quantity.name == "hessian_form" and isinstance(form, HomogeneousSplit)
        if limits not in self._walks:
            self._walks[limits] = self._walk(ClosedForms(limits=limits))
        return self._walks[limits]

    def _walk(self, arithmetic: Arithmetic) -> Walk:
        network = self.network
        setting = Setting(
            model=network.model,
            several_teachers=network.m > 1 or not network.model.single_teacher,
            weighted=network.student_weights is not None or network.teacher_weights is not None,
        )
        entries = {
            "w": Entry(data=arithmetic.lift([self._students]), axis="student", vector=True),
            "v": Entry(data=arithmetic.lift([self._teachers]), axis="teacher", vector=True),
        }
        if setting.weighted:
            for name, axis, given, size in (
                ("alpha", "student", network.exact_student_weights or network.student_weights, network.n),
                ("omega", "teacher", network.exact_teacher_weights or network.teacher_weights, network.m),
            ):
                weights = [1] * size if given is None else [_fraction(weight) for weight in given]
                entries[name] = Entry(data=arithmetic.lift([weights]), axis=axis)
        if self.direction is not None:
            entries["V"] = Entry(data=arithmetic.lift([self.direction]), axis="student", vector=True)
        supply = {("gradient", 1): self._gradient} if network.parametrisation.exponent else {}
        return Walk(arithmetic=arithmetic, setting=setting, frame=Frame(entries=entries), supply=supply)

    def _gradient(self, walk: Walk) -> Value:
        """∇_{w_i} L; 0 at w_i = 0, where u = ‖w‖^κ w, κ ≥ 1, has the derivative 0."""
        quantity = find_quantity("gradient", 1)
        value = walk(quantity.define(walk.setting))
        data = value.data.copy()
        for place, row in enumerate(self._students):
            if not any(row):
                data[:, place] = fmpq(0)
        return Value(data=data, axes=value.axes, vector=True)

    @cached_property
    def _students(self) -> list[list[Fraction]]:
        return _exact(self.network.exact_students, self.network.students)

    @cached_property
    def _teachers(self) -> list[list[Fraction]]:
        return _exact(self.network.exact_teachers, self.network.teachers)


def _exact(exact: Any, binary: Any) -> list[list[Fraction]]:
    rows = binary if exact is None else exact
    return [[_fraction(entry) for entry in row] for row in rows]


def _fraction(entry: Any) -> Fraction:
    return entry if isinstance(entry, Fraction) else Fraction(float(entry))


def _leaf(quantity: Quantity) -> Any:
    symbol = quantity.symbol
    return symbol[tuple(quantity.axes)] if quantity.axes else symbol


def _ordered(value: Value, quantity: Quantity) -> np.ndarray[Any, Any]:
    """The data without batch axis, axes in the order of the quantity's indices."""
    if set(value.axes) != set(quantity.axes):
        raise Unevaluable("its value does not have the indices of its name")
    order = [value.axes.index(axis) + 1 for axis in quantity.axes]
    tail = (value.data.ndim - 1,) if value.vector else ()
    return np.asarray(value.data.transpose(0, *order, *tail)[0], dtype=object)


def _shaped(flat: Iterator[Any], shape: tuple[int, ...]) -> Any:
    return [_shaped(flat, shape[1:]) for _ in range(shape[0])] if shape else next(flat)


def _is_row(part: Sequence[Any]) -> bool:
    return all(isinstance(entry, tuple) for entry in part)


def describe(values: Mapping[str, Any]) -> Iterator[str]:
    """Lines of text of the values of `Certified.evaluate`."""
    for name, value in values.items():
        yield from _lines(name, value)


def _lines(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and any(isinstance(entry, list) for entry in value):
        for place, entry in enumerate(value):
            yield from _lines(f"{name}[{place}]", entry)
    elif isinstance(value, list):
        yield f"{name} = ({', '.join('undefined' if entry is None else entry for entry in value)})"
    else:
        yield f"{name} = {'undefined' if value is None else value}"
