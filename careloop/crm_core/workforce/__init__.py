"""Engineers, presence and office hours."""
