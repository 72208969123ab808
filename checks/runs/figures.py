"""Figures of experiments: the panels that the claim names, drawn from the runs that its features are said of.

A panel holds one tree or several.  A plain tree is drawn for every run, ``run(label, tree)`` for that run
only, against t.  Lines show one draw, the one nearest to the median of all that is drawn, shades the middle
half of the draws; a tree with a free neuron index has one line per neuron.  ``fitted_slope(…)`` is drawn as
the points that it fits, on logarithmic axes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sympy import Expr

from checks.claim import Claim
from checks.given import Experiment
from checks.instances import claim_vocabulary, walk_over
from checks.method import Context
from checks.methods.experiment import features
from checks.runs.experiments import experiment_frame
from numerics.arithmetic.floating import Floating
from numerics.evaluation.walk import Walk
from theory.display import to_latex, to_unicode
from theory.observables import fitted_slope, run
from theory.quantity import Vocabulary

__all__ = ["check_format", "draw_figure"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

# Values beyond this share of the largest number are a run that diverged; they would flatten everything else.
_DIVERGED = 1e6
_DELIMITERS = {
    r"\lVert": r"\Vert ",
    r"\rVert": r"\Vert ",
    r"\lvert": r"\vert ",
    r"\rvert": r"\vert ",
}
# Lengths of a title, and numbers of lines, beyond which text is set smaller or left out.
_LONG, _MANY, _TOO_MANY = 60, 6, 16


@dataclass(frozen=True, kw_only=True)
class _Line:
    """Points (x, y) of one line with its run and formula; ``neuron`` counts the neurons of a run from 1."""

    x: Floats
    y: Floats
    label: str
    formula: str
    band: tuple[Floats, Floats] | None = None
    neuron: int = 0
    points: bool = False


def check_format(target: Path) -> None:
    """Raises ValueError for a suffix that matplotlib does not know."""
    from matplotlib.backend_bases import FigureCanvasBase

    known = FigureCanvasBase.get_supported_filetypes()
    if target.suffix.lstrip(".") not in known:
        raise ValueError(f"{target.name}: unknown format {target.suffix!r}; use one of {', '.join(sorted(known))}")


def draw_figure(claim: Claim, context: Context, path: str | Path) -> dict[str, Any]:
    """Run the experiment of a claim, assert its features, and save the figure in the format that the suffix
    of ``path`` names.

    Returns {id, features, file}.  Raises ValueError for a claim without an experiment or curves, or a suffix
    that matplotlib does not know.
    """
    given = claim.given
    if not isinstance(given, Experiment):
        forms = claim.assumption.forms if claim.assumption else ()
        hint = f"try {', '.join(forms)}" if forms else "`lemmata list` shows the claims of kind 'figure'"
        raise ValueError(f"{claim.id} is no figure that can be run: {hint}")
    if not given.curves:
        raise ValueError(f"{claim.id} names no curves to draw; give Experiment(curves=(loss, …))")
    target = Path(path)
    check_format(target)
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    walk = walk_over(given, experiment_frame(claim, given, context), Floating(), claim)
    panels = [entry if isinstance(entry, tuple) else (entry,) for entry in given.curves]
    draw = _shown_draw(walk, given, panels)
    columns = 2 if len(panels) in (2, 4) else min(len(panels), 3)
    rows = -(-len(panels) // columns)
    figure, axes = pyplot.subplots(
        rows, columns, figsize=(max(6.0, 4.4 * columns), 3.4 * rows), squeeze=False, constrained_layout=True
    )
    for axis in axes.flat[len(panels) :]:
        axis.set_axis_off()
    for axis, trees in zip(axes.flat, panels, strict=False):
        lines = _lines(walk, given, trees, draw, claim_vocabulary(claim))
        _draw(axis, lines, any(tree in given.logarithmic for tree in trees))
    figure.suptitle(claim.title, fontsize=10)
    figure.savefig(target, dpi=150)
    pyplot.close(figure)
    return {"id": claim.id, "features": features(claim, walk), "file": str(target)}


# -- what is drawn -------------------------------------------------------------------------------------------


def _shown_draw(walk: Walk, given: Experiment, panels: list[tuple[Expr, ...]]) -> int:
    """The draw whose curves are nearest to the medians over the draws, in all panels together."""
    total: Any = np.zeros(1)
    for label, tree in [pair for trees in panels for entry in trees for pair in _runs_of(given, entry)]:
        data = _by_time(walk.of_run(label), tree)
        # Neurons of different draws correspond only in the order of their values.
        data = np.sort(data.reshape(*data.shape[:2], -1), axis=2)
        known = np.where(np.abs(data) < _DIVERGED, data, _DIVERGED)
        middle = np.median(known, axis=0)
        total = total + np.abs(known - middle).mean(axis=(1, 2)) / (np.ptp(middle) or 1.0)
    return int(np.argmin(total))


def _lines(walk: Walk, given: Experiment, trees: tuple[Expr, ...], draw: int, extra: Vocabulary) -> list[_Line]:
    """All lines of a panel."""
    lines = [_points(walk, tree) for tree in trees if isinstance(tree, fitted_slope)]
    wanted = [pair for tree in trees for pair in _runs_of(given, tree)]
    values = [_by_time(walk.of_run(label), tree) for label, tree in wanted]
    of_neurons = any(data.ndim > 2 for data in values)
    for (label, tree), data in zip(wanted, values, strict=True):
        clock = walk.of_run(label).frame.entries["t"].data[: data.shape[1]]
        formula = _formula(tree, extra)
        if data.ndim == 2:
            band = None if of_neurons else _middle_half(data)
            lines.append(_Line(x=clock, y=data[draw], label=label, formula=formula, band=band))
            continue
        for neuron, row in enumerate(data[draw].reshape(data.shape[1], -1).T, start=1):
            lines.append(_Line(x=clock, y=row, label=label, formula=formula, neuron=neuron))
    return lines


def _middle_half(data: Floats) -> tuple[Floats, Floats]:
    """Lower and upper quartile over the draws, a run that has diverged counting as infinitely large."""
    ordered = np.sort(np.where(np.isnan(data), np.inf, data), axis=0)
    last = len(ordered) - 1
    return ordered[last // 4], ordered[last - last // 4]


def _runs_of(given: Experiment, tree: Expr) -> Iterator[tuple[str, Expr]]:
    if isinstance(tree, run):
        yield str(tree.args[0]), tree.args[1]
    elif not isinstance(tree, fitted_slope):
        yield from ((label, tree) for label in given.runs)


def _by_time(walk: Walk, tree: Expr) -> Floats:
    """(draws, times, …) values of a tree along a run."""
    data = np.asarray(walk(tree).data, dtype=np.float64)
    return data.reshape(-1, walk.frame.times, *data.shape[1:])


def _points(walk: Walk, tree: Expr) -> _Line:
    numbers = np.asarray([float(np.asarray(walk(entry).data).reshape(-1)[0]) for entry in tree.args])
    # What the labels of all runs under the fit start with, such as K=3 of "K=3, η=0.1".
    stems = {str(part.args[0]).partition(",")[0] for part in tree.atoms(run)}
    label = stems.pop() if len(stems) == 1 else ""
    return _Line(x=numbers[::2], y=numbers[1::2], label=label, formula="", points=True)


# -- how it is drawn -----------------------------------------------------------------------------------------


def _draw(axis: Any, lines: list[_Line], logarithmic: bool) -> None:
    neurons = [line for line in lines if line.neuron]
    points = any(line.points for line in lines)
    several = len({line.formula for line in lines}) > 1
    for line in lines:
        style: dict[str, Any] = {"linewidth": 1.0 if line.neuron else 1.6}
        if line.neuron:
            style["linestyle"] = "--"
        if line.points:
            style["marker"] = "o"
        named = f"neuron {line.neuron}" if line.neuron else f"{line.label}: {line.formula}"
        (drawn,) = axis.plot(line.x, _tame(line.y), label=named if several or line.neuron else line.label, **style)
        if line.band is not None:
            axis.fill_between(line.x, *map(_tame, line.band), color=drawn.get_color(), alpha=0.15, linewidth=0)
    axis.set_xlabel(r"step $\eta$" if points else "$t$")
    if points:
        axis.set_xscale("log")
    if points or logarithmic:
        axis.set_yscale("log")
    first = neurons[0] if neurons else lines[0]
    alone = neurons or len({line.label for line in lines}) == 1
    title = f"{first.label}: {first.formula}" if alone else first.formula
    axis.set_title(title, fontsize=8 if len(title) > _LONG else 10)
    if len(lines) <= _TOO_MANY:
        axis.legend(fontsize=6 if len(lines) > _MANY else 8, frameon=False)


def _tame(values: Floats) -> Floats:
    return np.where(np.abs(values) < _DIVERGED, values, np.nan)


def _formula(tree: Expr, extra: Vocabulary) -> str:
    """A tree in the mathematics that matplotlib typesets; as plain text where it can't."""
    from matplotlib.mathtext import MathTextParser

    text = to_latex(tree, extra=extra)
    for known, drawn in _DELIMITERS.items():
        text = text.replace(known, drawn)
    text = re.sub(r"\\(left|right)(?![A-Za-z])", "", text)
    try:
        MathTextParser("agg").parse(f"${text}$")
    except ValueError:
        return to_unicode(tree, extra=extra)
    return f"${text}$"
