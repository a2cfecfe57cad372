"""Values to cells: typed where a workbook has types, and harmless where a text looks like a
formula.

A spreadsheet runs a cell of a CSV file that begins with `=`, `+`, `-` or `@`, full width too, or
with a tab or carriage return (CWE-1236). Such a text gets an apostrophe before it; the import
takes exactly one away, so that text survives the way out and in unchanged.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from careloop.kit.text import clean

LARGEST_CELL = 32_767
_DANGEROUS = re.compile(r"'*[\s\u0000-\u0020\u00a0\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_CONTROL_FIRST = re.compile(r"'*[\t\r\n]")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could run it."""
    if _DANGEROUS.match(text) or _CONTROL_FIRST.match(text):
        return "'" + text
    return text


def plain_text(value: object) -> str:
    """A text as a file may hold it: no control characters, at most what a cell takes."""
    text, cut = clean(str(value), LARGEST_CELL)
    return text[: LARGEST_CELL - 1] + "…" if cut else text


def csv_cell(value: Any, zone: ZoneInfo) -> str:
    """A value in CSV: numbers with a point, days as `2026-03-05`, times with their offset."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | float):
        return number_text(value)
    if isinstance(value, datetime):
        return local(value, zone).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return neutral(plain_text(value))


def xlsx_value(value: Any, zone: ZoneInfo) -> Any:
    """A value as a workbook types it. A time of the hour that a clock shows twice is text, since
    a cell cannot say which of the two it was."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        shown = local(value, zone)
        if shown.utcoffset() != shown.replace(fold=1 - shown.fold).utcoffset():
            return shown.isoformat(sep=" ", timespec="seconds")
        return shown.replace(tzinfo=None)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return plain_text(value)


def local(value: datetime, zone: ZoneInfo) -> datetime:
    """The instant as the zone's clocks show it, to the second."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(zone).replace(microsecond=0)


def number_text(value: Decimal | float) -> str:
    """Digits and a point, without exponent and without noughts that say nothing."""
    text = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
