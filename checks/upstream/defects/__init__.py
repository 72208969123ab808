"""One defect per file, each a constant `DEFECT`; discovered by file name (see `checks.upstream.corpus`)."""
