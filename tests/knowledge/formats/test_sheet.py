"""Workbooks and CSV: the tables on a sheet as they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from made_files import workbook

from careloop.knowledge.ingest.formats.sheet.number_format import shown
from careloop.knowledge.ingest.read import read_source
from careloop.knowledge.ingest.source import SourceFile


def test_several_tables_titles_units_and_hidden_parts() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        sheet.title = "报警代码"
        sheet["A1"] = "CF-10 报警代码表"
        sheet.merge_cells("A1:D1")
        for number, row in enumerate(
            (["代码", "含义", "原因", "处理"], ["AL-01", "水流低", "堵\n泵停了", "清洗"],
             ["AL-02", "温度高", "风扇坏", "换风扇"], ["AL-03", "隐藏", "x", "y"]), 2
        ):  # fmt: skip
            for column, text in enumerate(row, 1):
                sheet.cell(number, column, text)
        sheet.row_dimensions[5].hidden = True
        for place, text in (("F3", "型号"), ("G3", "重量"), ("G4", "kg"), ("F5", "x"), ("F2", "")):
            sheet[place] = text
        sheet["F5"], sheet["G5"] = None, None
        sheet["A9"] = "型号"
        sheet.merge_cells("A9:A10")
        sheet["B9"] = "压力"
        sheet.merge_cells("B9:C9")
        sheet["B10"], sheet["C10"] = "最小", "最大"
        sheet["A11"], sheet["B11"], sheet["C11"] = "P-10", 0.153, date(2026, 3, 4)
        sheet["B11"].number_format, sheet["C11"].number_format = "0.0%", "yyyy/m/d"
        book.create_sheet("内部").sheet_state = "hidden"
        book["内部"]["A1"] = "secret"
        book.create_sheet("Notes")["A1"] = "Warning: hot surface"

    manuscript = read_source(workbook(write))
    text = manuscript.text
    assert "## 报警代码\n\nCF-10 报警代码表\n\n| 代码 | 含义 | 原因 | 处理 |" in text
    assert "| AL-01 | 水流低 | 堵；泵停了 | 清洗 |\n| AL-02 |" in text
    assert (
        "| 型号 | 压力 / 最小 | 压力 / 最大 |\n| --- | --- | --- |\n| P-10 | 15.3% | 2026/3/4 |"
        in text
    )
    assert "## Notes\n\n> Warning: hot surface" in text
    assert "AL-03" not in text and "secret" not in text
    assert manuscript.warnings == [
        "hidden sheets left out: 内部",
        "报警代码: 1 hidden rows left out",
    ]


def test_units_below_the_header_and_long_tables() -> None:
    def write(book: Any) -> None:
        book.active.append(["Model", "Weight", "Power"])
        book.active.append([None, "kg", "(W)"])
        for number in range(5200):
            book.active.append([f"P-{number}", number + 0.5, 10])

    text = read_source(workbook(write)).text
    assert text.count("| Model | Weight (kg) | Power (W) |") == 2
    assert "| P-5199 | 5199.5 | 10 |" in text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.5, "0%", "50%"), (45000.5, "yyyy-mm-dd hh:mm", "2023-03-15 12:00"),
        (45000, "d-mmm-yy", "15-Mar-23"), (1234.5, "$#,##0.00", "$1,234.50"), (-3, "0;(0)", "(3)"),
        (0.000123, "0.00E+00", "1.23E-04"), (1.5, "[h]:mm", "36:00"), (12, "000", "012"),
        (0.25, "h:mm AM/PM", "6:00 AM"), (5, '0" 件"', "5 件"), (1e6, '0.0,,"M"', "1.0M"),
        (2, "[$€-407] #,##0.00", "€ 2.00"),
        (1 / 3, "General", "0.33333333333"), (-2.5, "0.0", "-2.5"),
        (0.125, "0.00", "0.13"), (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
    ],
)  # fmt: skip
def test_numbers_as_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("content", "first", "last"),
    [
        ('Code;Meaning;Wert\nE-1;"line one\nline two";1,5\n', "| Code | Meaning | Wert |", "1,5 |"),
        ("E-1,泵坏,换\nE-2,阀坏,修\n", "| 列1 | 列2 | 列3 |", "| E-2 | 阀坏 | 修 |"),
        ("a\tb\n1\t2\n", "| a | b |", "| 1 | 2 |"),
        ("名称,数量,\n泵,1,红\n", "| 名称 | 数量 | 列3 |", "| 泵 | 1 | 红 |"),
        ("E-217|EVA hot|clean\nE-218|pump|x\n", "| Column 1 | Column 2 | Column 3 |", "| x |"),
    ],
)
def test_csv(content: str, first: str, last: str) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        text = read_source(SourceFile("a.csv", content.encode(encoding))).text
        assert text.startswith(first) and last in text and "nan" not in text
