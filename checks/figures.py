"""Figures of experiments: the panels that the claim names, drawn from the same runs that its features are
said of.

A panel holds one tree or several.  A plain tree is drawn for every run, ``run(label, tree)`` for that run only: a
scalar as its median over the draws against t, a tree with a free neuron index as one line per neuron.  Neurons of
different draws have nothing in common, so a panel with neurons shows the first draw throughout.  ``fitted_slope(…)``
is drawn as the points that it fits, on logarithmic axes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sympy import Expr, latex

from checks.claim import Claim
from checks.experiments import experiment_frame
from checks.given import Experiment
from checks.instances import walk_over
from checks.method import Context
from checks.methods.experiment import features
from numerics.arithmetic.floating import Floating
from numerics.walk import Walk
from theory.observables import fitted_slope, run

__all__ = ["draw_figure"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

# Values beyond this share of the largest number are a run that diverged; they would flatten everything else.
_DIVERGED = 1e6


@dataclass(frozen=True, kw_only=True)
class _Line:
    """Points (x, y) of one line with its place in the legend; ``neuron`` counts the neurons of a run from 1."""

    x: Floats
    y: Floats
    label: str
    tree: Expr
    neuron: int = 0
    points: bool = False


def draw_figure(claim: Claim, context: Context, path: str | Path) -> dict[str, Any]:
    """Run the experiment of a claim, assert its features, and save the figure in the format that the suffix
    of ``path`` names.

    Returns {id, features, file}.  Raises ValueError for a claim without an experiment or curves, or a suffix
    that matplotlib does not know.
    """
    given = claim.given
    if not isinstance(given, Experiment):
        raise ValueError(f"{claim.id} is no figure: `lemmata list` shows the claims of kind 'figure'")
    if not given.curves:
        raise ValueError(f"{claim.id} names no curves to draw; give Experiment(curves=(loss, …))")
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    target = Path(path)
    known = pyplot.figure().canvas.get_supported_filetypes()
    pyplot.close("all")
    if target.suffix.lstrip(".") not in known:
        raise ValueError(
            f"{target.name}: unknown format {target.suffix!r}; use one of {', '.join(sorted(known))}"
        )
    walk = walk_over(given, experiment_frame(claim, given, context), Floating(), claim)
    panels = [entry if isinstance(entry, tuple) else (entry,) for entry in given.curves]
    columns = 2 if len(panels) in (2, 4) else min(len(panels), 3)
    rows = -(-len(panels) // columns)
    figure, axes = pyplot.subplots(
        rows, columns, figsize=(4.4 * columns, 3.4 * rows), squeeze=False, constrained_layout=True
    )
    for axis in axes.flat[len(panels) :]:
        axis.set_axis_off()
    for axis, trees in zip(axes.flat, panels, strict=False):
        _draw(axis, _lines(walk, given, trees), any(tree in given.logarithmic for tree in trees))
    figure.suptitle(claim.title, fontsize=10)
    figure.savefig(target, dpi=150)
    pyplot.close(figure)
    return {"id": claim.id, "features": features(claim, walk), "file": str(target)}


# -- what is drawn -------------------------------------------------------------------------------------------


def _lines(walk: Walk, given: Experiment, trees: tuple[Expr, ...]) -> list[_Line]:
    """All lines of a panel."""
    wanted = [pair for tree in trees for pair in _runs_of(given, tree)]
    values = [(label, tree, _by_time(walk.of_run(label), tree)) for label, tree in wanted]
    of_neurons = any(data.ndim > 2 for *_, data in values)
    lines = [line for tree in trees if isinstance(tree, fitted_slope) for line in _points(walk, tree)]
    for label, tree, data in values:
        clock = walk.of_run(label).frame.entries["t"].data[: data.shape[1]]
        if not of_neurons:
            lines.append(_Line(x=clock, y=np.median(data, axis=0), label=label, tree=tree))
        elif data.ndim == 2:
            lines.append(_Line(x=clock, y=data[0], label=label, tree=tree))
        else:
            for neuron, row in enumerate(data[0].reshape(data.shape[1], -1).T):
                lines.append(_Line(x=clock, y=row, label=label, tree=tree, neuron=neuron + 1))
    return lines


def _runs_of(given: Experiment, tree: Expr) -> Iterator[tuple[str, Expr]]:
    if isinstance(tree, run):
        yield str(tree.args[0]), tree.args[1]
    elif not isinstance(tree, fitted_slope):
        yield from ((label, tree) for label in given.runs)


def _by_time(walk: Walk, tree: Expr) -> Floats:
    """(draws, times, …) values of a tree along a run."""
    data = np.asarray(walk(tree).data, dtype=np.float64)
    return data.reshape(-1, walk.frame.times, *data.shape[1:])


def _points(walk: Walk, tree: Expr) -> Iterator[_Line]:
    numbers = np.asarray([float(np.asarray(walk(entry).data).reshape(-1)[0]) for entry in tree.args])
    yield _Line(x=numbers[::2], y=numbers[1::2], label=_common_label(tree), tree=tree, points=True)


def _common_label(tree: Expr) -> str:
    """What the labels of all runs under a fit start with, such as K=3 of "K=3, η=0.1"."""
    labels = {str(part.args[0]) for part in tree.atoms(run)}
    stems = {label.partition(",")[0] for label in labels}
    return stems.pop() if len(stems) == 1 else ""


# -- how it is drawn -----------------------------------------------------------------------------------------


def _draw(axis: Any, lines: list[_Line], logarithmic: bool) -> None:
    runs, trees = {line.label for line in lines}, {line.tree for line in lines}
    neurons = [line for line in lines if line.neuron]
    for line in lines:
        shown = np.where(np.abs(line.y) < _DIVERGED, line.y, np.nan)
        style = {"linewidth": 1.0 if line.neuron else 1.6, "linestyle": "--" if line.neuron else "-"}
        if line.points:
            style["marker"] = "o"
        axis.plot(line.x, shown, label=_legend(line, len(trees) > 1 or bool(neurons)), **style)
    axis.set_xlabel(r"$\eta$" if lines[0].points else "$t$")
    if lines[0].points:
        axis.set_xscale("log")
    if lines[0].points or logarithmic:
        axis.set_yscale("log")
    title = f"${latex(neurons[0].tree if neurons else lines[0].tree)}$" if not lines[0].points else "$t$"
    axis.set_title(f"{lines[0].label}: {title}" if len(runs) == 1 or neurons else title, fontsize=10)
    axis.legend(fontsize=6 if len(lines) > 6 else 8, frameon=False)


def _legend(line: _Line, several: bool) -> str:
    if line.neuron:
        return f"neuron {line.neuron}"
    return f"{line.label}: ${latex(line.tree)}$" if several and not line.points else line.label
