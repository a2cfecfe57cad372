"""Whether a text denies what it names."""

from __future__ import annotations

import re

UNSPACED = frozenset({"zh", "ja", "ko", "th"})
"""Languages whose words are not parted by spaces, or join their particles."""

_NEGATIONS_BEFORE = {
    "zh": ("不", "没", "没有", "未", "无", "非", "不是", "不会", "不能", "无法"),
    "ko": ("안", "못"),
    "th": ("ไม่", "ไม่มี"),
    "en": ("not", "no", "never", "without", "cannot", "don", "doesn", "isn", "won", "can", "didn"),
    "es": ("no", "sin", "nunca", "ni"),
    "de": ("nicht", "kein", "keine", "keinen", "keiner", "ohne", "nie"),
    "fr": ("ne", "n", "pas", "sans", "jamais", "aucun", "aucune"),
    "pt": ("nao", "sem", "nunca", "nem"),
    "ru": ("не", "нет", "без", "ни"),
    "ar": ("لا", "لم", "لن", "ليس", "بدون", "غير", "ما"),
    "vi": ("không", "chưa", "chẳng"),
}
_NEGATIONS_AFTER = {"ja": ("ない", "ません", "なく", "ず", "なし", "なかった"),
                    "ko": ("지 않", "지않", "없", "안 ", "못"),
                    "de": (" nicht",)}  # fmt: skip


def negated(text: str, start: int, end: int, lang: str) -> bool:
    """Whether the name at `start..end` of a normalised text is denied by the words around it."""
    before = text[max(0, start - 24) : start]
    cues = _NEGATIONS_BEFORE.get(lang, ())
    if lang not in UNSPACED and set(re.findall(r"\w+", text[start:end])) & set(cues):
        return False  # the negation is part of the name: "does not start"
    if lang in UNSPACED:
        closely = before.rstrip()
        if any(closely.endswith(cue) for cue in cues):
            return True
    elif set(re.findall(r"\w+", re.split(r"[.,;:!?]", before)[-1])[-3:]) & set(cues):
        return True
    after = text[end : end + 8]
    return any(cue in after for cue in _NEGATIONS_AFTER.get(lang, ()))
