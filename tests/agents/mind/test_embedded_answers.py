"""Short replies in every language, and options picked by words, number or place."""

from __future__ import annotations

import pytest

from careloop.agents.mind.embedded.answers import match_option, read_answer
from careloop.agents.mind.reading import Answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", Answer.YES), ("yes, it's lit", Answer.YES), ("是的", Answer.YES),
        ("Ja.", Answer.YES),
        ("네", Answer.YES), ("نعم", Answer.YES), ("vâng ạ", Answer.YES), ("ใช่ครับ", Answer.YES),
        ("no", Answer.NO), ("不是", Answer.NO), ("Nein, danke", Answer.NO), ("нет", Answer.NO),
        ("いいえ", Answer.NO), ("não", Answer.NO), ("done", Answer.DONE), ("做完了", Answer.DONE),
        ("erledigt!", Answer.DONE), ("c'est fait", Answer.DONE), ("готово", Answer.DONE),
        ("no, still not working", Answer.NOT_SOLVED), ("还是不行", Answer.NOT_SOLVED),
        ("sigue igual", Answer.NOT_SOLVED), ("まだ同じです", Answer.NOT_SOLVED),
        ("It works now!", Answer.SOLVED), ("解决了，谢谢", Answer.SOLVED),
        ("заработало", Answer.SOLVED),
        ("skip", Answer.SKIP), ("跳过", Answer.SKIP), ("I don't know", Answer.UNKNOWN_VALUE),
        ("不清楚", Answer.UNKNOWN_VALUE), ("weiß ich nicht", Answer.UNKNOWN_VALUE),
        ("je n'y arrive pas", Answer.STUCK), ("找不到", Answer.STUCK), ("👍", Answer.YES),
    ],
)  # fmt: skip
def test_short_replies(text: str, answer: Answer) -> None:
    assert read_answer(text) is answer


@pytest.mark.parametrize(
    "text",
    [
        "No power at all and the screen stays black",
        "The spindle does not turn",
        "不制冷，一直报警",
        "How do I set the language?",
        "",
        "🙂",
        "yes " * 300,
    ],
)
def test_a_message_of_its_own_is_no_reply(text: str) -> None:
    assert read_answer(text) is None


def test_options() -> None:
    labels = ["GS-2000", "GS-2000 Pro", "Other device"]
    assert match_option("gs-2000 pro", labels) == 1
    assert match_option("it is the GS-2000 Pro I think", labels) == 1
    assert match_option("2", labels) == 1
    assert match_option("第一个", labels) == 0
    assert match_option("the second", labels) == 1
    assert match_option("the last one", labels) == 2
    assert match_option("other", labels) == 2
    assert match_option("something else entirely", labels) is None
    assert match_option("", labels) is None
