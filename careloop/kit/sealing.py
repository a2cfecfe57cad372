"""Secrets that have to be used again, kept with the help of the installation's key.

`derive` makes a secret that is stored nowhere: it comes from the key and a salt that is no secret.
`seal` hides somebody else's secret with AES-SIV (RFC 5297): the same text for the same purpose
gives the same bytes, so a repeated command is the same command.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from careloop.kit.errors import Misconfigured


class Vault:
    """Derives, seals and opens; `purpose` binds a secret to its tenant and its use."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESSIV(hmac.digest(key, b"careloop.seal.v1", hashlib.sha512))

    def derive(self, salt: str, *purpose: str) -> bytes:
        """32 bytes that nobody can know without the installation's key."""
        return hmac.digest(self._key, _bound("derive", salt, *purpose), hashlib.sha256)

    def seal(self, text: str, *purpose: str) -> str:
        """The text, unreadable and bound to its purpose."""
        sealed = self._cipher.encrypt(text.encode(), [_bound("seal", *purpose)])
        return base64.urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, *purpose: str) -> str:
        """The text again; `Misconfigured` when the key is another one than then."""
        try:
            opened = self._cipher.decrypt(
                base64.urlsafe_b64decode(sealed), [_bound("seal", *purpose)]
            )
        except (InvalidTag, binascii.Error, ValueError):
            raise Misconfigured(
                "A stored login cannot be opened with this installation's key; enter it again"
            ) from None
        return opened.decode()


def _bound(*words: str) -> bytes:
    """The words in one piece that no other words make."""
    return b"careloop" + b"".join(
        len(word.encode()).to_bytes(4, "big") + word.encode() for word in words
    )
