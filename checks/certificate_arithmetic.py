"""The arithmetic of the certificate checker: balls, Taylor series, and a ring in which zeros are recognised.

Stand-alone: the standard library and python-flint.  Straight-line `Code` of an expression is run over balls (enclosures; NaN
where undefined), over ring elements (exact), or over truncated series of either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Any

from flint import arb, fmpq

__all__ = ["Code", "Poly", "Rejected", "Series", "ball", "bernstein", "demand", "in_ring", "on_balls", "run", "sign"]

MAX_DEGREE = 64
MAX_TERMS = 4000

Box = dict[str, tuple[fmpq, fmpq]]


class Rejected(Exception):
    """The certificate does not prove its statement."""


def demand(condition: bool, reason: str) -> None:
    if not condition:
        raise Rejected(reason)


# evaluation in any arithmetic -----------------------------------------------------------------------------------------


class Code:
    """Straight-line code of a tree, equal parts once."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.steps: list[tuple[str, list[int], Any]] = []
        self.polynomial: list[bool] = []
        self._known: dict[Any, int] = {}
        self._place(tree)

    def _place(self, tree: Any) -> int:
        head, parts = tree[0], [part for part in tree[1:] if isinstance(part, tuple)]
        key = (head, *map(self._place, parts), *(part for part in tree[1:] if not isinstance(part, tuple)))
        if key not in self._known:
            self._known[key] = len(self.steps)
            self.steps.append((head, list(key[1 : 1 + len(parts)]), tree[-1] if head in ("rat", "var", "pow") else None))
            kind = head in ("rat", "var", "add", "mul") or (
                head == "pow" and tree[2].denominator == 1 and 0 <= tree[2] <= MAX_DEGREE
            )
            self.polynomial.append(kind and all(self.polynomial[part] for part in key[1 : 1 + len(parts)]))
        return self._known[key]


def run(code: Code, point: dict[str, Any], base: Callable[..., Any], box: Any = None, upto: int | None = None) -> list[Any]:
    """The values of all parts. With ``box``: a base that is provably ≥ 0 on it may be cut at 0 before a root is taken."""
    memory: list[Any] = []
    for head, parts, extra in code.steps[:upto]:
        inner = [memory[part] for part in parts]
        if head in ("add", "mul"):
            value = inner[0]
            for other in inner[1:]:
                value = value + other if head == "add" else value * other
        elif head in ("rat", "var"):
            value = extra if head == "rat" else point[extra]
        elif head == "pow":
            value = apply(base, "pow", inner[0], extra)
            if box and extra > 0 and extra.denominator > 1 and not value.is_finite() and sign(code, parts[0], memory, box) > 0:
                value = ball(0).union(ball_power(ball(inner[0]).upper(), extra))  # increasing on the base's range
        else:
            value = apply(base, head, *inner)
        memory.append(value)
    return memory


def ball(value: Any) -> arb:
    return value if isinstance(value, arb) else arb(value)


def repeated(x: Any, exponent: int) -> Any:
    result = x
    for _ in range(exponent - 1):
        result = result * x
    return result


def ball_power(x: Any, exponent: Fraction) -> Any:
    if exponent < 0:
        return ball(1) / ball(ball_power(x, -exponent))
    if exponent == 0:
        return ball(x) * 0 + 1
    if isinstance(x, fmpq) and exponent.denominator == 1:
        return repeated(x, exponent.numerator)
    x = ball(x)
    if exponent.denominator == 1:
        low, high = x.lower(), x.upper()
        ends = repeated(low, exponent.numerator).union(repeated(high, exponent.numerator))
        return ends if exponent.numerator % 2 or not x.contains(0) else ball(0).union(ends)
    if not x >= 0:
        return arb.nan()
    low, high = (repeated(end.root(exponent.denominator), exponent.numerator) for end in (x.lower(), x.upper()))
    return low.union(high)


