"""Consent, retention, and what a person may ask: a copy of their data, and its erasure."""
