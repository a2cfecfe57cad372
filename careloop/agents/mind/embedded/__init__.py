"""The mind that needs no model server: rules and small learned models."""
