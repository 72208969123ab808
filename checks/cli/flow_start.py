"""What a flow starts from: a network file, a Gaussian start drawn in reduced form, or a saved run."""

from __future__ import annotations

from checks.cli.errors import UsageError, value_errors_are_usage
from checks.cli.network_input import read_network_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from numerics.dynamics.trajectory import Trajectory
    from numerics.network import Network


def configure_start(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("network", nargs="?", metavar="NETWORK.json", help="or a model such as xu23a with --dimension")
    parser.add_argument("--resume", metavar="FILE.npz", help="go on from where a saved flow ended")
    parser.add_argument("--dimension", type=int, metavar="D", help="draw the students from N(0, σ² I) in R^D, any D")
    parser.add_argument("--students", type=int, default=2, metavar="N", help="how many of them (2)")
    parser.add_argument(
        "--sigma", type=float, default=1e-2, metavar="S", help="their σ, the teacher having norm 1 (0.01)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of what is drawn (0)")


def read_start(arguments: argparse.Namespace) -> Network | Trajectory:
    """The network or the saved run that the arguments name. Raises UsageError."""
    if arguments.resume is not None:
        if arguments.network is not None or arguments.dimension is not None or arguments.descent is not None:
            raise UsageError(
                "--resume goes on from a saved flow", remedy="leave out the network, --dimension and --descent"
            )
        from numerics.dynamics.trajectory import Trajectory

        with value_errors_are_usage():
            return Trajectory.load(arguments.resume)
    if arguments.network is None:
        raise UsageError("no network is named", remedy="name a NETWORK.json, or a saved run with --resume")
    return read_network_file(arguments.network) if arguments.dimension is None else _drawn(arguments)


def _drawn(arguments: argparse.Namespace) -> Network:
    import numpy as np

    from numerics.dynamics.reduce import gaussian_start
    from numerics.network import Network

    with value_errors_are_usage():
        start = gaussian_start(
            n=arguments.students,
            d=arguments.dimension,
            sigma=arguments.sigma,
            teachers=np.eye(1),
            rng=np.random.default_rng(arguments.seed),
        )
        return Network(model=arguments.network, students=start.students, teachers=start.teachers)
