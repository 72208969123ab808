"""Mo Zhou, Rong Ge and Chi Jin (2021): Absolute value, many teachers: local convergence through a Łojasiewicz inequality."""

from checks.paper import Paper

PAPER = Paper(
    key="zhou21b",
    title="A Local Convergence Theory for Mildly Over-Parameterized Two-Layer Neural Network",
    authors="Mo Zhou, Rong Ge and Chi Jin",
    venue="COLT, PMLR 134",
    year=2021,
    summary="Absolute value, many teachers: local convergence through a Łojasiewicz inequality.",
)
