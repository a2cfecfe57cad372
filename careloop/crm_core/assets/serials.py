"""Serial numbers as people write them: one folded form in which look-alikes are equal."""

from __future__ import annotations

import unicodedata

_LOOK_ALIKES = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "B": "8", "S": "5", "Z": "2"})


def plain(serial: str) -> str:
    """Full-width folded, upper case, letters and digits only: `ｇｓ200－23b` is `GS20023B`."""
    text = unicodedata.normalize("NFKC", serial).upper()
    return "".join(char for char in text if char.isalnum())


def fold(serial: str) -> str:
    """`plain` with O/0, I/L/1, B/8, S/5 and Z/2 made equal; two serials may fold alike."""
    return plain(serial).translate(_LOOK_ALIKES)
