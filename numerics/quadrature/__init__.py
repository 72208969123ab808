"""Gaussian expectations of analytic functions: enclosures by trapezoidal sums, binary64 by Hermite series."""
