"""The plot of a flow: loss and potentials on logarithmic axes, with the two-sided bounds on the loss."""

from __future__ import annotations

from checks.cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numerics.dynamics.rates import Rate
    from numerics.dynamics.trajectory import Trajectory


def check_format(path: Path) -> None:
    """Raises UsageError for a suffix that Matplotlib can't write."""
    from matplotlib.backend_bases import FigureCanvasBase

    known = FigureCanvasBase.get_supported_filetypes()
    if path.suffix.lstrip(".") not in known:
        raise UsageError(
            f"unknown format {path.suffix!r}",
            where=str(path),
            remedy=f"use one of {', '.join(sorted(known))}",
        )


def draw(trajectory: Trajectory, potentials: dict[str, Any], rate: Rate, path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    from theory.quantity import find_quantity
    from theory.style import plain

    later = trajectory.t > 0
    figure, axes = pyplot.subplots(figsize=(6.4, 4.2), constrained_layout=True)
    for name, values in {"loss": trajectory.loss, **potentials}.items():
        positive = later & (values > 0)
        if positive.any():
            label = plain(find_quantity(name).latex)  # Matplotlib's own LaTeX knows no norms
            axes.loglog(trajectory.t[positive], values[positive], label=label, linewidth=1.2)
    if rate.bounds is not None:
        # Widened to twice the last time, where the bounds are what the inequality would give if it went on.
        import numpy as np

        times = np.geomspace(rate.bounds.since, 2 * rate.bounds.until, 60)
        lower, upper = rate.bounds.envelope(times)
        positive = lower > 0
        axes.fill_between(times[positive], lower[positive], upper[positive], alpha=0.25, label="bounds on the loss")
    for event in trajectory.events:
        if event.t > 0:
            axes.axvline(event.t, color="0.6", linewidth=0.8, linestyle=":")
            axes.annotate(
                event.name, (event.t, 1.0), xycoords=("data", "axes fraction"), fontsize=6, rotation=90, va="top"
            )
    axes.set_xlabel("$t$")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=150)
    pyplot.close(figure)
