"""Follow the gradient flow of a network, or gradient descent with --descent, with monitored invariants.

A student that reaches 0 where the activation has a kink is an event with its time; it ends the run, or rests
at 0 with --freeze.  Entries to and exits from the phases of the paper, and from conditions of your own, are
events too.
"""

from __future__ import annotations

from functools import partial

from checks.cli.errors import OK, UsageError, value_errors_are_usage
from checks.cli.files import output_path
from checks.cli.flow_figure import check_format, draw
from checks.cli.flow_several import run_several
from checks.cli.flow_start import configure_start, read_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from checks.cli.console import Console
    from numerics.dynamics.rates import Rate
    from numerics.dynamics.trajectory import Trajectory
    from numerics.network import Network


def configure(parser: argparse.ArgumentParser) -> None:
    configure_start(parser)
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
    parser.add_argument("--samples", type=int, metavar="N", help="descend the empirical loss of N Gaussian inputs")
    parser.add_argument("--fresh", action="store_true", help="draw the samples anew for every step")
    parser.add_argument(
        "--quantity", metavar="NAME,…", help="what to record besides the loss, such as Z,H,gradient_norm"
    )
    parser.add_argument(
        "--event", action="append", default=[], metavar="CONDITION", help="locate it, such as 'Z <= 0.01' (repeatable)"
    )
    parser.add_argument("--epsilon", type=_number, metavar="EPS", help="ε of the paper's phases (1/441)")
    parser.add_argument("--freeze", action="store_true", help="students that reach 0 rest there, where they may")
    parser.add_argument(
        "--check", action="store_true", help="integrate again, finer and by another method, and compare"
    )
    parser.add_argument("--backend", metavar="NAME", help="numpy, numba, or auto: Numba where it is installed (auto)")
    parser.add_argument("--out", metavar="FILE.npz", help="save the states, for --resume")
    parser.add_argument("--plot", metavar="FILE", help="draw the loss and the potentials")


def run(arguments: argparse.Namespace, console: Console) -> int:

    start = read_start(arguments)
    targets = {name: output_path(path) for name in ("out", "plot") if (path := getattr(arguments, name))}
    if "plot" in targets:
        check_format(targets["plot"])
    at = None if arguments.at is None else [_number_in(text, "--at") for text in arguments.at.split(",")]
    names = None if arguments.quantity is None else [name.strip() for name in arguments.quantity.split(",")]
    if isinstance(start, list):
        if "plot" in targets:
            raise UsageError("--plot draws one run", remedy="leave it out, or name one start")
        return run_several(partial(_one, arguments, at, names), start, targets.get("out"), arguments.jobs, console)
    with value_errors_are_usage():
        _check_names(names)
        with console.progress("gradient descent" if arguments.descent else "gradient flow", total=100) as progress:
            trajectory = _follow(start, arguments, at, progress.advance)
        data, potentials, rate = _found(trajectory, names)
    if "out" in targets:
        trajectory.save(targets["out"])
        console.say(f"saved {targets['out']}")
    if "plot" in targets:
        draw(trajectory, potentials, rate, targets["plot"])
        console.say(f"saved {targets['plot']}")
    console.emit(data)
    _print(data, str(rate), console)
    return OK


def _one(
    arguments: argparse.Namespace, at: list[float] | None, names: list[str] | None, start: Network
) -> tuple[Trajectory, dict[str, Any]]:
    """One of several runs, in a process of its own."""
    _check_names(names)
    trajectory = _follow(start, arguments, at, None)
    return trajectory, _found(trajectory, names)[0]


def _found(trajectory: Trajectory, names: list[str] | None) -> tuple[dict[str, Any], dict[str, Any], Rate]:
    """What is printed, the potentials and the rate."""
    from numerics.dynamics.potentials import potentials_along
    from numerics.dynamics.rates import Rate

    if trajectory.status == "diverged":
        potentials, rate = {}, Rate(kind="undetermined", reason="the run diverged")
    else:
        potentials, rate = potentials_along(trajectory, names), trajectory.rate()
    derivative = None if trajectory.loss_rate is None else _plain(trajectory.loss_rate[-1])
    data: dict[str, Any] = {
        "status": trajectory.status,
        "message": trajectory.message,
        "t": trajectory.t.tolist(),
        "loss": _plain(trajectory.loss.tolist()),
        "potentials": {name: _plain(values.tolist()) for name, values in potentials.items()},
        "rate": {**rate.plain(), "loss_derivative": derivative},
        "events": [
            {name: value for name, value in vars(event).items() if name != "instance"} for event in trajectory.events
        ],
        "monitors": {name: _plain(value) for name, value in trajectory.monitors.items()},
        "evidence": {name: _plain(value) for name, value in trajectory.error_evidence.items()},
        "dimension": trajectory.dimension,
        "reduced_dimension": trajectory.reduced_dimension,
    }
    return data, potentials, rate


