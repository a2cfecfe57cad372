"""Everyday words: what people say around their question, and what says little about its topic.

The words of `everyday.txt` are counted from customers' messages by `training/everyday_words.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from careloop.knowledge.language.tokens import commonness

EVERYDAY_WEIGHT = 0.2


def topicality(tokens: Sequence[str], lang: str) -> float:
    """How much a word says about the topic, 0.2 (said every day) to 1; `tokens` as one unit of
    `tokens.content_words`."""
    if " ".join(tokens) in _words().get(lang, ()):
        return EVERYDAY_WEIGHT
    if lang != "zh":
        return 1.0
    if len(tokens) == 1 and len(tokens[0]) == 1:
        return EVERYDAY_WEIGHT  # a lone character is mostly a verb or a measure word
    word = tokens[0] + "".join(token[-1] for token in tokens[1:])
    return 1.0 - 0.8 * commonness(word)


def is_everyday(word: str, lang: str) -> bool:
    """Whether a search token is on the list of everyday words."""
    return word in _words().get(lang, ())


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table = resources.files("careloop.knowledge.language") / "everyday.txt"
    found: dict[str, set[str]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        lang, _, word = line.partition("\t")
        found.setdefault(lang, set()).add(word)
    return {lang: frozenset(words) for lang, words in found.items()}
