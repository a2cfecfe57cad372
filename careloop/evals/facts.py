"""Whether a text says a fact: figures are equal however people write them.

Full-width and half-width are equal, so are decimal comma and point, `20 000`, `20,000`, `20.000`
and `20000`, and a unit with or without a blank before it. A fact never matches inside a longer
number or code: `LC-46` is not in `LC-46S`, `2000` not in `GS-2000`, `78` not in `178` or `78.5`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2011": "-", "\u2044": "/", "\u2019": "'"})
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([ ,.'])\d{3})(?:\1\d{3})*(?![\d]|[.,]\d)")
_UNITS = (
    "°c|%|v|kv|a|ma|w|kw|va|kva|hz|khz|kg|g|mg|t|m|cm|mm|µm|μm|nm|l|ml|µl|μl|l/min|m³/h|m3/h|n|n·m|"
    "pa|kpa|mpa|bar|rpm|db|s|min|h|kb|mb|gb|tb|gbit/s|k|ppm|eur|usd|cny"
)
_BEFORE_UNIT = re.compile(rf"(?<=\d)\s+(?=(?:{_UNITS})(?![a-z]))")
_PLAIN_NUMBER = re.compile(r"[\d.]+(?:-[\d.]+)?")


def says(text: str, fact: str) -> bool:
    """Whether `text` holds `fact`."""
    return any(_pattern(form).search(read) for form in _readings(fact) for read in _readings(text))


@lru_cache(maxsize=512)
def _readings(text: str) -> tuple[str, ...]:
    """The text with commas read as decimal signs, and with groups of three read as thousands."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_MINUS)
    plain = _BEFORE_UNIT.sub("", " ".join(plain.split()))
    grouped = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    return tuple(dict.fromkeys(_DECIMAL_COMMA.sub(".", form) for form in (plain, grouped)))


@lru_cache(maxsize=2048)
def _pattern(fact: str) -> re.Pattern[str]:
    """Edges: after a plain number or range a unit may follow, after a code or word nothing may."""
    before = r"(?<![a-z0-9.])(?<![a-z]-)" if fact[:1].isascii() and fact[:1].isalnum() else ""
    if _PLAIN_NUMBER.fullmatch(fact):
        after = r"(?!\d|\.\d|-[a-z0-9]*[a-z])"
    else:
        after = r"(?![a-z0-9]|\.\d)" if fact[-1:].isascii() and fact[-1:].isalnum() else ""
    return re.compile(before + re.escape(fact) + after)
