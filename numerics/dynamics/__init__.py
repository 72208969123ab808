"""Gradient flow and gradient descent: systems, integration, trajectories, exact reduction."""
