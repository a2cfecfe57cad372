"""Keys for terms that nobody gave one."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from careloop.knowledge.language.normalize import fold_accents
from careloop.knowledge.language.term_entry import MAX_KEY

_SPELT = ("en", "es", "fr", "pt", "de", "vi")


def free_key(names: Mapping[str, Sequence[str]], fallback: str, taken: Container[str]) -> str:
    """A key from the first name in Latin script, else `own_<fallback>`; a number parts it from
    keys that are `taken`."""
    key = next((made for lang in _SPELT for name in names.get(lang, ())[:1]
                if (made := _spelt(name))), f"own_{fallback}")  # fmt: skip
    if key not in taken:
        return key
    return next(name for number in range(2, 10_000) if (name := f"{key}_{number}") not in taken)


def _spelt(name: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "_", fold_accents(name).lower()).strip("_")
    made = made[: MAX_KEY - 5].strip("_")
    return made if made[:1].isalpha() else ""
