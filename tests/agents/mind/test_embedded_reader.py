"""The reader as a whole: safety first, history, languages, and texts nobody expects."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.book import StaticBook
from careloop.agents.mind.embedded.hazards import names_hazard
from careloop.agents.mind.embedded.reader import EmbeddedReader, Line
from careloop.agents.mind.reading import HandoffReason, Intent, Urgency

READER = EmbeddedReader(
    StaticBook([("HX7-2304-0185", "HX-7"), ("LM-0042871", "LM")], ["HX-7", "HX-7 Pro"])
)


@pytest.mark.parametrize(
    "text",
    [
        "There is smoke coming out of the cabinet", "机器冒烟了",
        "Es riecht verbrannt, Rauch am Gerät",
        "sale humo del tablero", "ça sent le brûlé et il y a de la fumée",
        "está saindo fumaça do painel",
        "из шкафа идёт дым", "制御盤から煙が出ています", "기계에서 연기가 나요",
        "يخرج دخان من الجهاز",
        "máy đang bốc khói", "มีควันออกจากเครื่อง", "the operator got an electric shock",
    ],
)  # fmt: skip
def test_danger_to_people_goes_to_a_person_at_once(text: str) -> None:
    reading = READER.read(text)
    assert reading.handoff_reason is HandoffReason.SAFETY
    assert reading.urgency is Urgency.CRITICAL


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The smoke detector input shows a fault", "en"),
        ("no smoke, no fire, it just stops", "en"),
        ("Where do I mute the fire alarm panel?", "en"),
        ("how long does the smoke test take", "en"),
        ("烟雾传感器报故障，没有冒烟", "zh"), ("Rauchmelder piept, kein Rauch", "de"),
        ("煙は出ていません", "ja"), ("방문 연기 가능한가요", "ko"),
        ("датчик дыма неисправен", "ru"),
    ],
)  # fmt: skip
def test_harmless_words_are_no_danger(text: str, lang: str) -> None:
    assert not names_hazard(text, lang)


def test_a_serial_split_over_two_messages() -> None:
    history = [Line("customer", "it is HX7-2304"), Line("bot", "And the rest?")]
    (found,) = READER.read("-0185", history=history).entities.serials
    assert found.serial == "HX7-2304-0185"
    assert READER.read("-0185").entities.serials == ()


def test_the_same_trouble_again_goes_to_a_person() -> None:
    history = [
        Line("customer", "The pump leaks at the seal"), Line("bot", "Please tighten the nut."),
        Line("customer", "did that, still leaks"), Line("bot", "Please change the seal."),
    ]  # fmt: skip
    reading = READER.read("still the same", history=history)
    assert reading.handoff_reason is HandoffReason.REPEAT_FAILURE


def test_model_names_take_the_longest() -> None:
    assert READER.read("hx7 pro shows E-31").entities.models == ("HX-7 Pro",)
    assert READER.read("hx7 pro shows E-31").entities.error_codes == ("E-31",)


def test_plain_wishes_are_understood() -> None:
    assert READER.read("thank you very much").intent is Intent.THANKS
    assert READER.read("我要转人工").handoff_reason is HandoffReason.ASKED_FOR_HUMAN
    assert READER.read("Ist das noch in der Garantie?").intent is Intent.ASK_WARRANTY


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "🙂🙂", "\x00\x07\x1b[31m", "<script>alert(1)</script>" * 50, "9" * 5000,
        "a" * 200_000, "机器" * 100_000, "A1-" * 60_000, "12 34 " * 30_000, "@" * 10_000,
        "S/N " * 20_000,
    ],
)  # fmt: skip
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = READER.read(text, history=[Line("customer", text)])
    assert all(
        serial.serial in ("", "HX7-2304-0185", "LM-0042871") for serial in reading.entities.serials
    )


def test_reading_twice_gives_the_same() -> None:
    text = "LM-0042871 leaks oil, call +49 30 901820"
    assert READER.read(text) == READER.read(text)
