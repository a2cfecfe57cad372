"""Danger told in two halves, and how urgent a message is."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.book import StaticBook
from careloop.agents.mind.embedded.hazards import hazard_classes
from careloop.agents.mind.embedded.reader import EmbeddedReader
from careloop.agents.mind.reading import HandoffReason, Urgency

READER = EmbeddedReader(StaticBook([("HX7-2304-0185", "HX-7")], ["HX-7"]))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Hot steam is escaping under the kettle, the manometer is above the limit", "en"),
        ("锅炉底下往外喷蒸汽，压力表超过红线了", "zh"),
        ("蒸気が吹き出し、圧力計が赤を超えています", "ja"),
        ("Sale vapor a chorros y la aguja pasó la raya roja", "es"),
        ("Unter dem Kessel zischt Dampf, Druck weit im roten Bereich", "de"),
        ("La vapeur jaillit, pression au-dessus de la limite", "fr"),
        ("Из-под котла пар бьёт, давление за красной чертой", "ru"),
        ("Vapor saindo com força, pressão acima do limite", "pt"),
        ("البخار يندفع والضغط فوق الحد", "ar"),
        ("증기가 뿜어져 나오고 압력이 한계를 넘었어요", "ko"),
        ("Hơi nước phun ra, áp suất vượt vạch đỏ", "vi"),
        ("ไอน้ำพุ่งออก แรงดันเกินขีดแดง", "th"),
        ("Every time I touch the casing my fingers tingle", "en"),
        ("The supply cable is glowing where it enters the cabinet", "en"),
        ("Sweet smell in the plant room, two of us have a headache", "en"),
        ("The blade keeps running with the guard open", "en"),
    ],
)
def test_danger_told_in_two_halves(text: str, lang: str) -> None:
    assert hazard_classes(text, lang)
    assert READER.read(text, hint_language=lang).handoff_reason is HandoffReason.SAFETY


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("the pressure gauge fell off, please send a new one", "en"),
        ("spare hose for the steam cleaner please", "en"),
        ("Der Druckkopf druckt rot statt schwarz", "de"),
        ("压力表读数不准", "zh"),
        ("which oil for the hydraulic pump", "en"),
    ],
)
def test_one_half_alone_is_no_danger(text: str, lang: str) -> None:
    assert hazard_classes(text, lang) == ()
    assert READER.read(text, hint_language=lang).handoff_reason is HandoffReason.NONE


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("thank you very much", Urgency.LOW),
        ("How do I replace the filter?", Urgency.LOW),
        ("what does your largest oven cost", Urgency.LOW),
        ("the press does not start any more", Urgency.NORMAL),
        ("production is down and 40 people are idle, please hurry", Urgency.HIGH),
        ("There is smoke coming out of the cabinet", Urgency.CRITICAL),
    ],
)
def test_urgency(text: str, urgency: Urgency) -> None:
    assert READER.read(text, hint_language="en").urgency is urgency
