"""Definition 13, p. 12, and the sentence after it: how likely a degenerate initialisation is."""

from sympy import Integer, Rational

from checks.claim import Claim, Erratum, Mutant
from checks.given import Draws
from checks.relation import All, Below, Likely
from checks.verdict import Verdict
from theory.heads import norm, smallest
from theory.symbols import i
from theory.vocabulary import kappa_max, z

# In float64 the angle of two parallel vectors is 0 up to rounding.
_not_parallel = Below(Rational(1, 10**6), kappa_max)
_nonzero = Below(0, smallest(norm(z[i]), i))
_event = All(_nonzero, _not_parallel)


def _draws(dimension: int, students: int) -> Draws:
    return Draws(model="xu23a", students=students, dimension=dimension)


CLAIMS = (
    Claim(
        id="xu23a/def-13-null",
        title="a Gaussian initialisation is non-degenerate almost surely, in the plane too, as printed",
        label="Definition 13, following sentence",
        page="12",
        printed=r"P\left(\forall i:\ z_i(0)\ne0\ \text{and}\ \kappa_{\max}(0)>0\right)=1",
        given=_draws(2, 2),
        then=Likely(event=_event, at_least=Integer(1)),
        mutants={"at least three quarters": Mutant(then=Likely(event=_event, at_least=Rational(3, 4)))},
        erratum=Erratum(
            weight="wording",
            what="the sentence needs d ≥ 3: in the plane the z_i lie on a line, and all of them point the "
            "same way with "
            "probability 2^{1−n}; for d = 1 they vanish",
            reader="d = 2, n = 2: z_1 and z_2 are independent and symmetric on a line, so κ_max = 0 with probability ½",
            mend="xu23a/def-13-null/corrected",
            charity="Theorem 14 itself excludes d ≤ 3: any K for which Lemma 3 is true makes d ≥ K log(n/δ) "
            "at least 4 "
            "for n ≥ 2",
        ),
        expected=Verdict.CONTRADICTED,
    ),
    Claim(
        id="xu23a/def-13-null/corrected",
        title="from dimension three on a Gaussian initialisation is non-degenerate almost surely",
        label="Definition 13, mended",
        page="12",
        given=_draws(3, 2),
        then=Likely(event=_event, at_least=Rational(999, 1000), law=Integer(1)),
        mutants={
            "in the plane": Mutant(given=_draws(2, 2)),
            "with some probability less": Mutant(
                then=Likely(event=_event, at_most=Rational(99, 100), law=Rational(99, 100))
            ),
        },
        note="degeneracy needs z_i = 0 or z_1, z_2 dependent: the zeros of polynomials in the weights that "
        "do not vanish "
        "identically for d ≥ 3. The draws leave out angles below 10⁻⁶, which have probability below 10⁻⁶",
        expected=Verdict.SUPPORTED,
    ),
    Claim(
        id="xu23a/def-13-null/planar",
        title="in the plane all students lie on one side with probability 2^{1−n}",
        given=_draws(2, 3),
        then=Likely(event=_event, at_most=Rational(76, 100), at_least=Rational(74, 100), law=Rational(3, 4)),
        mutants={
            "2^{−n}": Mutant(then=Likely(event=_event, at_least=Rational(7, 8), law=Rational(7, 8))),
        },
        note="n = 3: non-degenerate with probability 3/4",
        expected=Verdict.SUPPORTED,
    ),
)
