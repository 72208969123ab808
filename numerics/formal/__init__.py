"""Exact algebra of statements: Laurent polynomials over Q in generators, with the relations between these.

`ring` holds elements, `reduction` decides whether one vanishes, `powers` takes quotients and roots,
`functions` elementary functions and angles.
"""
