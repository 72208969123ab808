"""The shapes of activations: the kinds of σ whose dual kernels are derived.

    polynomial               σ(z) = Σ_j a_j z^j,
    positively homogeneous   σ(z) = α z₊^k + β (−z)₊^k,
    error function           σ(z) = a + b erf(√s z),
    exponential              a finite sum of terms P(z) e^{λz}, such as cos z, sin z and e^z,
    smooth                   an expression in z that is analytic on a strip around the real line.

Each shape knows its definition as a tree in z, its parity, its degree of homogeneity and where it fails to be smooth.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import factorial

from sympy import Add, Expr, Integer, Pow, Rational, Symbol, erf, sqrt

from theory.exponential_terms import Term, exponential_terms
from theory.heads import inert, magnitude, positive_part
from theory.strip import strip_bound

__all__ = ["ErrorFunction", "Exponentials", "Homogeneous", "Polynomial", "Shape", "Smooth", "exact_rational", "z"]

z = Symbol("z", real=True)

_ZERO, _ONE = Integer(0), Integer(1)


class Shape(ABC):
    """What every shape tells; a shape without homogeneity, parity or kinks inherits the defaults."""

    @property
    @abstractmethod
    def definition(self) -> Expr:
        """σ(z) as a tree in z, in the inert heads |·| and (·)₊ where it has kinks."""

    @property
    def homogeneity(self) -> int | None:
        """k with σ(tz) = t^k σ(z) for t > 0; None if there is none."""
        return None

    @property
    def smooth(self) -> bool:
        """Whether σ is infinitely differentiable."""
        return True

    @property
    def kinked(self) -> bool:
        """Whether σ is continuous and σ′ jumps at 0."""
        return False

    @property
    def discontinuous(self) -> bool:
        """Whether σ itself jumps at 0."""
        return False

    def has_parity(self, sign: int) -> bool:
        """Whether σ(−z) = sign · σ(z) is seen by the form of σ; False where it is not seen."""
        mirrored = self.definition.xreplace({z: -z})
        return bool((mirrored - sign * self.definition).expand() == 0)


@dataclass(frozen=True, kw_only=True)
class Polynomial(Shape):
    """σ(z) = Σ_j a_j z^j with rational a_0, a_1, … in ascending order and a non-zero last coefficient."""

    coefficients: tuple[Rational, ...]

    def __post_init__(self) -> None:
        exact = tuple(exact_rational(value, "coefficients") for value in self.coefficients)
        if not exact or exact[-1] == 0:
            raise ValueError(f"coefficients {self.coefficients} must end in a non-zero number; drop trailing zeros")
        object.__setattr__(self, "coefficients", exact)

    @property
    def order(self) -> int:
        """Degree of the polynomial."""
        return len(self.coefficients) - 1

    def derivative(self, times: int = 1) -> Polynomial | None:
        """σ^{(times)}, or None where it vanishes identically."""
        falling = [
            value * factorial(power) / factorial(power - times)
            for power, value in enumerate(self.coefficients)
            if power >= times
        ]
        return Polynomial(coefficients=tuple(falling)) if falling else None

    @property
    def definition(self) -> Expr:
        return Add(*(value * z**power for power, value in enumerate(self.coefficients)))

    @property
    def homogeneity(self) -> int | None:
        nonzero = [power for power, value in enumerate(self.coefficients) if value != 0]
        return nonzero[0] if len(nonzero) == 1 else None

    def has_parity(self, sign: int) -> bool:
        wrong = 1 if sign == 1 else 0
        return all(value == 0 for value in self.coefficients[wrong::2])


@dataclass(frozen=True, kw_only=True)
class Homogeneous(Shape):
    """σ(z) = α z₊^k + β (−z)₊^k with k = ``degree`` ≥ 0, α = ``right`` and β = ``left`` rational, not both
    zero.

    For k = 0 the pieces are the indicators of z > 0 and z < 0.
    """

    degree: int
    right: Rational
    left: Rational

    def __post_init__(self) -> None:
        if type(self.degree) is not int or self.degree < 0:
            raise ValueError(f"degree {self.degree!r} must be a non-negative integer")
        for name in ("right", "left"):
            value = getattr(self, name)
            if not (isinstance(value, Expr) and value.free_symbols):
                value = exact_rational(value, name)
            object.__setattr__(self, name, value)
        if self.right == 0 and self.left == 0:
            raise ValueError("right = left = 0 is the zero activation; give at least one non-zero side")

    @property
    def jump(self) -> Rational:
        """Jump of σ^{(k)} at 0, k! (α − (−1)^k β); zero exactly when σ is a monomial."""
        return factorial(self.degree) * (self.right - (-1) ** self.degree * self.left)

    def derivative(self) -> Homogeneous | None:
        """σ′ away from 0, for k ≥ 1; the jump of σ′ itself is not a function and is not represented.

        Raises ValueError at k = 0.
        """
        if self.degree == 0:
            raise ValueError("the derivative of a step is a point mass, not a function; use `jump`")
        return Homogeneous(degree=self.degree - 1, right=self.degree * self.right, left=-self.degree * self.left)

    @property
    def definition(self) -> Expr:
        if self.degree == 0:
            # z/|z| is the sign off the jump, and undefined at it.
            half = Rational(1, 2)
            return half * (self.right + self.left) + half * (self.right - self.left) * z / magnitude(z)
        if self.jump == 0:
            return self.right * z**self.degree
        if self.left == self.right:
            return self.right * Pow(magnitude(z), self.degree)
        return self.right * Pow(positive_part(z), self.degree) + self.left * Pow(positive_part(-z), self.degree)

    @property
    def homogeneity(self) -> int | None:
        return self.degree

    @property
    def smooth(self) -> bool:
        return bool(self.jump == 0)

    @property
    def kinked(self) -> bool:
        return self.degree == 1 and self.jump != 0

    @property
    def discontinuous(self) -> bool:
        return self.degree == 0 and self.jump != 0

    def has_parity(self, sign: int) -> bool:
        return bool(self.left == sign * self.right)


@dataclass(frozen=True, kw_only=True)
class ErrorFunction(Shape):
    """σ(z) = ``offset`` + ``amplitude`` · erf(√``square`` z), all rational, ``amplitude`` ≠ 0 and ``square`` > 0.

    erf z has square 1; 2Φ(z) − 1 has square ½.
    """

    square: Rational
    amplitude: Rational = _ONE
    offset: Rational = _ZERO

    def __post_init__(self) -> None:
        for name in ("square", "amplitude", "offset"):
            object.__setattr__(self, name, exact_rational(getattr(self, name), name))
        if not int(self.square.p) > 0:
            raise ValueError(f"square {self.square} must be positive: σ(z) = offset + amplitude · erf(√square z)")
        if self.amplitude == 0:
            raise ValueError("amplitude = 0 is a constant activation; give a non-zero amplitude")

    @property
    def definition(self) -> Expr:
        return self.offset + self.amplitude * erf(sqrt(self.square) * z)

    def has_parity(self, sign: int) -> bool:
        return sign == -1 and self.offset == 0


@dataclass(frozen=True, kw_only=True)
class Exponentials(Shape):
    """σ(z) = Σ_j P_j(z) e^{λ_j z}, real, with P_j over Q(i) and λ_j in Q(i); written as the user or the paper does.

    Raises ValueError if the expression is not of that form.
    """

    expression: Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", inert(self.expression))
        exponential_terms(self.expression, z)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The pairs (P_j, λ_j)."""
        return exponential_terms(self.expression, z)

    @property
    def definition(self) -> Expr:
        return self.expression


@dataclass(frozen=True, kw_only=True)
class Smooth(Shape):
    """σ(z) given by an expression that is analytic and of at most exponential growth on a strip |Im z| ≤ A.

    Its kernel is the expectation itself, enclosed by certified quadrature.  Raises ValueError naming the part of the
    expression for which `theory.strip` finds no such strip.
    """

    expression: Expr

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", inert(self.expression))
        strip_bound(self.expression, z)

    @property
    def definition(self) -> Expr:
        return self.expression


def exact_rational(value: object, argument: str) -> Rational:
    """The number as a SymPy rational; ValueError naming the argument for anything else, floats included."""
    if isinstance(value, bool) or not isinstance(value, int | Rational):
        raise ValueError(f"{argument}: {value!r} is not an exact rational; write an int or sympy.Rational(1, 10)")
    return value if isinstance(value, Rational) else Integer(value)