def on_balls(name: str, *arguments: Any) -> Any:
    if name == "pow":
        return ball_power(*arguments)
    if name in ("pi", "euler"):
        return arb.pi() if name == "pi" else arb.const_euler()
    inner = [ball(argument) for argument in arguments]
    if name == "atan2":
        y, x = inner
        return arb.nan() if x.contains(0) and y.contains(0) else arb.atan2(y, x)
    if name == "sign":
        return 1 if inner[0] > 0 else -1 if inner[0] < 0 else arb.nan()
    if name == "off cut":
        return 1 if inner[1] > 0 or inner[0] > 0 or inner[0] < 0 else arb.nan()
    return {"abs": abs, "max": arb.max}[name](*inner) if name in ("abs", "max") else getattr(inner[0], name)()


def sign(code: Code, index: int, memory: Sequence[Any], box: Box) -> int:
    """+1 (−1) if the part is certainly ≥ 0 (≤ 0) on the box, by its ball, its structure or its Bernstein form."""
    value = ball(memory[index])
    head, parts, extra = code.steps[index]
    if not value.is_finite():
        return 0
    if value >= 0 or value <= 0:
        return 1 if value >= 0 else -1
    if head in ("exp", "cosh", "abs") or (head == "pow" and (extra.denominator > 1 or extra.numerator % 2 == 0)):
        return 1
    if head in ("atan", "asin", "sinh", "tanh", "erf", "pow"):
        return sign(code, parts[0], memory, box)
    signs = [sign(code, part, memory, box) for part in parts] if head in ("add", "mul", "max") else [0]
    if head == "mul" and 0 not in signs:
        return prod(signs)
    if head in ("add", "max") and (set(signs) in ({1}, {-1}) or (head == "max" and 1 in signs)):
        return max(signs)
    if code.polynomial[index]:
        values = bernstein(code, index, box)
        return 1 if min(values) >= 0 else -1 if max(values) <= 0 else 0
    return 0


def bernstein(code: Code, index: int, box: Box) -> list[fmpq]:
    """The Bernstein coefficients of a polynomial part on the box, exactly."""
    values = {name: Poly.atom(f"variable {name}") * (hi - lo) + lo for name, (lo, hi) in box.items()}
    names = [f"variable {name}" for name in box]
    poly = Poly.of(run(code, values, in_ring, upto=index + 1)[-1])
    shape = [max([dict(key).get(name, 0) for key in poly.terms] or [0]) for name in names]
    demand(prod(n + 1 for n in shape) <= MAX_TERMS, "a polynomial has too many terms")
    dense = {key: fmpq(0) for key in product(*(range(n + 1) for n in shape))}
    dense.update({tuple(dict(key).get(name, 0) for name in names): value for key, value in poly.terms.items()})
    for axis, n in enumerate(shape):  # b_i = Σ_{j ≤ i} C(i, j) / C(n, j) a_j along one axis after the other
        dense = {
            key: sum((dense[(*key[:axis], j, *key[axis + 1 :])] * fmpq(comb(key[axis], j), comb(n, j))
                      for j in range(key[axis] + 1)), fmpq(0))
            for key in dense
        }  # fmt: skip
    return list(dense.values())


# series: c_0 … c_{n-1} of f(p + t), over balls, ring elements or series in a further variable -------------------------


class Series:
    def __init__(self, coefficients: Sequence[Any]) -> None:
        self.c = list(coefficients)

    def __add__(self, other: Any) -> Series:
        if isinstance(other, Series):
            return Series([x + y for x, y in zip(self.c, other.c, strict=False)])
        return Series([self.c[0] + other, *self.c[1:]])

    def __mul__(self, other: Any) -> Series:
        if not isinstance(other, Series):
            return Series([x * other for x in self.c])
        length = min(len(self.c), len(other.c))
        return Series([total([self.c[j] * other.c[k - j] for j in range(k + 1)]) for k in range(length)])

    __radd__, __rmul__ = __add__, __mul__

    def rate(self) -> Series:
        return Series([x * k for k, x in enumerate(self.c)][1:])


