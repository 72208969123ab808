"""The compiled backend (extra `fast`): the same derived forms as loops in machine code, through Numba."""
