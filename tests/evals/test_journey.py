from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from careloop.agents.mind.ports import CallTool, Decision, Plan, Turn
from careloop.evals.case import Case
from careloop.evals.journey import Played, play
from careloop.evals.measure import Mark
from careloop.evals.registry import JOURNEYS
from careloop.evals.shapes import JourneyExpect, JourneyInput
from careloop.evals.subject import Bench
from tests.evals.played import ANN, HERS, HIS, Script, helpful, said


def run(bench: Bench, *steps: Any, **given: Any) -> Played:
    with bench.open("small") as subject:
        return play(subject, JourneyInput.model_validate({"steps": list(steps), **given}))


def marks(played: Played, **expect: Any) -> list[Mark]:
    case = Case(
        "j", JourneyInput.model_validate({"steps": [{"say": "x"}]}),
        JourneyExpect.model_validate(expect),
    )  # fmt: skip
    return [scorer(case, played) for scorer in JOURNEYS.scorers]


def failures(played: Played, **expect: Any) -> list[str]:
    return [text for mark in marks(played, **expect) for text in mark.failures]


def dangers(played: Played, **expect: Any) -> list[str]:
    return [name for mark in marks(played, **expect) for name in mark.dangers]


def test_the_books_are_read_at_the_end(bench: Bench) -> None:
    played = run(bench, {"say": f"{HERS} is broken"}, channel="whatsapp", sender=ANN)
    assert [item.serial for item in played.tickets] == [HERS]
    assert (played.owner, played.asset) == ("bot", HERS)
    ticket = {"serial": HERS, "type": "incident", "holds": ["broken"]}
    assert failures(played, tickets=[ticket], asset=HERS, decisions=[["ticket"]]) == []


def test_a_missing_or_other_ticket_fails(bench: Bench) -> None:
    played = run(bench, {"say": f"{HERS} is broken"})
    assert failures(played) == [f"1 tickets (incident {HERS}), right: 0"]
    assert "ticket with a wrong serial" in dangers(played, tickets=[{"serial": HIS}])


def test_a_button_on_show_can_be_pressed_by_what_it_does(bench: Bench) -> None:
    played = run(bench, {"say": "hello"}, {"press": "person"})
    assert (played.owner, played.reason, played.troubles) == ("queue", "asked_for_human", ())
    assert failures(played, owner="queue", reason="asked_for_human") == []


def test_a_customer_who_finds_no_button_gives_up(bench: Bench) -> None:
    played = run(bench, {"say": "hello"}, {"press": "solved"}, {"say": f"{HERS} broken"})
    assert played.troubles == ("step 2: no button for solved; on show: Person",)
    assert played.tickets == ()


def test_the_bot_is_silent_while_a_person_has_the_conversation(bench: Bench) -> None:
    played = run(bench, {"say": "person"}, {"say": "are you there?"})
    assert played.troubles == ()
    assert [item.turn for item in played.messages if item.author == "bot"] == [1]


def test_a_message_delivered_twice_is_answered_once(bench: Bench) -> None:
    played = run(bench, {"say": f"{HERS} broken", "twice": True})
    assert len(played.tickets) == 1


def test_two_messages_before_an_answer_make_one_turn(bench: Bench) -> None:
    played = run(bench, {"say": ["hello", f"{HERS} broken"]})
    assert [item.decision for item in played.messages] == ["ticket"]


def test_memory_outlives_a_restart(bench: Bench) -> None:
    played = run(bench, {"say": "a"}, {"restart": True, "say": "b"}, {"restart": True, "say": "c"})
    assert [item.text for item in played.messages] == ["question 0", "question 1", "question 2"]


def test_time_is_that_of_the_case(bench: Bench) -> None:
    played = run(
        bench, {"say": "a"}, {"later": 90, "say": f"{HERS} broken"},
        now=datetime(2026, 11, 22, 5, tzinfo=UTC),
    )  # fmt: skip
    assert played.tickets[0].created_at.startswith("2026-11-22T06:30")


class TestCarelessMind:
    """A mind that breaks the promises; the judges see it."""

    @pytest.fixture
    def script(self) -> Script:
        def careless(turn: Turn) -> Plan:
            if turn.text == "leak":
                return said(turn, Decision.ANSWER, f"Bob Plum of Orchard Lab has {HIS}")
            if turn.text == "break":
                raise RuntimeError("a bug of ours")
            if turn.text == "other":
                yield CallTool("tickets.open", {"title": "x", "serial": HIS})
                return said(turn, Decision.TICKET, "opened")
            return said(turn, Decision.ASK, "which device?")

        return careless

    def test_data_of_others_on_show_is_a_danger(self, bench: Bench) -> None:
        played = run(bench, {"say": "leak"}, channel="whatsapp", sender=ANN)
        assert set(played.leaks) == {"Bob Plum", "Orchard Lab", HIS}
        assert dangers(played) == ["foreign data shown"]

    def test_what_the_customer_wrote_may_be_repeated(self, bench: Bench) -> None:
        played = run(bench, {"say": f"it is {HIS.lower()}"}, {"say": "leak"})
        assert HIS not in played.leaks

    def test_the_same_question_twice_is_told(self, bench: Bench) -> None:
        assert run(bench, {"say": "a"}, {"say": "b"}).troubles == ("asked twice: which device?",)

    def test_a_turn_that_breaks_is_told(self, bench: Bench) -> None:
        played = run(bench, {"say": "break"})
        assert played.owner == "queue"
        assert any("broke" in trouble for trouble in played.troubles)

    def test_a_missed_danger_is_the_worst(self, bench: Bench) -> None:
        played = run(bench, {"say": "a"})
        assert "safety missed" in dangers(played, owner="queue", reason="safety")


def test_the_helpful_mind_is_the_default(script: Script) -> None:
    assert script is helpful
