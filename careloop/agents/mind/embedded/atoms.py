"""A text as the letters and digits it spells, whether written, full-width or spoken."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from careloop.agents.mind.embedded.spoken import (
    AND,
    LONGEST_RUN_WORD,
    RUN_WORDS,
    SPELLED_AS,
    factor,
    is_tens,
    repeats,
    spoken_words,
)
from careloop.knowledge.language.normalize import HAN, HANGUL, KANA, THAI

_RUN = re.compile(
    rf"(?P<unspaced>[{HAN}{KANA}{THAI}{HANGUL}々ー]+)|(?P<word>[^\W_{HAN}{KANA}{THAI}{HANGUL}々ー]+)"
)
_HAN_NUMBER = re.compile(
    "[零〇一二两三四五六七八九十百千]*[十百千][零〇一二两三四五六七八九十百千]*"
)
_HAN_DIGIT = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_SIZE = {"十": 10, "百": 100, "千": 1000}
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－ー", "-")
_HOMOGLYPHS = str.maketrans("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXABEKMHOPCTYX")
_CYRILLIC_CODE = re.compile(r"^[АВЕКМНОРСТУХавекмнорстухA-Za-z0-9]+$")


class Atom(NamedTuple):
    """Upper-case letters and digits that stand at `start`..`end`.

    An empty value is a spoken dash; None is a word that spells nothing and parts what it stands
    between.
    """

    value: str | None
    start: int
    end: int
    spoken: bool = False


def flatten(text: str) -> str:
    """The text with full-width and foreign digits and letters made ASCII; offsets are kept."""
    if text.isascii():
        return text
    return "".join(_flat(char) for char in text)


def _flat(char: str) -> str:
    if char.isascii():
        return char
    if char in _DASHES and char != "ー":
        return "-"
    digit = unicodedata.digit(char, -1)
    if digit >= 0 and char.isdecimal():
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def atoms(flat: str, *, summed: bool = False) -> list[Atom]:
    """The atoms of a flattened text, in order.

    "two hundred twenty three" is 200 and 23, or 223 if `summed`. A letter explained by a word,
    as in "B wie Berta", is that letter alone.
    """
    found: list[Atom] = []
    for match in _RUN.finditer(flat):
        run, start = match[0], match.start()
        if match.lastgroup == "unspaced":
            found += _unspaced(run, start)
        else:
            found.append(_word(flat, run, start))
    return _numbers(_spelled(found, flat), flat, summed=summed)


def _word(flat: str, run: str, start: int) -> Atom:
    end = start + len(run)
    if run.isascii() and (any(char.isdigit() for char in run) or len(run) == 1):
        return Atom(run.upper(), start, end)
    if not run.isascii() and _CYRILLIC_CODE.match(run) and (
        any(char.isdigit() for char in run) or (run.isupper() and 1 < len(run) <= 4)
    ):  # fmt: skip
        return Atom(run.translate(_HOMOGLYPHS).upper(), start, end)
    attached = flat[end : end + 1] in ("-", "/", "_") or flat[start - 1 : start] in ("-", "/", "_")
    # Capitals right before figures are a prefix, not a spoken letter: `TE 4012`, `ER 2000`.
    attached = attached or (len(run) <= 3 and re.match(r" ?\d", flat[end : end + 2]) is not None)
    spoken = spoken_words().get(run.lower())
    if spoken is not None and not (attached and run.isupper()):
        return Atom(spoken, start, end, True)
    if run.isascii():
        return Atom(run.upper(), start, end)
    return Atom(None, start, end)


def _unspaced(run: str, start: int) -> list[Atom]:
    found: list[Atom] = []
    at = 0
    while at < len(run):
        number = _HAN_NUMBER.match(run, at)
        if number:
            value = str(_han_value(number[0]))
            found.append(Atom(value, start + at, start + number.end(), True))
            at = number.end()
            continue
        length = next(
            (n for n in range(LONGEST_RUN_WORD, 0, -1) if run[at : at + n] in RUN_WORDS), 0
        )
        value_or_none = RUN_WORDS[run[at : at + length]] if length else None
        length = length or 1
        found.append(Atom(value_or_none, start + at, start + at + length, True))
        at += length
    return found


def _han_value(number: str) -> int:
    total, digit = 0, 0
    for char in number:
        if char in _HAN_SIZE:
            total += (digit or (0 if total else 1)) * _HAN_SIZE[char]
            digit = 0
        else:
            digit = _HAN_DIGIT[char]
    return total + digit


def _spelled(found: list[Atom], flat: str) -> list[Atom]:
    """Letters without the words that explain them: `B wie Berta`, `S as in sugar`."""
    kept: list[Atom] = []
    at = 0
    while at < len(found):
        more = _explained(found, at, flat)
        spoken = more > 0 or found[at].spoken
        kept.append(found[at]._replace(end=found[at + more].end, spoken=spoken))
        at += 1 + more
    return kept


def _explained(found: list[Atom], at: int, flat: str) -> int:
    """How many atoms after the letter at `at` only say which letter it is."""
    letter = found[at].value
    if letter is None or len(letter) != 1 or letter.isdigit():
        return 0
    for words in (2, 1):
        if at + words + 1 >= len(found):
            continue
        phrase = flat[found[at + 1].start : found[at + words].end].lower()
        word = found[at + words + 1]
        first = unicodedata.normalize("NFD", flat[word.start])[0].upper()
        own = flat[found[at].start].upper()
        if phrase in SPELLED_AS and first in (letter, own) and word.end - word.start > 1:
            return words + 1
    return 0


def _numbers(found: list[Atom], flat: str, *, summed: bool) -> list[Atom]:
    """Spoken numbers of many words as one atom: `twenty three`, `two thousand`, `double five`."""
    joined: list[Atom] = []
    at = 0
    while at < len(found):
        atom, used = _joined(found, at, flat)
        at += used
        if summed and atom.spoken and re.fullmatch(r"[1-9]\d?0?00", atom.value or ""):
            atom, more = _with_rest(atom, found, at, flat)
            at += more
        joined.append(atom)
    return joined


def _with_rest(round_number: Atom, found: list[Atom], at: int, flat: str) -> tuple[Atom, int]:
    """`six hundred (and) twelve` as 612, if nothing parts the words."""
    skip = 1 if at < len(found) and flat[found[at].start : found[at].end].lower() in AND else 0
    if at + skip >= len(found):
        return round_number, 0
    rest, used = _joined(found, at + skip, flat)
    between = flat[round_number.end : found[at + skip].start]
    fits = rest.spoken and (rest.value or "").isdigit() and len(rest.value or "") <= 2
    if not fits or re.search(r"[^\w\s]", between):
        return round_number, 0
    total = str(int(round_number.value or 0) + int(rest.value or 0))
    return Atom(total, round_number.start, rest.end, True), skip + used


def _joined(found: list[Atom], at: int, flat: str) -> tuple[Atom, int]:
    first = found[at]
    word = flat[first.start : first.end].lower()
    following = found[at + 1] if at + 1 < len(found) else None
    if following is None:
        return first, 1
    times = repeats(word)
    if times and following.value and len(following.value) == 1:
        return Atom(following.value * times, first.start, following.end, True), 2
    if not first.spoken or not first.value:
        return first, 1
    next_word = flat[following.start : following.end].lower()
    size = factor(next_word)
    if size and len(first.value) <= 2 and first.value.isdigit():
        return Atom(str(int(first.value) * size), first.start, following.end, True), 2
    if is_tens(word):
        skip = 2 if (following.value == "" or next_word in AND) and at + 2 < len(found) else 1
        digit = found[at + skip]
        if digit.spoken and digit.value and len(digit.value) == 1 and digit.value in "123456789":
            return Atom(first.value[0] + digit.value, first.start, digit.end, True), skip + 1
    if first.value == "4" and next_word in ("vingt", "vingts"):
        return Atom("80", first.start, following.end, True), 2
    return first, 1
