"""Claims of published papers, as data: one folder per paper, one file per printed result, each with ``CLAIMS``."""
