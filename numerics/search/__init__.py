"""Adversarial search on margins: charts, objective, a portfolio of optimisers."""
