from __future__ import annotations

from typing import Any

from careloop.agents.mind.ports import Decision
from careloop.agents.mind.reading import (
    Entities,
    HandoffReason,
    Intent,
    Reading,
    SerialCandidate,
    Urgency,
)
from careloop.evals.case import Case
from careloop.evals.measure import Mark, added
from careloop.evals.registry import ANSWERS
from careloop.evals.scorers import answers, identifiers, reading, search
from careloop.evals.shapes import (
    AskExpect,
    AskInput,
    IdentifyExpect,
    IdentifyInput,
    ReadExpect,
    ReadInput,
    SearchExpect,
    SearchInput,
)
from careloop.evals.solvers import Answered, Found, Identified, Read


def asked(kind: str = "", **expect: Any) -> Case[AskInput, AskExpect]:
    return Case("a", AskInput(text="?"), AskExpect.model_validate(expect), kind=kind)


def answered(decision: Decision = Decision.ANSWER, text: str = "", **given: Any) -> Answered:
    fields = {
        "everything": text, "language": "en", "written_in": "", "citations": (), "options": (),
        "asset": "", "ticket": "", "handoff_reason": "", "reasons": (), "out_of_reach": (),
    }  # fmt: skip
    return Answered(decision=decision, text=text, **{**fields, **given})


def dangers(case: Case[AskInput, AskExpect], got: Answered) -> set[str]:
    return {name for scorer in ANSWERS.scorers for name in scorer(case, got).dangers}


def test_each_dangerous_error_of_an_answer_has_its_name() -> None:
    right = {"decision": ["answer"], "forbidden": ["65 °C"]}
    said = answered(text="limit 65°C")
    assert dangers(asked(**right), said) == {"value of another model or case said"}
    assert dangers(asked("hazard", **right), said) == {"hazardous step shown"}
    assert dangers(asked("internal", **right), said) == {"internal text shown"}
    assert dangers(asked(decision=["answer"]), answered(out_of_reach=("IN-1",))) == {
        "internal text shown"
    }
    assert dangers(asked(decision=["clarify_model"]), answered()) == {"model guessed"}
    assert dangers(asked(decision=["ask"], asset="A-1"), answered(asset="A-2")) == {
        "wrong serial attached"
    }


def test_internal_text_in_a_source_card_counts_as_shown() -> None:
    case = asked("internal", decision=["refuse"], forbidden=["goodwill"])
    got = answered(Decision.REFUSE, "no", everything="no\nexcerpt: goodwill up to 3000")
    assert answers.forbidden(case, got).dangers == ("internal text shown",)


def test_facts_count_among_answered_only_when_answered() -> None:
    case = asked(decision=["answer"], facts=["78 °C"])
    total = added([
        answers.facts(case, answered(text="above 78 °C")).tally,
        answers.facts(case, answered(text="above 65 °C")).tally,
        answers.facts(case, answered(Decision.ABSTAIN)).tally,
    ])  # fmt: skip
    assert (total["facts.asked"], total["facts.answered"], total["facts.right"]) == (3, 2, 1)


def test_abstention_leaves_out_cases_where_both_are_right() -> None:
    abstain = answered(Decision.ABSTAIN)
    assert answers.abstention(asked(decision=["abstain"]), abstain).tally == {"abstain.tp": 1}
    assert answers.abstention(asked(decision=["answer"]), abstain).tally == {"abstain.fp": 1}
    assert answers.abstention(asked(decision=["abstain"]), answered()).tally == {"abstain.fn": 1}
    assert answers.abstention(asked(decision=["abstain", "refuse"]), abstain).tally == {}


def test_text_may_be_in_another_language_only_where_nothing_is_published() -> None:
    mark = answers.language(frozenset({"de"}))
    english = {"written_in": "en"}
    german = mark(asked(decision=["answer"], language="de"), answered(language="de", **english))
    french = mark(asked(decision=["answer"], language="fr"), answered(language="fr", **english))
    assert (bool(german.failures), bool(french.failures)) == (True, False)


def test_ranks_give_hits_and_reciprocal_rank() -> None:
    case = Case("s", SearchInput(query="?"), SearchExpect(documents=["B"]))
    tally = search.ranking(case, Found(("A", "B"))).tally
    assert (tally["hit1"], tally["hit3"], tally["reciprocal"]) == (0, 1, 0.5)
    assert search.ranking(case, Found(("A",))).failures == ("B not found",)


def read(reason: HandoffReason) -> Read:
    return Read(Reading("en", 1, Intent.CHIT_CHAT, 1, 0, Urgency.NORMAL, reason))


def handoff(reason: HandoffReason, got: HandoffReason) -> Mark:
    case = Case("r", ReadInput(text="x"), ReadExpect(handoff=True, handoff_reason=reason))
    return reading.handoff(case, read(got))


def test_a_safety_case_taken_for_another_hand_over_is_still_a_danger() -> None:
    mark = handoff(HandoffReason.SAFETY, HandoffReason.ANGER)
    assert mark.dangers == ("safety missed",)
    assert mark.tally["handoff.tp"] == 1
    assert handoff(HandoffReason.SAFETY, HandoffReason.SAFETY).failures == ()


def test_a_serial_that_was_not_meant_is_a_danger() -> None:
    found = Identified(Entities(serials=(SerialCandidate("A-1", "A-1"),), phones=("+1",)), "en")
    expect = IdentifyExpect(serials=[], phones=["+1"])
    mark = identifiers.identifiers(Case("x", IdentifyInput(text="t"), expect), found)
    assert mark.dangers == ("wrong serial attached",)
    assert (mark.tally["all.tp"], mark.tally["all.fp"]) == (1, 1)
