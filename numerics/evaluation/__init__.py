"""How the structural walk sees a frame, supplied quantities, observables, and certified digits."""
