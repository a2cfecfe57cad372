"""Files are read in every encoding and shape offices save them in, and none can do harm."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from careloop.crm_core.intake import csv_file, folder, tables, xlsx_file
from careloop.crm_core.intake.csv_file import read_csv
from careloop.crm_core.intake.dictionary import dictionary_markdown
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.matching import column_of_header, kind_of_file
from careloop.crm_core.intake.xlsx_file import read_xlsx
from careloop.kit.errors import InvalidInput

CHINESE = "客户编号,客户名称\nKH1,江阴恒盛纺织有限公司\n"
WESTERN = "number,name\nK1,Müller Präzision Größenwahn GmbH\nK2,Peña é Filhos Açúcar\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (CHINESE, "utf-8", "utf-8"), (CHINESE, "utf-8-sig", "utf-8"), (CHINESE, "gbk", "gb18030"),
        (CHINESE, "gb18030", "gb18030"), (CHINESE, "utf-16", "utf-16"), (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "cp1252", "cp1252"),
    ],
)  # fmt: skip
def test_encodings(text: str, encoding: str, found: str) -> None:
    rows, faults, name = read_csv(text.encode(encoding))
    wanted = [line.split(",") for line in text.strip().split("\n")]
    assert ([cells for _, cells in rows], faults, name) == (wanted, [], found)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(mark: str, end: str) -> None:
    text = end.join([f"a{mark}b{mark}c", f'1{mark}"x{mark}{end}y"{mark}3', "", f"4{mark}5{mark}6"])
    rows, _, _ = read_csv(text.encode())
    assert [(row, cells[0], cells[2]) for row, cells in rows] == [
        (1, "a", "c"), (2, "1", "3"), (4, "4", "6"),
    ]  # fmt: skip


def test_a_line_that_names_the_delimiter() -> None:
    rows, _, _ = read_csv(b"sep=;\nnumber;name\n1;a,b\n")
    assert rows == [(2, ["number", "name"]), (3, ["1", "a,b"])]


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BadCell, match="save it as UTF-8"):
        read_csv(b"\x81\x8d\x8f" * 3)


def test_limits_are_row_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MAX_ROWS", 2)
    rows, faults, _ = read_csv(b"a,b\n1,2\n3,4\n5,6\n7,8\n")
    assert len(rows) == 3
    assert (faults[0].row, faults[0].rows) == (4, 2)
    huge = b"a,b\n1," + b"x" * 200_000 + b"\n3,4\n"
    rows, faults, _ = read_csv(huge)
    assert [cells for _, cells in rows] == [["a", "b"], ["3", "4"]]
    assert faults[0].row == 2
    _, faults, _ = read_csv(b"a,b\n" + b"," * 500 + b"x\n")
    assert "cells" in faults[0].reason


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_keeps_row_numbers_and_types() -> None:
    day = datetime(2024, 3, 5)  # noqa: DTZ001 - a workbook's times have no zone
    data = workbook(["serial", "installed"], [], ["A-1", day], ["A-2", 45356], ["A-3", None])
    rows, faults, kind = read_xlsx(data)
    assert rows == [
        (1, ["serial", "installed"]), (3, ["A-1", day]), (4, ["A-2", 45356]), (5, ["A-3"]),
    ]  # fmt: skip
    assert (faults, kind) == ([], "xlsx")


def test_a_formula_never_calculated_is_seen_as_text() -> None:
    rows, _, _ = read_xlsx(workbook(["number", "name"], ["1", "=A1&B1"]))
    assert rows[1] == (2, ["1", "=A1&B1"])


def test_zip_bombs_and_broken_workbooks(monkeypatch: pytest.MonkeyPatch) -> None:
    good = workbook(["a", "b"], ["1", "2"])
    for data in (b"PK\x03\x04 nonsense", good[: len(good) // 2], b"", _zip({"x.xml": b"<a/>"})):
        with pytest.raises(BadCell):
            read_xlsx(data)
    monkeypatch.setattr(xlsx_file, "MAX_UNPACKED_BYTES", 1_000)
    with pytest.raises(BadCell, match="unpacks"):
        read_xlsx(good)


def test_a_row_number_beyond_the_sheet_ends_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "SHEET_ROWS", 1_000)
    source = zipfile.ZipFile(io.BytesIO(workbook(["a", "b"], ["1", "2"])))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="2"', b'r="999999999"')
    rows, _, _ = read_xlsx(_zip(parts))
    assert [row for row, _ in rows] == [1]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damage_anywhere_in_a_workbook_is_a_named_fault() -> None:
    good = workbook(*([f"a{n}", n, n / 3, None] for n in range(20)))
    dice = random.Random(7)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read_xlsx(bytes(data))
        except BadCell as error:
            assert "workbook" in str(error) or "unpacks" in str(error)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_file_names() -> None:
    wanted = {
        "customers": ("customers", "Customer list", "客户", "客户资料_2024-05", "CUSTOMERS (1)"),
        "contacts": ("联系人", "contacts"), "products": ("产品", "products"),
        "parts": ("备件", "备件清单", "spare parts"), "bom": ("BOM", "物料清单", "bom_export"),
        "assets": ("设备", "设备台账", "installed base"), "contracts": ("协议", "合同"),
        "tickets": ("工单", "工单导出20240501", "tickets"), "stock": ("库存", "备件库存表"),
        "engineers": ("工程师", "engineers"), "staff": ("staff",),
    }  # fmt: skip
    assert {kind: {kind_of_file(n) for n in names} for kind, names in wanted.items()} == {
        kind: {kind} for kind in wanted
    }
    assert kind_of_file("holiday plans") is None
    assert kind_of_file("2024") is None


def test_headers() -> None:
    wanted = {
        "序列号": "serial", "SN": "serial", "S/N": "serial", "设备编号": "serial",
        "Serial No.": "serial", "serial_no": "serial", "ＳＮ": "serial", "*序列号": "serial",
        "序列号 Serial No": "serial", "Serial Number (序列号)": "serial",
        "安装 日期": "installed_on",
        "运行小时（h）": "usage_hours", "客户": "customer", "保修截止": "warranty_until",
    }  # fmt: skip
    found = {header: column_of_header("assets", header) for header in wanted}
    assert {header: match[0] for header, match in found.items() if match} == wanted
    assert column_of_header("stock", "数量(最小)") is None
    assert column_of_header("assets", "客户 Serial") is None
    assert column_of_header("assets", "colour") is None


def test_the_dictionary_is_free_of_double_meanings_and_documents_itself() -> None:
    page = dictionary_markdown()
    for kind, form in FORMS.items():
        assert kind_of_file(kind) == kind
        assert f"## {kind}" in page
        for column in form.columns:
            for header in (column.name, *column.accepts):
                match = column_of_header(kind, header)
                assert match is not None
                assert match[0] == column.name
                assert header in page


def test_a_folder_tells_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "客户.csv").write_text("number,name\n1,a\n")
    (tmp_path / "holidays.csv").write_text("a,b\n")
    (tmp_path / "assets.xls").write_bytes(b"old")
    (tmp_path / "~$assets.xlsx").write_bytes(b"")
    (tmp_path / ".hidden.csv").write_text("x")
    (tmp_path / "parts.xlsx").write_bytes(b"no workbook")
    (tmp_path / "folder").mkdir()
    sources = read_folder(tmp_path)
    assert [name for name, _ in sources.unknown_files] == [
        "assets.xls", "holidays.csv", "~$assets.xlsx",
    ]  # fmt: skip
    assert [table.kind for table in sources.tables] == ["parts", "customers"]
    assert sources.tables[0].faults[0].row == 0
    assert [t.kind for t in read_folder(tmp_path / "客户.csv").tables] == ["customers"]
    with pytest.raises(InvalidInput):
        read_folder(tmp_path / "nowhere")


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 10)
    (tmp_path / "parts.csv").write_text("number,name\n1,bolt\n")
    assert "larger than" in read_folder(tmp_path).tables[0].faults[0].reason
    assert tables.MAX_FILE_BYTES == 200_000_000
