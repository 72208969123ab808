"""Follow the gradient flow of a network, or gradient descent with --descent, with monitored invariants.

A student that reaches 0 where the activation has a kink ends the run: status "collapse", with the time as an
event.
"""

from __future__ import annotations

from checks.cli.errors import OK, UsageError, value_errors_are_usage
from checks.cli.files import output_path
from checks.cli.network_input import read_network_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from checks.cli.console import Console
    from checks.cli.progress import Progress
    from numerics.dynamics.trajectory import Trajectory
    from numerics.network import Network


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("network", metavar="NETWORK.json")
    parser.add_argument(
        "--until",
        required=True,
        type=_number,
        metavar="T",
        help="final time, or number of steps of a descent",
    )
    parser.add_argument("--at", metavar="T1,T2,…", help="recorded times or steps (spread over the decades)")
    parser.add_argument(
        "--descent", type=_number, metavar="ETA", help="gradient descent with that step instead of the flow"
    )
    parser.add_argument(
        "--quantity", metavar="NAME,…", help="what to record besides the loss, such as Z,H,gradient_norm"
    )
    parser.add_argument("--out", metavar="FILE.npz", help="save the states")
    parser.add_argument("--plot", metavar="FILE", help="draw the loss and the potentials")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from numerics.dynamics.potentials import decay_exponent, potentials_along

    network = read_network_file(arguments.network)
    targets = {name: output_path(path) for name in ("out", "plot") if (path := getattr(arguments, name))}
    if "plot" in targets:
        _check_format(targets["plot"])
    at = None if arguments.at is None else [_number_in(text, "--at") for text in arguments.at.split(",")]
    names = None if arguments.quantity is None else [name.strip() for name in arguments.quantity.split(",")]
    with value_errors_are_usage():
        _check_names(names)
        with console.progress("gradient flow", total=100) as progress:
            trajectory = _follow(network, arguments, at, progress)
        potentials = potentials_along(trajectory, names)
    loss = trajectory.loss
    final = _plain(potentials.get("gradient_norm", [None])[-1])
    rate = {
        "exponent": _plain(decay_exponent(trajectory.t, loss)),
        "loss_derivative": None if final is None or arguments.descent else -(final**2),
    }
    data: dict[str, Any] = {
        "status": trajectory.status,
        "message": trajectory.message,
        "t": trajectory.t.tolist(),
        "loss": _plain(loss.tolist()),
        "potentials": {name: _plain(values.tolist()) for name, values in potentials.items()},
        "rate": rate,
        "events": [vars(event) for event in trajectory.events],
        "monitors": {name: _plain(value) for name, value in trajectory.monitors.items()},
        "evidence": {name: _plain(value) for name, value in trajectory.error_evidence.items()},
    }
    if "out" in targets:
        trajectory.save(targets["out"])
        console.say(f"saved {targets['out']}")
    if "plot" in targets:
        _draw(trajectory, potentials, targets["plot"])
        console.say(f"saved {targets['plot']}")
    console.emit(data)
    _print(data, console)
    return OK


def _follow(network: Network, arguments: argparse.Namespace, at: list[float] | None, progress: Progress) -> Trajectory:
    import math

    from numerics.dynamics.descent import gradient_descent
    from numerics.dynamics.flow import gradient_flow

    until = arguments.until
    done = 0.0

    def report(t: float) -> None:
        nonlocal done
        # Decades of time take about equally long in a flow, steps in a descent.
        part = t / until if arguments.descent else math.log1p(t) / math.log1p(until)
        progress.advance(100 * part - done, note=f"t = {t:.3g}")
        done = 100 * part

    if not arguments.descent:
        return gradient_flow(network, until=until, at=at, progress=report)
    if until != int(until):
        raise UsageError(f"--until {until} of a descent is a number of steps", remedy="give an integer")
    record = None if at is None else [int(step) for step in at]
    return gradient_descent(network, step=arguments.descent, steps=int(until), record=record, progress=report)


def _check_names(names: list[str] | None) -> None:
    from theory.quantity import find_quantity

    for name in names or ():
        if find_quantity(name).vector:
            raise ValueError(f"{name} is a vector; name scalars, such as Z or residual_norm")


def _check_format(path: Path) -> None:
    from matplotlib.backend_bases import FigureCanvasBase

    known = FigureCanvasBase.get_supported_filetypes()
    if path.suffix.lstrip(".") not in known:
        raise UsageError(
            f"unknown format {path.suffix!r}",
            where=str(path),
            remedy=f"use one of {', '.join(sorted(known))}",
        )


def _draw(trajectory: Trajectory, potentials: dict[str, Any], path: Path) -> None:
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
    axes.set_xlabel("$t$")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=150)
    pyplot.close(figure)


def _print(data: dict[str, Any], console: Console) -> None:
    console.print(f"{data['status']}: {data['message']}")
    for event in data["events"]:
        console.print(f"event {event['name']} at t = {event['t']:.6g}: {event['message']}")
    names = ["t", "loss", *data["potentials"]]
    columns = [data["t"], data["loss"], *data["potentials"].values()]
    count = len(data["t"])
    shown = sorted({round(place * (count - 1) / 24) for place in range(25)}) if count > 25 else range(count)
    rows = [[_shown(column[place]) for column in columns] for place in shown]
    console.table(names, rows)
    exponent = data["rate"]["exponent"]
    if exponent is not None:
        console.print(f"loss falls like t^{exponent:.4f} over the last decade")


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.6g}"


def _plain(value: Any) -> Any:
    """NaN and infinities as None, which JSON can say."""
    import math

    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _number(text: str) -> float:
    import argparse

    try:
        return _number_in(text, "")
    except UsageError as error:
        raise argparse.ArgumentTypeError(error.what.removeprefix(": ")) from error


def _number_in(text: str, option: str) -> float:
    import math

    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{option}: {text.strip()!r} is not a finite number", remedy="write for example 1e9")
    return value
