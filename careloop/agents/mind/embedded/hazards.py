"""Whether a message tells of danger to people: words of danger, not denied and not harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from careloop.agents.mind.embedded.cues import written_forms
from careloop.agents.mind.embedded.masking import clip
from careloop.knowledge.language.normalize import normalize

_ANYWHERE = frozenset({"zh", "ja", "ko", "th", "ar"})
_BEHIND = frozenset({"ja", "ko"})
_CLAUSE = re.compile(r"[.,;:!?。，；：！？、\n—()（）]| but | aber | pero | mais | mas | но | 但")
_REACH = 22
_REACH_UNSPACED = 8
_PAIR_REACH = 90
_PAIR_REACH_UNSPACED = 45


@dataclass(frozen=True, slots=True)
class _Lexicon:
    danger: re.Pattern[str]
    benign: re.Pattern[str]
    denial: re.Pattern[str]
    pairs: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]


def names_hazard(text: str, lang: str) -> bool:
    """True for smoke, fire, shock, gas, injury, radiation and the like happening or feared."""
    return any(_plain(_harmless_out(text, code), code) for code in dict.fromkeys((lang, "en")))


def hazard_classes(text: str, lang: str) -> tuple[str, ...]:
    """Classes of danger told in two halves, such as `pressure` for a needle past its red line.

    Weaker evidence than `names_hazard`: the halves are everyday words, so another sign of danger
    should stand beside them.
    """
    read = _harmless_out(text, lang)
    lexicon = _lexicon(lang)
    if lexicon is None:
        return ()
    return tuple(name for name, left, right in lexicon.pairs if _near(read, left, right, lang))


def hazard_halves(text: str, lang: str) -> tuple[str, ...]:
    """Halves of the same classes, wherever they stand: `burst 0` for steam, `burst 1` for a jet."""
    read = _harmless_out(text, lang)
    lexicon = _lexicon(lang)
    found = [] if lexicon is None else lexicon.pairs
    return tuple(
        f"{name} {side}"
        for name, *halves in found
        for side, pattern in enumerate(halves)
        if pattern.search(read)
    )


def _harmless_out(text: str, lang: str) -> str:
    lexicon = _lexicon(lang)
    normalized = normalize(clip(text), lang)
    return normalized if lexicon is None else lexicon.benign.sub(" ", normalized)


def _plain(text: str, lang: str) -> bool:
    lexicon = _lexicon(lang)
    if lexicon is None:
        return False
    found = lexicon.danger.finditer(text)
    return any(not _denied(text, match, lexicon, lang) for match in found)


def _near(text: str, left: re.Pattern[str], right: re.Pattern[str], lang: str) -> bool:
    reach = _PAIR_REACH_UNSPACED if lang in _ANYWHERE else _PAIR_REACH
    firsts = [match.span() for match in left.finditer(text)]
    if not firsts:
        return False
    seconds = [match.span() for match in right.finditer(text)]
    return any(
        (a_end <= b_start <= a_end + reach) or (b_end <= a_start <= b_end + reach)
        for a_start, a_end in firsts[:50]
        for b_start, b_end in seconds[:50]
    )


def _denied(text: str, match: re.Match[str], lexicon: _Lexicon, lang: str) -> bool:
    if lang in _BEHIND:
        behind = _CLAUSE.split(text[match.end() : match.end() + 12])[0]
        return lexicon.denial.search(behind) is not None
    reach = _REACH_UNSPACED if lang in _ANYWHERE else _REACH
    before = _CLAUSE.split(text[max(0, match.start() - reach) : match.start()])[-1]
    return lexicon.denial.search(before) is not None


@lru_cache(maxsize=16)
def _lexicon(lang: str) -> _Lexicon | None:
    phrases: dict[str, list[str]] = {}
    for kind, listed in _lines("hazards.txt", lang):
        phrases.setdefault(kind, []).extend(_split(listed))
    if not phrases:
        return None
    danger, benign, denial = (_pattern(phrases[kind], lang) for kind in ("danger", "benign", "not"))
    pairs = []
    for name, listed in _lines("hazard_pairs.txt", lang):
        left, _, right = listed.partition("//")
        pairs.append((name, _pattern(_split(left), lang), _pattern(_split(right), lang)))
    return _Lexicon(danger, benign, denial, tuple(pairs))


def _lines(file: str, lang: str) -> list[tuple[str, str]]:
    source = resources.files("careloop.agents.mind.embedded") / file
    found = []
    for line in source.read_text(encoding="utf-8").splitlines():
        head, colon, listed = line.partition(":")
        if colon and not head.startswith("#") and head.split()[1] == lang:
            found.append((head.split()[0], listed))
    return found


def _split(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split("|") if phrase.strip()]


def _pattern(phrases: list[str], lang: str) -> re.Pattern[str]:
    bounded = lang not in _ANYWHERE
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        end = r"\w*" if phrase.endswith("*") else r"(?!\w)" if bounded else ""
        found += [re.escape(form) + end for form in written_forms(phrase.rstrip("*"), lang)]
    return re.compile((r"(?<!\w)" if bounded else "") + "(?:" + "|".join(found) + ")")
