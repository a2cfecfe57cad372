"""Numbers on file in other spellings, and error codes told from what only looks like them."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.book import StaticBook
from careloop.agents.mind.embedded.error_codes import find_error_codes
from careloop.agents.mind.embedded.mentions import find_parts, find_tickets
from careloop.agents.mind.embedded.number_forms import on_file

BOOK = StaticBook(
    parts=["WP-KR-8101", "FL-2210-A", "M-12"],
    tickets=["GD2611-0453", "SRV/55210", "RQ-26-00118", "AB-1234", "AB1-234"],
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("what about gd2611 0453?", "GD2611-0453"),
        ("GD 2611-0453", "GD2611-0453"),
        ("gd26110453 ist offen", "GD2611-0453"),
        ("工单GD2611-0453进展", "GD2611-0453"),
        ("srv 55210", "SRV/55210"),
        ("rq2600118", "RQ-26-00118"),
        ("RQ 26 00118", "RQ-26-00118"),
        ("ticket ZZ2611 0453", "ZZ2611-0453"),
        ("ticket ZZ2611 2026 opened", "ZZ2611"),
        ("ticket tk 2026 000123", "TK-2026-000123"),
    ],
)
def test_a_ticket_is_given_as_on_file(text: str, number: str) -> None:
    assert find_tickets(text, BOOK, [])[0] == [number]


def test_a_number_that_fits_two_is_neither() -> None:
    assert on_file("ab1234", BOOK.known_tickets) == []
    assert on_file("ab-1234", BOOK.known_tickets) == [(0, 7, "AB-1234")]


@pytest.mark.parametrize("text", ["WP KR 8101", "wpkr8101", "wp-kr8101", "WP KR-81O1"])
def test_a_part_in_any_spelling(text: str) -> None:
    assert find_parts(f"we need {text} please", BOOK, [])[0] == ["WP-KR-8101"]


def test_a_short_part_needs_its_signs() -> None:
    assert find_parts("the m 12 screw", BOOK, [])[0] == []
    assert find_parts("the M-12", BOOK, [])[0] == ["M-12"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("the KC-5 controller is dead", []),
        ("module QX-12 blinks", []),
        ("QX-12模块不亮", []),
        ("HX-9 is broken", []),
        ("HX-7 shows E-217", ["E-217"]),
        ("HX-7 zeigt HX-31", ["HX-31"]),
        ("Fehler QX-12 am Modul", ["QX-12"]),
        ("WP-UU-1 x2 please", []),
        ("F07", ["F07"]),
        ("AL-04 on the pump", ["AL-04"]),
        ("Err 5", ["5"]),
        ("报警21", ["21"]),
        ("Alarm 2031", ["2031"]),
        ("屏幕显示 P0301", ["P0301"]),
    ],
)
def test_error_codes_are_no_models(text: str, codes: list[str]) -> None:
    assert find_error_codes(text, [], ["HX-7", "HX-7 Pro"], BOOK.parts()) == codes
