"""One activation per file, each bound to ``ACTIVATION``; a family has a function ``FAMILY`` of its parameter besides."""
