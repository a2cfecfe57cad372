"""A serial that the writer takes back is never attached; one that is only out of order is."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.book import StaticBook
from careloop.agents.mind.embedded.reader import EmbeddedReader

A, B = "HX7-2304-0185", "PMB250C0031"
READER = EmbeddedReader(StaticBook([(A, "HX-7"), (B, "PMB")]))


def serials(text: str) -> list[str]:
    return [found.serial for found in READER.read(text).entities.serials]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} ist es nicht, ich meine {B}",
        f"Nicht die {A}, sondern die {B} ist kaputt",
        f"ich meine nicht {A}, sondern {B}",
        f"不是{A}，是{B}",
        f"{A}不对，应该是{B}",
        f"{A}写错了，{B}",
        f"not {A} but {B}",
        f"{B}, not {A}",
        f"{A} is leaking... oops, I mean {B}",
        f"{A}. Sorry, {B}",
        f"{A} is not the right one, it's {B}",
        f"no es {A} sino {B}",
        f"no el {A} sino el {B}",
        f"ce n'est pas le {A} mais le {B}",
        f"{A}じゃなくて{B}です",
        f"не {A}, а {B}",
        f"My {A} leaks. No wait, it's not {A}, it is {B}",
    ],
)
def test_the_rejected_serial_is_left_out(text: str) -> None:
    assert serials(text) == [B]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} und {B} laufen nicht",
        f"{A} is not {B}, please don't mix them up",
        f"{A} 不是 {B}，别弄混了",
        f"{A} läuft nicht, {B} läuft",
        f"{A} isn't starting, {B} does",
        f"{A} no enciende, {B} tampoco",
    ],
)
def test_two_devices_that_are_both_meant(text: str) -> None:
    assert serials(text) == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        f"geht nicht {A}",
        f"serial no {A}",
        f"是不是{A}？",
        f"isn't it {A}?",
        f"{A} ist nicht richtig angeschlossen",
        f"{A} 不是很稳定",
        f"{A}不对劲",
    ],
)
def test_a_negation_of_something_else_keeps_the_serial(text: str) -> None:
    assert serials(text) == [A]


def test_a_single_rejected_serial_is_left_out() -> None:
    assert serials(f"it's not {A}") == []


@pytest.mark.parametrize(
    ("text", "hint", "lang"),
    [
        (f"{A} da E-217", "es", "es"),
        (f"sn {A.lower()}", "zh", "zh"),
        ("HX-7 ok", "de", "de"),
        (f"{A} 报警", "en", "zh"),
        ("die HX-7 ist kaputt", "en", "de"),
        ("HX-7 does not start again", "es", "en"),
    ],
)
def test_the_hint_decides_where_identifiers_fill_the_message(
    text: str, hint: str, lang: str
) -> None:
    assert READER.read(text, hint_language=hint).language == lang
