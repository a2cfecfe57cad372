"""The short list of what a mapping may do to a value; each is safe, none runs anybody's code.

Towards us the transforms of a field run in their order, towards them their opposites in the
opposite order. One without an opposite leaves the value as it is on the way out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

Change = Callable[[Any, str], Any]


def _text(value: Any, _: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _date(value: Any, _: str) -> str:
    text = _text(value).strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date like 2026-03-31") from None


def _moment(value: Any, _: str) -> str:
    text = _text(value).strip()
    return datetime.fromisoformat(text).isoformat() if text else ""


def _pick(value: Any, at: str) -> Any:
    items = value if isinstance(value, list) else [value]
    index = int(at or 0)
    return items[index] if index < len(items) else None


def _affix(value: Any, prefix: str) -> str:
    text = _text(value)
    return prefix + text if text else ""


def _without(value: Any, prefix: str) -> str:
    return _text(value).removeprefix(prefix)


_WAYS: dict[str, tuple[str, Change, Change | None]] = {
    "text": ("Write numbers and yes/no as text.", _text, None),
    "trim": ("Take away spaces at both ends.", lambda v, _: _text(v).strip(), None),
    "one_line": ("Make one line of several.", lambda v, _: " ".join(_text(v).split()), None),
    "upper": ("Capital letters.", lambda v, _: _text(v).upper(), None),
    "lower": ("Small letters.", lambda v, _: _text(v).lower(), None),
    "digits": ("Keep digits alone.", lambda v, _: re.sub(r"\D", "", _text(v)), None),
    "phone": ("Keep + and digits alone.", lambda v, _: re.sub(r"(?!^\+)\D", "", _text(v)), None),
    "date": ("The day of a date or time.", _date, None),
    "moment": ("An ISO time.", _moment, None),
    "limit": ("limit:N keeps the first N characters.", lambda v, n: _text(v)[: int(n)], None),
    "first": ("first:N picks one item of a list, from 0.", _pick, None),
    "prefix": ("prefix:X puts X before; on the way out takes it away.", _affix, _without),
    "strip_prefix": ("strip_prefix:X takes X away; on the way out puts it before.",
                     _without, _affix),
    "default": ("default:X where there is nothing.", lambda v, x: _text(v) or x, None),
}  # fmt: skip
NAMES: dict[str, str] = {name: found[0] for name, found in _WAYS.items()}
_NUMBERED = {"limit", "first"}
_WORDED = {"prefix", "strip_prefix", "default"}


def problem(written: str) -> str:
    """What is wrong with a transform as written; empty when nothing is."""
    name, colon, argument = written.partition(":")
    if name not in _WAYS:
        return f"there is no transform {name!r}; there are: {', '.join(sorted(_WAYS))}"
    if name in _NUMBERED and not (argument.isdigit() and int(argument) < 100_000):
        return f"{name} needs a number, such as {name}:1"
    if name in _WORDED and not argument:
        return f"{name} needs a text, such as {name}:A"
    if colon and name not in _NUMBERED | _WORDED:
        return f"{name} takes nothing after a colon"
    return ""


def inward(value: Any, written: Sequence[str]) -> Any:
    """Their value as ours; `ValueError` says what does not fit."""
    for item in written:
        name, _, argument = item.partition(":")
        value = _WAYS[name][1](value, argument)
    return value


def outward(value: Any, written: Sequence[str]) -> Any:
    """Our value as theirs."""
    for item in reversed(written):
        name, _, argument = item.partition(":")
        opposite = _WAYS[name][2]
        if opposite is not None:
            value = opposite(value, argument)
    return value
