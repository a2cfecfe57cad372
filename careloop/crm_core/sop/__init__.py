"""Standard work: written procedures with versions, and the runs of them on visits."""
