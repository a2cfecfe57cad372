"""The judges: each looks at a case and what came of it, and gives its mark."""
