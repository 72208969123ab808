"""Reduction: a claim inherits the verdict of simpler claims through steps that are checked one by one."""
