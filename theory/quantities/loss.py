"""Population loss L."""

from theory.loss import population_loss
from theory.quantity import Quantity

QUANTITIES = (
    Quantity(
        name="loss",
        latex="L",
        meaning="population loss: half (a quarter in wang21a) of the expected squared difference of student and teacher",
        source="wang21a p. 4; xu23a (3); zhou21b (1)",
        define=population_loss,
        nonnegative=True,
    ),
)
