"""Cells of calendars and service levels: hours, days, targets, pauses, steps of the ladder.

One entry a line, or `;` between them. What a cell says is checked as a whole by the rules of
calendars and service levels; here it is only read.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from careloop.crm_core.intake import words
from careloop.crm_core.intake.dates import day
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import as_text

Entry = dict[str, Any]
_SPAN = re.compile(r"(\d{1,2}):(\d{2})(?::00)?\s*(?:-|–|—|~|至|到|to)\s*(\d{1,2}):(\d{2})(?::00)?")
_BEFORE_A_DAY = re.compile(r"[;；\n]\s*(?=\d{4}[-/.年])|\n")
_DAY = re.compile(r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?)\s*(.*)", re.DOTALL)
_MINUTES = re.compile(r"(\d{1,7})\s*(m|min|minutes|分钟|h|hours|小时|d|days|天)?", re.IGNORECASE)
_FACTORS = {"h": 60, "hours": 60, "小时": 60, "d": 1440, "days": 1440, "天": 1440}
_STEP = re.compile(r"([a-z0-9-]{1,30})\s*:\s*(.*)", re.DOTALL)
_AT = re.compile(r"(warning|breach)(?:\+(\d{1,7}))?")
_DAY_AND_NIGHT = frozenset({"24/7", "24h", "around-the-clock", "全天候"})


def spans(cell: Cell) -> list[tuple[str, str]]:
    """Spans of one day in the order written."""
    found = []
    for item in re.split(r"[,;、\n]", _folded(cell)):
        if not item.strip():
            continue
        match = _SPAN.fullmatch(item.strip())
        if match is None:
            raise BadCell("is not hours of a day; write them as 09:00-12:00, 13:00-18:00")
        found.append((f"{int(match[1]):02d}:{match[2]}", f"{int(match[3]):02d}:{match[4]}"))
    return found


def days_off(cell: Cell) -> list[Entry]:
    """Days with their names."""
    return [{"on": on, "name": name} for on, name in _days(cell)]


def extra_days(cell: Cell) -> list[Entry]:
    """Days with their hours; none means the usual ones."""
    return [{"on": on, "spans": spans(rest) if rest else []} for on, rest in _days(cell)]


def targets(cell: Cell) -> list[Entry]:
    """Promises: what, in how many minutes, and for which tickets."""
    return [_target(item) for item in _lines(cell)]


def pauses(cell: Cell) -> dict[str, list[str]]:
    """By what is promised, the states in which its clock stands still."""
    found: dict[str, list[str]] = {}
    for item in _lines(cell):
        name, mark, states = item.partition(":")
        if not mark:
            raise BadCell("is no pause; write it as fix: waiting_customer, waiting_parts")
        kind = words.PROMISES.read(name)
        for state in filter(str.strip, re.split(r"[,、]", states)):
            found.setdefault(kind, []).append(words.TICKET_STATES.read(state))
    return found


def steps(cell: Cell) -> list[Entry]:
    """Steps of the ladder; people are e-mail addresses still."""
    return [_step(item) for item in _lines(cell)]


def _target(item: str) -> Entry:
    head, _, rest = item.partition(" ")
    match = _MINUTES.match(rest.strip())
    if match is None:
        raise BadCell(f"says in {item!r} not in how many minutes; write it as fix 480 high")
    minutes = int(match[1]) * _FACTORS.get((match[2] or "").lower(), 1)
    found: Entry = {"kind": words.PROMISES.read(head), "minutes": minutes}
    for word in rest.strip()[match.end() :].split():
        priority, kind = words.PRIORITIES.find(word), words.TICKET_TYPES.find(word)
        if word.casefold() in _DAY_AND_NIGHT:
            found["around_the_clock"] = True
        elif priority or kind:
            found["priority" if priority else "type"] = priority or kind
        else:
            raise BadCell(f"has {word!r}, which is neither a priority nor a ticket type nor 24/7")
    return found


def _step(item: str) -> Entry:
    match = _STEP.fullmatch(item)
    if match is None:
        raise BadCell(f"has no name in {item!r}; write it as late: fix breach+60 role=manager")
    found: Entry = {"key": match[1], "roles": [], "users": []}
    for word in match[2].split():
        name, mark, value = word.partition("=")
        at = _AT.fullmatch(word)
        if at:
            found |= {"at": at[1], "after_minutes": int(at[2] or 0)}
        elif word in {"assignee", "raise-priority"}:
            found[word.replace("-", "_")] = True
        elif mark and name in {"role", "user"}:
            found[f"{name}s"].append(value)
        elif mark and name == "give-to":
            found["reassign_to"] = value
        elif words.PROMISES.find(word):
            found["kind"] = words.PROMISES.read(word)
        else:
            raise BadCell(f"has {word!r} in the step {match[1]}, which is no act of a step")
    if "at" not in found:
        raise BadCell(f"says in the step {match[1]} neither warning nor breach")
    return found


def _days(cell: Cell) -> list[tuple[str, str]]:
    if not isinstance(cell, str):
        return [(day(cell).isoformat(), "")]
    found = []
    for item in _BEFORE_A_DAY.split(cell.strip()):
        if not item.strip():
            continue
        match = _DAY.fullmatch(item.strip())
        if match is None:
            raise BadCell("is not days, one in a line; write them as 2026-12-24 Christmas Eve")
        found.append((day(match[1]).isoformat(), " ".join(match[2].split())))
    return found


def _lines(cell: Cell) -> list[str]:
    return [" ".join(item.split()) for item in re.split(r"[;\n]", _folded(cell)) if item.strip()]


def _folded(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", as_text(cell)).strip()
