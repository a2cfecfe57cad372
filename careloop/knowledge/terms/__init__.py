"""A tenant's own terms: entries beside and instead of the shipped ones, and proposals."""
