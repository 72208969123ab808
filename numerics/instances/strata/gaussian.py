"""Independent normal rows."""

from numerics.instances.draw import arranged
from numerics.instances.stratum import Stratum

STRATUM = Stratum(name="gaussian", title="independent normal rows", draw=arranged)
