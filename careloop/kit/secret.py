"""The installation's secret key: one file, mode 0600, made once."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from careloop.kit.errors import Misconfigured

KEY_BYTES = 32


def ensure_key(path: Path) -> bytes:
    """Read the key, or make it; a file that others may read is refused."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return read_key(path)
    except OSError as error:
        raise Misconfigured(f"Cannot write the secret key {path}: {error.strerror}") from None
    key = os.urandom(KEY_BYTES)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.hex().encode())
    return key


def read_key(path: Path) -> bytes:
    """The key; `Misconfigured` says what to do when it is missing, open to others or damaged."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text().strip()
    except FileNotFoundError:
        raise Misconfigured(f"No secret key at {path}; run `careloop init`") from None
    if mode & 0o077:
        raise Misconfigured(f"{path} may be read by others; run `chmod 600 {path}`")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Misconfigured(f"{path} is damaged; restore it from a backup") from None
