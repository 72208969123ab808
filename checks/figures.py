"""Figures of experiments: the curves that the claim names, median over seeds, one panel per quantity and a line per run."""

from __future__ import annotations

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

__all__ = ["draw_figure"]


def draw_figure(claim: Claim, context: Context, path: str | Path) -> dict[str, Any]:
    """Run the experiment of a claim, assert its features, and save the figure in the format that the suffix of ``path`` names.

    Returns {id, features, file}.  Raises ValueError for a claim without an experiment or curves, or a suffix that
    matplotlib does not know.
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
    walk = walk_over(given, experiment_frame(claim, given, context), Floating(), claim)
    known = pyplot.figure().canvas.get_supported_filetypes()
    pyplot.close("all")
    if target.suffix.lstrip(".") not in known:
        raise ValueError(f"{target.name}: unknown format {target.suffix!r}; use one of {', '.join(sorted(known))}")
    figure, panels = pyplot.subplots(
        1, len(given.curves), figsize=(4.2 * len(given.curves), 3.4), squeeze=False, constrained_layout=True
    )
    for panel, curve in zip(panels[0], given.curves, strict=True):
        for label in given.runs:
            clock, middle = _median(walk.of_run(label), curve)
            panel.plot(clock, middle, label=label, linewidth=1.2)
        panel.set_xlabel("$t$")
        panel.set_title(f"${latex(curve)}$", fontsize=10)
        if curve in given.logarithmic:
            panel.set_yscale("log")
        panel.legend(fontsize=8, frameon=False)
    figure.suptitle(claim.title, fontsize=10)
    figure.savefig(target, dpi=150)
    pyplot.close(figure)
    return {"id": claim.id, "features": features(claim, walk), "file": str(target)}


def _median(run: Walk, curve: Expr) -> tuple[Any, Any]:
    """(recorded times, median over seeds) of a scalar quantity; the largest over neurons where it has an index."""
    value = run(curve)
    times = run.frame.times
    data = np.asarray(value.data).reshape(-1, times, *value.data.shape[1:])
    if data.ndim > 2:
        data = data.reshape(*data.shape[:2], -1).max(axis=2)
    return run.frame.entries["t"].data[:times], np.median(data, axis=0)
