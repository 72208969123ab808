"""One teacher–student model per file, each bound to ``MODEL``."""
