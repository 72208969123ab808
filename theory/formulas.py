"""The formulas of a model on demand: an object's tree, the definitions that it refers to, and the steps that
led to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sympy import Expr, Function, Indexed, Integer, Rational, Symbol

from theory.calculus import along_flow
from theory.derivation import Step
from theory.glyphs import is_row
from theory.heads import dot
from theory.kernel import derive_kernel
from theory.leaves import leaves
from theory.model import Model
from theory.quantity import Quantity, Setting, find_quantity, instantiate, leaf_key, vocabulary
from theory.reading import at_sizes
from theory.symbols import AXES, i, j, n, over

__all__ = ["OBJECTS", "Derived", "Formula", "derive_object"]

OBJECTS = ("kernel", "loss", "gradient", "hessian", "rhs", "potential:NAME", "flow:NAME", "lojasiewicz")

# ‖∇L‖ ≥ c L^α near the minima: the exponent that the source states, ½ (Polyak–Łojasiewicz) where it states
# none.
_EXPONENTS = {
    "xu23a": (Rational(2, 3), "xu23a Theorem 7"),
    "zhou21b": (Integer(1), "zhou21b Theorem 4"),
}
_PLAIN = (Rational(1, 2), "Polyak–Łojasiewicz")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """``left`` = ``right``; ``dot`` marks the time derivative of the left side, ``name`` is that of a
    function computing it.
    """

    left: Expr
    right: Expr
    name: str
    rate: bool = False


@dataclass(frozen=True, kw_only=True)
class Derived:
    """The formulas of an object, those of what they refer to (``where``), and the steps of the derivation.

    ``definitions`` are those of ``where`` and of angles, for any number of students.
    """

    title: str
    formulas: tuple[Formula, ...]
    where: tuple[Formula, ...] = ()
    steps: tuple[Step, ...] = ()
    definitions: tuple[Formula, ...] = ()


def derive_object(model: Model, which: str, students: int | None = None) -> Derived:
    """The object ``which`` (see `OBJECTS`) of a model; with ``students`` the sums over students are written
    out.

    Exact.  Raises ValueError naming the known objects or quantities.
    """
    setting = Setting(model=model, several_teachers=not model.single_teacher)
    name, colon, rest = which.partition(":")
    if colon and name in ("potential", "flow"):
        derived = (_potential if name == "potential" else _flow)(setting, rest)
    elif which in _DERIVE:
        derived = _DERIVE[which](setting)
    else:
        raise ValueError(f"unknown object {which!r}; choose one of {', '.join(OBJECTS)}")
    derived = replace(derived, definitions=_where(setting, derived.formulas, angles=True))
    if students is None:
        return derived
    if students < 1:
        raise ValueError(f"students={students} must be at least 1")
    expand = _Expansion(students)
    return replace(derived, formulas=expand(derived.formulas), where=expand(derived.where))


@dataclass(frozen=True)
class _Expansion:
    """Writes sums over students out, and a formula with a free index once per student."""

    students: int

    def __call__(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        found: list[Formula] = []
        for formula in formulas:
            versions = [formula]
            for index in sorted(formula.left.free_symbols & set(AXES), key=str):
                if AXES[index] == "student":
                    versions = [_at(version, index, k) for version in versions for k in range(1, self.students + 1)]
            found += [replace(version, right=self._sized(version.right)) for version in versions]
        return tuple(found)

    def _sized(self, tree: Expr) -> Expr:
        return at_sizes(tree, {"student": self.students}).xreplace({n: Integer(self.students)})


def _at(formula: Formula, index: Symbol, number: int) -> Formula:
    at = {index: Integer(number)}
    return replace(formula, left=formula.left.xreplace(at), right=formula.right.xreplace(at))


def _leaf(quantity: Quantity) -> Expr:
    return quantity.symbol[tuple(quantity.axes)] if quantity.axes else quantity.symbol


def _definition(setting: Setting, name: str, arity: int = 0) -> Formula:
    quantity = find_quantity(name, arity)
    return Formula(left=_leaf(quantity), right=quantity.define(setting), name=name)


def _where(setting: Setting, formulas: tuple[Formula, ...], *, angles: bool = False) -> tuple[Formula, ...]:
    """Definitions of the quantities that formulas refer to, and of those that these refer to, each once."""
    done = {leaf_key(formula.left) for formula in formulas}
    found: list[Formula] = []
    waiting = [formula.right for formula in formulas]
    while waiting:
        tree = waiting.pop(0)
        keys = {leaf_key(leaf) for leaf in leaves(tree) if not is_row(leaf)}
        for name, arity in sorted((keys & set(vocabulary())) - done):
            done.add((name, arity))
            if name == "theta" and not angles:
                continue  # angles of rows are printed as such
            found.append(_gradient_formulas(setting)[0] if name == "gradient" else _definition(setting, name, arity))
            waiting.append(found[-1].right)
    return tuple(found)


# -- the objects ---------------------------------------------------------------------------------------------


def _kernel(setting: Setting) -> Derived:
    kernel = derive_kernel(setting.model.activation)
    own = Function("k")(*kernel.variables)
    formulas = (Formula(left=own, right=kernel.expression, name="kernel"),)
    return Derived(title="dual kernel k = E[σ(u·x) σ(u′·x)]", formulas=formulas, steps=kernel.steps)


def _generic_steps(setting: Setting, words: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps of the kernel that the object uses: the kernel itself and the partials named."""
    kernel = derive_kernel(setting.model.activation)
    steps = [Step(title="k", expression=kernel.expression, note="dual kernel, by its own derivation")]
    for word in words:
        title = f"∂k/∂{word}" if len(word) == 1 else f"∂²k/∂{word[0]}∂{word[1]}"
        steps.append(Step(title=title, expression=kernel.partial(word)))
    if not words:
        steps.append(Step(title="k(p, p, p)", expression=kernel.diagonal, note="diagonal"))
    return tuple(steps)


