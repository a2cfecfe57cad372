"""Customers, contacts and their identities on channels."""
