"""Whether a message tells of danger to people: words of danger, not denied and not harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from careloop.agents.mind.embedded.features import clip
from careloop.knowledge.language.normalize import normalize

_ANYWHERE = frozenset({"zh", "ja", "ko", "th", "ar"})
_BEHIND = frozenset({"ja", "ko"})
_CLAUSE = re.compile(r"[.,;:!?。，；：！？、\n—()（）]| but | aber | pero | mais | mas | но | 但")
_REACH = 22
_REACH_UNSPACED = 8


@dataclass(frozen=True, slots=True)
class _Lexicon:
    danger: re.Pattern[str]
    benign: re.Pattern[str]
    denial: re.Pattern[str]


def names_hazard(text: str, lang: str) -> bool:
    """True for smoke, fire, shock, gas, injury, radiation and the like happening or feared."""
    normalized = normalize(clip(text), lang)
    return any(
        _tells(normalize(clip(text), code) if code != lang else normalized, code)
        for code in dict.fromkeys((lang, "en"))
    )


def _tells(text: str, lang: str) -> bool:
    lexicon = _lexicon(lang)
    if lexicon is None:
        return False
    text = lexicon.benign.sub(" ", text)
    found = lexicon.danger.finditer(text)
    return any(not _denied(text, match, lexicon, lang) for match in found)


def _denied(text: str, match: re.Match[str], lexicon: _Lexicon, lang: str) -> bool:
    if lang in _BEHIND:
        behind = _CLAUSE.split(text[match.end() : match.end() + 12])[0]
        return lexicon.denial.search(behind) is not None
    reach = _REACH_UNSPACED if lang in _ANYWHERE else _REACH
    before = _CLAUSE.split(text[max(0, match.start() - reach) : match.start()])[-1]
    return lexicon.denial.search(before) is not None


@lru_cache(maxsize=16)
def _lexicon(lang: str) -> _Lexicon | None:
    source = resources.files("careloop.agents.mind.embedded") / "hazards.txt"
    phrases: dict[str, list[str]] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        head, colon, listed = line.partition(":")
        if colon and not head.startswith("#") and head.split()[1] == lang:
            phrases[head.split()[0]] = [phrase.strip() for phrase in listed.split("|")]
    if not phrases:
        return None
    return _Lexicon(*(_pattern(phrases[kind], lang) for kind in ("danger", "benign", "not")))


def _pattern(phrases: list[str], lang: str) -> re.Pattern[str]:
    bounded = lang not in _ANYWHERE
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        body = re.escape(normalize(phrase.rstrip("*"), lang))
        found.append(body + (r"\w*" if phrase.endswith("*") else r"(?!\w)" if bounded else ""))
    return re.compile((r"(?<!\w)" if bounded else "") + "(?:" + "|".join(found) + ")")
