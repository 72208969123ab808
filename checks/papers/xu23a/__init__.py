"""Weihang Xu and Simon S. Du (2023): ReLU, single teacher neuron, n >= 2 students: gradient descent slows down to T^-3."""

from checks.paper import Paper

PAPER = Paper(
    key="xu23a",
    title="Over-Parameterization Exponentially Slows Down Gradient Descent for Learning a Single Neuron",
    authors="Weihang Xu and Simon S. Du",
    venue="COLT, PMLR 195",
    year=2023,
    summary="ReLU, single teacher neuron, n >= 2 students: gradient descent slows down to T^-3.",
)
