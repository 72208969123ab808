"""Jun-Kun Wang and Jacob Abernethy (2021): Quadratic activation, single teacher neuron: over-parameterisation accelerates."""

from checks.paper import Paper

PAPER = Paper(
    key="wang21a",
    title="Understanding How Over-Parametrization Leads to Acceleration: A case of learning a single teacher neuron",
    authors="Jun-Kun Wang and Jacob Abernethy",
    venue="ACML, PMLR 157",
    year=2021,
    summary="Quadratic activation, single teacher neuron: over-parameterisation accelerates.",
)
