"""Ways of building instances, one per file, each exposing ``STRATUM``; a new file here is found by itself."""
