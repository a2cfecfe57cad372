"""Names and keys as people write them, folded to one form in which they can be compared."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = re.compile(r"[(\[{【][^)\]}】]*[)\]}】]")
_HAN = re.compile("[\u3400-\u9fff]+")


def fold_key(text: str) -> str:
    """A natural key for comparing: width, case and runs of spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold_name(text: str) -> str:
    """A header or file name for comparing: only letters and digits count, in any case or width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def without_brackets(text: str) -> str:
    """The text without remarks in brackets: `保修月数（月）` is `保修月数`."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text))


def in_brackets(text: str) -> list[str]:
    """The remarks in brackets, without the brackets."""
    return [found[1:-1] for found in _BRACKETS.findall(unicodedata.normalize("NFKC", text))]


def halves(text: str) -> tuple[str, str] | None:
    """The Chinese and the other half of a bilingual header (`序列号 Serial No`), else None."""
    chinese, other = "".join(_HAN.findall(text)), _HAN.sub("", text)
    return (chinese, other) if chinese and fold_name(other) else None
