"""Phone numbers: with evidence always found, without it never."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.book import StaticBook
from careloop.agents.mind.embedded.phones import find_phones
from careloop.agents.mind.embedded.reader import EmbeddedReader, Line


@pytest.mark.parametrize(
    ("text", "lang", "number"),
    [
        ("请打我手机 138 0013 8000", "zh", "+8613800138000"),
        ("13800000104是我手机", "zh", "+8613800000104"),
        ("电话010-82345678", "zh", "+861082345678"),
        ("Tel13800000104", "zh", "+8613800000104"),
        ("Rufen Sie mich an: 030 901820", "de", "+4930901820"),
        ("0171/2345678", "de", "+491712345678"),
        ("Rückruf unter 0049 30 23125 110", "de", "+493023125110"),
        ("Mit Grüßen\nJonas\n030 901820", "de", "+4930901820"),
        ("WhatsApp 612345678", "es", "+34612345678"),
        ("llámame al 612 34 56 78", "es", "+34612345678"),
        ("617-555-0101", "en", "+16175550101"),
        ("reach me at 13800000104", "en", "+8613800000104"),
        ("8 912 345-67-89", "ru", "+79123456789"),
        ("携帯は090-1234-5678", "ja", "+819012345678"),
        ("幺三八零零零零零幺零四", "zh", "+8613800000104"),
        ("我的电话是幺三八，零零零零，零幺零四", "zh", "+8613800000104"),
        ("meine Rufnummer: null eins sieben eins zwei drei vier fünf sechs sieben acht", "de",
         "+491712345678"),
        ("my phone is six one seven five five five oh one oh one", "en", "+16175550101"),
        ("call me on oh seven seven double oh nine double oh one two three", "en",
         "+447700900123"),
        ("llámame al seiscientos doce, treinta y cuatro, cincuenta y seis, setenta y ocho", "es",
         "+34612345678"),
        ("plus four nine one seven one two three four five six seven eight", "en",
         "+491712345678"),
    ],
)  # fmt: skip
def test_phones_are_found_as_e164(text: str, lang: str, number: str) -> None:
    assert find_phones(text, lang, [])[0] == [number]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("installed 2026-11-22, code 4711", "en"),
        ("Lieferschein 2026-0231-9 vom 14.05.2026, Zähler 12480 h, Kostenstelle 4711", "de"),
        ("订单号 4500118273，发票 2026110312", "zh"),
        ("Bestellung 01712345678", "de"),
        ("order no. 617-555-0101", "en"),
        ("please call me about order 4500118273", "en"),
        ("please call me on 2026-11-22 at 10:30", "en"),
        ("Betriebsstunden 1248012 h, die Anlage lief 12 480 123 Zyklen", "de"),
        ("ABC-0171-2345678", "de"),
        ("序列号 13800000104A", "zh"),
        ("快递单号 13800000104123", "zh"),
        ("pedido 612345678, albarán 20261120", "es"),
        ("part 617-555-0101-22", "en"),
        ("IP 192.168.100.101", "en"),
        ("1234567890", "en"),
    ],
)
def test_other_numbers_are_no_phones(text: str, lang: str) -> None:
    assert find_phones(text, lang, [])[0] == []


def test_two_numbers_share_a_cue() -> None:
    found = find_phones("Rufnummer 030 901820 oder 0171 2345678", "de", [])[0]
    assert found == ["+4930901820", "+491712345678"]


def test_a_bare_number_answers_the_question_for_one() -> None:
    reader = EmbeddedReader(StaticBook())
    asked = [Line("bot", "What is your phone number?")]
    assert reader.read("6175550101", history=asked).entities.phones == ("+16175550101",)
    assert reader.read("6175550101", hint_language="en").entities.phones == ()
