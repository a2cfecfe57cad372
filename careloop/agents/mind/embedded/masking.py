"""Text cut to size, its identifiers and figures replaced, so that a classifier learns none."""

from __future__ import annotations

import re

MAX_CHARACTERS = 4000
"""Longer messages are read from their beginning and end, half of this each."""

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<[a-z/!][^<>]{0,400}>"), " "),
    (re.compile(r"https?://\S+|www\.\S+"), " xlink "),
    (re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64})+"), " xmail "),
    (re.compile(r"(?<![a-z0-9])\+?\d(?:[\s().\-/]{0,2}\d){7,16}(?![a-z0-9])"), " xlong "),
    # Letters and digits in one token: a serial, a part, a code, a model.
    (
        re.compile(
            r"(?<![a-z0-9])(?=[a-z0-9\-_/.]{0,24}[a-z])(?=[a-z0-9\-_/.]{0,24}\d)"
            r"[a-z0-9]+(?:[\-_/.][a-z0-9]+)*(?![a-z0-9])"
        ),
        " xcode ",
    ),
    (re.compile(r"\d{5,}"), " xlong "),
    (re.compile(r"\d+(?:[.,:]\d+)*"), " xnum "),
    (re.compile(r"\s+"), " "),
)


def clip(text: str) -> str:
    """At most `MAX_CHARACTERS`: what is asked stands at the start or at the end of a long mail."""
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return text[:half] + "\n" + text[-half:]


def mask(normalized: str) -> str:
    """`normalized` (lower case) with mails, links, codes and numbers as fixed placeholder words."""
    text = normalized
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text.strip()
