"""Page 5: the two Gaussian moments behind the population gradient."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import dot, expectation, gaussian_input
from theory.symbols import i, v, w, xi

# u = w_i, v the teacher's row, and an arbitrary vector xi to test a vector equation with.
_x, _u = gaussian_input, w[i]
_cubic = expectation(dot(_x, _u) ** 3 * dot(_x, xi))
_mixed = expectation(dot(_x, _u) ** 2 * dot(_x, v) * dot(_x, xi))

CLAIMS = (
    Claim(
        id="wang21a/gauss-moments",
        title="third Gaussian moments against a vector",
        label="p. 5",
        page="5",
        printed=r"\mathbb E[(x^\top u)^3x]=3\|u\|^2u,\qquad\mathbb E[(x^\top u)^2(x^\top v)x]=2(u^\top v)u+"
        r"\|u\|^2v",
        given=Networks(model="wang21a", students=1, dimension=(1, 5), vectors=("xi",)),
        then=All(
            Equal(_cubic, 3 * dot(_u, _u) * dot(_u, xi)),
            Equal(_mixed, 2 * dot(_u, v) * dot(_u, xi) + dot(_u, _u) * dot(v, xi)),
        ),
        mutants={
            "one pairing lost": Mutant(then=Equal(_cubic, 2 * dot(_u, _u) * dot(_u, xi))),
            "factors exchanged": Mutant(then=Equal(_mixed, dot(_u, v) * dot(_u, xi) + 2 * dot(_u, _u) * dot(v, xi))),
        },
        note="in every dimension; contracted with an arbitrary vector ξ",
        expected=Verdict.PROVED,
    ),
)
