"""Optimisers over whole populations, one per file, each exposing ``OPTIMISER``; a new file is found by
itself.
"""
