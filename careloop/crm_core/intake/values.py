"""Cells to text, numbers, yes or no and lists; each raises `BadCell` for what it cannot be."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time
from decimal import ROUND_HALF_EVEN, Decimal

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.inventory.codes import gtin14
from careloop.kit.text import clean

LARGEST_WHOLE = 2_000_000_000

_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_NOTHING = frozenset({"", "-", "--", "/", "\\", "n/a", "null", "none", "无", "暂无", "空"})
_NUMBER = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)")
_LIST_MARKS = re.compile(r"[;；、|,，\n]")
_UNITS: dict[str, dict[str, int]] = {
    "months": {"个月": 1, "月": 1, "months": 1, "month": 1, "mo": 1,
               "年": 12, "years": 12, "year": 12},
    "days": {"天": 1, "日": 1, "days": 1, "day": 1, "d": 1,
             "周": 7, "weeks": 7, "week": 7},
    "hours": {"小时": 1, "时": 1, "hours": 1, "hour": 1, "hrs": 1, "h": 1},
    "": {"个": 1, "件": 1, "只": 1, "台": 1, "套": 1, "pcs": 1, "pc": 1},
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "是", "有", "对", "√", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0", "否", "无", "没有", "×", "✗", "✘"})


def as_text(cell: Cell) -> str:
    """The cell as a person would read it; whole floats without `.0`, days without midnight."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, str):
        if cell.strip() in _EXCEL_ERRORS:
            raise BadCell("is an error of the spreadsheet")
        return cell
    return str(cell)


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that is not free text says `nothing`: empty, `-`, `/`, `N/A`, `无`."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    text = unicodedata.normalize("NFKC", cell).strip().casefold()
    return text in _NOTHING or not text.strip("-—–_")


def text(cell: Cell, limit: int) -> str:
    """Free text without control characters; nothing is cut, too much is refused."""
    kept, cut = clean(as_text(cell), limit)
    if cut:
        raise BadCell(f"is longer than {limit} characters")
    return kept


def line(cell: Cell, limit: int) -> str:
    """Text in one line, runs of spaces made one."""
    joined = " ".join(text(cell, 4 * limit).split())
    if len(joined) > limit:
        raise BadCell(f"is longer than {limit} characters")
    return joined


def number(cell: Cell) -> Decimal:
    """A decimal number, with or without thousands separators.

    Where point and comma both stand, the last is the decimal mark; one comma before exactly
    three digits separates thousands (`1,234`), one point never does (`1.234`).
    """
    if isinstance(cell, bool):
        raise BadCell("is not a number")
    if isinstance(cell, int | float):
        try:
            found = Decimal(repr(cell))
        except ArithmeticError:
            raise BadCell("is not a number") from None
        if not found.is_finite():
            raise BadCell("is not a number")
        return found
    raw = unicodedata.normalize("NFKC", as_text(cell)).strip().replace("\u2212", "-")
    raw = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", raw)
    if not _NUMBER.fullmatch(raw) or len(raw) > 40:
        raise BadCell("is not a number")
    return Decimal(_with_point(raw))


def _with_point(raw: str) -> str:
    """The digits with `.` as the decimal mark and no separators; groups must be of three."""
    points, commas = raw.count("."), raw.count(",")
    if points and commas:
        mark = "." if raw.rfind(".") > raw.rfind(",") else ","
    elif commas == 1 and not re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", raw):
        mark = ","
    elif points == 1:
        mark = "."
    else:
        mark = ""
    whole, _, rest = raw.rpartition(mark) if mark else (raw, "", "")
    groups = re.split(r"[.,]", whole)
    uneven = any(len(group) != 3 for group in groups[1:]) or len(groups[0].lstrip("+-")) > 3
    if (len(groups) > 1 and uneven) or re.search(r"[.,]", rest):
        raise BadCell("is not a number; its separators are not thousands")
    return f"{''.join(groups) or '0'}.{rest or '0'}"


def decimal(cell: Cell, low: float, high: float, places: int) -> Decimal:
    """A number within limits, rounded half-even to `places` decimals."""
    found = number(cell)
    if not Decimal(str(low)) <= found <= Decimal(str(high)):
        raise BadCell(f"is not between {low:g} and {high:g}")
    return found.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def whole(cell: Cell, low: int, high: int, unit: str = "") -> int:
    """A whole number within limits; a unit may follow (`24 个月`, `2 years` for months)."""
    factor = 1
    if isinstance(cell, str):
        cell = unicodedata.normalize("NFKC", cell).strip().casefold()
        for name, times in _UNITS[unit].items():
            if cell.endswith(name) and cell[: -len(name)].strip()[-1:].isdigit():
                cell, factor = cell[: -len(name)].strip(), times
                break
    found = number(cell) * factor
    if found != found.to_integral_value():
        raise BadCell("is not a whole number")
    if not low <= found <= high:
        raise BadCell(f"is not between {low} and {high}")
    return int(found)


def rounded(cell: Cell, low: int, high: int) -> int:
    """A number of hours or the like, rounded to a whole one."""
    return int(decimal(cell, low, high, 0))


def yes_no(cell: Cell) -> bool:
    """`yes`, `是`, `true`, `1`, `√` and their opposites."""
    word = unicodedata.normalize("NFKC", as_text(cell)).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell("is neither yes (是) nor no (否)")


def listed(cell: Cell) -> list[str]:
    """The items of `a;b;c`; comma, `、`, `|` and line breaks separate too. No item twice."""
    items = [line(item, 100) for item in _LIST_MARKS.split(as_text(cell))]
    found = list(dict.fromkeys(item for item in items if item))
    if len(found) > 100:
        raise BadCell("lists more than 100 items")
    return found


def quantities(cell: Cell) -> dict[str, int]:
    """`NUMBER:2;NUMBER` as part number to quantity; without a number it is one piece."""
    found: dict[str, int] = {}
    for item in listed(cell):
        part, mark, count = item.replace("：", ":").replace("×", ":").rpartition(":")
        name, pieces = (part.strip(), whole(count, 1, LARGEST_WHOLE)) if mark else (item, 1)
        found[name] = found.get(name, 0) + pieces
    return found


def gtin(cell: Cell) -> str:
    """A GS1 number in 14 digits, its check digit tested."""
    found = gtin14(as_text(cell))
    if found is None:
        raise BadCell("is no GS1 number; its check digit is wrong, or it has not 8 to 14 digits")
    return found
