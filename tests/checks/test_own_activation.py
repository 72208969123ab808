"""Claims about models of one's own: the object in `Networks`, its digest, its verdicts, and several processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import exp, log, tanh

from checks import Activation, AtMost, Claim, Equal, Model, Networks, z
from checks.api import Verdict
from checks.instances import setting_of as claim_setting
from checks.storage.verification import Plan, verify
from checks.user_file import load_user_claims
from theory.vocabulary import loss

FILE = """
from sympy import Rational, exp, log
from checks import Activation, AtMost, Claim, Equal, Model, Networks, z
from theory.vocabulary import loss

softplus = Activation.from_expression("softplus", log(1 + exp(z)))
mine = Model(name="mine", activation=softplus)
true = Claim(given=Networks(model=mine, students=1, teachers=(1, 2), dimension=(1, 2)), then=AtMost(0, loss))
erf = Model(name="erfs", activation="erf")
bounded = Claim(given=Networks(model=erf, students=1, dimension=(1, 3)), then=AtMost(loss, 2))
false = Claim(given=Networks(model=erf, students=2, dimension=(1, 3)), then=AtMost(loss, Rational(9, 5)))
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(FILE)
    return "mine.py"


def own(expression: object, **changes: object) -> Claim:
    model = Model(name="mine", activation=Activation.from_expression("own", expression), **changes)  # type: ignore[arg-type]
    return Claim(given=Networks(model=model), then=AtMost(0, loss))


def test_the_digest_includes_the_definition() -> None:
    claims = [own(log(1 + exp(z))), own(log(2 + exp(z))), own(tanh(z)), own(tanh(z), scale=1), own(tanh(z) + z)]
    assert len({claim.digest for claim in claims}) == len(claims)
    assert own(tanh(z)).digest == own(tanh(z)).digest


def test_nothing_is_registered(path: str) -> None:
    from theory.activation import activations
    from theory.model import models

    load_user_claims(path)
    assert "softplus" not in activations()
    assert "mine" not in models()
    claim = Claim(id="x", given=Networks(model="mine"), then=Equal(loss, loss))
    with pytest.raises(ValueError, match="unknown model"):
        claim_setting(claim.given)


def test_verdicts_in_processes(path: str) -> None:
    claims = load_user_claims(path)
    selectors = {claim.id: claim.id for claim in claims}
    found = {}
    for result in verify(claims, Plan(budget="quick", seed=0), jobs=2, selectors=selectors):
        assert not result.error
        found[result.claim.id.partition("::")[2]] = result.record
    assert found["true"].verdict is Verdict.SUPPORTED
    assert found["bounded"].verdict is Verdict.SUPPORTED
    assert found["false"].verdict is Verdict.REFUTED
    assert any(piece["witness"] for piece in found["false"].evidence)
