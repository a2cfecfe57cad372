"""The mind as a port: Reader, Planner, Writer, and their adapters."""