def _follow(
    start: Network | Trajectory,
    arguments: argparse.Namespace,
    at: list[float] | None,
    advance: Callable[..., None] | None,
) -> Trajectory:
    import math

    from numerics.dynamics.flow import gradient_flow
    from numerics.dynamics.phases import EPSILON, phases
    from numerics.dynamics.resume import resume_flow
    from numerics.dynamics.trajectory import Trajectory

    until = arguments.until
    done = 0.0

    def report(t: float) -> None:
        nonlocal done
        # Decades of time take about equally long in a flow, steps in a descent.
        part = t / until if arguments.descent else math.log1p(t) / math.log1p(until)
        if advance is not None:
            advance(100 * part - done, note=f"t = {t:.3g}")
        done = 100 * part

    if arguments.descent:
        return _descend(start, arguments, at, report)
    if arguments.samples is not None or arguments.fresh:
        raise UsageError("--samples and --fresh are for descents", remedy="add --descent ETA")
    network = start.final() if isinstance(start, Trajectory) else start
    epsilon = EPSILON if arguments.epsilon is None else arguments.epsilon
    options: dict[str, Any] = {
        "until": until,
        "at": at,
        "events": {**phases(network, epsilon=epsilon), **{text: text for text in arguments.event}},
        "after_collapse": "freeze" if arguments.freeze else "stop",
        "refine": arguments.check,
        "progress": report,
        "backend": arguments.backend,
    }
    if isinstance(start, Trajectory):
        return resume_flow(start, **options)
    return gradient_flow(start, dimension=arguments.dimension, **options)


def _descend(
    start: Network | Trajectory, arguments: argparse.Namespace, at: list[float] | None, report: Any
) -> Trajectory:
    import numpy as np

    from numerics.dynamics.descent import gradient_descent
    from numerics.dynamics.resume_descent import resume_descent
    from numerics.dynamics.trajectory import Trajectory

    until = arguments.until
    if until != int(until):
        raise UsageError(f"--until {until} of a descent is a number of steps", remedy="give an integer")
    if arguments.event or arguments.freeze or arguments.check:
        raise UsageError("--event, --freeze and --check are for flows", remedy="leave out --descent")
    if arguments.samples is not None and arguments.dimension is not None:
        raise UsageError("samples live in R^D, a drawn start does not", remedy="write the network to a file")
    options: dict[str, Any] = {
        "step": arguments.descent,
        "steps": int(until),
        "record": None if at is None else [int(step) for step in at],
        "samples": arguments.samples,
        "fresh": arguments.fresh,
        "rng": np.random.default_rng(arguments.seed),
        "progress": report,
        "backend": arguments.backend or "auto",
    }
    return resume_descent(start, **options) if isinstance(start, Trajectory) else gradient_descent(start, **options)


def _check_names(names: list[str] | None) -> None:
    from theory.quantity import find_quantity

    for name in names or ():
        if find_quantity(name).vector:
            raise ValueError(f"{name} is a vector; name scalars, such as Z or residual_norm")


def _print(data: dict[str, Any], rate: str, console: Console) -> None:
    console.print(f"{data['status']}: {data['message']}")
    for event in data["events"]:
        console.print(f"event {event['name']} at t = {event['t']:.6g}: {event['message']}")
    names = ["t", "loss", *data["potentials"]]
    columns = [data["t"], data["loss"], *data["potentials"].values()]
    count = len(data["t"])
    shown = sorted({round(place * (count - 1) / 24) for place in range(25)}) if count > 25 else range(count)
    rows = [[_shown(column[place]) for column in columns] for place in shown]
    console.table(names, rows)
    console.print(f"the loss {rate}" if data["rate"]["exponent"] is not None else rate)
    bounds = data["rate"]["bounds"]
    if bounds is not None:
        low, high, since = (f"{bounds[name]:.9g}" for name in ("lower", "upper", "since"))
        text = f"between {low} and {high} at the end, by its derivative at {bounds['steps']} steps since t = {since}"
        console.print(f"the loss lies {text}")
    differences = {name: value for name, value in data["evidence"].items() if "_difference_" in name}
    for name, value in differences.items():
        console.print(f"{name.replace('_', ' ')}: {_shown(value)}")


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
