"""Step (a) of (21), p. 18: the step on which the local strong convexity of the paper rests."""

from checks.claim import Claim, Erratum, Mutant
from checks.given import Networks, Point
from checks.papers.wang21a._setting import direction_square, s, unit
from checks.relation import AtLeast, AtMost, Below, Equal
from checks.verdict import Verdict
from theory.heads import norm
from theory.symbols import V, i, j, over

_networks = Networks(model="wang21a", students=(1, 5), dimension=(1, 5), directions=("V",), coefficients=("beta",))
_single = Networks(model="wang21a", students=1, dimension=(1, 5), directions=("V",), coefficients=("beta",))
# ‖V q w_*ᵀ‖_F² = s² ‖V q‖² for the unit vector q.
_projected = s**2 * norm(over(unit(i) * V[i], i)) ** 2
_full = s**2 * direction_square

CLAIMS = (
    Claim(
        id="wang21a/eq-21a",
        title="‖V q w_*ᵀ‖ is at least ‖w_*‖ ‖V‖",
        label="(21)(a)",
        page="18",
        printed=r"2\|Vqw_*^\top\|_F^2 = 2\|w_*\|^2\|V\|_F^2,\ \text{from}\ \|AB\|_F^2\ge\sigma_r^2(A)\|B\|_F^2",
        given=_networks,
        then=AtLeast(_projected, _full),
        witness=Point.of(
            students=[[1, 0], [0, 0]],
            teachers=[[1, 0]],
            beta=[1, 0],
            V=[[0, 0], [0, 1]],
            note="two neurons, q = (1, 0), V moves only the second one: Vq = 0 but V ≠ 0",
        ),
        mutants={"twice as much": Mutant(then=AtLeast(_projected, 2 * _full))},
        expected=Verdict.REFUTED,
        erratum=Erratum(
            weight="theorem",
            what="the quoted matrix inequality needs A of full column rank; A = w_* qᵀ has rank one, so for K ≥ 2 "
            "neurons the directions with Vq = 0 are lost",
            reader="K = 2, q = (1, 0), V = [0 | u]: V q w_*ᵀ = 0, while ‖w_*‖²‖V‖² = ‖w_*‖²‖u‖² > 0",
            mend="wang21a/eq-21a/corrected",
            charity="the step is right, with equality, for a single neuron",
        ),
    ),
    Claim(
        id="wang21a/eq-21a/k1",
        title="for one neuron the step is an equality",
        given=_single,
        then=Equal(_projected, _full),
        mutants={"factor": Mutant(then=Equal(_projected, 2 * _full))},
        expected=Verdict.PROVED,
    ),
    Claim(
        id="wang21a/eq-21a/corrected",
        title="‖V q w_*ᵀ‖ is at most ‖w_*‖ ‖V‖",
        given=_networks,
        then=AtMost(_projected, _full),
        # Lagrange's identity.
        slack_as=(s**2 * over(norm(unit(i) * V[j] - unit(j) * V[i]) ** 2, i, j) / 2,),
        mutants={
            "strict": Mutant(
                then=Below(_projected, _full),
                witness=Point.of(students=[[1]], teachers=[[1]], beta=[1], V=[[1]]),
            )
        },
        note="Cauchy–Schwarz; equality where all V_i are the same multiple of q_i",
        expected=Verdict.PROVED,
    ),
)
