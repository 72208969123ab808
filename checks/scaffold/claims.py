"""Claims about teacher–student networks.  Change them to your own, and run

    lemmata verify PATH.py                    # every claim of this file
    lemmata verify PATH.py::residual_bound    # one of them; --budget full attacks it harder
    lemmata mutants PATH.py                   # their false variants, which have to be caught
    pytest PATH.py                            # the same as tests

`lemmata show` lists the quantities (loss, gradient_norm, theta[i], …); `theory.heads` has the verbs (dot, norm, angle,
largest, after_step, rate, …) and `theory.symbols` the letters (rows w[i], v, free indices i, j: "for all").
"""

from sympy import Rational, Symbol, cos, pi, sin

from checks import Activation, AtMost, Bounded, Box, Claim, Equal, Flow, Model, Mutant, Networks, Quantity, Verdict, z
from theory.heads import dot, norm, rate
from theory.symbols import i, v, w
from theory.vocabulary import gradient_norm, loss, residual_norm, theta

# All networks of ReLU students with one teacher: up to 8 students, in dimensions up to 6.  Other models: wang21a (quadratic),
# zhou21b (absolute value, several teachers).
relu = Networks(model="xu23a", students=(1, 8), dimension=(1, 6))

# 1. An inequality on networks: it is attacked by random instances and adversarial search.  A mutant is a false variant;
#    if it survived, the check would be worth nothing.
residual_bound = Claim(
    given=relu,
    then=AtMost(residual_norm**2, 8 * loss),
    mutants={"constant": Mutant(then=AtMost(residual_norm**2, 7 * loss))},
)

# 2. With hypotheses: students that all look away from the teacher can't learn it.
away = Claim(
    given=Networks(model="xu23a", where=(AtMost(dot(w[i], v), 0),)),
    then=AtMost(norm(v) ** 2 / 16, loss),
    mutants={"constant": Mutant(then=AtMost(norm(v) ** 2 / 4, loss))},
)

# 3. A quantity of your own, and a statement about it; i is free, so it is said of every student.
bend = Quantity(
    name="bend",
    latex=r"b",
    meaning="how far a student is bent away from the teacher",
    source="own",
    axes=(i,),
    define=lambda setting: norm(w[i]) ** 2 * theta[i] ** 3,
)
bend_bound = Claim(
    given=relu,
    then=AtMost(bend.symbol[i], 4 * pi**3 * loss),
    mutants={"constant": Mutant(then=AtMost(bend.symbol[i], 30 * pi * loss))},
)

# 4. An identity: decided for all dimensions and all numbers of students.
energy = Claim(
    given=Networks(model="xu23a"),
    then=Equal(rate(loss), -(gradient_norm**2)),
    mutants={"factor": Mutant(then=Equal(rate(loss), -2 * gradient_norm**2))},
)

# 5. An inequality in a few numbers: certified by ball arithmetic on the whole closed box.
x = Symbol("x", real=True)
sine = Claim(
    given=Box(variables={x: (0, pi)}),
    then=AtMost(sin(x) - x * cos(x), x**3 / 3),
    mutants={"constant": Mutant(then=AtMost(sin(x) - x * cos(x), Rational(33, 100) * x**3))},
    expected=Verdict.CERTIFIED,
)

# 6. An unspecified constant, O(1): the best one is measured (`lemmata constant PATH.py::residual_constant`).
residual_constant = Claim(
    given=relu,
    then=Bounded(residual_norm**2 / loss),
    mutants={"power": Mutant(then=Bounded(residual_norm**3 / loss))},
)

# 7. A statement along trajectories of gradient flow.
decrease = Claim(
    given=Flow(model="xu23a", students=3, until=1000),
    then=AtMost(rate(loss), 0),
    mutants={"sign": Mutant(then=AtMost(0, rate(loss)))},
)

# 8. An activation of your own, in z: its dual kernel is derived, or enclosed by certified quadrature.
wave = Model(name="wave", activation=Activation.from_expression("wave", sin(z)))
wave_bound = Claim(
    given=Networks(model=wave, students=1),
    then=AtMost(loss, 2),
    mutants={"constant": Mutant(then=AtMost(loss, Rational(1, 2)))},
)
