"""One file per kind: what a record becomes in the books."""
