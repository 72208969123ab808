"""The dual kernel of an activation without a closed form: the expectation itself, with its exact derivatives.

Values come from certified quadrature (`numerics.quadrature`); nothing is approximated here.
"""

from __future__ import annotations

from theory.activation import Activation
from theory.chart import polar_by_substitution
from theory.derivation import Step
from theory.kernel import DualKernel
from theory.pair_expectation import gaussian_mean, gaussian_pair
from theory.shapes import Smooth, z
from theory.strip import strip_bound
from theory.symbols import c, p, q

__all__ = ["smooth_kernel"]


def smooth_kernel(activation: Activation) -> DualKernel:
    """k = E σ(X) σ(Y) and k(p, p, p) = E σ(X)², as inert functions of Gram variables."""
    shape = activation.shape
    assert isinstance(shape, Smooth)
    sigma = shape.expression
    gram = gaussian_pair(sigma, sigma)(p, q, c)
    diagonal = gaussian_mean(sigma**2)(p)
    strip = strip_bound(sigma, z)
    steps = (
        Step(title="σ(z)", expression=sigma, note="activation"),
        Step(
            title="k(p, q, c)",
            expression=gram,
            note=f"no closed form is known; |σ(x + iy)| ≤ {strip.size} e^({strip.growth}|x|) for |y| ≤ {strip.width}, so "
            "trapezoidal sums enclose it",
        ),
        *(
            Step(title=title, expression=gram.diff(variable), note=note)
            for title, variable, note in (
                ("∂k/∂p", p, "heat equation: ½ E σ″(X) σ(Y)"),
                ("∂k/∂q", q, "heat equation: ½ E σ(X) σ″(Y)"),
                ("∂k/∂c", c, "Price's theorem: E σ′(X) σ′(Y)"),
            )
        ),
        Step(title="k(p, p, p)", expression=diagonal, note="E σ(X)²"),
    )
    return DualKernel(
        activation=activation,
        chart="gram",
        gram=gram,
        polar=polar_by_substitution(gram),
        diagonal=diagonal,
        steps=steps,
    )
