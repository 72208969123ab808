"""Claims about teacher–student networks, the methods that decide them, and the command line.

Importing this package imports nothing else: `lemmata --help` has to answer at once.
"""

__version__ = "0.1.0"
