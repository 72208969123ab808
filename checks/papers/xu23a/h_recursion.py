"""The recursion of H, p. 26."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.papers.xu23a._phases import Q, epsilon
from checks.relation import AtMost, Equal
from checks.verdict import Verdict
from theory.heads import after_step
from theory.symbols import eta, i, n, over
from theory.vocabulary import H, v_norm

_networks = Networks(model="xu23a", students=(1, 5), dimension=(1, 5), scalars={eta: (0, 1)})
_bound = 3 * eta * epsilon * v_norm
_margin = 6 * epsilon * v_norm
_decay = 1 - n * eta / 2


def _with(hypothesis: AtMost) -> Networks:
    return Networks(
        model="xu23a",
        students=(1, 5),
        dimension=(1, 5),
        scalars={eta: ("1/1000", 1), epsilon: (0, 2)},
        where=(hypothesis,),
    )


CLAIMS = (
    Claim(
        id="xu23a/H-recursion",
        title="one step of gradient descent on H",
        label="p. 26 display (H)",
        page="26",
        printed=r"H(t+1)=(1-\tfrac{n\eta}2)H(t)+\sum_iQ_i(t)",
        given=_networks,
        then=Equal(after_step(H), _decay * H + over(Q, i)),
        mutants={
            "sign": Mutant(then=Equal(after_step(H), _decay * H - over(Q, i))),
            "twice the rate": Mutant(then=Equal(after_step(H), (1 - n * eta) * H + over(Q, i))),
        },
        uses=("xu23a/eq-36",),
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/H-recursion/upper",
        title="H − 6ε_2‖v‖ contracts",
        label="p. 26 display",
        page="26",
        printed=r"H(t+1)-6\epsilon_2\|v\|\le(1-\tfrac{n\eta}2)(H(t)-6\epsilon_2\|v\|)",
        given=_with(AtMost(Q, _bound)),
        then=AtMost(after_step(H) - _margin, _decay * (H - _margin)),
        slack_as=(over(_bound - Q, i),),
        mutants={
            "ε/20 in place of 6ε": Mutant(then=AtMost(after_step(H) - _margin / 120, _decay * (H - _margin / 120)))
        },
        uses=("xu23a/eq-46",),
        note="under (46); the slack is Σ (3ηε_2‖v‖ ∓ Q_i)",
        expected=Verdict.PROVED,
    ),
    Claim(
        id="xu23a/H-recursion/lower",
        title="H + 6ε_2‖v‖ decays no faster",
        label="p. 26 display",
        page="26",
        printed=r"H(t+1)+6\epsilon_2\|v\|\ge(1-\tfrac{n\eta}2)(H(t)+6\epsilon_2\|v\|)",
        given=_with(AtMost(-Q, _bound)),
        then=AtMost(_decay * (H + _margin), after_step(H) + _margin),
        slack_as=(over(_bound + Q, i),),
        mutants={
            "ε/20 in place of 6ε": Mutant(then=AtMost(_decay * (H + _margin / 120), after_step(H) + _margin / 120))
        },
        uses=("xu23a/eq-46",),
        note="under (46); the slack is Σ (3ηε_2‖v‖ ∓ Q_i)",
        expected=Verdict.PROVED,
    ),
)
