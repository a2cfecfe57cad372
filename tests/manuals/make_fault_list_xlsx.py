# ruff: noqa: E501
"""A list of 120 alarm numbers as a developer keeps it: title, merged groups, units, a hidden sheet."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.manuals.make_manual_pdf import Made

GROUPS = [
    "Syrup unit",
    "Remote panel",
    "Payment terminal",
    "Modem",
    "Cup dispenser",
    "Topping scale",
]
_CAUSES = ["voltage too low", "no answer", "counter overrun", "temperature out of range", "cover open",
           "calibration lost", "motor blocked", "memory full", "time-out", "wrong version"]  # fmt: skip
SECRET = "internal draft 9917"


def alarms() -> list[tuple[str, str, str, float, float, int, str]]:
    """Group, code, text, limits of either model in volts, delay in seconds, action."""
    rows = []
    for n in range(120):
        group = GROUPS[n // 20]
        code = f"U{(n // 20 + 1) * 100 + n % 20 + 1}"
        cause = _CAUSES[(n * 7) % 10]
        rows.append((group, code, f"{group}: {cause} (channel {n % 20 + 1})", round(18 + (n * 13 % 70) / 10, 1),
                     round(36 + (n * 17 % 90) / 10, 1), 2 + n * 5 % 27, f"Reset channel {n % 20 + 1}, then replace module M{n + 30}"))  # fmt: skip
    return rows


def make_fault_list() -> Made:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = "Alarms"
    sheet["A1"] = "Accessory alarms, state May 2026"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "Document TD-AL-0098"
    _head(sheet)
    for r, row in enumerate(alarms(), 7):
        for c, value in enumerate(row, 1):
            if c > 1 or (r - 7) % 20 == 0:
                sheet.cell(r, c, value)
    for n in range(len(GROUPS)):
        sheet.merge_cells(start_row=7 + n * 20, end_row=26 + n * 20, start_column=1, end_column=1)
        sheet.cell(7 + n * 20, 1).alignment = Alignment(vertical="center")
    hidden = book.create_sheet("Draft")
    hidden.append(["U999", SECRET])
    hidden.sheet_state = "hidden"
    book.properties.created = book.properties.modified = datetime(2026, 5, 4)  # noqa: DTZ001
    target = io.BytesIO()
    book.save(target)
    return Made("accessory-alarms.xlsx", target.getvalue(), {}, 0)


def _head(sheet: Worksheet) -> None:
    """Two levels: "Threshold" stands over both models; the third row holds the units."""
    for c, text in enumerate(("Group", "Code", "Text", "Threshold", None, "Delay", "Action"), 1):
        sheet.cell(4, c, text)
    sheet["D5"], sheet["E5"] = "TD-22", "TD-48"
    sheet["D6"], sheet["E6"], sheet["F6"] = "V", "V", "s"
    sheet.merge_cells("D4:E4")
    for column in "ABCFG":
        sheet.merge_cells(f"{column}4:{column}5")
    for row in sheet["A4:G6"]:
        for cell in row:
            cell.font = Font(bold=True)


if __name__ == "__main__":
    made = make_fault_list()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
