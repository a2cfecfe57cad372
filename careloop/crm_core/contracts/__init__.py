"""Service contracts."""
