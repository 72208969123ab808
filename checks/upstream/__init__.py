"""Defects of the libraries lemmata stands on, and what it relies on instead, as a standing corpus.

`lemmata doctor` runs it, so that an upgrade that brings a defect back, or takes one away, is seen. The corpus
shows the forbidden calls on purpose; it is the only part of lemmata that makes them.
"""
