"""Serial numbers, tickets, parts, phones: found however written, never a wrong device attached."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.agents.mind.embedded.book import StaticBook, shape
from careloop.agents.mind.embedded.mentions import (
    find_contracts,
    find_mails,
    find_parts,
    find_tickets,
)
from careloop.agents.mind.embedded.serials import find_serials, find_unverified

SERIALS = ("HX7-2304-0185", "HX7-2408-8108", "HX7-2408-0108", "900-22-1187", "PMB250C0031")
BOOK = StaticBook(
    [(serial, "any") for serial in SERIALS],
    parts=["FL-2210-A", "PU-31"],
    tickets=["SRV/55210"],
    contracts=["WB-2024-0115"],
)


def serials(text: str) -> list[str]:
    return [span.candidate.serial for span in find_serials(text, BOOK)]


@pytest.mark.parametrize(
    "text",
    [
        "HX7-2304-0185 won't start",
        "my unit hx723040185 is dead",
        "ＨＸ７－２３０４－０１８５ 报警",
        "serial HX7 2304 0185.",
        "HX7-23O4-OI85",
        "HX7.2304.0185\nplease help",
        "序列号HX7-2304-0185坏了",
        "hotel x-ray seven two three zero four zero one eight five",
        "H X 七 二三零四 零幺八五",
        "HX7 twenty three oh four, oh one eight five",
        "Heinrich Xanthippe sieben zwo drei null vier null eins acht fünf",
        "НХ7-2304-0185 не работает",
        "HX7-٢٣٠٤-٠١٨٥ لا يعمل",
        "H wie Hans, X wie Xaver, sieben, dreiundzwanzig null vier, null eins fünfundachtzig",
        "H de Huelva, X de xeno, siete, guion, veintitrés cero cuatro, cero uno ochenta y cinco",
        "H as in house, x-ray, seven, dash, twenty-three, zero four, dash, oh one eighty-five",
        "字母H，字母X，七，横杠，二三零四，减号，零幺八五",
    ],
)
def test_a_serial_on_file_is_found_however_it_is_written(text: str) -> None:
    assert serials(text) == ["HX7-2304-0185"]


def test_the_exactly_written_serial_wins_over_its_look_alike() -> None:
    book = StaticBook([("AB-80001", "m"), ("AB-8OOO1", "m")])
    found = find_serials("AB-80001", book)
    assert [span.candidate.serial for span in found] == ["AB-80001"]
    unclear = find_serials("A8-8O0O1", book)[0].candidate
    assert not unclear.verified
    assert unclear.alternatives == ("AB-80001", "AB-8OOO1")


@pytest.mark.parametrize(
    "text",
    [
        "order no. 900221187",
        "call 900 221 1874",
        "+49 900 221187 99",
        "99900-22-1187",
        "900-22-11875",
        "HX7-2304-0185-77",
        "on 2026-11-22 at 10:30",
        "",
        "🙂🙂🙂",
        "\x00\x01\x02",
    ],
)
def test_other_numbers_are_no_serials(text: str) -> None:
    assert serials(text) == []


def test_one_typing_mistake_is_a_suggestion_only() -> None:
    assert serials("S/N HX7-2304-0186") == []
    (found,) = find_unverified("S/N HX7-2304-0186", BOOK, [])
    assert not found.candidate.verified
    assert "HX7-2304-0185" in found.candidate.alternatives


def test_an_unknown_serial_needs_a_cue_or_a_known_shape() -> None:
    (cued,) = find_unverified("Seriennummer: KK-99812-7", BOOK, [])
    assert cued.candidate.written == "KK-99812-7"
    (shaped,) = find_unverified("QQ7-1111-2222 leaks", BOOK, [])
    assert shaped.candidate.serial == ""
    assert find_unverified("we ordered 12 pcs, invoice 2026-118822", BOOK, []) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SERIALS), st.sampled_from(["", " ", "-", "  ", "_", "/"]), st.booleans())
def test_separators_and_case_never_matter(serial: str, separator: str, lower: bool) -> None:
    written = separator.join(serial.split("-"))
    assert serials(f"unit {written.lower() if lower else written} stopped") == [serial]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    for span in find_serials(text, BOOK):
        assert span.candidate.serial in ("", *SERIALS)
    find_unverified(text, BOOK, [])


def test_tickets_contracts_parts() -> None:
    assert find_tickets("what about tk 2026 000123?", BOOK, [])[0] == ["TK-2026-000123"]
    assert find_tickets("工单55210 怎么样了", BOOK, [])[0] == ["55210"]
    assert find_contracts("Contract WB-2024-0115, is the tube in it", BOOK, [])[0] == [
        "WB-2024-0115"
    ]
    assert find_parts("two fl2210a please", BOOK, [])[0] == ["FL-2210-A"]


def test_mails_are_kept() -> None:
    assert find_mails("write to Jo.Doe@Example.COM.")[0] == ["Jo.Doe@example.com"]


def test_shape() -> None:
    assert shape("HX7-2304-0185") == "AA999999999"
