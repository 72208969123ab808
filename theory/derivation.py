"""The steps of a kernel's derivation, kept for display in the order in which a paper would print them."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Add, Expr, Integral, Pow, Symbol, exp, oo, pi

from theory.activation import Activation, Homogeneous
from theory.chart import differentiate
from theory.gaussian import PolarExpectation, phi
from theory.heads import expectation as expected
from theory.symbols import rho1, rho2

__all__ = ["Step", "homogeneous_steps", "polynomial_steps"]

_CHAIN_RULES = {
    "p": "∂_p = (2ρ₁)⁻¹ ∂_ρ₁ + cos θ (2ρ₁² sin θ)⁻¹ ∂_θ",
    "q": "∂_q = (2ρ₂)⁻¹ ∂_ρ₂ + cos θ (2ρ₂² sin θ)⁻¹ ∂_θ",
    "c": "∂_c = −(ρ₁ρ₂ sin θ)⁻¹ ∂_θ",
}
_WORDS = ("p", "q", "c", "pp", "pq", "pc", "qq", "qc", "cc")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One displayed formula of a derivation: what it is, the formula, and why it follows."""

    title: str
    expression: Expr
    note: str = ""


def polynomial_steps(activation: Activation, product: Expr, gram: Expr, diagonal: Expr) -> tuple[Step, ...]:
    """Definition, product of two neurons, pairings, partials."""
    return (
        Step(title="σ(z)", expression=activation.definition, note="activation"),
        Step(
            title="k(p, q, c)",
            expression=expected(product),
            note="z₁ = u·x and z₂ = u′·x are jointly Gaussian with variances p, q and covariance c",
        ),
        Step(title="k(p, q, c)", expression=gram, note="Wick pairings: E z₁² = p, E z₂² = q, E z₁z₂ = c"),
        *_partials(gram, "gram"),
        Step(title="k(p, p, p)", expression=diagonal, note="from E z₁^{2j} = (2j − 1)!! p^j"),
    )


def homogeneous_steps(
    activation: Activation, shape: Homogeneous, integral: PolarExpectation, gram: Expr, diagonal: Expr
) -> tuple[Step, ...]:
    """Definition, polar coordinates, radial factor, one step per arc, sum, Gram form, partials, diagonal."""
    r = Symbol("r", positive=True)
    scale = rho1**shape.degree * rho2**shape.degree / (2 * pi)
    radial = Integral(r ** (2 * shape.degree + 1) * exp(-Pow(r, 2) / 2), (r, 0, oo))
    arcs = Add(*(Integral(arc.integrand, (phi, arc.start, arc.stop)) for arc in integral.arcs))
    return (
        Step(title="σ(z)", expression=activation.definition, note="activation"),
        Step(
            title="k(ρ₁, ρ₂, θ)",
            expression=scale * radial * arcs,
            note="polar coordinates in the plane of u and u′, u·x = ρ₁ r cos φ and u′·x = ρ₂ r cos(φ − θ), "
            "cut where either changes sign",
        ),
        Step(title="radial factor", expression=integral.radial, note="2^k Γ(k + 1)"),
        *(
            Step(
                title=f"arc from {_written(arc.start)} to {_written(arc.stop)}",
                expression=arc.value,
                note=f"antiderivative {arc.antiderivative}, checked by differentiating it back",
            )
            for arc in integral.arcs
        ),
        Step(title="k(ρ₁, ρ₂, θ)", expression=integral.value, note="sum of the arcs"),
        Step(title="k(p, q, c)", expression=gram, note="ρ₁ = √p, ρ₂ = √q, cos θ = c/√(pq)"),
        *_partials(integral.value, "polar"),
        Step(title="k(p, p, p)", expression=diagonal, note="from the one-dimensional moment E z^{2k}"),
    )


def _partials(expression: Expr, chart: str) -> tuple[Step, ...]:
    """First and second partials in Gram variables; the polar chart states the chain rule that it uses."""
    rules = dict.fromkeys("pqc", "") if chart == "gram" else _CHAIN_RULES
    steps = []
    known = {"": expression}
    for word in _WORDS:
        known[word] = differentiate(known[word[:-1]], chart, word[-1])
        below = "".join(f"∂{letter}" for letter in word)
        title = f"∂k/{below}" if len(word) == 1 else f"∂²k/{below}"
        steps.append(Step(title=title, expression=known[word], note=rules[word] if len(word) == 1 else ""))
    return tuple(steps)


def _written(bound: Expr) -> str:
    return str(bound).replace("theta", "θ").replace("pi", "π")
