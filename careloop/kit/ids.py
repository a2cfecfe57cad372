"""Time-ordered identifiers."""

from __future__ import annotations

import os
import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 26

_lock = threading.Lock()
_last_ms = 0
_last_tail = 0


def new_id() -> str:
    """A 26-character lower-case ULID: 48 bits of milliseconds, 80 random bits.

    Ids made in one process ascend strictly, also within one millisecond.
    Source: https://github.com/ulid/spec (monotonicity).
    """
    global _last_ms, _last_tail
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_ms:
            _last_ms, _last_tail = now, int.from_bytes(os.urandom(10), "big") >> 1
        else:
            _last_tail += 1
        value = (_last_ms << 80) | _last_tail
    letters = []
    for _ in range(ID_LENGTH):
        letters.append(_ALPHABET[value & 31])
        value >>= 5
    return "".join(reversed(letters))


def new_secret(size: int = 32) -> str:
    """A URL-safe random secret of `size` bytes."""
    return secrets.token_urlsafe(size)
