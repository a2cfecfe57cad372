"""Cues: what a phrase tells about a message, whatever the language or the trade.

`cues/<language>.txt` has one cue for each line, `name: phrase | phrase | stem*`. A star lets the
last word go on. Phrases stand for meaning that returns in every trade (a warranty asked for, a
visit put off, a lawyer named), so that what is learned from one language serves the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from careloop.knowledge.language.normalize import normalize

_ANYWHERE = frozenset({"zh", "ja", "th", "ko", "ar"})
"""Languages in which a word's start cannot be seen from the letters around it."""
_LATIN_GUESTS = frozenset({"zh", "ja", "ko", "th", "ar", "ru", "vi"})
"""Languages whose speakers mix in English words of the trade."""


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)


def cues_in(normalized: str, lang: str) -> list[str]:
    """Names of the cues in the text, sorted; the text is what `normalize(text, lang)` gives."""
    found = _walk(normalized, _trie(lang), anywhere=lang in _ANYWHERE)
    if lang in _LATIN_GUESTS:
        found |= _walk(normalized, _trie("en"), anywhere=False)
    return sorted(found)


def _walk(text: str, root: _Node, *, anywhere: bool) -> set[str]:
    found: set[str] = set()
    for start, first in enumerate(text):
        node = root.next.get(first)
        if node is None or (not anywhere and start and text[start - 1].isalnum()):
            continue
        at = start + 1
        while node is not None:
            found |= node.open
            if node.closed and (at == len(text) or not text[at].isalnum()):
                found |= node.closed
            node = node.next.get(text[at]) if at < len(text) else None
            at += 1
    return found


@lru_cache(maxsize=16)
def _trie(lang: str) -> _Node:
    root = _Node()
    source = resources.files("careloop.agents.mind.embedded") / "cues" / f"{lang}.txt"
    if not source.is_file():
        return root
    for line in source.read_text(encoding="utf-8").splitlines():
        name, colon, phrases = line.partition(":")
        if not colon or name.startswith("#"):
            continue
        for phrase in phrases.split("|"):
            _insert(root, phrase.strip(), name.strip(), lang)
    return root


def _insert(root: _Node, phrase: str, name: str, lang: str) -> None:
    goes_on = phrase.endswith("*") or lang in _ANYWHERE
    for stem in written_forms(phrase.rstrip("*"), lang):
        node = root
        for letter in stem:
            node = node.next.setdefault(letter, _Node())
        (node.open if goes_on else node.closed).add(name)


def written_forms(phrase: str, lang: str) -> list[str]:
    """The phrase as `normalize` leaves it, alone and inside a sentence, sorted.

    The two differ in Japanese, where the form of a character hangs on the kana beside it.
    """
    forms = {normalize(phrase, lang)}
    if lang == "ja" and phrase:
        forms.add(normalize(f"の{phrase}が", lang)[1:-1])
    return sorted(form for form in forms if form)