_EXPANSION = "L = λ E[(Σ σ(u_i·x) − Σ σ(v_a·x))²]: one kernel per pair of neurons, with the sign of its output weights"


def _loss(setting: Setting) -> Derived:
    formula = _definition(setting, "loss")
    steps = (*_generic_steps(setting, ()), Step(title="L", expression=formula.right, note=_EXPANSION))
    return Derived(title="population loss", formulas=(formula,), steps=steps)


_CHAIN = "∇_{u_i} L = 2 λ Σ_b s_b (2 k_p u_i + k_c u_b), because p_i = ‖u_i‖² and c_ib = ⟨u_i, u_b⟩"


def _gradient_formulas(setting: Setting) -> tuple[Formula, tuple[Formula, ...]]:
    own = _definition(setting, "gradient", 1)
    effective = _definition(setting, "effective_gradient", 1)
    if own.right == effective.left:
        return replace(own, right=effective.right), ()
    return own, (effective,)


def _gradient(setting: Setting) -> Derived:
    formula, where = _gradient_formulas(setting)
    last = where[0] if where else formula
    steps = [
        *_generic_steps(setting, ("p", "c")),
        Step(title="∇_{u_i} L", expression=last.right, note=_CHAIN),
    ]
    if where:
        steps.append(Step(title="∇_{w_i} L", expression=formula.right, note="∇_{w_i} L = Jᵀ ∇_{u_i} L, J = ∂u_i/∂w_i"))
    return Derived(title="gradient of the population loss", formulas=(formula,), where=where, steps=tuple(steps))


def _rhs(setting: Setting) -> Derived:
    formula, where = _gradient_formulas(setting)
    moving = replace(formula, left=Indexed("w", i), right=-formula.right, name="rhs", rate=True)
    derived = _gradient(setting)
    return Derived(
        title="right-hand side of the gradient flow",
        formulas=(moving,),
        where=where,
        steps=(
            *derived.steps,
            Step(title="ẇ_i", expression=moving.right, note="gradient flow, ẇ_i = −∇_{w_i} L"),
        ),
    )


