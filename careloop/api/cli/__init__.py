"""The `careloop` command."""
