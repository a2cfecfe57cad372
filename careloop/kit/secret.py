"""The installation's secret key: one file, mode 0600, made once."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from careloop.kit.errors import Misconfigured

KEY_BYTES = 32


def ensure_key(path: Path) -> bytes:
    """Read the key, or make it; a file that others may read is refused."""
    if not path.exists():
        try:
            _make(path)
        except FileExistsError:
            pass  # another process was first; its key counts
        except OSError as error:
            raise Misconfigured(f"Cannot write the secret key {path}: {error.strerror}") from None
    return read_key(path)


def _make(path: Path) -> None:
    """Written beside and linked into place, so that nobody ever reads half a key."""
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES).hex().encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, path)
    finally:
        os.unlink(partial)


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
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"{path} is damaged; restore it from a backup")
    return key
