"""Cells are read as offices write them, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.crm_core.intake import dates, phones, places, values, words
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.shapes import DAY, LIST, Shape, text

FIFTH_OF_MARCH = date(2024, 3, 5)
# A workbook's times have no zone.
MIDNIGHT = datetime(2024, 3, 5)  # noqa: DTZ001
AFTERNOON = datetime(2024, 3, 5, 13, 13)  # noqa: DTZ001


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "2024 年 3 月 5 日", "20240305",
        "05.03.2024", "5.3.2024", "2024-03-05T10:00:00Z", "2024-03-05 00:00:00", "２０２４-03-05",
        "45356", 45356, 45356.75, 20240305, date(2024, 3, 5), AFTERNOON,
    ],
)  # fmt: skip
def test_days(cell: Any) -> None:
    assert dates.day(cell) == FIFTH_OF_MARCH


def test_slashed_days_are_read_only_where_one_reading_is_possible() -> None:
    assert dates.day("25/03/2024") == dates.day("03/25/2024") == date(2024, 3, 25)
    assert dates.day("03/03/2024") == date(2024, 3, 3)
    with pytest.raises(BadCell, match="day/month or month/day"):
        dates.day("05/03/2024")


@pytest.mark.parametrize(
    "cell",
    ["2025-02-30", "31.04.2024", "soon", "2024", "2024-03", "24-3-5", "1-2-24", "2024-03-0512",
     "0024-01-01", "12", 12, True, float("nan"), float("inf"), "2024-03-05 later", "=TODAY()"],
)  # fmt: skip
def test_what_is_no_day(cell: Any) -> None:
    with pytest.raises(BadCell):
        dates.day(cell)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("2024-03-05T13:13Z", 13), ("2024-03-05 13:13:00", 5), ("2024-03-05T13:13+02:00", 11),
        ("2024-03-05T13:13+0200", 11), ("2024年3月5日 13:13", 5), ("2024/3/5 13:13:00.250", 5),
        (AFTERNOON, 5), (45356 + (13 * 60 + 13) / 1440, 5),
    ],
)  # fmt: skip
def test_moments_are_utc_and_naive_ones_of_the_zone_given(cell: Any, hour: int) -> None:
    found = dates.moment(cell, "Asia/Shanghai")
    assert found.replace(microsecond=0) == datetime(2024, 3, 5, hour, 13, tzinfo=UTC)


def test_a_date_alone_is_midnight_of_the_zone() -> None:
    assert dates.moment("2024-03-05", "Asia/Shanghai") == datetime(2024, 3, 4, 16, tzinfo=UTC)
    with pytest.raises(BadCell, match="time of day"):
        dates.moment("2024-03-05 25:00", "UTC")


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_written_day_reads_back(day: date) -> None:
    assert dates.day(day.isoformat()) == dates.day(day.strftime("%d.%m.") + f"{day:%Y}".zfill(4))
    assert dates.day(day.isoformat()) == day


def test_warranty_months_end_on_a_real_day() -> None:
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert dates.add_months(date(2021, 6, 3), 24) == date(2023, 6, 3)
    with pytest.raises(BadCell):
        dates.add_months(date(9999, 1, 1), 12)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234.5", "1234.5"), ("1,234.50", "1234.5"), ("1.234,50", "1234.5"), ("1 234,5", "1234.5"),
        ("1'234.5", "1234.5"), ("1,234", "1234"), ("1.234", "1.234"), ("12,5", "12.5"),
        ("0,250", "0.25"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("-3", "-3"),
        ("１２", "12"), (".5", "0.5"), (12, "12"), (0.1, "0.1"), ("\u00a01\u202f234 ", "1234"),
    ],
)  # fmt: skip
def test_numbers(cell: Any, number: str) -> None:
    assert values.number(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell", ["1,23,456", "1.2.3", "12 5", "1e5", "NaN", "twelve", "1,2345,678", True, "9" * 50]
)
def test_what_is_no_number(cell: Any) -> None:
    with pytest.raises(BadCell):
        values.number(cell)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans()))
def test_no_cell_crashes_a_reader(cell: Any) -> None:
    readers: list[Any] = [
        values.number, values.yes_no, values.listed, values.quantities, dates.day,
        lambda c: dates.moment(c, "UTC"), lambda c: values.whole(c, 0, 9, "months"),
        lambda c: phones.phone(values.as_text(c), "CN"), phones.email, places.country,
        places.language, places.currency, words.TICKET_STATES.read, words.skill_level,
    ]  # fmt: skip
    for read in readers:
        try:
            read(cell)
        except BadCell as error:
            assert str(error)


def test_whole_numbers_may_carry_their_unit() -> None:
    assert values.whole("24 个月", 0, 100, "months") == 24
    assert values.whole("2年", 0, 100, "months") == values.whole("2 years", 0, 100, "months") == 24
    assert values.whole("3 weeks", 0, 100, "days") == 21
    assert values.whole(24.0, 0, 100, "months") == 24
    for cell in ("1.5", "-1", "101", "2 apples"):
        with pytest.raises(BadCell):
            values.whole(cell, 0, 100, "months")


def test_nothing_and_text() -> None:
    assert DAY.value("-", values) is None  # type: ignore[arg-type]
    assert DAY.value(" 无 ", values) is None  # type: ignore[arg-type]
    free: Shape = text(5)
    assert free.value("-", values) == "-"  # type: ignore[arg-type]
    assert free.value("a\x00b\u200b", values) == "ab"  # type: ignore[arg-type]
    assert LIST.value("a；b、 c;a", values) == ["a", "b", "c"]  # type: ignore[arg-type]
    with pytest.raises(BadCell, match="longer than 5"):
        free.value("123456", values)  # type: ignore[arg-type]
    with pytest.raises(BadCell, match="error of the spreadsheet"):
        free.value("#N/A", values)  # type: ignore[arg-type]


def test_text_of_typed_cells() -> None:
    cells = (1001.0, 13800000101, 1.25, True, MIDNIGHT, 1e21)
    assert [values.as_text(c) for c in cells] == [
        "1001", "13800000101", "1.25", "TRUE", "2024-03-05", "1000000000000000000000",
    ]  # fmt: skip


def test_yes_and_no() -> None:
    assert all(values.yes_no(c) for c in ("是", "yes", "TRUE", "1", "√", True, 1))
    assert not any(values.yes_no(c) for c in ("否", "no", "FALSE", "0", "×", False, 0))


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("138 0000 0101", "CN", "+8613800000101"), ("+86 138-0000-0101", "", "+8613800000101"),
        ("0086 13800000101", "", "+8613800000101"), ("0521 / 98 76 54", "DE", "+49521987654"),
        ("(617) 555-0101", "US", "+16175550101"), ("＋８６ 13800000101", "", "+8613800000101"),
    ],
)  # fmt: skip
def test_phones(written: str, country: str, number: str) -> None:
    assert phones.phone(written, country) == (number, "")


def test_phones_with_extension_and_what_is_none() -> None:
    assert phones.phone("021-5555 1234 转 808", "CN") == ("+862155551234", "808")
    bad = (("1.38E+10", "CN"), ("12", "CN"), ("13800000101", ""), ("call me", ""))
    for written, country in bad:
        with pytest.raises(BadCell):
            phones.phone(written, country)


def test_mail_addresses() -> None:
    assert phones.email(" Mailto:A.B@Maker.Example ") == "a.b@maker.example"
    for cell in ("nobody", "a@b", "a b@c.d", "a@b.c; d@e.f", "@x.y"):
        with pytest.raises(BadCell):
            phones.email(cell)


def test_places() -> None:
    for cell in ("DE", "de", "DEU", "Germany", "Deutschland", "德国", "Allemagne", "ドイツ"):
        assert places.country(cell) == "DE"
    assert places.country("中国") == places.country("China") == places.country("P.R. China") == "CN"
    assert {places.country(c) for c in ("USA", "United States", "美国", "us")} == {"US"}
    assert places.country("UK") == "GB"
    for cell in ("zh", "zh-CN", "zh_TW", "Chinese", "中文", "简体中文", "Chinesisch"):
        assert places.language(cell) == "zh"
    assert places.languages("英语;德文; en") == ["en", "de"]
    assert places.currency("人民币") == places.currency("rmb") == places.currency("CNY") == "CNY"
    for read in (places.country, places.language, places.currency, places.time_zone):
        with pytest.raises(BadCell):
            read("Atlantis!")
    with pytest.raises(BadCell):
        places.country("EU")


def test_words_of_tickets() -> None:
    assert words.TICKET_TYPES.read("故障") == "incident"
    assert words.TICKET_STATES.read("待处理") == "new"
    assert words.TICKET_STATES.read("已关闭") == "closed"
    assert words.TICKET_STATES.read("In-Progress") == "in_progress"
    assert words.PRIORITIES.read("紧急") == "critical"
    with pytest.raises(BadCell, match="none of low, normal"):
        words.PRIORITIES.read("whenever")
    assert values.quantities("A-1:2;B-2；A-1×1") == {"A-1": 3, "B-2": 1}
