"""The argument parser: argparse with our wording, no abbreviations and the nearest known option suggested."""

from __future__ import annotations

import argparse
from typing import NoReturn

from checks.cli.errors import UsageError, did_you_mean


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` where argparse would print its usage and leave."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, remedy=f"see {self.prog} --help")

    def read(self, words: list[str]) -> argparse.Namespace:
        """Parse, allowing options and positional arguments in any order. Raises UsageError."""
        arguments, unknown = self.parse_known_intermixed_args(words)
        for word in unknown:
            if word.startswith("-") and word != "-":
                option = word.split("=", 1)[0]
                remedy = did_you_mean(option, self._option_string_actions, f"see {self.prog} --help")
                raise UsageError(f"{self.prog} has no option {option}", remedy=remedy)
        if unknown:
            raise UsageError(f"{self.prog} does not take the argument {unknown[0]!r}", remedy=f"see {self.prog} --help")
        return arguments
