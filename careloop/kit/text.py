"""Text for people: gettext catalogues, read straight from the `.po` files we edit."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en", "es", "de", "fr", "pt", "ru", "ja", "ko", "ar", "vi", "th")
RIGHT_TO_LEFT = frozenset({"ar"})
FALLBACK = "en"

_FOLDER = Path(__file__).parent.parent / "locale"
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@cache
def catalogue(language: str) -> dict[str, str]:
    """All phrases of one language: message id to text."""
    path = _FOLDER / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string}


def t(key: str, language: str, /, **values: object) -> str:
    """The phrase `key` in `language`, else in English; placeholders filled from `values`.

    Raises `KeyError` for an unknown key: a missing phrase is a bug, not a shrug.
    """
    phrase = catalogue(base(language)).get(key) or catalogue(FALLBACK)[key]
    return phrase.format(**values) if values else phrase


def base(language: str) -> str:
    """The language without script or region: `zh-Hant-TW` and `zh_TW` are `zh`."""
    return language.replace("_", "-").split("-")[0].lower()


def language_name(code: str, in_language: str) -> str:
    """A language's name as a speaker of `in_language` calls it (CLDR)."""
    try:
        return Locale(base(code)).get_display_name(base(in_language)) or code
    except UnknownLocaleError:
        return code


def clean(text: str, limit: int) -> tuple[str, bool]:
    """Drop control and invisible direction characters and halves of broken emoji, then cut.

    Returns the text, at most `limit` long, and whether it was cut.
    """
    kept = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return kept[:limit], len(kept) > limit
