"""What a file of claims imports: ``from checks.api import AtMost, Claim, Networks``, or the same from
``checks`` itself.

Quantities such as ``loss`` come from `theory.vocabulary`, indices and rows from `theory.symbols`, heads such
as ``norm`` and ``after_step`` from `theory.heads`, what is asked of trajectories from `theory.observables`.
"""

from checks.claim import Assumption, Claim, Erratum, Family, Mutant
from checks.given import Box, Companion, Descent, Draws, Experiment, Flow, Integers, Networks, Point, Run
from checks.relation import All, AtLeast, AtMost, Below, Bounded, Equal, Likely, Tends
from checks.verdict import Verdict
from theory.activation import Activation, z
from theory.model import Model
from theory.quantity import Quantity, Setting

__all__ = [
    "Activation",
    "All",
    "Assumption",
    "AtLeast",
    "AtMost",
    "Below",
    "Bounded",
    "Box",
    "Claim",
    "Companion",
    "Descent",
    "Draws",
    "Equal",
    "Erratum",
    "Experiment",
    "Family",
    "Flow",
    "Integers",
    "Likely",
    "Model",
    "Mutant",
    "Networks",
    "Point",
    "Quantity",
    "Run",
    "Setting",
    "Tends",
    "Verdict",
    "z",
]
