"""How the learned parts of the embedded mind are made."""
