"""Tenants, users, roles, sessions and tokens."""
