"""What names a person in text, and how it is taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import phonenumbers

ERASED = "[erased]"
MIN_DIGITS = 7
MIN_IDENTITY = 6
_HAN = r"\u3400-\u9fff"
_TITLES = "先生|女士|小姐|工程师|经理|主任|老师|教授|博士|院长|工|总"
_WHOLE_HAN = re.compile(rf"[{_HAN}·]+")


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """Everything that tells who somebody is, present and former."""

    names: frozenset[str]
    mails: frozenset[str]
    phones: frozenset[str]
    identities: frozenset[str]

    def without(self, shared: frozenset[str]) -> PersonalValues:
        """Those that are nobody else's."""
        return PersonalValues(
            self.names - shared, self.mails - shared, self.phones - shared,
            self.identities - shared,
        )  # fmt: skip

    def telling(self) -> PersonalValues:
        """Those that name this person wherever they stand: no name that may be a plain word."""
        names = frozenset(name for name in self.names if is_distinctive(name))
        return PersonalValues(names, self.mails, self.phones, self.identities)

    def needles(self) -> list[str]:
        """Texts to look for in a database, each also as JSON writes it."""
        plain = {*self.names, *self.mails, *self.identities}
        for phone in self.phones:
            plain |= _spellings(phone)
        return sorted({form for text in plain for form in (text, json.dumps(text)[1:-1])})

    def pattern(self, near: bool = False) -> re.Pattern[str] | None:
        """Finds every value in a text; None where there is none.

        With `near`, for texts that are about this person, it finds parts of the name too: a first
        name, a surname with its title.
        """
        forms = [_digits(phone) for phone in self.phones]
        forms += [rf"(?<![\w.+-]){re.escape(mail)}(?![\w-])" for mail in self.mails]
        forms += [re.escape(identity) for identity in self.identities]
        forms += [_name(name) for name in self.names]
        if near:
            forms += [form for name in self.names for form in _parts(name)]
        forms = sorted(set(filter(None, forms)), key=len, reverse=True)
        return re.compile("|".join(forms), re.IGNORECASE) if forms else None


def collect(
    names: Iterable[str] = (), mails: Iterable[str] = (), phones: Iterable[str] = (),
    identities: Iterable[str] = (),
) -> PersonalValues:  # fmt: skip
    """The values, without those that are too short to name anybody."""
    return PersonalValues(
        frozenset(name.strip() for name in names if len(name.strip()) >= 2),
        frozenset(mail.strip().lower() for mail in mails if "@" in mail),
        frozenset(p.strip() for p in phones if len(re.sub(r"\D", "", p)) >= MIN_DIGITS),
        frozenset(item for item in identities if len(item) >= MIN_IDENTITY),
    )


def is_distinctive(name: str) -> bool:
    """Whether a name can hardly be a plain word: two words, two Han characters, or long."""
    return bool(_WHOLE_HAN.fullmatch(name)) or len(name.split()) >= 2 or len(name) >= 8


def masked(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value, a text or JSON, with every find replaced; the same object when there is none."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [masked(item, pattern) for item in value]
    if isinstance(value, dict):
        return {pattern.sub(ERASED, key): masked(item, pattern) for key, item in value.items()}
    return value


def _name(name: str) -> str:
    words = r"[\s\u00a0]+".join(re.escape(word) for word in name.split())
    return words if _WHOLE_HAN.fullmatch(name) else rf"(?<!\w){words}(?!\w)"


def _parts(name: str) -> list[str]:
    if _WHOLE_HAN.fullmatch(name):
        return [rf"{name[0]}(?:{_TITLES})"]
    parts = [part.strip(".,") for part in name.split()]
    telling = [part for part in parts if len(part) >= 3 and part[:1].isupper()]
    return [rf"(?<!\w){re.escape(part)}(?!\w)" for part in telling]


def _digits(phone: str) -> str:
    """The number however it is grouped; the country code may be missing."""
    code, national = _split(phone)
    body = r"[\s().\-/]{0,3}".join(national)
    lead = rf"(?:(?:\+|00)?{code}[\s().\-/]{{0,3}})?(?:\(?0\)?)?" if code else ""
    return rf"(?<!\d){lead}{body}(?!\d)"


def _spellings(phone: str) -> set[str]:
    code, national = _split(phone)
    return {phone, code + national, national}


def _split(phone: str) -> tuple[str, str]:
    """(country code, number within the country) of an E.164 number, else ("", digits)."""
    try:
        parsed = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return "", re.sub(r"\D", "", phone)
    national = phonenumbers.national_significant_number(parsed)
    return str(parsed.country_code), national
