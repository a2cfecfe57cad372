"""What a field may hold: pure checks that turn what was given into what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from careloop.crm_core.custom.models import LINK_CHARS, LONG_CHARS, SLOTS, TEXT_CHARS, FieldType
from careloop.crm_core.custom.schemas import FieldView, Option
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput
from careloop.kit.text import base, clean
from careloop.kit.words import folded

DIGITS = 15
"""So many digits a number has at most: that many survive JSON unchanged."""
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,185}\.[^\s@.]{2,63}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class BadValue(ValueError):
    """A value that its field cannot hold; `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_value(field: FieldView, raw: Any, before: Any = None) -> Any:
    """The value as it is stored, None for nothing; `BadValue` says what does not fit.

    A retired option is taken only where it was chosen already (`before`).
    """
    if raw is None or raw == "" or raw == []:
        return None
    return _READERS[field.type](field, raw, before)


def read_values(
    fields: Mapping[str, FieldView], given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """Every value given, checked; `InvalidInput` names each that does not fit as `custom.<key>`."""
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for key, raw in given.items():
        field = fields.get(key)
        if field is None or not field.active:
            problems[key] = "there is no such field"
            continue
        try:
            found[key] = read_value(field, raw, before.get(key))
        except BadValue as error:
            problems[key] = str(error)
    refuse(problems)
    return found


def refuse(problems: Mapping[str, str]) -> None:
    """Raise `InvalidInput` for problems by key, if there are any."""
    if problems:
        text = "; ".join(f"custom.{key}: {problem}" for key, problem in problems.items())
        raise InvalidInput(text, **{f"custom.{key}": text for key, text in problems.items()})


def _text(field: FieldView, raw: Any, _: Any) -> str | None:
    if not isinstance(raw, str):
        raise BadValue("not_text", "must be a text")
    several = field.type is FieldType.LONG_TEXT
    limit = min(field.max_chars or LONG_CHARS, LONG_CHARS if several else TEXT_CHARS)
    text, cut = clean(raw if several else " ".join(raw.split()), limit)
    if cut:
        raise BadValue("too_long", f"has more than {limit} characters")
    if text and field.min_chars and len(text) < field.min_chars:
        raise BadValue("too_short", f"needs at least {field.min_chars} characters")
    if text and field.pattern and not fits(text, field.pattern):
        raise BadValue("wrong_shape", f"must look like {field.pattern}")
    return text or None


def fits(text: str, pattern: str) -> bool:
    """Whether a text has a shape: `A` a letter, `9` a digit, `*` either, other signs themselves.

    Sign by sign, so no pattern takes longer than the text.
    """
    if len(text) != len(pattern):
        return False
    return all(
        (char.isalpha() if mark == "A" else char.isdecimal() if mark == "9" else
         char.isalnum() if mark == "*" else char == mark)
        for char, mark in zip(text, pattern, strict=True)
    )  # fmt: skip


def _number(field: FieldView, raw: Any, _: Any) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise BadValue("not_number", "must be a number")
    try:
        found = Decimal(str(raw).strip())
    except InvalidOperation:
        raise BadValue("not_number", "must be a number") from None
    if not found.is_finite():
        raise BadValue("not_number", "must be a number")
    found = found.normalize()
    _, digits, exponent = found.as_tuple()
    if not isinstance(exponent, int) or len(digits) + max(exponent, 0) > DIGITS:
        raise BadValue("too_long", f"has more than {DIGITS} digits")
    decimals = 0 if field.decimals is None else field.decimals
    if -exponent > decimals:
        raise BadValue("decimals", f"has more than {decimals} decimals")
    if field.low is not None and found < Decimal(str(field.low)):
        raise BadValue("too_small", f"must be {field.low:g} or more")
    if field.high is not None and found > Decimal(str(field.high)):
        raise BadValue("too_large", f"must be {field.high:g} or less")
    return int(found) if exponent >= 0 else float(found)


def _day(field: FieldView, raw: Any, _: Any) -> str:
    try:
        found = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError:
        raise BadValue("not_date", "must be a day such as 2026-11-30") from None
    found = found.date() if isinstance(found, datetime) else found
    return _in_limits(field, found).isoformat()


def _moment(field: FieldView, raw: Any, _: Any) -> str:
    try:
        found = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip())
        if found.tzinfo is None:
            raise ValueError
        found = as_utc(found)
    except (ValueError, OverflowError):
        text = "must be a time with its zone such as 2026-11-30T08:00:00Z"
        raise BadValue("not_datetime", text) from None
    _in_limits(field, found.date())
    return iso(found)


def _in_limits(field: FieldView, found: date) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadValue("not_date", f"lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}")
    if field.earliest and found < date.fromisoformat(field.earliest):
        raise BadValue("too_small", f"must be {field.earliest} or later")
    if field.latest and found > date.fromisoformat(field.latest):
        raise BadValue("too_large", f"must be {field.latest} or earlier")
    return found


def _boolean(_: FieldView, raw: Any, __: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in {"true", "false"}:
        return raw.strip().lower() == "true"
    raise BadValue("not_boolean", "must be true or false")


def _choice(field: FieldView, raw: Any, before: Any) -> str:
    option = next((one for one in field.options if one.id == raw), None)
    if option is None or (option.retired and raw != before):
        raise BadValue("not_option", f"must be one of {_offered(field)}")
    return option.id


def _multi(field: FieldView, raw: Any, before: Any) -> list[str]:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, list) or len(given) > SLOTS:
        raise BadValue("not_list", f"must be a list of at most {SLOTS} options")
    had = before if isinstance(before, list) else []
    for one in given:
        _choice(field, one, one if one in had else None)
    return [option.id for option in field.options if option.id in given]


def _offered(field: FieldView) -> str:
    return ", ".join(option.id for option in field.options if not option.retired)


def _link(_: FieldView, raw: Any, __: Any) -> str:
    text = str(raw).strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if not good or len(text) > LINK_CHARS or any(c.isspace() or c < " " for c in text):
        raise BadValue("not_link", "must be an address such as https://example.com/page")
    return text


def _mail(_: FieldView, raw: Any, __: Any) -> str:
    text = str(raw).strip()
    if len(text) > 254 or not _MAIL.fullmatch(text):
        raise BadValue("not_email", "must be an e-mail address")
    return text


def _phone(_: FieldView, raw: Any, __: Any) -> str:
    try:
        found = phonenumbers.parse(str(raw).strip()[:60], None)
        good = phonenumbers.is_possible_number(found)
    except phonenumbers.NumberParseException:
        good = False
    if not good:
        raise BadValue("not_phone", "must be a phone number that begins with + and the country")
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))


_READERS: dict[FieldType, Callable[[FieldView, Any, Any], Any]] = {
    FieldType.TEXT: _text, FieldType.LONG_TEXT: _text, FieldType.NUMBER: _number,
    FieldType.DATE: _day, FieldType.DATETIME: _moment, FieldType.BOOLEAN: _boolean,
    FieldType.CHOICE: _choice, FieldType.MULTI_CHOICE: _multi, FieldType.LINK: _link,
    FieldType.EMAIL: _mail, FieldType.PHONE: _phone,
}  # fmt: skip


def columns_of(field: FieldView, value: Any) -> list[dict[str, Any]]:
    """The typed columns of a stored value, one entry for each row; a long text's are empty."""
    if value is None:
        return []
    if field.type is FieldType.LONG_TEXT:
        return [{"number": None, "folded": None, "at": None}]
    if field.type is FieldType.NUMBER:
        return [{"number": Decimal(str(value)), "folded": None, "at": None}]
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return [{"at": instant(value), "folded": None, "number": None}]
    several: Sequence[Any] = value if isinstance(value, list) else [value]
    return [{"folded": fold(one), "number": None, "at": None} for one in several]


def fold(value: Any) -> str:
    """A text, an option or yes/no as lists compare it: case, width and accents aside."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return folded(" ".join(str(value).split()))[:LINK_CHARS]


def instant(value: str) -> datetime:
    """A stored day or time as an instant; a day is midnight UTC."""
    if len(value) == len("2026-11-22"):
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    return as_utc(datetime.fromisoformat(value))


def label_of(labels: Mapping[str, str], language: str) -> str:
    """The label in a language, else in English, else in any."""
    known = (labels.get(code) for code in (language, base(language), "en"))
    return next((text for text in known if text), next(iter(labels.values()), ""))


def words_of(field: FieldView, value: Any, language: str, yes: str, no: str) -> str:
    """A stored value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes if value else no
    if field.type in {FieldType.CHOICE, FieldType.MULTI_CHOICE}:
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(option_label(field, one, language) for one in chosen)
    return f"{value} {field.unit}".strip() if field.type is FieldType.NUMBER else str(value)


def option_label(field: FieldView, option_id: str, language: str) -> str:
    """What an option is called; its id where it is none of the field's."""
    found: Option | None = next((one for one in field.options if one.id == option_id), None)
    return label_of(found.label, language) if found else option_id
