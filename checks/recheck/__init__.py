"""The independent checker of certificates: python-flint and the standard library only, nothing of the
prover.
"""
