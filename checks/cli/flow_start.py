"""What a flow starts from: a network file or several, a Gaussian start drawn in reduced form, or a saved run."""

from __future__ import annotations

from checks.cli.errors import UsageError, value_errors_are_usage
from checks.cli.network_input import read_network_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from numerics.dynamics.trajectory import Trajectory
    from numerics.network import Network


def configure_start(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "network", nargs="?", metavar="NETWORK.json", help="or a list of them, or a model with --dimension"
    )
    parser.add_argument("--resume", metavar="FILE.npz", help="go on from where a saved run ended")
    parser.add_argument("--dimension", type=int, metavar="D", help="draw the students from N(0, σ² I) in R^D, any D")
    parser.add_argument("--students", type=int, default=2, metavar="N", help="how many of them (2)")
    parser.add_argument(
        "--sigma", type=float, default=1e-2, metavar="S", help="their σ, the teacher having norm 1 (0.01)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of what is drawn (0)")
    parser.add_argument("--seeds", type=int, metavar="K", help="K drawn starts, of the seeds N to N + K - 1")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes for several starts, -1: all cores")


def read_start(arguments: argparse.Namespace) -> Network | Trajectory | list[Network]:
    """The network, the saved run or the networks that the arguments name. Raises UsageError."""
    if arguments.seeds is not None and (arguments.dimension is None or arguments.seeds < 1):
        raise UsageError(
            f"--seeds {arguments.seeds}: drawn starts need --dimension, and at least one",
            remedy="write for example xu23a --dimension 100 --seeds 20",
        )
    if arguments.jobs == 0 or arguments.jobs < -1:
        raise UsageError(f"--jobs {arguments.jobs} is no number of processes", remedy="give 1 or more, or -1 for all")
    if arguments.resume is not None:
        if arguments.network is not None or arguments.dimension is not None:
            raise UsageError("--resume goes on from a saved run", remedy="leave out the network and --dimension")
        from numerics.dynamics.trajectory import Trajectory

        with value_errors_are_usage():
            return _kind_fits(Trajectory.load(arguments.resume), descent=arguments.descent is not None)
    if arguments.network is None:
        raise UsageError("no network is named", remedy="name a NETWORK.json, or a saved run with --resume")
    if arguments.dimension is None:
        return read_network_files(arguments.network)
    if arguments.seeds is None:
        return _drawn(arguments, arguments.seed)
    return [_drawn(arguments, arguments.seed + place) for place in range(arguments.seeds)]


def _kind_fits(run: Trajectory, *, descent: bool) -> Trajectory:
    if (run.kind == "descent") != descent:
        remedy = "add --descent ETA" if run.kind == "descent" else "leave out --descent"
        raise UsageError(f"the saved run is a {run.kind}", remedy=remedy)
    return run


def _drawn(arguments: argparse.Namespace, seed: int) -> Network:
    import numpy as np

    from numerics.dynamics.reduce import gaussian_start
    from numerics.network import Network

    with value_errors_are_usage():
        start = gaussian_start(
            n=arguments.students,
            d=arguments.dimension,
            sigma=arguments.sigma,
            teachers=np.eye(1),
            rng=np.random.default_rng(seed),
        )
        return Network(model=arguments.network, students=start.students, teachers=start.teachers)
