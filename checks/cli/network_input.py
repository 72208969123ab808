"""Networks and directions that the user names as files."""

from __future__ import annotations

from checks.cli.errors import UsageError, value_errors_are_usage
from checks.cli.files import read_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

    from numerics.network import Network


def read_network_file(path: str) -> Network:
    """The network of a file, its weights exact. Raises UsageError."""
    from numerics.network import Network

    # The file is opened here, for its errors to read like those of every other file; its content is read by
    # numerics.
    data = read_json(path, "network file")
    if not isinstance(data, dict):
        raise UsageError("holds no JSON object", where=path, remedy='write {"model": …, "students": …, "teachers": …}')
    with value_errors_are_usage(where=path):
        return Network.from_json(path)


def read_network_files(path: str) -> Network | list[Network]:
    """The network of a file, or the networks of a JSON list of such objects. Raises UsageError."""
    from numerics.network import Network

    data = read_json(path, "network file")
    if not isinstance(data, list):
        return read_network_file(path)
    if not data or not all(isinstance(entry, dict) for entry in data):
        raise UsageError("is no list of JSON objects", where=path, remedy='write [{"model": …, "students": …}, …]')
    networks = []
    for place, entry in enumerate(data):
        with value_errors_are_usage(where=f"{path}[{place}]"):
            networks.append(Network.from_json(entry))
    return networks


def read_rows(path: str, name: str) -> list[list[Fraction]]:
    """Rows of exact numbers: a JSON array of arrays, or an object with the key `name`. Raises UsageError."""
    from numerics.network_file import exact_number

    data = read_json(path, f"{name} file")
    if isinstance(data, dict):
        if name not in data:
            raise UsageError(
                f"has no key {name!r}", where=path, remedy=f'write {{"{name}": [[…], …]}} or the rows alone'
            )
        data = data[name]
    if not isinstance(data, list) or not data or not all(isinstance(row, list) and row for row in data):
        raise UsageError(f"{name} is no list of rows", where=path, remedy="give one row of numbers per student")
    if len({len(row) for row in data}) > 1:
        raise UsageError(f"the rows of {name} have different lengths", where=path, remedy="make them equal")
    with value_errors_are_usage(where=path):
        return [[exact_number(f"{name}[{i}][{j}]", entry) for j, entry in enumerate(row)] for i, row in enumerate(data)]
