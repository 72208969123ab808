"""Claim 1, p. 4, proof p. 18: with ReLU a network of zero loss may miss every teacher."""

from checks.claim import Claim, Mutant
from checks.given import Networks
from checks.relation import Equal
from checks.verdict import Verdict
from theory.heads import dot, positive_part
from theory.symbols import a, over, teachers, xi

_last = -over(teachers[a], a)
_target = over(positive_part(dot(teachers[a], xi)), a) + positive_part(dot(_last, xi))
_student = over(positive_part(-dot(teachers[a], xi)), a) + positive_part(-dot(_last, xi))
_open = over(positive_part(-dot(teachers[a], xi)), a) - over(positive_part(dot(teachers[a], xi)), a)

CLAIMS = (
    Claim(
        id="zhou21b/claim-1",
        title="ReLU teachers that add up to 0 are matched by their negatives",
        label="Claim 1",
        page="4",
        printed=r"\exists W:\ L_{\mathrm{ReLU}}(W)=0\text{ and some }w_j\text{ is in the direction of no teacher}",
        given=Networks(model="zhou21b", students=1, teachers=(1, 3), dimension=(1, 3), vectors=("xi",)),
        then=Equal(_student, _target),
        mutants={
            "teachers that do not add up to 0": Mutant(then=Equal(_open, 0)),
            "twice the students": Mutant(then=Equal(2 * _student, _target)),
        },
        uses=("zhou21b/app-A1-linear-fit",),
        note="at every input ξ, for the teachers v_1 … v_m and −Σ v_a; students are their negatives. They miss every "
        "teacher since the lines of the teachers are distinct (Assumption 1), e.g. directions at 0°, 120°, 240°",
        expected=Verdict.PROVED,
    ),
)
