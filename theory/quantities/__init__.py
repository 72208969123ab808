"""The vocabulary: one file per concept, each with a constant ``QUANTITIES``."""
