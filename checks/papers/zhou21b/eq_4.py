"""Equation (4), p. 12: the matrix M with the blocks E[x xᵀ sgn(w_i*·x) sgn(w_j*·x)]."""

from sympy import cos, pi, sin

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.zhou21b._kernel import kernel, sign_form, slope
from checks.relation import All, Equal
from checks.verdict import Verdict
from theory.heads import angle, dot, norm
from theory.loss import kernel_of, student, teacher
from theory.model import find_model
from theory.quantity import Setting
from theory.symbols import a, i, teachers, w, xi

_given = Networks(model="zhou21b", students=1, teachers=(1, 2), dimension=(1, 4), vectors=("xi",))
_setting = Setting(model=find_model("zhou21b"), several_teachers=True)
_x, _y = w[i], teachers[a]
_rows = student(_setting, i), teacher(_setting, a)
_effective = _rows[0].vector


def _partial(name):  # type: ignore[no-untyped-def]
    return kernel_of(_setting, *_rows, name)


# ξᵀ∇_x∇_y k ξ by the chain rule through p = ‖x‖², q = ‖y‖², c = ⟨x, y⟩ of the derived kernel.
_left, _right = dot(_effective, xi), dot(_y, xi)
_derived = (
    _partial("c") * dot(xi, xi)
    + 4 * _partial("pq") * _left * _right
    + 2 * _partial("pc") * _left**2
    + 2 * _partial("qc") * _right**2
    + _partial("cc") * _left * _right
)
_form = sign_form(_x, _y, xi, xi)

_one, _two = teachers[0], teachers[1]
_delta = angle(_one, _two)
_plus = _one / norm(_one) + _two / norm(_two)
_minus = _one / norm(_one) - _two / norm(_two)
_split = dot(xi, _plus) ** 2 / dot(_plus, _plus) - dot(xi, _minus) ** 2 / dot(_minus, _minus)
_block = sign_form(_one, _two, xi, xi)

CLAIMS = (
    Claim(
        id="zhou21b/eq-4",
        title="the blocks of M against the neurons: ‖R_1‖² = Σ v_iᵀ M_ij v_j",
        label="(4)",
        page="12",
        printed=r"\|R_1\|^2=v^\top Mv,\quad M_{ij}=\mathbb E\big[xx^\top\mathrm{sgn}(w_i^{*\top}x)\mathrm{sgn}(w_j^{*\top}x)\big]",
        given=_given,
        then=All(
            Equal(sign_form(_x, _y, xi, _y), dot(slope(_x, _y), xi)),
            Equal(sign_form(_x, _y, _x, _y), kernel(_x, _y)),
        ),
        mutants={
            "half the block": Mutant(then=Equal(sign_form(_x, _y, _x, _y) / 2, kernel(_x, _y))),
            "neurons exchanged": Mutant(then=Equal(sign_form(_x, _y, xi, _x), dot(slope(_x, _y), xi))),
        },
        note="v_iᵀM_ij v_j = E[v_i·x sgn(w_i*·x) v_j·x sgn(w_j*·x)] by definition; the closed form of the block is "
        "checked at v_j = w_j*, where it is ∇k, and at v_i = w_i* as well, where it is k. M depends on directions only",
        uses=("zhou21b/eq-3",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-4/closed",
        title="closed form of the blocks as mixed second derivatives of the kernel",
        label="(4), closed form",
        page="12",
        given=_given,
        then=Equal(_derived, _form),
        mutants={
            "without the plane of the neurons": Mutant(
                then=Equal(_derived, (1 - 2 * angle(_x, _y) / pi) * dot(xi, xi))
            ),
            "half of it": Mutant(then=Equal(_derived, _form / 2)),
        },
        note="as a quadratic form in an arbitrary ξ; the block is symmetric",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="zhou21b/eq-4-spectrum-r2",
        title="the spectrum of M for two teachers",
        given=Networks(model="zhou21b", students=1, teachers=2, dimension=(1, 4), vectors=("xi",)),
        then=Equal(_block, (1 - 2 * _delta / pi) * dot(xi, xi) + 2 * sin(_delta) / pi * _split),
        mutants={
            "signs exchanged": Mutant(
                then=Equal(_block, (1 - 2 * _delta / pi) * dot(xi, xi) - 2 * sin(_delta) / pi * _split)
            ),
            "cosine for the sine": Mutant(
                then=Equal(_block, (1 - 2 * _delta / pi) * dot(xi, xi) + 2 * cos(_delta) / pi * _split)
            ),
        },
        note="the off-diagonal block has the eigenvalues 1 − 2(Δ ∓ sin Δ)/π on the two bisectors and 1 − 2Δ/π across "
        "the plane; the eigenvalues of M = [[I, H], [H, I]] are 1 plus or minus these",
        expected=Verdict.PROVED,
    ),
)
