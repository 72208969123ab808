"""Footnote 3, p. 5: the Łojasiewicz property."""

from checks.claim import Assumption, Claim
from checks.verdict import Verdict

CLAIMS = (
    Claim(
        id="zhou21b/footnote-3",
        title="the Łojasiewicz property with exponent α",
        label="Footnote 3",
        page="5",
        printed=r"\|\nabla f\|\ge C(f-f^*)^\alpha",
        assumption=Assumption(
            reason="a definition; Theorem 4 is the case α = 1, the Polyak–Łojasiewicz inequality α = 1/2",
            forms=("zhou21b/theorem-4",),
        ),
        expected=Verdict.ASSUMED,
    ),
)
