"""The arithmetics in which one structural walk evaluates claim trees: binary64, balls, rational functions."""
