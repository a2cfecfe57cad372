"""Words of a text as the termbase compares them, in languages that part them by spaces.

Each word has keys: the first is how a name is filed, the others are further readings of a word
in a text. Names and texts go through the same door, so that inflection falls away on both sides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from careloop.knowledge.language.arabic import arabic_keys, present_tense
from careloop.knowledge.language.normalize import HAN, HANGUL, KANA, THAI, fold_accents
from careloop.knowledge.language.term_stems import stem_of

_WORD = re.compile(f"[^\\W_{HAN}{KANA}{THAI}{HANGUL}]+")
_SENTENCE_END = re.compile(r"[.!?;…؟؛](?=\s)|\n\s*\n")
BREAK = "\0"
"""Stands where a sentence ends: no name goes on beyond it."""
PLAIN_VIETNAMESE = "vi-plain"
"""Vietnamese as typed on a keyboard without accents."""

# Words that may stand inside a term without changing it: articles and possessives.
_ARTICLES = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": "a an the my our your its this that any",
        "es": "el la los las un una mi su nuestro nuestra lo se me nos",
        "de": "der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner "
        "unser unsere unseren sich",
        "fr": "le la les l un une des du d de mon ma mes notre nos se s cette ce ne n",
        "pt": "o a os as um uma meu minha nosso nossa se",
    }.items()
}
# Every way to say no is one word for matching: "won't turn on" is "does not turn on".
_NO = {
    "en": re.compile(
        r"\b(?:(?:do|does|did|is|are|was|were|will|would|can|could|has|have)\s+not"
        r"|cannot|can['’]t|won['’]t|cant|wont"
        r"|(?:do|does|did|is|are|was|were|would|could|has|have)n['’]?t)\b"
    ),
    "fr": re.compile(r"\b(?:pas|plus|jamais)\b"),
    "de": re.compile(r"\b(?:keinen|keine|keiner|keinem|kein)\b"),
    "pt": re.compile(r"\bnao\b"),
}
_NO_WORD = {"en": "not", "fr": "pas", "de": "kein", "pt": "nao"}
_ARABIC_NO = frozenset({"لا", "لم", "لن", "ما"})
_SPELT_OUT = re.compile(r"(?<![aeq])([aou])e")
_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}


class Word(NamedTuple):
    """A word with its place in the text and its keys, at least one."""

    text: str
    start: int
    end: int
    keys: tuple[str, ...]


def words(text: str, lang: str, *, name: bool = False) -> list[Word]:
    """Words of a normalised text, negations as one word, articles left out.

    A text has a break between two sentences; the words of a `name` have none.
    """
    base = lang.partition("-")[0]
    text, ends = _with_one_no(text, base)
    articles = _ARTICLES.get(base, frozenset())
    found: list[Word] = []
    skipped: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not name and start - last > 1 and _SENTENCE_END.search(text, last, start + 1):
            found.append(Word(BREAK, start, start, (BREAK,)))
        last = end = ends.get(start, end)
        raw = match[0]
        if raw in articles:
            skipped.append(Word(raw, start, end, (raw,)))
            continue
        found.append(Word(raw, start, end, word_keys(raw, lang)))
    if base == "ar":
        _conjugated(found)
    return found if any(word.text != BREAK for word in found) else skipped


@lru_cache(maxsize=100_000)
def word_keys(word: str, lang: str) -> tuple[str, ...]:
    """How a normalised word is looked up, most likely first; a name is filed under the first."""
    if lang == "ar" and not word.isascii():
        return arabic_keys(word)
    if lang == PLAIN_VIETNAMESE:
        return (plain_vietnamese(word),)
    return (stem_of(word, lang),)


def plain_vietnamese(text: str) -> str:
    """Vietnamese without its accents: `bơm` is `bom`, `đ` is `d`."""
    return fold_accents(text).replace("đ", "d")


@lru_cache(maxsize=50_000)
def german_part(word: str) -> str:
    """A German word so that `Kühl` and `Kuehl` are one, as parts of compounds."""
    if "e" not in word:
        return word
    return _SPELT_OUT.sub(lambda match: _UMLAUT[match[1]], word)


def _with_one_no(text: str, lang: str) -> tuple[str, dict[int, int]]:
    """The text with one word for no, padded to keep all places, and where each no ends."""
    no = _NO.get(lang)
    if no is None:
        return text, {}
    ends = {match.start(): match.end() for match in no.finditer(text)}
    word = _NO_WORD[lang]
    return no.sub(lambda match: word.ljust(len(match[0]))[: len(match[0])], text), ends


def _conjugated(found: list[Word]) -> None:
    """After a negation a verb in the present reads alike for he and she."""
    for at in range(1, len(found)):
        if found[at - 1].text in _ARABIC_NO:
            found[at] = found[at]._replace(keys=(present_tense(found[at].text),))
