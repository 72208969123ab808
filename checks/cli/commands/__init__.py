"""One command per file, discovered by file name (see `checks.cli.discover`)."""
