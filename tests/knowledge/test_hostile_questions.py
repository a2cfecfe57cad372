"""Whatever is typed, the library answers in time, with its own text, or not at all."""

from __future__ import annotations

import time

import pytest
from shelf import Shelf, customer

QUESTIONS = {
    "empty": "",
    "spaces": " \n\t ",
    "emoji": "😀🔥👍🏽",
    "sql": "'; DROP TABLE passage; -- AL-04",
    "regex": "(((a+)+)+$ .*?[^\\]{99999} (?P<x",
    "nul": "AL-04\x00 CF-10",
    "quotes": '"AL-04" OR 1=1',
    "rtl": "\u202eAL-04\u202c ما معنى CF-10 السلام",
    "zero width": "A\u200bL\u200d-\u206004",
    "mixed": "CF-10 冷却水 flow низкий منخفض ต่ำ",
    "code": "for(;;){rm -rf /;} // AL-04 <T extends U>",
    "surrogate": "AL-04 \ud83d",
    "combining": "A" + "\u0301" * 500,
    "format": "{0} %s %n ${jndi:ldap}",
    "path": "../../etc/passwd",
    "digits": "1" * 5000,
    "template": "{{7*7}} <%= 7 %>",
}
HUGE = {
    "words": "cooling water flow AL-04 " * 4000, "no spaces": "冷却水流量低" * 8000,
    "brackets": "(" * 100_000, "numbers": "12,5 kg " * 12_000, "dashes": "-" * 100_000,
    "sentences": "多少天？" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_strange_questions_are_survived(shelf: Shelf, name: str) -> None:
    text = QUESTIONS[name]
    result = shelf.ask(text)
    known = {"AL", "FLOW", "DOOR-PRO", "WAR"}
    assert {block.document for block in shelf.library.answer(customer(), text, result)} <= known
    assert shelf.ask("整机保修期是多久？").answerable, "and the library still answers"


@pytest.mark.parametrize("name", HUGE)
def test_huge_questions_take_bounded_time(shelf: Shelf, name: str) -> None:
    text = HUGE[name][:100_000]
    begun = time.perf_counter()
    shelf.library.answer(customer(), text, shelf.ask(text))
    assert time.perf_counter() - begun < 10, name
