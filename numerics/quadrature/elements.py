"""Gaussian expectations on the elements of balls: exact rationals where they are, so that pq − c² does not cancel."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from flint import arb, ctx, fmpq

from numerics import ball
from numerics.quadrature.trapezoid import mean_enclosure, pair_enclosure
from theory.pair_expectation import GaussianMean, GaussianPair, gaussian_mean

__all__ = ["expectation_in_balls", "mean_of_pair"]


@cache
def expectation_in_balls(head: type) -> Callable[..., Any] | None:
    """The enclosure of a Gaussian expectation from ``fmpq`` or ``arb`` Gram variables; None for any other head."""
    if issubclass(head, GaussianMean):
        return lambda p: mean_enclosure(head, ball.ball(p))
    if not issubclass(head, GaussianPair):
        return None

    symmetric = head.first == head.second
    hashable: Any = head

    def pair(p: Any, q: Any, c: Any) -> Any:
        if isinstance(p, fmpq) and isinstance(q, fmpq) and isinstance(c, fmpq):
            return _at_rationals(hashable, *((q, p, c) if symmetric and q < p else (p, q, c)), ctx.prec)
        return pair_enclosure(head, *map(ball.ball, (p, q, c, p * q - c * c)))

    return pair


@lru_cache(maxsize=4096)
def _at_rationals(head: Any, p: fmpq, q: fmpq, c: fmpq, bits: int) -> arb:
    """The enclosure at exact Gram variables and ``bits`` bits, the precision in force; rows come back in many networks."""
    return pair_enclosure(head, arb(p), arb(q), arb(c), arb(p * q - c * c))


def mean_of_pair(head: type[GaussianPair]) -> type[GaussianMean]:
    """E f(X) g(X), what the pair is where X = Y."""
    return gaussian_mean(head.first * head.second)
