"""One canonical form of text, so that two spellings of one thing compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f"
THAI = "\u0e00-\u0e7f"
ARABIC = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
CYRILLIC = "\u0400-\u052f"

_HAS_HAN = re.compile(f"[{HAN}]")
_HAS_KANA = re.compile(f"[{KANA}]")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_ARABIC_LETTERS = str.maketrans("أإآٱىة", "اااايه")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))

# German umlauts carry meaning and its stemmer folds them; Vietnamese and Thai tones carry meaning.
_FOLDED = frozenset({"en", "es", "fr", "pt"})


@lru_cache(maxsize=4)
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def simplify(text: str) -> str:
    """Chinese characters in their simplified form; Japanese text goes by its kyujitai first."""
    if not _HAS_HAN.search(text):
        return text
    if _HAS_KANA.search(text):
        text = _converter("jp2t").convert(text)
    simplified: str = _converter("t2s").convert(text)
    return simplified


def fold_accents(text: str) -> str:
    """Letters without their diacritics: `fuse e` for `fuse é`, also `ı` untouched."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def normalize(text: str, lang: str = "") -> str:
    """NFKC, lower case, plain dashes, simplified Chinese, accents folded where `lang` allows.

    Idempotent. Offsets into the result are not offsets into `text`.
    """
    text = unicodedata.normalize("NFKC", text).lower().translate(_DASHES)
    if text.isascii():
        return text
    text = simplify(text)
    if lang in _FOLDED:
        text = fold_accents(text)
    elif lang == "ru":
        text = text.replace("ё", "е")
    elif lang == "ar":
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    return text