def total(terms: Sequence[Any]) -> Any:
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def innermost(value: Any) -> Any:
    return innermost(value.c[0]) if isinstance(value, Series) else value


def apply(base: Callable[..., Any], name: str, *arguments: Any) -> Any:
    """A function of series: y_0 = F(u_0), and y' = F'(u) u' gives the other coefficients."""
    if not any(isinstance(argument, Series) for argument in arguments):
        return base(name, *arguments)
    if name == "atan2":
        length = max(len(argument.c) for argument in arguments if isinstance(argument, Series))
        y, x = (u if isinstance(u, Series) else Series([u] + [fmpq(0)] * (length - 1)) for u in arguments)
        first = apply(base, name, y.c[0], x.c[0]) * base("off cut", innermost(y), innermost(x))
        slope = (y.rate() * x + x.rate() * y * -1) * apply(base, "pow", x * x + y * y, Fraction(-1)) if length > 1 else None
    elif name == "max":
        left, right = arguments
        return (left + right + apply(base, "abs", left + right * -1)) * fmpq(1, 2)
    elif name == "abs":
        u = arguments[0]
        side = base("sign", innermost(u))
        if side != side and len(u.c) == 2 and not isinstance(u.c[0], Series):  # Lipschitz: slope in [-1, 1]
            return Series([base("abs", u.c[0]), u.c[1] * arb(0, 1)])
        return u * side
    else:
        u, *more = arguments
        first = apply(base, name, u.c[0], *more)
        slope = u.rate() * derivative(base, name, Series(u.c[:-1]), *more) if len(u.c) > 1 else None
    return Series([first, *(x * fmpq(1, k + 1) for k, x in enumerate(slope.c if slope else []))])


def derivative(base: Callable[..., Any], name: str, u: Any, exponent: Fraction = Fraction(1)) -> Any:
    def call(name: str, *arguments: Any) -> Any:
        return apply(base, name, *arguments)

    def power(u: Any, exponent: Fraction) -> Any:
        return call("pow", u, exponent)

    if name == "pow":
        return power(u, exponent - 1) * fmpq(exponent.numerator, exponent.denominator) if exponent else u * 0
    if name in ("tan", "tanh"):
        return power(call(name, u), Fraction(2)) * (1 if name == "tan" else -1) + 1
    if name in ("asin", "acos"):
        return power(u * u * -1 + 1, Fraction(-1, 2)) * (1 if name == "asin" else -1)
    if name == "erf":
        return call("exp", u * u * -1) * (base("pow", base("pi"), Fraction(-1, 2)) * 2)
    if name == "cos":
        return call("sin", u) * -1
    if name in ("log", "atan"):
        return power(u if name == "log" else u * u + 1, Fraction(-1))
    return call({"exp": "exp", "sin": "cos", "sinh": "cosh", "cosh": "sinh"}[name], u)


# the ring Q[pi, variables, function values]: an element that is 0 here is 0 as a function ------------------------------


class Poly:
    """{((atom, exponent), …): coefficient}; atoms are strings, cos(u)^2 and root(u)^q are replaced by what they equal."""

    relations: dict[str, tuple[int, Any]] = {}

    def __init__(self, terms: dict[Any, fmpq]) -> None:
        self.terms = {key: value for key, value in terms.items() if value != 0}
        demand(len(self.terms) <= MAX_TERMS, "a ring element has too many terms")

    @staticmethod
    def of(value: Any) -> Poly:
        return value if isinstance(value, Poly) else Poly({(): fmpq(value)})

    @staticmethod
    def atom(name: str, relation: tuple[int, Any] | None = None) -> Poly:
        if relation:
            Poly.relations[name] = relation
        return Poly({((name, 1),): fmpq(1)})

    def __add__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return NotImplemented
        terms = dict(self.terms)
        for key, value in Poly.of(other).terms.items():
            terms[key] = terms.get(key, fmpq(0)) + value
        return Poly(terms)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Series):
            return NotImplemented
        result = Poly({})
        for left, x in self.terms.items():
            for right, y in Poly.of(other).terms.items():
                exponents = dict(left)
                for atom, exponent in right:
                    exponents[atom] = exponents.get(atom, 0) + exponent
                due = [a for a, e in exponents.items() if a in Poly.relations and e >= Poly.relations[a][0]]
                factor = None
                if due:
                    bound, factor = Poly.relations[due[0]]
                    exponents[due[0]] -= bound
                term = Poly({tuple(sorted((a, e) for a, e in exponents.items() if e)): x * y})
                result = result + (term if factor is None else term * factor)
        return result

    __radd__, __rmul__ = __add__, __mul__

    def key(self) -> str:
        return repr(sorted((key, str(value)) for key, value in self.terms.items()))

    def leads(self) -> fmpq:
        return self.terms[min(self.terms)]


