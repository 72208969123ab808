"""The structural walk: one evaluation of claim trees for every arithmetic.

A tree is evaluated over a *frame*: named arrays of rows and scalars with a leading batch axis.  Every value
carries the index symbols that its array axes stand for, so that ``theta[i] * w_norm[j]`` broadcasts, ``Sum``
reduces an axis by name and a free axis stays for the caller.  Layout of data: (batch, *axes, coordinate if a
vector).

Numbers enter through the arithmetic alone, never through ``subs``; what is not on the walk's list raises
`Unevaluable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Add, Expr, Indexed, Integer, Mul, NumberSymbol, Pow, Rational, Sum, Symbol
from sympy.core.function import Function

from numerics.arithmetic.base import Arithmetic, Unevaluable
from numerics.evaluation.frame import Entry, Frame, Value, align, diagonal
from theory import heads
from theory.calculus import along_direction, along_flow
from theory.displacement import displaced, moving_index
from theory.expectation import gaussian_expectation
from theory.indicators import Attained
from theory.observables import Observable
from theory.quantity import Quantity, Setting, Vocabulary, find_quantity, instantiate, leaf_key
from theory.sign_spectrum import least_sign_eigenvalue
from theory.symbols import AXIS_SIZE, axis_of
from theory.symbols import eta as step_size
from theory.symbols import w as students

__all__ = ["Entry", "Frame", "Horizon", "Value", "Walk", "align"]


@dataclass(kw_only=True)
class Horizon:
    """How float walks over trajectories count a first time that was not reached: as infinite, or
    ``censored``, as the next time after the horizon, which it is at least.  ``met`` tells whether that came
    up.
    """

    censored: bool = False
    met: bool = False


@dataclass(kw_only=True)
class Walk:
    """Evaluates trees over one frame in one arithmetic; sub-trees are shared."""

    arithmetic: Arithmetic
    setting: Setting
    frame: Frame
    extra: Vocabulary = field(default_factory=dict)
    # Quantities that the arithmetic supplies itself, e.g. the cancellation-free loss in binary64.
    supply: Mapping[tuple[str, int], Callable[[Walk], Value]] = field(default_factory=dict)
    # What suppliers want to share between quantities.
    shared: dict[str, Any] = field(default_factory=dict, repr=False)
    # What an event that does not happen within the horizon counts as, and whether that came up.
    horizon: Horizon = field(default_factory=lambda: Horizon(), repr=False)
    _memo: dict[Expr, Value] = field(default_factory=dict, repr=False)
    _quantities: dict[tuple[str, int], Value] = field(default_factory=dict, repr=False)
    _after: Walk | None = field(default=None, repr=False)
    _moved: dict[Expr, Walk] = field(default_factory=dict, repr=False)
    _runs: dict[str, Walk] = field(default_factory=dict, repr=False)

    def __call__(self, tree: Expr) -> Value:
        """Value of a tree; free index symbols are its axes.  What is undefined in floats is NaN, without a
        warning.
        """
        with np.errstate(all="ignore"):
            return self._value(tree)

    def _value(self, tree: Expr) -> Value:
        known = self._memo.get(tree)
        if known is None:
            known = self._memo[tree] = self._evaluate(tree)
        return known

    # -- dispatch
    # ------------------------------------------------------------------------------------------------

    def _evaluate(self, tree: Expr) -> Value:
        if isinstance(tree, Rational):
            return Value(data=self.arithmetic.number(tree)[None])
        if isinstance(tree, NumberSymbol):
            return Value(data=self.arithmetic.constant(tree)[None])
        if isinstance(tree, Symbol | Indexed):
            return self._leaf(tree)
        if isinstance(tree, Add):
            return self._add([self._value(argument) for argument in tree.args], tree)
        if isinstance(tree, Mul):
            return self._multiply(tree)
        if isinstance(tree, Pow):
            return self._power(tree)
        if isinstance(tree, Sum):
            return self._sum(tree)
        if isinstance(tree, heads.Head):
            return self._head(tree)
        if isinstance(tree, Function):
            arguments = [self._scalar(argument) for argument in tree.args]
            data, axes = align(arguments)
            return Value(data=self.arithmetic.elementary(type(tree), data), axes=axes)
        raise Unevaluable(f"{type(tree).__name__} has no meaning in a claim: {tree}; use the heads of theory.heads")

    def _scalar(self, tree: Expr) -> Value:
        value = self._value(tree)
        if value.vector:
            raise Unevaluable(f"{tree} is a vector where a scalar is needed; take dot(…) or norm(…)")
        return value

    def _vector(self, tree: Expr) -> Value:
        value = self._value(tree)
        if not value.vector:
            raise Unevaluable(f"{tree} is a scalar where a vector is needed")
        return value

    # -- leaves
    # --------------------------------------------------------------------------------------------------

    def _leaf(self, leaf: Expr) -> Value:
        name, arity = leaf_key(leaf)
        entry = self.frame.entries.get(name)
        if entry is not None and arity == (entry.axis is not None):
            formal = (_FORMAL,) if arity else ()
            return self._reindex(Value(data=entry.data, axes=formal, vector=entry.vector), formal, leaf)
        if entry is not None and arity == 0 and entry.vector and entry.data.shape[1] == 1:
            return Value(data=entry.data[:, 0], vector=True)
        if arity == 0 and name in _SIZES and (name, 0) not in self.extra:
            return self._size(name)
        quantity = find_quantity(name, arity, self.extra)
        if (name, arity) in self.frame.known:
            return self.frame.known[name, arity]
        if (name, arity) not in self._quantities:
            supplied = self.supply.get((name, arity))
            self._quantities[name, arity] = (
                supplied(self) if supplied else self._value(_definition(quantity, self.setting))
            )
        return self._reindex(self._quantities[name, arity], quantity.axes, leaf)

    def _size(self, name: str) -> Value:
        if name == "d":
            first = next(entry for entry in self.frame.entries.values() if entry.vector)
            size = self.frame.dimension or int(first.data.shape[-1])
        else:
            size = self.frame.size(_SIZES[name])
        return Value(data=self.arithmetic.number(Integer(size))[None])

    def _reindex(self, value: Value, formal: tuple[Symbol, ...], leaf: Expr) -> Value:
        """The value with its formal axes renamed to the indices written in the leaf."""
        indices: tuple[Any, ...] = leaf.indices if isinstance(leaf, Indexed) else ()
        if not formal or (len(formal) == 1 and value.axes == formal and isinstance(indices[0], Symbol)):
            return replace(value, axes=indices) if formal else value
        # Placeholders first: the written indices may be the formal axes in another order.
        slots = {axis: Symbol(f"slot{place}") for place, axis in enumerate(formal)}
        value = replace(value, axes=tuple(slots.get(axis, axis) for axis in value.axes))
        for axis, index in zip(slots.values(), indices, strict=True):
            if axis not in value.axes:
                continue
            place = value.axes.index(axis)
            rest = value.axes[:place] + value.axes[place + 1 :]
            if isinstance(index, Integer):
                if not 0 <= int(index) < value.data.shape[place + 1]:
                    raise Unevaluable(f"{leaf} names a row that the instance has not; rows count from 0")
                value = replace(value, data=value.data.take(int(index), axis=place + 1), axes=rest)
            elif index in value.axes:
                value = diagonal(value, value.axes.index(index), place)
            elif isinstance(index, Symbol):
                value = replace(value, axes=(*value.axes[:place], index, *value.axes[place + 1 :]))
            else:
                raise Unevaluable(f"index {index} of {leaf} is neither an index symbol nor a number")
        return value

    # -- arithmetic
    # ----------------------------------------------------------------------------------------------

    def _add(self, values: list[Value], tree: Expr) -> Value:
        if len({value.vector for value in values}) > 1:
            raise Unevaluable(f"{tree} adds a vector and a scalar")
        data, axes = align(values)
        total = data[0]
        for term in data[1:]:
            total = total + term
        return Value(data=np.asarray(total), axes=axes, vector=values[0].vector)

    def _multiply(self, tree: Mul) -> Value:
        masks = [factor for factor in tree.args if isinstance(factor, heads.Distinct)]
        factors = [self._value(factor) for factor in tree.args if not isinstance(factor, heads.Distinct)]
        if sum(factor.vector for factor in factors) > 1:
            raise Unevaluable(f"{tree} multiplies two vectors; take dot(x, y)")
        vector = any(factor.vector for factor in factors)
        if factors:
            data, axes = align(factors)
            product = data[0]
            for factor in data[1:]:
                product = product * factor
            value = Value(data=np.asarray(product), axes=axes, vector=vector)
        else:
            value = Value(data=self.arithmetic.number(Integer(1))[None])
        for mask in masks:
            value = self._mask(value, mask)
        return value

    def _mask(self, value: Value, mask: heads.Distinct) -> Value:
        row, column = mask.args
        if row == column or axis_of(row) != axis_of(column):
            raise Unevaluable(f"{mask} compares no two indices of one kind")
        size = self.frame.size(axis_of(row))
        distinct = Value(data=~np.eye(size, dtype=bool)[None], axes=(row, column))
        (data, keep), axes = align([value, distinct])
        if value.vector:
            keep = keep[..., None] if keep.ndim < data.ndim else keep
        return Value(data=self.arithmetic.masked(*np.broadcast_arrays(keep, data)), axes=axes, vector=value.vector)

    def _power(self, tree: Pow) -> Value:
        base, exponent = tree.args
        if isinstance(base, heads.norm) and isinstance(exponent, Integer) and exponent % 2 == 0:
            # ‖x‖² is rational where ‖x‖ is not: go through the dot product to stay exact.
            square = self._value(_square(base))
            return replace(square, data=self.arithmetic.power(square.data, exponent / 2))
        value = self._scalar(base)
        if isinstance(exponent, Rational):
            return replace(value, data=self.arithmetic.power(value.data, exponent))
        (left, right), axes = align([value, self._scalar(exponent)])
        return Value(data=self.arithmetic.general_power(left, right), axes=axes)

    def _sum(self, tree: Sum) -> Value:
        value = self._value(tree.function)
        for index, *ends in tree.limits:
            if ends and ends != [1, AXIS_SIZE[axis_of(index)]]:
                size = AXIS_SIZE[axis_of(index)]
                raise Unevaluable(f"{tree} sums over a part of the rows; sum over all of them, ({index}, 1, {size})")
            if index in value.axes:
                place = value.axes.index(index)
                axes = value.axes[:place] + value.axes[place + 1 :]
                value = replace(value, data=self.arithmetic.total(value.data, place + 1), axes=axes)
            else:
                size = self.arithmetic.number(Integer(self.frame.size(axis_of(index))))
                value = replace(value, data=np.asarray(value.data * size))
        return value

    # -- heads
    # ---------------------------------------------------------------------------------------------------

    def _head(self, tree: heads.Head) -> Value:
        arithmetic, metric = self.arithmetic, self.frame.metric
        if isinstance(tree, heads.dot | heads.angle):
            (x, y), axes = align([self._vector(argument) for argument in tree.args])
            if isinstance(tree, heads.dot):
                return Value(data=arithmetic.dot(x, y, metric), axes=axes)
            angle = arithmetic.angle(x, y, metric)
            if isinstance(tree, heads.line_angle):
                other = arithmetic.angle(-x, y, metric)
                angle = arithmetic.extremum(np.stack(np.broadcast_arrays(angle, other)), 0, largest=False)
            return Value(data=angle, axes=axes)
        if isinstance(tree, heads.norm):
            value = self._vector(tree.args[0])
            return Value(data=arithmetic.norm(value.data, metric), axes=value.axes)
        if isinstance(tree, heads.magnitude | heads.positive_part):
            value = self._scalar(tree.args[0])
            apply = arithmetic.magnitude if isinstance(tree, heads.magnitude) else arithmetic.positive_part
            return replace(value, data=apply(value.data))
        if isinstance(tree, heads.greatest | heads.least):
            choices, axes = align([self._scalar(argument) for argument in tree.args])
            stacked = np.stack(np.broadcast_arrays(*choices))
            return Value(data=arithmetic.extremum(stacked, 0, isinstance(tree, heads.greatest)), axes=axes)
        if isinstance(tree, heads.Elementwise):
            arguments, axes = align([self._scalar(argument) for argument in tree.args])
            return Value(data=arithmetic.elementary(type(tree), arguments), axes=axes)
        if isinstance(tree, Observable):
            from numerics.evaluation.observe import observe  # imports this module

            return observe(self, tree)
        if isinstance(tree, heads.largest | heads.smallest):
            value, index = self._scalar(tree.args[0]), tree.args[1]
            if index not in value.axes:
                return value
            place = value.axes.index(index)
            data = arithmetic.extremum(value.data, place + 1, isinstance(tree, heads.largest))
            return Value(data=data, axes=value.axes[:place] + value.axes[place + 1 :])
        if isinstance(tree, heads.Distinct):
            return self._mask(Value(data=arithmetic.number(Integer(1))[None]), tree)
        if isinstance(tree, heads.after_step):
            return self.after(tree.args[0])
        if isinstance(tree, displaced):
            return self.displaced_by(tree.args[1])._value(tree.args[0])
        if isinstance(tree, Attained):
            return self._attained(tree)
        if isinstance(tree, least_sign_eigenvalue):
            return self._spectrum(tree)
        return self._value(self.expand(tree))

    def _attained(self, tree: Attained) -> Value:
        value, index = self._scalar(tree.args[0]), tree.args[1]
        if index not in value.axes:
            raise Unevaluable(f"{tree}: {tree.args[0]} does not depend on the index {index}")
        return replace(value, data=self.arithmetic.attained(value.data, value.axes.index(index) + 1))

    def _spectrum(self, tree: least_sign_eigenvalue) -> Value:
        from numerics.evaluation.spectrum import least_sign_eigenvalue as evaluate  # loads linear algebra

        value, index = self._vector(tree.args[0]), tree.args[1]
        if value.axes != (index,):
            raise Unevaluable(f"{tree} needs rows over the index {index} alone")
        return Value(data=evaluate(self.arithmetic, value.data, self.frame.metric))

    def expand(self, tree: heads.Head) -> Expr:
        """The tree that a derivative or expectation head stands for."""
        # Searches walk the same tree over thousands of frames; what it stands for depends on none of their numbers.
        key = (tree, self.setting, frozenset(self.frame.entries), frozenset(self.extra.items()))
        if key not in _EXPANDED:
            if len(_EXPANDED) >= _EXPANSIONS:
                _EXPANDED.clear()
            _EXPANDED[key] = self._expand(tree)
        return _EXPANDED[key]

    def _expand(self, tree: heads.Head) -> Expr:
        if isinstance(tree, heads.rate):
            return along_flow(tree.args[0], self._gradient_leaf, self.definition)
        if isinstance(tree, heads.directional):
            return along_direction(tree.args[0], int(tree.args[1]), self.definition)
        if isinstance(tree, heads.expectation):
            return gaussian_expectation(tree.args[0])
        raise Unevaluable(f"the head {type(tree).__name__} has no meaning here: {tree}")

    @staticmethod
    def _gradient_leaf(index: Symbol) -> Expr:
        gradient = find_quantity("gradient", 1).symbol
        return gradient[index]

    def definition(self, leaf: Expr) -> Expr | None:
        """Definition of a quantity leaf, None for an input of the frame."""
        name, arity = leaf_key(leaf)
        if name in self.frame.entries or (arity == 0 and name in _SIZES):
            return None
        quantity = find_quantity(name, arity, self.extra)
        return instantiate(quantity, self.setting, leaf.indices if arity else ())

    def after(self, tree: Expr) -> Value:
        """Value after one step of gradient descent with the frame's step size η."""
        if self._after is None:
            index = next(iter(_STUDENT_AXES))
            moved = self._value(_step(index))
            self._after = self._over(moved)
        return self._after._value(tree)

    def displaced_by(self, shift: Expr) -> Walk:
        """The walk over the students w_i + shift_i."""
        if shift not in self._moved:
            index = moving_index(shift)
            moved = self._value(students[index] + shift)
            if not moved.vector or moved.axes != (index,):
                raise Unevaluable(f"{shift} displaces no students; give one vector per student, such as V[i]")
            self._moved[shift] = self._over(moved)
        return self._moved[shift]

    def _over(self, moved: Value) -> Walk:
        """The walk over other students."""
        entry = replace(self.frame.entries["w"], data=moved.data)
        frame = replace(self.frame, entries={**self.frame.entries, "w": entry}, known={})
        return replace(self, frame=frame, shared={}, _memo={}, _quantities={}, _after=None, _moved={}, _runs={})

    def of_run(self, label: str) -> Walk:
        """The walk over the network of that label."""
        if label not in self.frame.runs:
            known = ", ".join(self.frame.runs) or "none"
            raise Unevaluable(f"no run is labelled {label!r}; labels: {known}")
        if label not in self._runs:
            frame = self.frame.runs[label]
            self._runs[label] = replace(self, frame=frame, shared={}, _memo={}, _quantities={}, _after=None, _runs={})
        return self._runs[label]


# Searches walk the same trees over thousands of frames: what they are made of is built once.


@lru_cache(maxsize=1024)
def _definition(quantity: Quantity, setting: Setting) -> Expr:
    return quantity.define(setting)


@lru_cache(maxsize=1024)
def _square(length: heads.norm) -> Expr:
    return heads.dot(length.args[0], length.args[0])


@lru_cache(maxsize=16)
def _step(index: Symbol) -> Expr:
    return students[index] - step_size * find_quantity("gradient", 1).symbol[index]


_FORMAL = Symbol("row")
_EXPANDED: dict[Any, Expr] = {}
_EXPANSIONS = 512
_SIZES = {"n": "student", "m": "teacher", "N": "sample", "d": "coordinate"}
_STUDENT_AXES = (Symbol("i", integer=True),)
