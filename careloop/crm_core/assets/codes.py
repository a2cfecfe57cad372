"""Codes that open a device's public page: random, long, and readable from a label."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Without 0/o, 1/i/l and u, so that a code can be typed from a worn label."""
CODE_CHARS = 20


def new_public_code() -> str:
    """A code of 98 random bits: nobody comes upon another device's page by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_CHARS))


def token_hash(token: str) -> str:
    """What is stored of a secret that somebody else keeps."""
    return hashlib.sha256(token.encode()).hexdigest()
