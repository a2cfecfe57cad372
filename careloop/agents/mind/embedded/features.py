"""A message as numbers: hashed words and letter groups, and cues that no language owns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from careloop.agents.mind.embedded.cues import cues_in
from careloop.agents.mind.embedded.hazards import hazard_classes, hazard_halves, names_hazard
from careloop.agents.mind.embedded.masking import clip, mask
from careloop.knowledge.language.normalize import HAN, HANGUL, KANA, THAI, normalize
from careloop.knowledge.language.termbase import termbase

BUCKETS = 1 << 17
_UNSPACED = re.compile(f"[{HAN}{KANA}{THAI}{HANGUL}々ー]+")
_WORD = re.compile(rf"[^\W_{HAN}{KANA}{THAI}{HANGUL}々ー]+|[?？]|[!！]")
_BLOCK_WEIGHT = {"word": 1.0, "letters": 1.0, "cue": 1.6}

Indices: TypeAlias = npt.NDArray[np.int32]
Values: TypeAlias = npt.NDArray[np.float32]


def features(text: str, lang: str) -> tuple[Indices, Values]:
    """Bucket numbers, distinct and ascending, and their values; the same on every machine."""
    clipped = clip(text)
    masked = mask(normalize(clipped, lang))
    summed: dict[int, float] = {}
    blocks = (
        ("word", _words(masked)),
        ("letters", _letters(masked)),
        ("cue", _cues(clipped, masked, lang)),
    )
    for block, names in blocks:
        counts: dict[int, int] = {}
        for name in names:
            bucket = crc32(name.encode()) % BUCKETS
            counts[bucket] = counts.get(bucket, 0) + 1
        norm = math.sqrt(sum((1 + math.log(n)) ** 2 for n in counts.values())) or 1.0
        for bucket, count in counts.items():
            value = _BLOCK_WEIGHT[block] * (1 + math.log(count)) / norm
            summed[bucket] = summed.get(bucket, 0.0) + value
    order = sorted(summed)
    return (
        np.array(order, dtype=np.int32),
        np.array([summed[bucket] for bucket in order], dtype=np.float32),
    )


def _words(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    previous = "^"
    for word in words:
        yield "w " + word
        yield f"b {previous} {word}"
        previous = word
    yield f"b {previous} $"
    for run in _UNSPACED.findall(text):
        for size in (1, 2):
            for at in range(len(run) - size + 1):
                yield "w " + run[at : at + size]


def _letters(text: str) -> Iterator[str]:
    for run in _UNSPACED.findall(text):
        padded = f"<{run}>"
        for size in (2, 3, 4):
            for at in range(len(padded) - size + 1):
                yield "l " + padded[at : at + size]
    for word in _WORD.findall(text):
        padded = f"<{word}>"
        for size in (3, 4, 5):
            for at in range(len(padded) - size + 1):
                yield "l " + padded[at : at + size]


def _cues(original: str, masked: str, lang: str) -> Iterable[str]:
    found = [f"c {cue}" for cue in cues_in(masked, lang)]
    for match in termbase().concepts(masked, lang):
        found.append(f"k {match.kind}{' not' if match.negated else ''}")
        if match.kind == "symptom":
            found.append(f"k {match.concept}")
    if names_hazard(original, lang):
        found.append("h named")
    if classes := hazard_classes(original, lang):
        found += ["h told", *(f"h {name}" for name in classes)]
    found += [f"h {half}" for half in hazard_halves(original, lang)]
    found += _manner(original, masked)
    names = sorted(set(found))
    pairs = [f"{a} & {b}" for i, a in enumerate(names) for b in names[i + 1 :] if a < b]
    return names * 2 + pairs[:400]


def _manner(original: str, masked: str) -> Iterator[str]:
    """How it is said: question, shouting, length, what placeholders stand in it."""
    if "?" in original or "？" in original or "؟" in original:
        yield "m question"
    shouts = original.count("!") + original.count("！")
    if shouts:
        yield "m shout" if shouts < 3 else "m shouting"
    letters = [c for c in original if c.isalpha() and c.lower() != c.upper()]
    if len(letters) > 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        yield "m capitals"
    yield f"m length {min(6, int(math.log2(len(masked) + 1)) - 2)}"
    for placeholder in ("xcode", "xlong", "xnum", "xmail", "xlink"):
        if placeholder in masked:
            yield f"m {placeholder}"
