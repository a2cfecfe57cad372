"""Reading and writing of labels: GS1 element strings, GS1 digital links, our own form.

GS1 General Specifications, chapter 7: data of variable length ends with FNC1, which scanners send
as the character 29. Our own form is `CL:` with fields `P` part, `L` lot, `S` serial, `Q` quantity,
`LOC` location, each percent-encoded and joined by semicolons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from biip import ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementStrings
from biip.gs1_messages import GS1Message
from biip.gtin import Gtin

FNC1 = "\x1d"
OWN = "CL:"
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_FIELDS = {"P": "part", "L": "lot", "S": "serial", "Q": "quantity", "LOC": "location"}
_HRI = re.compile(r"\((\d{2,4})\)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a code says by itself; `form` tells how it was written."""

    form: str
    gtin: str = ""
    part: str = ""
    lot: str = ""
    serial: str = ""
    quantity: int | None = None
    expires_on: date | None = None
    location: str = ""

    def understood(self) -> dict[str, str]:
        """The fields that are there, as text."""
        names = ("gtin", "part", "lot", "serial", "quantity", "expires_on", "location")
        values = {name: getattr(self, name) for name in names}
        return {name: str(value) for name, value in values.items() if value not in ("", None)}


def gtin14(written: str) -> str | None:
    """A GS1 number in 14 digits, if its check digit is right."""
    digits = re.sub(r"[\s-]", "", written)
    if not re.fullmatch(r"\d{8}|\d{12,14}", digits):
        return None
    try:
        return Gtin.parse(digits).as_gtin_14()
    except ParseError:
        return None


def read(code: str) -> Label | None:
    """What a scanned code says; None when it is in none of our forms."""
    text = code.strip(" \t\r\n")
    symbology = _SYMBOLOGY.match(text)
    if symbology:
        text = text[3:]
    if text.upper().startswith(OWN):
        return _own(text[len(OWN) :])
    if re.match(r"https?://", text, re.IGNORECASE):
        return _link(text)
    if _HRI.match(text):
        return _strings(_from_brackets(text), "gs1")
    number = gtin14(text)
    if number is not None:
        return Label("gtin", gtin=number)
    if symbology or FNC1 in text or re.match(r"0[12]\d{14}", text):
        return _strings(text.removeprefix(FNC1), "gs1")
    return None


def _from_brackets(text: str) -> str:
    """`(01)…(10)…` as printed below a symbol, as a scanner would send it."""
    parts = _HRI.split(text)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return FNC1.join(f"{ai}{value}" for ai, value in pairs)


def _strings(text: str, form: str) -> Label | None:
    try:
        found = GS1Message.parse(text)
    except (ParseError, ValueError):
        return None
    return _label(found.element_strings, form)


def _link(text: str) -> Label | None:
    try:
        found = GS1DigitalLinkURI.parse(text)
    except (ParseError, ValueError):
        return None
    return _label(found.element_strings, "gs1_link")


def _label(found: GS1ElementStrings, form: str) -> Label:
    values = {item.ai.ai: item for item in found}
    gtin, count = values.get("01") or values.get("02"), values.get("30") or values.get("37")
    ends = values.get("17")
    return Label(
        form,
        gtin=gtin.gtin.as_gtin_14() if gtin and gtin.gtin else "",
        lot=values["10"].value if "10" in values else "",
        serial=values["21"].value if "21" in values else "",
        quantity=int(count.value) if count else None,
        expires_on=ends.date if ends else None,
    )


def _own(text: str) -> Label | None:
    values: dict[str, str] = {}
    for field in text.split(";"):
        name, mark, value = field.partition("=")
        known = _FIELDS.get(name.strip().upper())
        if not mark or known is None or known in values:
            return None
        values[known] = unquote(value)
    count = values.pop("quantity", "")
    if count and not re.fullmatch(r"[0-9]{1,9}", count):
        return None
    return Label("own", quantity=int(count) if count else None, **values)  # type: ignore[arg-type]


def own_label(
    part: str = "", lot: str = "", serial: str = "", quantity: int | None = None,
    location: str = "",
) -> str:  # fmt: skip
    """The text of one of our own labels."""
    fields = {"P": part, "L": lot, "S": serial, "Q": quantity or "", "LOC": location}
    return OWN + ";".join(f"{k}={quote(str(v), safe='')}" for k, v in fields.items() if v)


def element_string(
    gtin: str, lot: str = "", serial: str = "", expires_on: date | None = None,
    quantity: int | None = None,
) -> str:  # fmt: skip
    """A GS1 element string; `gtin` in 14 digits, lot and serial at most 20 characters each."""
    fixed = f"01{gtin}" + (f"17{expires_on:%y%m%d}" if expires_on else "")
    open_ended = [("30", quantity and str(quantity)), ("10", lot), ("21", serial)]
    return fixed + FNC1.join(f"{ai}{value}" for ai, value in open_ended if value)
