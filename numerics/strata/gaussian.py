"""Independent normal rows."""

from numerics.draw import arranged
from numerics.stratum import Stratum

STRATUM = Stratum(name="gaussian", title="independent normal rows", draw=arranged)
