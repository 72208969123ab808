"""Exact mathematics of teacher–student networks under Gaussian input: SymPy and the standard library, no floats."""
