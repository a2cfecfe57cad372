"""Weeks of work: pure rules, and the reading of what people write for them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from careloop.kit.clock import as_utc

Span = tuple[datetime, datetime]
Weekly = dict[str, list[tuple[str, str]]]
_DAYS: dict[str, int] = {
    word: day
    for day, words in enumerate((
        "mon monday mo montag lunes lun lundi 周一 星期一 礼拜一 週一",
        "tue tues tuesday di dienstag martes mar mardi 周二 星期二 礼拜二 週二",
        "wed wednesday mi mittwoch mercredi miércoles mié 周三 星期三 礼拜三 週三",
        "thu thur thurs thursday do donnerstag jueves jue jeudi 周四 星期四 礼拜四 週四",
        "fri friday fr freitag viernes vie vendredi 周五 星期五 礼拜五 週五",
        "sat saturday sa samstag sábado sáb samedi 周六 星期六 礼拜六 週六",
        "sun sunday so sonntag domingo dom dimanche 周日 星期日 礼拜天 周天 星期天 週日",
    ))
    for word in words.split()
}  # fmt: skip
_WHOLE = {
    "daily": range(7), "每天": range(7), "每日": range(7), "全周": range(7), "all": range(7),
    "weekdays": range(5), "工作日": range(5), "weekend": (5, 6), "周末": (5, 6),
}  # fmt: skip
_DASH = r"\s*(?:-|–|—|~|～|至|到|to|bis|until|a)\s*"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:：.h时点][0-5]?\d?分?)?\s*(?:am|pm)?"
_SPAN = re.compile(rf"({_CLOCK}){_DASH}({_CLOCK})(?![\d:])", re.IGNORECASE)
_CLOCK_PARTS = re.compile(r"(\d{1,2})(?:[:：.h时点](\d{0,2})分?)?\s*(am|pm)?", re.IGNORECASE)
_DAY = "|".join(sorted(map(re.escape, _DAYS), key=len, reverse=True))
_DAY_RANGE = re.compile(rf"({_DAY})\.?(?:{_DASH}({_DAY})\.?)?", re.IGNORECASE)
_CHINESE_END = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CHINESE_RANGE = re.compile(r"(?:周|星期|礼拜|週)([一二三四五六日天])\s*(?:至|到|-|~|～|—)\s*"
                            r"(?:周|星期|礼拜|週)?([一二三四五六日天])")  # fmt: skip
_REST = re.compile(r"[\s,，、;；/.&+]|and|und|和|及|每")
MINUTES = 24 * 60


class Unreadable(ValueError):
    """A text that says no week of work; the message says what is not understood."""


def parse(text: str) -> Weekly:
    """Read `Mon-Sat 08:30-17:30; Sun 9-12` and its like; `Unreadable` tells what it cannot be.

    Parts are separated by `;`. A part without days holds for Monday to Friday. Nothing is guessed:
    a rest that is not understood refuses the whole.
    """
    weekly: Weekly = {}
    parts = [part for part in re.split(r"[;；\n|]", text.strip()) if part.strip()]
    if not parts:
        raise Unreadable("is empty")
    for part in parts:
        days, spans = _part(part)
        for day in days:
            if weekly.get(str(day)):
                raise Unreadable(f"names a day twice in {part.strip()!r}")
            weekly[str(day)] = spans
    return weekly


def _part(text: str) -> tuple[list[int], list[tuple[str, str]]]:
    spans: list[tuple[str, str]] = []

    def take_span(found: re.Match[str]) -> str:
        spans.append((_clock(found[1]), _clock(found[2])))
        return " "

    rest = _SPAN.sub(take_span, text)
    if not spans:
        raise Unreadable(f"has no hours such as 08:30-17:30 in {text.strip()!r}")
    days, rest = _days(rest)
    if _REST.sub("", rest):
        raise Unreadable(f"has a word that is not understood: {rest.strip()!r}")
    for start, end in spans:
        if start >= end:
            raise Unreadable(f"has hours that pass midnight: {start}-{end}")
    spans.sort()
    if any(a[1] > b[0] for a, b in itertools.pairwise(spans)):
        raise Unreadable("has hours that overlap")
    return days, spans


def _days(text: str) -> tuple[list[int], str]:
    days: list[int] = []

    def take(first: int, last: int) -> str:
        end = last if last >= first else last + 7
        days.extend(day % 7 for day in range(first, end + 1))
        return " "

    rest = _CHINESE_RANGE.sub(lambda m: take(_CHINESE_END[m[1]], _CHINESE_END[m[2]]), text)
    for word, whole in _WHOLE.items():
        if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", rest, re.IGNORECASE):
            days.extend(whole)
            rest = re.sub(re.escape(word), " ", rest, flags=re.IGNORECASE)
    rest = _DAY_RANGE.sub(lambda m: take(_DAYS[m[1].lower()], _DAYS[(m[2] or m[1]).lower()]), rest)
    if len(days) != len(set(days)):
        raise Unreadable("names a day twice")
    return sorted(days) or list(range(5)), rest


def _clock(text: str) -> str:
    found = _CLOCK_PARTS.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"has no time of day in {text!r}")
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise Unreadable(f"has no time of day in {text!r}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Unreadable(f"has no time of day in {text!r}")
    return f"{hour:02d}:{minute:02d}"


def minute_of(clock: str) -> int:
    """Minutes after midnight of a wall time."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """A wall time of a day as an instant in UTC; 24:00 is the midnight after it."""
    minute = minute_of(clock)
    # Time is added to the wall clock, so 09:00 stays 09:00 over a daylight-saving change.
    return as_utc(datetime.combine(day, time(), zone) + timedelta(minutes=minute))


def spans_of(
    weekly: Mapping[str, Iterable[Iterable[str]]], zone: ZoneInfo, day: date
) -> list[Span]:
    """The spans of work of one day."""
    found = []
    for start, end in weekly.get(str(day.weekday()), []):
        found.append((instant(day, start, zone), instant(day, end, zone)))
    return found


def shown(weekly: Mapping[str, Iterable[Iterable[str]]]) -> str:
    """A week in the words that `parse` reads, days of the same hours together."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    groups: dict[str, list[int]] = {}
    for day in range(7):
        hours = ", ".join(f"{start}-{end}" for start, end in weekly.get(str(day), []))
        if hours:
            groups.setdefault(hours, []).append(day)
    return "; ".join(f"{_named(days, names)} {hours}" for hours, days in groups.items())


def _named(days: list[int], names: tuple[str, ...]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}-{names[run[-1]]}" for run in runs
    )
