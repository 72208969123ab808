"""Section 4, p. 8: minima and the degenerate Hessian of over-parameterised networks; p. 3: no convexity, no PL inequality."""

from sympy import Rational, Symbol, cos

from checks.claim import Assumption, Claim, Mutant
from checks.given import Box, Networks
from checks.papers.zhou21b._kernel import profile
from checks.papers.zhou21b.claim_2 import closed, gradient_square
from checks.relation import All, AtMost, Equal
from checks.verdict import Verdict
from theory.heads import angle, norm
from theory.symbols import beta, i, over, v, w
from theory.vocabulary import loss

_delta = Symbol("delta", real=True)
_box = Box(variables={_delta: (0, Rational(1, 2))})
# Students (e_1 ± tan δ e_2)/√2 against e_1: ‖w_i‖² = 1/(2 cos²δ).
_mass = 1 / (2 * cos(_delta) ** 2)
_loss = (_mass**2 * (2 + 2 * profile(2 * _delta)) - 4 * _mass * profile(_delta) + 1) / 2
# Halfway between the minima (cos(π/4 ± δ), sin(π/4 ± δ)) e_1 the mass is cos²δ.
_between = (1 - cos(_delta) ** 2) ** 2 / 2
_sum = over(beta[i] ** 4, i)
_square = (norm(w[0]) ** 2 - norm(v)) ** 2 / 2
_angular = norm(w[0]) ** 2 * norm(v) * (1 - profile(angle(w[0], v)))

CLAIMS = (
    Claim(
        id="zhou21b/sec4-degenerate",
        title="at a minimum with two equal students the loss grows only like the cube of a step",
        label="Sec. 4",
        page="8",
        printed=r"\text{the Hessian at the global minima must be degenerate, therefore the loss is not locally strongly convex}",
        given=_box,
        then=All(AtMost(_delta**3 / 10, _loss), AtMost(_loss, _delta**3 / 2)),
        contact={_delta: (0, 3)},
        mutants={"like the square": Mutant(then=AtMost(_delta**2 / 20, _loss))},
        because=("zhou21b/eq-1",),
        note="students (e_1 ± t e_2)/√2, t = tan δ, against e_1: along this line through the minimum t = 0 the loss is "
        "positive and has no term of second order",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/sec4-degenerate-PL",
        title="the loss is neither convex nor PL, even locally",
        label="p. 3",
        page="3",
        printed=r"\text{neither convexity nor PL holds, even locally around the global minima}",
        assumption=Assumption(
            reason="quoted from related work on another parametrisation; for the loss of this paper both halves have exact instances",
            forms=("zhou21b/sec4-degenerate-PL/not-PL", "zhou21b/sec4-degenerate-PL/not-convex"),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/sec4-degenerate-PL/not-PL",
        title="no Polyak–Łojasiewicz inequality holds near an over-parameterised minimum",
        label="p. 3",
        page="3",
        given=Box(variables={_delta: (0, Rational(2, 5))}),
        then=AtMost(gradient_square, 4 * _delta * closed),
        contact={_delta: (0, 4)},
        mutants={"second power of the angle": Mutant(then=AtMost(gradient_square, 4 * _delta**2 * closed))},
        because=("zhou21b/claim-2/exact", "zhou21b/eq-grad/stable"),
        note="along Claim 2 ‖∇L‖² ≤ 4δL with L > 0, so no inequality ‖∇L‖² ≥ cL holds",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/sec4-degenerate-PL/not-convex",
        title="halfway between two close minima the loss is positive",
        label="p. 3",
        page="3",
        given=_box,
        then=AtMost(_delta**4 / 3, _between),
        contact={_delta: (0, 4)},
        mutants={"larger constant": Mutant(then=AtMost(_delta**4 * Rational(51, 100), _between))},
        because=("zhou21b/sec4-zero-set/one-teacher",),
        note="the minima (cos(π/4 ± δ), sin(π/4 ± δ)) e_1 of two students against e_1 come as close as one likes, and the loss "
        "at their midpoint is ½ sin⁴δ > 0",
        expected=Verdict.CERTIFIED,
    ),
    Claim(
        id="zhou21b/sec4-zero-set",
        title="global minima of over-parameterised networks are connected",
        label="Sec. 4",
        page="8",
        printed=r"\text{in the over-parameterization setting, different global minima are connected}",
        assumption=Assumption(
            reason="a sentence about the topology of the zero set; for one teacher the zero set is an explicit connected set",
            forms=("zhou21b/sec4-zero-set/one-teacher", "zhou21b/theorem-3"),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/sec4-zero-set/one-teacher",
        title="students along one teacher are minima when their masses add up, a connected set",
        label="Sec. 4",
        page="8",
        given=Networks(
            model="zhou21b", students=(1, 5), dimension=(1, 4), coefficients=("beta",), students_as=beta[i] ** 2 * v
        ),
        then=Equal(loss, norm(v) ** 2 * (norm(v) * _sum - 1) ** 2 / 2),
        mutants={
            "first powers": Mutant(then=Equal(loss, norm(v) ** 2 * (norm(v) * over(beta[i] ** 2, i) - 1) ** 2 / 2))
        },
        note="w_i = β_i² v: the loss vanishes where Σβ_i⁴ = 1/‖v‖, a connected set; signs are joined through 0 when there "
        "are two students or more, and there are no other minima (theorem-3)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/sec4-zero-set-exact",
        title="global minima of exactly parameterised networks are isolated",
        label="Sec. 4",
        page="8",
        printed=r"\text{in the exact-parameterization case, we only have a set of isolated global minima}",
        assumption=Assumption(
            reason="a sentence about the zero set for m = r, which is the set of signed permutations of w_i*/√‖w_i*‖ by Theorem 3",
            forms=("zhou21b/sec4-zero-set-exact/one-teacher", "zhou21b/theorem-3"),
        ),
        expected=Verdict.ASSUMED,
    ),
    Claim(
        id="zhou21b/sec4-zero-set-exact/one-teacher",
        title="one student has only the two minima ±v/√‖v‖",
        label="Sec. 4",
        page="8",
        given=Networks(model="zhou21b", students=1, dimension=(1, 4)),
        then=Equal(loss, _square + _angular),
        mutants={"without the angle": Mutant(then=Equal(loss, _square))},
        uses=("zhou21b/sec4-exact/sharp",),
        note="both terms are ≥ 0, and both vanish only where the mass is ‖v‖ and the angle of the lines is 0",
        expected=Verdict.PROVED,
    ),
)
