"""Exact mathematics of teacher–student networks under Gaussian input: SymPy, the standard library, no floats."""
