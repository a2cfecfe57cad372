"""How secrets of logins, tokens and links are kept."""

from __future__ import annotations

import hashlib


def hash_secret(secret: str) -> str:
    """SHA-256 is enough here: the secrets carry 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
