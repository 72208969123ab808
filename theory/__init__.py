"""Exact mathematics of teacher–student networks under Gaussian input: SymPy, standard library, no floats."""
