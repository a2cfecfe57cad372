"""Phone numbers to E.164, and mail addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import as_text

MAX_MAIL = 254
_EXTENSION = re.compile(
    r"\s*(?:转|分机|内线|ext\.?|extension|durchwahl)\s*:?\s*(\d{1,7})\s*$", re.IGNORECASE
)
_MAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+")


@lru_cache(maxsize=65_536)
def phone(written: str, country: str) -> tuple[str, str]:
    """E.164 number and extension; without `+` it is a number of `country` (ISO 3166-1).

    A number must have a length possible in its country; whether it is in use nobody can know.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    found = _EXTENSION.search(text)
    extension, main = (found[1], text[: found.start()]) if found else ("", text)
    if main.startswith("00"):
        main = "+" + main[2:]
    if re.search(r"[^\d\s+().\-/]", main):
        raise BadCell("is not a phone number")
    if not main.startswith("+") and not country:
        raise BadCell("is a phone number without + and country code, and no country is given")
    try:
        parsed = phonenumbers.parse(main, country or None)
    except NumberParseException:
        raise BadCell("is not a phone number") from None
    if phonenumbers.is_possible_number_with_reason(parsed) != ValidationResult.IS_POSSIBLE:
        raise BadCell("does not have the length of a phone number of its country")
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164), extension


def email(cell: Cell) -> str:
    """A mail address in lower case; a leading `mailto:` is dropped."""
    written = unicodedata.normalize("NFKC", as_text(cell)).strip().lower().removeprefix("mailto:")
    if len(written) > MAX_MAIL or not _MAIL.fullmatch(written):
        raise BadCell("is not an e-mail address")
    return written
