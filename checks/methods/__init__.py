"""Methods: one way to reach a verdict per file, each with a constant ``METHOD``; the engine runs those that apply."""
