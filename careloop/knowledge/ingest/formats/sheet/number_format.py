"""Numbers as a spreadsheet shows them: decimals, thousands, percent, dates, text around them."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"', 31: 'yyyy"年"m"月"d"日"', 30: "m/d/yy",
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
}  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General|E[+\-]|y+|m+|d+|h+|s+(?:\.0+)?|'
    r"[0#?,.]+|/|%|@|.",
    re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(r"[0#?]")


def shown(value: float, code: str, date1904: bool = False) -> str:
    """A number in a format code; a code we do not know shows the plain number."""
    if not math.isfinite(value):
        return str(value)
    section, negative_shown = _section(value, code)
    tokens = [token for token in _TOKEN.findall(section) if token]
    if not section or any(token.lower() == "general" for token in tokens):
        return general(value)
    if _is_date(tokens):
        return _date(value, tokens, date1904)
    try:
        return _number(abs(value) if negative_shown else value, tokens)
    except (InvalidOperation, OverflowError, ValueError):
        return general(value)


def general(value: float) -> str:
    """A number without a format: at most 11 digits behind the point, no idle zeros."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.11g}"
    return text.replace("e+0", "E+").replace("e-0", "E-").replace("e", "E")


def _section(value: float, code: str) -> tuple[str, bool]:
    """The part of the code for this sign, and whether it shows the sign by itself."""
    parts, current, quoted = [], "", False
    for letter in code:
        quoted = quoted != (letter == '"')
        if letter == ";" and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
    parts.append(current)
    if any(re.match(r"^\s*(?:\[\w+\])?\[[<>=]", part) for part in parts):
        return _conditional(value, parts), False
    if value < 0 and len(parts) > 1 and parts[1]:
        return parts[1], True
    if value == 0 and len(parts) > 2 and parts[2]:
        return parts[2], False
    return parts[0], False


def _conditional(value: float, parts: list[str]) -> str:
    for part in parts:
        match = re.search(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]", part)
        if match is None:
            return part
        limit = float(match[2])
        if {"<": value < limit, ">": value > limit, "<=": value <= limit, ">=": value >= limit,
            "=": value == limit, "<>": value != limit}[match[1]]:  # fmt: skip
            return part
    return "General"


def _is_date(tokens: list[str]) -> bool:
    return any(re.fullmatch(r"y+|m+|d+|h+|s+(?:\.0+)?|\[[hms]+\]", token, re.I) for token in tokens)


def _literal(token: str) -> str | None:
    """Text in a format code; None for a token that stands for digits."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] == "_":
        return ""
    if token[0] == "*":
        return ""
    if token[0] == "[":
        currency = re.match(r"\[\$([^\-\]]*)", token)
        return currency[1] if currency else ""
    return None


def _number(value: float, tokens: list[str]) -> str:
    places = [
        n for n, token in enumerate(tokens) if _literal(token) is None and _PLACE.search(token)
    ]
    if "/" in tokens and len(places) > 1:
        return general(value)
    if not places:
        words = "".join(_literal(token) or "" for token in tokens)
        return words + general(value) if "@" in tokens else words
    pattern = "".join(
        tokens[n] for n in range(places[0], places[-1] + 1) if _literal(tokens[n]) is None
    )
    percent = tokens.count("%")
    number = Decimal(repr(value)) * (Decimal(100) ** percent)
    body = _digits(number, pattern)
    text, done = "", False
    for place, piece in enumerate(tokens):
        literal = _literal(piece)
        if literal is not None:
            text += literal
        elif places[0] <= place <= places[-1]:
            text += "" if done else body
            done = True
        elif piece != "@":
            text += piece
    if number < 0 and text and "-" in body and not text.startswith(("-", "(")):
        text = "-" + text.replace("-", "", 1)
    return text.strip()


def _digits(number: Decimal, pattern: str) -> str:
    power = re.search(r"E([+\-])", pattern, re.IGNORECASE)
    if power:
        decimals = len(re.findall(r"[0#?]", pattern[: power.start()].partition(".")[2]))
        mantissa, _, exponent = f"{number:.{decimals}E}".partition("E")
        wide = max(len(_PLACE.findall(pattern[power.end() :])), 1)
        sign = "-" if exponent.startswith("-") else ("+" if power[1] == "+" else "")
        return f"{mantissa}E{sign}{exponent.lstrip('+-').zfill(wide)}"
    whole, _, fraction = pattern.partition(".")
    scaled = len(pattern) - len(pattern.rstrip(","))
    number = number / (Decimal(1000) ** scaled)
    most, least = len(_PLACE.findall(fraction)), fraction.count("0")
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):f}"
    left, _, right = digits.partition(".")
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    left = left.zfill(whole.count("0")) if left != "0" or whole.count("0") else ""
    if "," in whole.rstrip(","):
        left = f"{int(left or 0):,}"
    text = left + (f".{right}" if right else "")
    return f"-{text}" if rounded < 0 else text or "0"


def _date(value: float, tokens: list[str], date1904: bool) -> str:
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        moment = start + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return general(value)
    half = any(token.upper() in ("AM/PM", "A/P") for token in tokens)
    text, after_hour = "", False
    for place, token in enumerate(tokens):
        kind = token.lower()
        literal = _literal(token) if not re.fullmatch(r"\[[hms]+\]", kind) else None
        if literal is not None:
            text += literal
            continue
        minute = kind[0] == "m" and len(kind) <= 2 and (after_hour or _seconds_next(tokens, place))
        text += _date_part(moment, kind, half, minute, value)
        if kind[0] in "hsymd[":
            after_hour = kind[0] == "h" or kind.startswith("[h")
    return text.strip()


def _seconds_next(tokens: list[str], place: int) -> bool:
    rest = (token.lower() for token in tokens[place + 1 :] if token[0].isalpha())
    return next(rest, "").startswith("s")


def _date_part(moment: datetime, kind: str, half: bool, minute: bool, value: float) -> str:
    match kind[0]:
        case "y":
            return f"{moment.year:04d}" if len(kind) > 2 else f"{moment.year % 100:02d}"
        case "m" if minute:
            return f"{moment.minute:0{len(kind)}d}"
        case "m":
            name = _MONTHS[moment.month - 1]
            return (str(moment.month), f"{moment.month:02d}", name[:3], name, name[:1])[
                min(len(kind), 5) - 1
            ]
        case "d":
            name = _DAYS[moment.weekday()]
            return (str(moment.day), f"{moment.day:02d}", name[:3], name)[min(len(kind), 4) - 1]
        case "h":
            hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
            return f"{hour:0{min(len(kind), 2)}d}"
        case "s":
            return f"{moment.second:02d}" if kind.startswith("ss") else str(moment.second)
        case "[":
            size = {"h": 24, "m": 1440, "s": 86400}[kind[1]]
            return str(int(value * size + 1e-6))
        case "a":
            return "AM" if moment.hour < 12 else "PM"
    return kind
