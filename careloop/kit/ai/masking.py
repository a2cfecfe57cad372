"""Personal data leaves as placeholders and is put back when the answer returns.

Hidden: mail addresses, phone numbers, numbers of persons and cards, serial-like tokens, other
long numbers. Not hidden: names of persons and postal addresses, which have no sure shape. Error
codes, part numbers and models stay, since the model needs them. One `Masker` serves one call: the
same value gets the same placeholder in all its texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_MAIL = re.compile(r"[A-Za-z\d._%+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+")
_LONG = re.compile(r"(?<![A-Za-z\d_.,-])\d(?:[ -]?\d){8,22}[Xx]?(?![A-Za-z\d_]|[.,]\d)")
_PHONE = re.compile(
    r"(?<![A-Za-z\d_.,-])(?:"
    r"\+\s?\d{1,3}[\d\s().-]{5,16}\d"
    r"|00\d{1,3}[\s().-]?\d[\d\s().-]{5,14}\d"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|\(?0\d{1,4}\)?[-/ ]\(?\d{2,8}(?:[-/ ]\d{2,8}){0,4}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|\d{2}[ .]\d{2}[ .]\d{2}[ .]\d{2}[ .]\d{2}"
    r"|\d{7,15}"
    r")(?![A-Za-z\d_]|[.,]\d)"
)
_TOKEN = re.compile(r"(?<![\w./@-])[A-Za-z0-9]+(?:[-_/][A-Za-z0-9]+)*(?![\w/@-])", re.A)
_DATE = re.compile(r"\A(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|(?:19|20)\d{6})\Z")
_KINDS = ("MAIL", "PERSON_ID", "CARD", "PHONE", "SERIAL", "NUMBER")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Masker:
    """Hides values in the texts of one call and puts them back into its answer."""

    def __init__(self) -> None:
        self._placeholder: dict[str, str] = {}
        self._value: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._taken: set[tuple[str, str]] = set()

    def mask(self, text: str) -> str:
        """The text with placeholders such as `[PHONE_1]`."""
        # What looks like a placeholder already is somebody's own text and stays that.
        self._taken.update((m[1].upper(), m[2]) for m in _PLACEHOLDER.finditer(text))
        for pattern, kind_of in _RULES:
            text = self._hide(text, pattern, kind_of)
        return text

    def unmask(self, text: str) -> str:
        """The text with the values again, also where a model changed a placeholder's case."""
        return _PLACEHOLDER.sub(
            lambda match: self._value.get((match[1].upper(), match[2]), match[0]), text
        )

    @property
    def count(self) -> int:
        """How many values are hidden."""
        return len(self._placeholder)

    def _hide(self, text: str, pattern: re.Pattern[str], kind_of: Callable[[str], str]) -> str:
        def replaced(match: re.Match[str]) -> str:
            if match[0] in _KINDS or not (kind := kind_of(match[0])):
                return match[0]
            return self._placeholder.get(match[0]) or self._new(kind, match[0])

        return pattern.sub(replaced, text)

    def _new(self, kind: str, value: str) -> str:
        number = self._counts.get(kind, 0) + 1
        while (kind, str(number)) in self._taken:
            number += 1
        self._counts[kind] = number
        self._value[kind, str(number)] = value
        self._placeholder[value] = f"[{kind}_{number}]"
        return self._placeholder[value]


_PLACEHOLDER = re.compile(rf"\[\s*({'|'.join(_KINDS)})[_ ]?(\d+)\s*\]", re.I | re.A)


def _long_kind(value: str) -> str:
    """Persons and cards by their check digits; the rest is left to the later rules."""
    digits = re.sub(r"[ -]", "", value)
    if len(digits) == 18 and _is_person_id(digits):
        return "PERSON_ID"
    if digits.isdigit() and 13 <= len(digits) <= 19 and _luhn(digits):
        return "CARD"
    return "NUMBER" if digits.isdigit() and len(digits) > 15 and value == digits else ""


def _phone_kind(value: str) -> str:
    count = sum(char.isdigit() for char in value)
    if not 7 <= count <= 15 or _DATE.match(value):
        return ""
    return "PHONE"


def _serial_kind(value: str) -> str:
    """Long enough for one device of many, and mostly digits; a part number is shorter."""
    bare = re.sub(r"[-_/]", "", value)
    digits = sum(char.isdigit() for char in bare)
    letters = sum(char.isalpha() for char in bare)
    return "SERIAL" if len(bare) >= 9 and digits >= 5 and letters >= 1 else ""


_RULES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_MAIL, lambda _: "MAIL"),
    (_LONG, _long_kind),
    (_PHONE, _phone_kind),
    (_TOKEN, _serial_kind),
)


def _luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812 for card numbers."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        number = int(char) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _is_person_id(value: str) -> bool:
    """The check of GB 11643 for Chinese identity numbers."""
    if not value[:17].isdigit():
        return False
    rest = sum(int(char) * weight for char, weight in zip(value, _ID_WEIGHTS, strict=False)) % 11
    return value[17].upper() == "10X98765432"[rest]
