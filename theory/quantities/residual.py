"""Residual of the linear part, r = Σ u_i − Σ v_a."""

from sympy import Symbol

from theory.heads import norm
from theory.loss import over_teachers, student, teacher
from theory.quantity import Quantity, Setting
from theory.symbols import i, over

_residual = Symbol("residual", real=True)


def _define(setting: Setting) -> object:
    students = over(student(setting, i).vector, i)
    return students - over_teachers(setting, lambda index: teacher(setting, index).vector)


QUANTITIES = (
    Quantity(
        name="residual",
        latex="r",
        meaning="sum of the effective students minus sum of the teachers, a vector",
        source="xu23a section 2",
        define=_define,
        vector=True,
    ),
    Quantity(
        name="residual_norm",
        latex=r"\lVert r\rVert",
        meaning="norm of the residual r",
        source="xu23a Lemma 21",
        define=lambda setting: norm(_residual),
        nonnegative=True,
    ),
)
