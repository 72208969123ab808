"""Spaces of instances, constructive samplers, exact rationals, Hypothesis strategies."""
