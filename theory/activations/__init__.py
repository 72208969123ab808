"""One activation per file, each bound to ``ACTIVATION``."""
