"""Password hashing with Argon2id (RFC 9106 low-memory profile, the library's default)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from careloop.kit.errors import InvalidInput

MIN_LENGTH = 10
MAX_LENGTH = 200

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """A hash to check against when there is no such user, so that it takes as long."""
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Hash a new password; too short or too long ones are refused."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise InvalidInput(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters")
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is no such user."""
    try:
        return _hasher.verify(stored or _nobody(), password[:MAX_LENGTH]) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False