def in_ring(name: str, *arguments: Any) -> Any:
    """Functions of ring elements. Rejects where the ring cannot tell."""
    if name in ("pi", "euler"):
        return Poly.atom(name)
    u = Poly.of(arguments[0])
    value = u.terms.get((), fmpq(0)) if set(u.terms) <= {()} else None
    zero = not u.terms
    if name == "pow":
        return ring_power(u, value, arguments[1])
    if name in ("abs", "sign", "max", "atan2", "off cut"):
        demand(value is not None and name in ("abs", "sign"), f"the ring does not decide {name}")
        side = (value > 0) - (value < 0)
        return u * side if name == "abs" else side
    half = fmpq(1, 2)
    if name == "acos":
        return Poly.atom("pi") * half + in_ring("asin", u) * -1
    if name in ("sin", "cos") and set(u.terms) <= {(("pi", 1),)}:
        turns = (u.terms.get((("pi", 1),), fmpq(0)) + (half if name == "cos" else 0)) * 2
        if turns.q == 1:
            return Poly.of((0, 1, 0, -1)[int(turns.p) % 4])
    if name == "asin" and value in (-1, 1):
        return Poly.atom("pi") * (value * half)
    if name == "atan" and value in (-1, 1):
        return Poly.atom("pi") * (value * fmpq(1, 4))
    if zero or (name == "log" and value == 1):
        demand(name != "log" or not zero, "log 0")
        return Poly.of(1 if name in ("exp", "cosh", "cos") else 0)
    if name in ("tan", "tanh"):
        return in_ring(name.replace("tan", "sin"), u) * ring_power(in_ring(name.replace("tan", "cos"), u), None, Fraction(-1))
    if name in ("sinh", "cosh"):
        return (in_ring("exp", u) + in_ring("exp", u * -1) * (1 if name == "cosh" else -1)) * half
    back = name != "log" and u.leads() < 0
    u = u * -1 if back else u
    relation = (2, Poly.of(1) + in_ring("sin", u) * in_ring("sin", u) * -1) if name == "cos" else None
    atom = Poly.atom(f"{name}({u.key()})", relation)
    if name == "exp":
        return ring_power(atom, None, Fraction(-1)) if back else atom
    return atom * -1 if back and name != "cos" else atom


def ring_power(u: Poly, value: Any, exponent: Fraction) -> Poly:
    if exponent < 0:
        demand(bool(u.terms), "1/0")
        if len(u.terms) == 1:
            ((key, scale),) = u.terms.items()
            inverse = Poly({tuple((a, -e) for a, e in key): 1 / scale})
        else:
            inverse = Poly.atom(f"1/({(u * (1 / u.leads())).key()})") * (1 / u.leads())
        return ring_power(inverse, None if value is None else 1 / value, -exponent)
    if exponent.denominator > 1 and u.terms and value != 1:
        demand(value is None or value > 0, "a fractional power of a negative number")
        u = Poly.atom(f"root{exponent.denominator}({u.key()})", (exponent.denominator, u))
    return repeated(u, exponent.numerator) if exponent else Poly.of(1)
