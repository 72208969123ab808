"""Several flows or descents at once, over processes, and the table of how they ended."""

from __future__ import annotations

from checks.cli.errors import OK, value_errors_are_usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from checks.cli.console import Console
    from numerics.dynamics.trajectory import Trajectory
    from numerics.network import Network

    Work = Callable[[Network], tuple[Trajectory, dict[str, Any]]]


def run_several(work: Work, starts: Sequence[Network], out: Path | None, jobs: int, console: Console) -> int:
    """Run ``work`` on every start in ``jobs`` processes; run k is saved as OUT-k.npz, and printed as one row."""
    runs: list[dict[str, Any]] = []
    with value_errors_are_usage(), console.progress("runs", total=len(starts)) as progress:
        for trajectory, data in _results(work, starts, jobs):
            if out is not None:
                target = out.with_name(f"{out.stem}-{len(runs)}{out.suffix}")
                trajectory.save(target)
                data = {**data, "file": str(target)}
            runs.append(data)
            progress.advance(1, note=data["status"])
    if out is not None:
        console.say(f"saved {runs[0]['file']} … {runs[-1]['file']}")
    console.emit({"runs": runs})
    rows = [
        [str(place), run["status"], f"{run['t'][-1]:.6g}", _shown(run["loss"][-1]), _shown(run["rate"]["exponent"])]
        for place, run in enumerate(runs)
    ]
    console.table(["run", "status", "t", "loss", "exponent"], rows)
    return OK


def _results(work: Work, starts: Sequence[Network], jobs: int) -> Any:
    """In the order of the starts."""
    if jobs == 1 or len(starts) == 1:
        return map(work, starts)
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="loky", inner_max_num_threads=1):
        return Parallel(n_jobs=jobs, return_as="generator")(delayed(work)(start) for start in starts)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.6g}"