def _hessian(setting: Setting) -> Derived:
    formula = _definition(setting, "hessian_form")
    steps = _generic_steps(setting, ("pp", "pq", "pc", "qc", "cc"))
    note = "d²/dε² of the loss along w_i + ε V_i, by the chain rule through p, q and c of every pair"
    return Derived(
        title="second derivative of the population loss along V",
        formulas=(formula,),
        steps=(*steps, Step(title="∇²L[V, V]", expression=formula.right, note=note)),
    )


def _known(name: str) -> list[Quantity]:
    found = [quantity for (known, _), quantity in sorted(vocabulary().items()) if known == name]
    return found or [find_quantity(name)]


def _potential(setting: Setting, name: str) -> Derived:
    formulas = tuple(_definition(setting, quantity.name, quantity.arity) for quantity in _known(name))
    where = _where(setting, formulas)
    steps = tuple(
        Step(title=quantity.name, expression=formula.right, note=f"{quantity.meaning} ({quantity.source})")
        for quantity, formula in zip(_known(name), formulas, strict=True)
    )
    return Derived(title=_known(name)[0].meaning, formulas=formulas, where=where, steps=steps)


def _flow(setting: Setting, name: str) -> Derived:
    gradient = find_quantity("gradient", 1).symbol
    formulas: list[Formula] = []
    steps: list[Step] = []
    for quantity in _known(name):
        if quantity.vector:
            raise ValueError(f"{name} is a vector; name a scalar, such as flow:Z")

        def expand(leaf: Expr) -> Expr | None:
            key = leaf_key(leaf)
            if is_row(leaf) or key not in vocabulary():
                return None
            indices = leaf.indices if isinstance(leaf, Indexed) else ()
            return instantiate(find_quantity(*key), setting, indices)

        leaf = _leaf(quantity)
        if quantity.name == "loss":
            rate: Expr = -over(dot(gradient[j], gradient[j]), j)
            note = "dL/dt = Σ_i ⟨∇_{w_i} L, ẇ_i⟩ and ẇ_i = −∇_{w_i} L"
        else:
            rate = along_flow(leaf, lambda index: gradient[index], expand)
            note = "product and chain rule with ẇ_i = −∇_{w_i} L; D‖x‖ = ⟨x, Dx⟩/‖x‖"
        steps += [
            Step(title=quantity.name, expression=quantity.define(setting), note=quantity.meaning),
            Step(title=f"d{quantity.name}/dt", expression=rate, note=note),
        ]
        formulas.append(Formula(left=leaf, right=rate, name=f"rate_of_{quantity.name}", rate=True))
    title = f"time derivative of {name} along the gradient flow"
    return Derived(title=title, formulas=tuple(formulas), where=_where(setting, tuple(formulas)), steps=tuple(steps))


def _lojasiewicz(setting: Setting) -> Derived:
    exponent, source = _EXPONENTS.get(setting.model.name, _PLAIN)
    size, value = find_quantity("gradient_norm").symbol, find_quantity("loss").symbol
    ratio = Formula(left=Symbol("Lambda"), right=size / value**exponent, name="lojasiewicz")
    steps = (
        *_gradient(setting).steps,
        Step(title="Λ", expression=ratio.right, note=f"‖∇L‖ ≥ c L^α says that Λ ≥ c; α = {exponent} ({source})"),
    )
    where = _where(setting, (ratio,))
    return Derived(title=f"Łojasiewicz ratio ‖∇L‖ / L^{exponent}", formulas=(ratio,), where=where, steps=steps)


_DERIVE: dict[str, Callable[[Setting], Derived]] = {
    "kernel": _kernel,
    "loss": _loss,
    "gradient": _gradient,
    "hessian": _hessian,
    "rhs": _rhs,
    "lojasiewicz": _lojasiewicz,
}
