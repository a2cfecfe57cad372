"""Service levels: what was promised, and whether it is kept."""
