"""Text to search tokens, by the rules of its language; identifiers stay whole."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from functools import lru_cache

import jieba
import snowballstemmer

from careloop.knowledge.language.identifiers import match_codes
from careloop.knowledge.language.normalize import (
    ARABIC,
    CYRILLIC,
    HAN,
    HANGUL,
    KANA,
    THAI,
    normalize,
)
from careloop.knowledge.language.stopwords import STOPWORDS

HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a0-\u30fb\u31f0-\u31ff\uff66-\uff9d"

jieba.setLogLevel(60)  # its loading notes would go to stderr of every command

_STEMMERS = {
    "en": "english", "es": "spanish", "de": "german", "fr": "french", "pt": "portuguese",
    "ru": "russian", "ar": "arabic",
}  # fmt: skip
_RUN = re.compile(
    f"(?P<han>[{HAN}々]+)|(?P<kata>[{KATAKANA}ー]+)|(?P<hira>[{HIRAGANA}]+)|"
    f"(?P<thai>[{THAI}]+)|(?P<hangul>[{HANGUL}]+)"
    f"|(?P<other>[^\\W_{HAN}{KANA}{THAI}{HANGUL}々ー]+)"
)
_ELISION = re.compile(r"\b(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu)['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]s?\b")
_SCRIPT_LANGUAGE = (
    ("ru", re.compile(f"[{CYRILLIC}]")), ("ar", re.compile(f"[{ARABIC}]")),
)  # fmt: skip
_KOREAN_ENDINGS = (
    "으로부터", "에서는", "에서", "으로", "에게", "까지", "부터", "이나", "처럼", "보다", "하고",
    "은", "는", "이", "가", "을", "를", "에", "의", "와", "과", "도", "로", "만",
)  # fmt: skip

_local = threading.local()


def tokenize(text: str, lang: str) -> list[str]:
    """Search tokens in order of appearance, stop words left out.

    Chinese gives words and character pairs, Japanese and Thai character pairs, Korean words
    without particles and pairs, other languages stems. A code such as `E-217` is one token
    in canonical form, besides nothing else. The same call serves documents and questions.
    """
    text = normalize(text, lang)
    tokens: list[str] = []
    at = 0
    for match in match_codes(text):
        tokens.extend(_words(text[at : match.start], lang))
        tokens.append(match.code)
        at = match.end
    tokens.extend(_words(text[at:], lang))
    return tokens


def content_words(text: str, lang: str) -> list[list[str]]:
    """The words that carry the topic, each as the tokens that stand for it in `tokenize`.

    A Chinese word is its character pairs or itself; a word counts as found by the share of its
    tokens that are found.
    """
    text = normalize(text, lang)
    units: list[list[str]] = []
    for match in _RUN.finditer(_ELISION.sub(" ", text) if lang == "fr" else text):
        run, kind = match[0], match.lastgroup
        if kind == "han" and lang == "ja":
            units += [list(_pairs(run))] if len(run) > 1 else []
        elif kind == "hira":
            continue
        elif kind == "han":
            units += [_unit(word) for word in _han_words(run)]
        elif kind == "hangul":
            units += [tokens[:1] for tokens in [list(_korean(run))] if tokens]
        elif kind == "kata":
            units.append([run])
        else:
            tokens = list(_words(run, lang))
            units += [tokens] if kind == "thai" and tokens else [[token] for token in tokens]
    return [unit for unit in units if unit]


def commonness(word: str) -> float:
    """How ordinary a Chinese word is, 0 (rare) to 1 (said every day); 0 for other scripts.

    From the frequencies of the segmenter's dictionary: one in a thousand words counts as 1, one
    in a million as 0.
    """
    frequency = jieba.dt.FREQ.get(word, 0)
    if not frequency:
        return 0.0
    share = math.log10(frequency / jieba.dt.total)
    return min(1.0, max(0.0, (share + 6) / 3))


def _han_words(run: str) -> list[str]:
    return [word for word in jieba.cut(run, HMM=False) if word not in STOPWORDS["zh"]]


def _unit(word: str) -> list[str]:
    return [word] if len(word) == 1 else list(_pairs(word))


def stem(word: str, lang: str) -> str:
    """The stem of a normalised word; the word itself where the language has no stemmer."""
    return _stem(word, _language_of(word, lang))


def _words(text: str, lang: str) -> Iterator[str]:
    if lang == "fr":
        text = _ELISION.sub(" ", text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub(" ", text)
    for match in _RUN.finditer(text):
        run = match[0]
        match match.lastgroup:
            case "han":
                yield from _han(run, lang)
            case "kata":
                yield from _katakana(run)
            case "hira":
                # Hiragana is mostly grammar; verbs written in it are kept whole.
                if len(run) > 2 and run not in STOPWORDS["ja"]:
                    yield run
            case "thai":
                yield from _pairs(run)
            case "hangul":
                yield from _korean(run)
            case _:
                if run not in STOPWORDS.get(lang, ()):
                    yield _stem(run, _language_of(run, lang))


def _han(run: str, lang: str) -> Iterator[str]:
    if lang == "ja":
        yield from _pairs(run)
        return
    stop = STOPWORDS["zh"]
    for word in jieba.cut(run, HMM=False):
        if word not in stop and (len(word) != 2 or word not in run):
            yield word
    for start in range(len(run) - 1):
        pair = run[start : start + 2]
        if pair not in stop and not (pair[0] in stop and pair[1] in stop):
            yield pair


def _katakana(run: str) -> Iterator[str]:
    yield run
    if len(run) > 3:
        yield from _pairs(run)


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for start in range(len(run) - 1):
        yield run[start : start + 2]


def _korean(run: str) -> Iterator[str]:
    if run in STOPWORDS["ko"]:
        return
    word = run
    for ending in _KOREAN_ENDINGS:
        if run.endswith(ending) and len(run) - len(ending) >= 2:
            word = run[: -len(ending)]
            break
    yield word
    if len(word) > 2:
        yield from _pairs(word)


def _language_of(word: str, lang: str) -> str:
    """Latin words inside a Chinese or Russian text are read as English."""
    if word.isascii():
        return lang if lang not in ("zh", "ja", "ko", "th", "ru", "ar") else "en"
    for code, pattern in _SCRIPT_LANGUAGE:
        if pattern.search(word):
            return code
    return lang


@lru_cache(maxsize=200_000)
def _stem(word: str, lang: str) -> str:
    # Short words are mostly abbreviations: UPS is not "up".
    algorithm = _STEMMERS.get(lang)
    if algorithm is None or word.isdigit() or len(word) <= 3:
        return word
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if lang not in stemmers:
        stemmers[lang] = snowballstemmer.stemmer(algorithm)
    stemmed: str = stemmers[lang].stemWord(word)
    return stemmed or word
