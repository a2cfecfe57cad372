"""Phone numbers in a text, written or spoken. A bare number is none without evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from careloop.agents.mind.embedded.atoms import Atom, atoms, flatten
from careloop.agents.mind.embedded.phone_cues import (
    AND_ANOTHER,
    CUE,
    CUE_AFTER,
    CUE_WORD,
    GROUPED_AREA,
    GROUPED_US,
    MOBILE,
    NOT_DIALLED,
    OTHER,
    REGIONS,
    STRONG_CUE,
)

Span = tuple[int, int]

_MAX_TEXT = 4000
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_BACK = 48
_PLUS = re.compile(r"(?:\+|(?<![^\W_])(?:plus|más|mas|mais)|加|плюс)\s*$", re.IGNORECASE)
# What stands directly before or after a number that is only a piece of something longer.
_GOES_BEFORE = re.compile(r"\d[\-/._: ]?\Z|[A-Za-z][\-/]\Z|_\Z|[A-Za-z]\d* ?\d +\Z")
_GOES_ON = re.compile(r"[A-Za-z0-9_]|[\-/][A-Za-z0-9]|\.\d| \d")
_SPOKEN_CODE = re.compile(r"[A-Za-z0-9][\-_/]\Z|(?<![^\W_])[A-Za-z]\s\Z")
_ALL_REGIONS = tuple(dict.fromkeys(region for row in REGIONS.values() for region in row))


class _Dialled(NamedTuple):
    """A stretch of the text that could be dialled; `digits` as they would be."""

    digits: str
    written: str
    start: int
    end: int
    spoken: bool


def asks_for_phone(question: str) -> bool:
    """Whether the line just before asks for a phone number."""
    return len(question) <= 400 and CUE_WORD.search(question) is not None


def find_phones(
    text: str, lang: str, taken: list[Span], *, asked: bool = False
) -> tuple[list[str], list[Span]]:
    """Phone numbers as E.164, and where they stand.

    Believed are numbers with + or 00, numbers called a phone (or `asked` for), and the mobile or
    grouped forms of the countries where `lang` is spoken. Dates, amounts, parts of other numbers
    and numbers called an order, an invoice and so on are none.
    """
    flat = _without(flatten(text[:_MAX_TEXT]), taken)
    flat = NOT_DIALLED.sub(lambda match: "|" * len(match[0]), flat)
    regions = REGIONS.get(lang, ("US",))
    found: list[tuple[int, int, str]] = []
    for candidate in _candidates(flat, regions):
        if any(candidate.start < end and start < candidate.end for start, end, _ in found):
            continue
        another = any(
            end <= candidate.start and AND_ANOTHER.match(flat[end : candidate.start])
            for _, end, _ in found
        )
        number = _number(flat, candidate, regions, cued=asked or another)
        if number:
            found.append((candidate.start, candidate.end, number))
    found.sort()
    spans = [(start, end) for start, end, _ in found]
    return list(dict.fromkeys(number for _, _, number in found)), spans


def _candidates(flat: str, regions: tuple[str, ...]) -> Iterator[_Dialled]:
    if sum(char.isdigit() for char in flat) >= _FEWEST_DIGITS:
        # 00 is + in most countries but not for every region's rules; offsets are kept.
        dialled = re.sub(r"(?<![\w+.\-/])(?<!\d )00(?=[1-9])", " +", flat)
        for region in regions:
            for match in phonenumbers.PhoneNumberMatcher(
                dialled, region, phonenumbers.Leniency.POSSIBLE, max_tries=200
            ):
                raw = re.sub(r"\s*(?:ext|x|доб)\b.*$", "", match.raw_string)
                digits = re.sub(r"[^\d+]", "", raw)
                start = match.start - (flat[match.start] == "0" and digits[0] == "+")
                yield _Dialled(digits, raw, start, match.end, False)
    yield from _spoken(flat)


def _spoken(flat: str) -> Iterator[_Dialled]:
    row = atoms(flat, summed=True)
    at = 0
    while at < len(row):
        run = _run_of_digits(flat, row, at)
        digits = "".join(atom.value or "" for atom in run).replace("O", "0")
        at += max(1, len(run))
        if len(digits) < _FEWEST_DIGITS or not any(atom.spoken and atom.value for atom in run):
            continue
        start, end = run[0].start, run[-1].end
        plus = _PLUS.search(flat[max(0, start - 8) : start])
        digits = ("+" if plus else "") + digits
        if digits.startswith("00"):
            digits = "+" + digits[2:]
        yield _Dialled(digits, digits, start, end, True)


def _run_of_digits(flat: str, row: list[Atom], at: int) -> list[Atom]:
    run: list[Atom] = []
    for atom in row[at:]:
        digits = atom.value is not None and all(char in "0123456789O" for char in atom.value)
        gap = flat[run[-1].end : atom.start] if run else ""
        if not digits or len(gap) > 4 or any(char in "!?;|！？；\n" for char in gap):
            break
        if run or atom.value:
            run.append(atom)
    return run


def _number(flat: str, candidate: _Dialled, regions: tuple[str, ...], *, cued: bool) -> str | None:
    international = candidate.digits.startswith("+")
    digits = candidate.digits.lstrip("+")
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    before = flat[max(0, candidate.start - _BACK) : candidate.start]
    after = flat[candidate.end : candidate.end + 24]
    if not _stands_alone(before, after, candidate) or OTHER.search(before):
        return None
    if international:
        # A written + is meant; 00 and "plus" may stand before other numbers too.
        return _e164("+" + digits, None, valid=flat[candidate.start] != "+")
    strong = cued or STRONG_CUE.search(before) or CUE_AFTER.match(after)
    if strong or CUE.search(before):
        return _cued(digits, regions, strong=bool(strong))
    for region in regions:
        if _has_own_form(flat, candidate, digits, region):
            return _e164(digits, region, valid=True)
    return None


def _cued(digits: str, regions: tuple[str, ...], *, strong: bool) -> str | None:
    """A number called a phone, in the first country where it is one."""
    for region in regions:
        if _is_mobile(digits, region):
            return _e164(digits, region, valid=False)
    for region in regions:
        number = _e164(digits, region, valid=True)
        if number:
            return number
    for region in _ALL_REGIONS:
        if _is_mobile(digits, region):
            return _e164(digits, region, valid=True)
    return _e164(digits, regions[0], valid=False) if strong else None


def _has_own_form(flat: str, candidate: _Dialled, digits: str, region: str) -> bool:
    """Whether it is written as phones of the country alone are."""
    groups = re.findall(r"\d+", candidate.written)
    if _is_mobile(digits, region):
        return candidate.spoken or all(len(group) > 1 for group in groups[1:])
    if candidate.spoken:
        return False
    if region == "US":
        return GROUPED_US.match(candidate.written) is not None
    if GROUPED_AREA.match(candidate.written):
        return True
    # A landline on a line of its own, as in a signature.
    line_start = flat.rfind("\n", 0, candidate.start) + 1
    line_end = flat.find("\n", candidate.end)
    line = flat[line_start : line_end if line_end >= 0 else len(flat)]
    return "\n" in flat and digits.startswith("0") and line.strip() == candidate.written.strip()


def _is_mobile(digits: str, region: str) -> bool:
    form = MOBILE.get(region)
    return form is not None and re.fullmatch(form, digits) is not None


def _stands_alone(before: str, after: str, candidate: _Dialled) -> bool:
    """Whether it is not a piece of a longer number or of a code."""
    if candidate.spoken:
        return _SPOKEN_CODE.search(before) is None
    if re.search(r"[A-Za-z]\Z", before) and not CUE_WORD.search(before[-12:] + " "):
        return False
    return _GOES_BEFORE.search(before) is None and _GOES_ON.match(after) is None


@lru_cache(maxsize=512)
def _e164(digits: str, region: str | None, *, valid: bool) -> str | None:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    believed = phonenumbers.is_valid_number if valid else phonenumbers.is_possible_number
    if not believed(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _without(text: str, taken: list[Span]) -> str:
    """`text` with the spans in `taken` made unreadable, same length."""
    for start, end in taken:
        if start < len(text):
            end = min(end, len(text))
            text = text[:start] + "|" * (end - start) + text[end:]
    return text
