"""Lists as files: harmless in a spreadsheet, true to the letter, and read again unchanged."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.crm_core.export import service
from careloop.crm_core.export.cells import csv_cell, neutral, plain_text
from careloop.crm_core.export.csv_out import csv_lines
from careloop.crm_core.export.directory import EXPORTS
from careloop.crm_core.export.schemas import Format, Headers
from careloop.crm_core.export.xlsx_out import xlsx_bytes
from careloop.crm_core.intake.csv_file import read_csv
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.matching import column_of_header
from careloop.crm_core.intake.xlsx_file import read_xlsx
from careloop.crm_core.tickets.models import OPEN_STATES
from careloop.kit.db import Database
from careloop.kit.errors import Forbidden, InvalidInput, NotFound
from careloop.kit.text import clean
from tests.crm_core.books import fill, visitor

UTC_ZONE = ZoneInfo("UTC")
HOSTILE = st.one_of(
    st.text(max_size=80),
    st.builds(
        lambda lead, rest: lead + rest,
        st.sampled_from(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r", "\n", "'=", "''@",
                         " =", "\u00a0=", "\ufeff=", "'", '"', ",", ";", "\u200b=1")),
        st.text(max_size=20),
    ),
    st.sampled_from(("=HYPERLINK(\"http://e.example\",\"x\")", "+8675512345678", "-5", "@SUM(A1)",
                     "_x000D_", "<script>", "a\r\nb", "\x00\x07", "=cmd|' /C calc'!A0")),
)  # fmt: skip


def _runs(text: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula or a command."""
    bare = text.lstrip(" \t\r\n\u00a0\u200b\ufeff")
    return (text[:1] in "\t\r\n" and bool(text)) or bare[:1] in {*"=+-@＝＋－＠"}


@given(HOSTILE)
@settings(max_examples=500, deadline=None)
def test_no_text_of_a_csv_file_runs_and_each_is_read_as_it_was(text: str) -> None:
    shown = csv_cell(text, UTC_ZONE)
    assert not _runs(shown), shown
    body = b"".join(csv_lines([["head", "x"], [text, "end"]], bom=True))
    ((_, _), (_, cells)) = read_csv(body)[0]
    assert cells[1] == "end"
    assert cells[0] == plain_text(text) == clean(text, 32_767)[0]


@given(st.lists(HOSTILE, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_text_of_a_workbook_is_a_formula_and_each_is_read_as_it_was(texts: list[str]) -> None:
    head = [f"h{at}" for at in range(len(texts))]
    body = b"".join(
        xlsx_bytes("t", [*head, "end"], ["text"] * (len(texts) + 1), [[*texts, "end"]], UTC_ZONE)
    )
    sheet: Any = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    row = sheet[2]
    assert all(cell.data_type in {"s", "n", "inlineStr"} for cell in row if cell.value is not None)
    assert sheet.freeze_panes == "A2"
    ((_, _), (_, cells)) = read_xlsx(body)[0]
    assert [cell or "" for cell in cells[:-1]] == [plain_text(text) for text in texts]


@given(HOSTILE)
def test_shielding_is_undone_by_taking_one_apostrophe_away(text: str) -> None:
    shielded = neutral(text)
    assert shielded in (text, "'" + text)
    assert neutral(shielded) != shielded or not shielded.startswith("'") or shielded == text


def test_cells_are_typed_and_times_say_their_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    row = [1, Decimal("2.5000"), date(2026, 3, 5), twice, True, None, "x"]
    text = b"".join(csv_lines([row], zone=berlin)).decode()
    assert text == "1,2.5,2026-03-05,2026-10-25 02:30:00+02:00,yes,,x\r\n"
    kinds = ["whole", "decimal", "day", "moment", "yes_no", "text", "text"]
    body = b"".join(xlsx_bytes("t", ["a"] * 7, kinds, [row], berlin))
    sheet: Any = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values[:2] == [1, 2.5] and str(values[2]) == "2026-03-05 00:00:00"
    assert values[3] == "2026-10-25 02:30:00+02:00"  # an hour that the clocks show twice


def test_every_header_is_understood_by_the_import_and_every_column_goes_both_ways() -> None:
    for kind, form in EXPORTS.items():
        names = [column.name for column in form.columns]
        assert len(set(names)) == len(names)
        assert len({c.en for c in form.columns}) == len({c.zh for c in form.columns}) == len(names)
        if kind not in FORMS:
            assert not any(column.taken for column in form.columns), kind
            continue
        for column in (column for column in form.columns if column.taken):
            for title in Headers:
                header = service.header_of(column, title, ZoneInfo("Asia/Shanghai"))
                found = column_of_header(kind, header)
                assert found is not None and found[0] == column.name, (kind, header)
        missing = {column.name for column in FORMS[kind].columns} - set(names)
        assert not missing, (kind, missing)


def test_an_export_holds_what_the_actor_may_see_and_nothing_else(database: Database) -> None:
    mine, theirs = fill(database, "mine"), fill(database, "theirs")
    with database.read(mine.tenant) as session:
        for kind in EXPORTS:
            planned = service.plan(session, mine.admin, kind, {}, "UTC")
            rows = service.count(session, planned, Format.CSV)
            body = b"".join(
                service.stream(session, planned, Format.CSV, Headers.EN, False)
            ).decode()
            assert "theirs" not in body and theirs.serial not in body, kind
            lines = list(csv.reader(io.StringIO(body, newline="")))
            assert len(lines) == rows + 1
            if kind not in {"audit"}:
                assert "mine" in body or mine.serial in body or rows == 0, kind
        planned = service.plan(
            session, mine.agent, "tickets", {"state": [*OPEN_STATES], "q": ["pump leaks"]}, ""
        )
        assert service.count(session, planned, Format.XLSX) == 1
        planned = service.plan(session, mine.agent, "tickets", {"state": ["closed"]}, "UTC")
        assert service.count(session, planned, Format.XLSX) == 0


def test_wrong_kinds_rights_filters_and_too_many_rows_are_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = fill(database, "mine")
    with database.read(mine.tenant) as session:
        for wrong in ({"colour": ["red"]}, {"state": ["odd"]}, {"created_from": ["soon"]}):
            with pytest.raises(InvalidInput):
                service.plan(session, mine.agent, "tickets", wrong, "UTC")
        with pytest.raises(NotFound):
            service.plan(session, mine.agent, "secrets", {}, "UTC")
        with pytest.raises(Forbidden):
            service.plan(session, mine.agent, "audit", {}, "UTC")
        with pytest.raises(Forbidden):
            service.plan(session, visitor(mine.tenant), "customers", {}, "UTC")
        with pytest.raises(InvalidInput, match="zone"):
            service.plan(session, mine.agent, "tickets", {}, "Mars/Base")
        monkeypatch.setattr(service, "MAX_ROWS", 0)
        planned = service.plan(session, mine.agent, "tickets", {}, "UTC")
        with pytest.raises(InvalidInput, match="do not fit"):
            service.count(session, planned, Format.XLSX)
