"""Observables: what a trajectory, or a set of runs, is asked for.  Inert heads over trees of the usual
vocabulary.

A tree such as ``loss`` has one value per recorded state of a trajectory; the symbol ``t`` of `theory.symbols`
is the number of steps (gradient descent) or the time (gradient flow).  A head below turns the values along
the trajectory into one number per trajectory, or into a running value at every t.  Slacks are met where they
are ≥ 0.  Their meaning in every arithmetic is given by `numerics.evaluation.observe`.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Symbol

from theory.heads import Head

__all__ = [
    "Observable",
    "at_time",
    "final",
    "first_time",
    "fitted_slope",
    "initial",
    "mean",
    "median",
    "occurrences",
    "peak",
    "peak_before",
    "peak_so_far",
    "product_before",
    "run",
    "share",
    "slope",
    "total_before",
    "trough",
    "trough_before",
    "trough_so_far",
]


class Observable(Head):
    """Common base of the heads of this file."""

    template = ""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return self._power(self.template.format(*(printer._print(argument) for argument in self.args)), exp)


class initial(Observable):
    """Value at t = 0."""

    nargs = 1
    template = r"\left.{0}\right|_{{t=0}}"


class final(Observable):
    """Value at the last recorded time."""

    nargs = 1
    template = r"\left.{0}\right|_{{t=T}}"


class at_time(Observable):
    """Value at the last recorded time ≤ the second argument."""

    nargs = 2
    template = r"\left.{0}\right|_{{t={1}}}"


class peak(Observable):
    """Largest value over all recorded times."""

    nargs = 1
    template = r"\max_{{\tau}} {0}"


class trough(Observable):
    """Smallest value over all recorded times."""

    nargs = 1
    template = r"\min_{{\tau}} {0}"


class peak_so_far(Observable):
    """Largest value over the recorded times τ ≤ t."""

    nargs = 1
    template = r"\max_{{\tau\leq t}} {0}"


class trough_so_far(Observable):
    """Smallest value over the recorded times τ ≤ t."""

    nargs = 1
    template = r"\min_{{\tau\leq t}} {0}"


class peak_before(Observable):
    """max(second argument, largest value over the recorded times τ < t)."""

    nargs = 2
    template = r"\max\left({1}, \max_{{\tau<t}} {0}\right)"


class trough_before(Observable):
    """min(second argument, smallest value over the recorded times τ < t)."""

    nargs = 2
    template = r"\min\left({1}, \min_{{\tau<t}} {0}\right)"


class total_before(Observable):
    """Σ over the recorded times τ < t."""

    nargs = 1
    template = r"\sum_{{\tau<t}} {0}"


class product_before(Observable):
    """Π over the recorded times τ < t."""

    nargs = 1
    template = r"\prod_{{\tau<t}} {0}"


class first_time(Observable):
    """First recorded t at which every slack given is ≥ 0; infinite if there is none."""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        slacks = r",\ ".join(rf"{printer._print(slack)}\geq 0" for slack in self.args)
        return self._power(rf"\min\left\{{t : {slacks}\right\}}", exp)


class occurrences(Observable):
    """Number of recorded times at which every slack given is ≥ 0."""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        slacks = r",\ ".join(rf"{printer._print(slack)}\geq 0" for slack in self.args)
        return self._power(rf"\#\left\{{t : {slacks}\right\}}", exp)


class slope(Observable):
    """Log–log slope of the first argument against the second (> 0), over the last factor 10 of the second up
    to t.
    """

    nargs = 2
    template = r"\frac{{d\log {0}}}{{d\log {1}}}"


class fitted_slope(Observable):
    """Least-squares slope of log y against log x: ``fitted_slope(x_1, y_1, x_2, y_2, …)`` of positive
    numbers.
    """

    def _latex(self, printer: Any, exp: Any = None) -> str:
        points = ",\\ ".join(
            rf"\left({printer._print(x)}, {printer._print(y)}\right)"
            for x, y in zip(self.args[::2], self.args[1::2], strict=True)
        )
        return self._power(rf"\operatorname{{slope}}_{{\log\log}}\left\{{{points}\right\}}", exp)


class run(Observable):
    """Value of a tree on the run of that label: ``run("single", loss)``.

    Its free indices are those of the labelled network, whose size may differ; bind them inside (``over``,
    ``largest``) or name a neuron by its number, ``run("single", w_norm[0])``.
    """

    nargs = 2

    def __new__(cls, label: str | Symbol, tree: Expr) -> Expr:
        """The label is a plain name, never parsed."""
        return super().__new__(cls, Symbol(label) if isinstance(label, str) else label, tree)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        name = str(self.args[0]).replace("_", r"\_")
        return self._power(rf"\left[{printer._print(self.args[1])}\right]_{{\text{{{name}}}}}", exp)


class median(Observable):
    """Median over the runs of a set (seeds, draws)."""

    nargs = 1
    template = r"\operatorname{{med}} {0}"


class mean(Observable):
    """Mean over the runs of a set (seeds, draws)."""

    nargs = 1
    template = r"\operatorname{{mean}} {0}"


class share(Observable):
    """Fraction of the runs of a set in which the slack is ≥ 0."""

    nargs = 1
    template = r"\operatorname{{share}}\left\{{{0}\geq 0\right\}}"
