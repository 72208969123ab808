"""Deciding identities: generic instances, hypotheses as relations of the ring, how many rows suffice, exact
attack.
"""
