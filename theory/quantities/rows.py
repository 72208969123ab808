"""Norms and angles of the rows."""

from sympy import IndexedBase

from theory.heads import angle, norm
from theory.quantity import Quantity
from theory.symbols import a, i, j, over, teachers, v, w

_w_norm = IndexedBase("w_norm", nonnegative=True)

QUANTITIES = (
    Quantity(
        name="w_norm",
        latex=r"\lVert w_{#}\rVert",
        meaning="norm of the student row w_i",
        source="notation",
        define=lambda setting: norm(w[i]),
        axes=(i,),
        nonnegative=True,
    ),
    Quantity(
        name="v_norm",
        latex=r"\lVert v\rVert",
        meaning="norm of the single teacher",
        source="notation",
        define=lambda setting: norm(v),
        nonnegative=True,
    ),
    Quantity(
        name="theta",
        latex=r"\theta",
        meaning="angle between the student w_i and the single teacher",
        source="xu23a section 2",
        define=lambda setting: angle(w[i], v),
        axes=(i,),
        nonnegative=True,
        undefined="at a vanishing student",
    ),
    Quantity(
        name="theta",
        latex=r"\theta",
        meaning="angle between the students w_i and w_j",
        source="xu23a section 2",
        define=lambda setting: angle(w[i], w[j]),
        axes=(i, j),
        nonnegative=True,
        undefined="at a vanishing student",
    ),
    Quantity(
        name="Theta",
        latex=r"\Theta",
        meaning="total teacher mass, the sum of the teachers' norms",
        source="zhou21b section 2 (shorthand)",
        define=lambda setting: over(norm(teachers[a]), a),
        nonnegative=True,
    ),
    Quantity(
        name="student_mass",
        latex="S",
        meaning="total student mass, the sum of the students' squared norms",
        source="zhou21b Lemma C.5 (shorthand)",
        define=lambda setting: over(_w_norm[i] ** 2, i),
        nonnegative=True,
    ),
)
