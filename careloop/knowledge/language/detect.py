"""Which language a text is in: script first, then a statistical identifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from careloop.knowledge.language.normalize import ARABIC, CYRILLIC, HAN, HANGUL, KANA, THAI
from careloop.knowledge.language.stopwords import MARKERS

SUPPORTED = ("zh", "en", "es", "de", "fr", "pt", "ru", "ja", "ko", "ar", "vi", "th")
_LATIN = ("en", "es", "de", "fr", "pt", "vi")

_NOISE = re.compile(
    r"https?://\S+|(?<!\S)\S{1,200}@\S+"  # links and addresses
    r"|(?<![^\W\d_])[A-Z]{2,}(?![^\W\d_])"  # abbreviations
    r"|(?<![A-Za-z\-_/])[A-Za-z\-_/]{0,60}\d[\w\-_/.]*",  # codes, serials, model names, figures
    re.ASCII,
)
_SCRIPTS = (
    ("ko", re.compile(f"[{HANGUL}]")),
    ("th", re.compile(f"[{THAI}]")),
    ("ar", re.compile(f"[{ARABIC}]")),
    ("ru", re.compile(f"[{CYRILLIC}]")),
)
_KANA = re.compile(f"[{KANA}]")
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FALLBACK = "en"
_FEW_WORDS, _FEW_LETTERS = 3, 12


class Detected(NamedTuple):
    """A language code of `SUPPORTED` and how sure we are, 0..1."""

    code: str
    confidence: float


def detect(text: str, hints: Sequence[str] = ()) -> Detected:
    """The language of `text`; `hints` (most likely first) decide where the text does not.

    Codes, serial numbers and links are left out of the judgement, so `E-217?` alone takes the
    first hint with confidence 0, or English; so does `NE32-26S0545 da E-217`.
    """
    words = _NOISE.sub(" ", text)
    by_script = _by_script(words)
    if by_script:
        return by_script
    if not _LETTER.search(words) or _says_too_little(words, text, hints):
        return _from_hints(hints)
    return _latin(words, hints)


def _says_too_little(words: str, text: str, hints: Sequence[str]) -> bool:
    """Whether the words beside the identifiers of `text` are too few to speak against the hint.

    Two function words of one other language are enough to speak against it, and for a hint of
    another script so is any whole word.
    """
    hint = next((hint for hint in hints if hint in SUPPORTED), "")
    if not hint or words == text:
        return False
    tokens = [word.lower() for word in _WORD.findall(words)]
    letters = sum(map(len, tokens))
    if hint not in _LATIN:
        return letters <= _FEW_LETTERS // 3
    if _VIETNAMESE.search(words) and hint != "vi":
        return False
    votes = {code: sum(token in MARKERS[code] for token in tokens) for code in _LATIN}
    if votes[hint] == 0 and max(votes.values()) > 1:
        return False
    return len(tokens) < _FEW_WORDS or letters < _FEW_LETTERS


def _from_hints(hints: Sequence[str]) -> Detected:
    known = [hint for hint in hints if hint in SUPPORTED]
    return Detected(known[0] if known else _FALLBACK, 0.0)


def _by_script(words: str) -> Detected | None:
    letters = len(_LETTER.findall(words)) or 1
    kana, han = len(_KANA.findall(words)), len(_HAN.findall(words))
    # One letter of a script that carries more per letter outweighs a foreign product name.
    if kana and kana * 12 >= han:
        return Detected("ja", min(1.0, 0.6 + (kana + han) / letters * 0.4))
    for code, pattern in _SCRIPTS:
        count = len(pattern.findall(words))
        if count and count * 2 >= letters - count and count >= han:
            return Detected(code, min(1.0, 0.6 + count / letters * 0.4))
    if han and han * 4 >= letters - han:
        return Detected("zh", min(1.0, 0.6 + han / letters * 0.4))
    return None


def _latin(words: str, hints: Sequence[str]) -> Detected:
    if len(_VIETNAMESE.findall(words)) >= 1:
        return Detected("vi", 0.95)
    tokens = [word.lower() for word in _WORD.findall(words)]
    votes = {code: sum(token in MARKERS[code] for token in tokens) for code in _LATIN}
    ranked = dict(_identifier().rank(words.lower()))
    scores = {code: float(ranked.get(code, 0.0)) for code in _LATIN}
    # Function words of one language are better evidence in a short text than letter statistics.
    for code in _LATIN:
        scores[code] = (scores[code] + 0.02) * 6.0 ** min(votes[code], 4)
    for hint in hints[:1]:
        if hint in scores:
            scores[hint] *= 12.0 if len(tokens) <= 2 else 2.0
    total = sum(scores.values()) or 1.0
    best = max(scores, key=lambda code: scores[code])
    return Detected(best, round(scores[best] / total, 3))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LATIN))
    return identifier
