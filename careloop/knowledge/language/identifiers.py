"""Error codes, part numbers and model-like names: one canonical form for each.

`E-217`, `e217`, `E 217` and full-width `Ｅ－２１７` are one code. Units, dates, times, prices,
phone numbers, versions and plain counts are not codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careloop.knowledge.language.normalize import normalize

_CUE = (
    r"(?:error|err|alarm|fault|code|warning|message|fehler(?:code|meldung)?|alarmcode|störung|"
    r"codigo|código|fallo|falla|alarma|erreur|alarme|defaut|défaut|erro|falha|"
    r"ошибк[а-я]*|код[а-я]*|авари[а-я]*|lỗi|mã lỗi|mã|"
    r"报警|告警|报错|错误|故障|代码|警报|异常码|エラー|アラーム|警報|コード|에러|오류|알람|코드|"
    r"خطا|خطأ|رمز|كود|انذار|รหัส|ข้อผิดพลาด|เออเรอร์)"
)
# A bare number is a code only right behind a word for code, alarm or error.
_CUED_NUMBER = re.compile(
    _CUE + r"(?:代码|编号|信息|号|码|コード|番号|코드|번호)?"
    r"(?:\s*(?:code|number|no\.?|nr\.?|num\.?|n[º°o]\.?|номер|#))?\s*[:：#]?\s*"
    r"(\d{1,5}(?:-\d{1,3})?)(?![\d.,]*\d|\s*(?:[%°]|times\b|次|小时|分|秒|天|台|回|번|раз))"
)
_CUED_LETTERS = re.compile(
    _CUE + r"\s*[:：#]?\s*(0x[0-9a-f]{1,8}|(?!code|no\b|nr\b|num|is\b|at\b|on\b|in\b|to\b)"
    r"[a-z]{1,4}\s?[- ]?\s?\d{1,5})(?![\w])"
)
_TOKEN = re.compile(
    r"(?<![a-z0-9.\-_/@])"
    r"([a-z]{1,6}(?:[-_/]?[a-z]{1,4})?[-_/.]?\d{1,6}[a-z]{0,3}(?:[-_/][a-z0-9]{1,8}){0,4}"
    r"|\d{1,4}[-_]?[a-z]{1,3}[-_]?\d{1,6}(?:[-_/][a-z0-9]{1,8}){0,3}"
    r"|[a-z]{1,5}(?:[-_][a-z]{1,5}){1,2}[-_]\d{1,6}[a-z]?)"
    r"(?![a-z0-9]|[-_/][a-z0-9]|@)"
)
# A single letter and a number may be parted by a space: `E 217`, `F 0012`; words may not.
_SPACED = re.compile(r"(?<![\w\-])([a-z]{1,2}) (\d{2,5})(?![\w.,:°%/\-]|\s?(?:%|°))")
_SPACED_NOT = frozenset(
    [
        "a",
        "o",
        "y",
        "e",
        "i",
        "u",
        "à",
        "in",
        "on",
        "at",
        "to",
        "is",
        "of",
        "no",
        "am",
        "pm",
        "be",
        "by",
        "el",
        "la",
        "de",
        "du",
        "en",
        "um",
        "as",
    ]
)

_UNITS = frozenset(
    """
    v kv mv a ma ka w kw mw kwh wh hz khz mhz ghz mm cm m km um nm ml l ul kg g mg t lb oz k pa
    kpa mpa hpa bar mbar psi c f rpm min s ms h d db dba n j kj ohm gb mb tb kb bit fps dpi px va
    kva var lx lm ppm x rev rad deg usd eur cny rmb gbp jpy pcs st
    """.split()  # noqa: SIM905
)
_NUMBER_UNIT = re.compile(r"^\d+(?:[.,]\d+)?-?([a-z]{1,4})\d?$")
_NOT_PREFIX = frozenset(
    """
    v ver version rev ip iso din en iec gb ul ansi astm dn pn rs m ac dc covid ph step fig page
    table chapter section schritt paso etape passo q usb hdmi rj co h2 o pm windows win tel phone
    fax ext mp sha utf http https rgb ipv chap no nr
    """.split()  # noqa: SIM905
)
_SHORT_OK = re.compile(r"^[a-z]+-?\d+$")
_DATE = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|fy|cw|kw)[-./]?\d")


class CodeMatch(NamedTuple):
    """A code in a text. `start` and `end` are offsets in the normalised text."""

    code: str
    start: int
    end: int
    cued: bool


def canonical(code: str) -> str:
    """The code without separators and case: `E-217` gives `e217`.

    Digits are kept as they are: `E-05` and `E-5` are two codes for most makers.
    """
    return re.sub(r"[\s\-_/.:#]+", "", normalize(code))


def match_codes(text: str) -> list[CodeMatch]:
    """Codes with their places, in order, each place once; `text` need not be normalised."""
    text = normalize(text)
    taken: list[tuple[int, int]] = []
    found: list[CodeMatch] = []
    for code, start, end, cued in _candidates(text):
        if not any(start < other_end and other < end for other, other_end in taken):
            taken.append((start, end))
            found.append(CodeMatch(code, start, end, cued))
    return sorted(found, key=lambda match: match.start)


def find_codes(text: str) -> list[str]:
    """Canonical codes in the order of their first appearance, each once."""
    return list(dict.fromkeys(match.code for match in match_codes(text)))


def is_serial(code: str) -> bool:
    """Whether a canonical code is long enough to be a serial number of one device."""
    return len(code) >= 9 and sum(c.isdigit() for c in code) >= 5


def _candidates(text: str) -> Iterator[CodeMatch]:
    for match in _CUED_LETTERS.finditer(text):
        yield CodeMatch(canonical(match[1]), match.start(1), match.end(1), True)
    for match in _TOKEN.finditer(text):
        if _is_code(match[1], cued := _is_cued(text, match.start())):
            yield CodeMatch(canonical(match[1]), match.start(1), match.end(1), cued)
    for match in _CUED_NUMBER.finditer(text):
        yield CodeMatch(canonical(match[1]), match.start(1), match.end(1), True)
    for match in _SPACED.finditer(text):
        cued = _is_cued(text, match.start())
        if cued or _is_spaced_code(match[1], match[2], text[match.end() : match.end() + 5]):
            yield CodeMatch(canonical(match[0]), match.start(), match.end(), cued)


def _is_spaced_code(letters: str, digits: str, after: str) -> bool:
    unit = re.match(r"\s?([a-z]{1,4})\b", after)
    if letters in _NOT_PREFIX or (unit and unit[1] in _UNITS):
        return False
    if letters in "ef":
        # `e` also means "and" in Portuguese; makers number errors with three digits and more.
        return len(digits) >= 3
    return letters not in _SPACED_NOT and letters not in _UNITS


def _is_cued(text: str, start: int) -> bool:
    return re.search(_CUE + r"\s*[:：#]?\s*$", text[max(0, start - 24) : start]) is not None


def _is_code(token: str, cued: bool) -> bool:
    if cued:
        return True
    unit = _NUMBER_UNIT.match(token)
    if unit and unit[1] in _UNITS:
        return False
    if _DATE.match(token):
        return False
    prefix = re.match(r"[a-z]+", token)
    if prefix and prefix[0] in _NOT_PREFIX and _SHORT_OK.match(token):
        return False
    return any(c.isdigit() for c in token) and any(c.isalpha() for c in token)
