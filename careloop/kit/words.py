"""Words of short texts in any script, for finding rows by what people remember of them.

Latin, Greek, Cyrillic, Arabic and the like: words in lower case without accents. Scripts without
spaces (Chinese, Japanese, Korean, Thai, Khmer, Lao, Burmese): single characters and pairs of
neighbours. What looks like an identifier (`E-217`, `GS2000-0117`) is one word without its marks,
and its longer parts are words too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_WORD = 32
_NO_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(
    rf"(?P<grams>[{_NO_SPACES}]+)"
    rf"|(?P<word>(?:(?![{_NO_SPACES}])[^\W_])+(?:[-._/](?:(?![{_NO_SPACES}])[^\W_])+)*)"
)
_MARKS = re.compile("[-._/]")
_ACCENTS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question; `begins` lets it be the beginning of a longer one."""

    text: str
    begins: bool


def folded(text: str) -> str:
    """The text for comparing: full width, case and accents make no difference."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", apart))


def words(text: str) -> set[str]:
    """All words of a text, as an index keeps them."""
    found: set[str] = set()
    for run in _RUNS.finditer(folded(text)):
        grams, word = run["grams"], run["word"]
        if grams:
            found.update(grams)
            found.update(grams[at : at + 2] for at in range(len(grams) - 1))
            continue
        parts = _MARKS.split(word)
        if is_identifier(word):
            found.add(joined(word))
            parts = [part for part in parts if len(part) > (2 if part.isdigit() else 1)]
        found.update(part[:MAX_WORD] for part in parts)
    return found


def terms(question: str) -> list[Term]:
    """The words that a question asks for, each once; the last may be unfinished.

    Of a run without spaces each pair must be found; of a single character the character.
    """
    found: dict[Term, None] = {}
    runs = list(_RUNS.finditer(folded(question)))
    for run in runs:
        grams, word = run["grams"], run["word"]
        if grams:
            pairs = [grams[at : at + 2] for at in range(len(grams) - 1)]
            found.update((Term(pair, False), None) for pair in pairs or [grams])
            continue
        last = run is runs[-1] and not question[-1:].isspace()
        whole = [joined(word)] if is_identifier(word) else _MARKS.split(word)
        for at, part in enumerate(whole):
            found[Term(part[:MAX_WORD], last and at == len(whole) - 1)] = None
    # A letter by itself, as in `E 217`, says too little beside other words.
    telling = [term for term in found if len(term.text) > 1 or not term.text.isascii()]
    return telling or list(found)


def is_identifier(word: str) -> bool:
    """Whether a word holds a digit, as numbers, codes and serials do."""
    return any(map(str.isdigit, word))


def joined(word: str) -> str:
    """An identifier without the marks inside it."""
    return _MARKS.sub("", word)[:MAX_WORD]


@lru_cache(maxsize=8_192)
def beginnings(word: str) -> frozenset[str]:
    """Beginnings under which a word is filed as well, each ending in `*`.

    Words after three, five and eight characters; identifiers, whose fellows share long
    beginnings, after three and every second further one. So few words ever lie between one
    beginning and the next.
    """
    ends = range(3, len(word), 2) if is_identifier(word) else (3, 5, 8)
    return frozenset(f"{word[:end]}*" for end in ends if end < len(word))
