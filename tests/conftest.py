"""Settings of every test: one BLAS thread, no deadlines, no colour, no windows."""

import os

# Before anything imports NumPy: small products on several threads are slower, and tests run in parallel.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ["NO_COLOR"] = "1"
os.environ["MPLBACKEND"] = "agg"
os.environ.pop("LEMMATA_DEBUG", None)

from hypothesis import settings  # noqa: E402

# A deadline fails a test for what else the machine is doing, and a random seed for what nobody changed.
settings.register_profile("lemmata", parent=settings(), deadline=None, derandomize=True)
settings.load_profile("lemmata")
