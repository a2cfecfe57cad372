"""Questions without an answer are grouped, drafted, settled; verdicts weigh; tickets teach."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from shelf import article as markdown

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden
from careloop.knowledge import editor_queries, service
from careloop.knowledge.editor_views import Article
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.ingest.compile import compile_body
from careloop.knowledge.ingest.frontmatter import FrontMatter
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.learning import grouping, queries
from careloop.knowledge.learning import service as learning
from careloop.knowledge.learning.cases import write_case
from careloop.knowledge.learning.privacy import masked
from careloop.knowledge.learning.schemas import (
    Asked,
    DismissGap,
    DraftFromGap,
    GapView,
    GiveFeedback,
    Judged,
    PickGap,
    TicketCase,
)
from careloop.knowledge.load import load_snapshot
from careloop.knowledge.schemas import PickArticle, PickEdition

TENANT = "kiln"
EDITOR = system_actor(TENANT, "Edda")
READER = Actor(TENANT, Role.AGENT, name="Rita", audience="internal", scopes=scopes_of(Role.AGENT))
WIFI = [
    ("en", "Can I connect the furnace to WiFi?"), ("zh", "这台炉子能连接 WiFi 吗？"),
    ("de", "Kann man den Ofen mit WLAN verbinden?"), ("en", "how do I connect the furnace to wifi"),
]  # fmt: skip
INVOICE = [("zh", "可以开发票吗"), ("zh", "怎么开增值税发票")]


def ask(
    database: Database, text: str, lang: str = "en", talk: str | None = None, **more: object
) -> None:
    with database.write() as session:
        asked = Asked(text=text, lang=lang, conversation_id=talk, **more)  # type: ignore[arg-type]
        learning.note_question(session, TENANT, asked)


def settled(database: Database, state: str = "") -> list[GapView]:
    with database.write() as session:
        learning.settle(session, TENANT)
    with database.read() as session:
        return queries.gaps(session, EDITOR, state)


def article(database: Database, article_id: str) -> Article:
    with database.read() as session:
        return editor_queries.article(session, EDITOR, article_id)


def test_questions_that_mean_the_same_are_one_gap_in_any_language(database: Database) -> None:
    for number, (lang, text) in enumerate([*WIFI, *INVOICE]):
        ask(database, text, lang, f"talk{number}")
    wifi, invoice = settled(database)
    assert (wifi.count, invoice.count) == (4, 2)
    assert wifi.question == WIFI[0][1] and wifi.lang == "en"
    assert wifi.languages == {"en": 2, "zh": 1, "de": 1}
    assert [item.text for item in wifi.examples] == [text for _, text in WIFI]
    assert wifi.state == "open" and wifi.article_id is None
    assert settled(database) == [wifi, invoice], "grouping again changes nothing"


def test_other_codes_and_other_machines_are_other_gaps(database: Database) -> None:
    ask(database, "What does E-417 mean?", model="CF-10")
    ask(database, "It shows E417", model="CF-10")
    ask(database, "What does E-418 mean?", model="CF-10")
    ask(database, "What does E-417 mean?", model="PX-100")
    ask(database, "E 417 was bedeutet das", "de")
    found = settled(database)
    assert sorted((gap.count, gap.models) for gap in found) == [
        (1, ["CF-10"]), (1, ["PX-100"]), (3, ["CF-10"])
    ]  # fmt: skip


def test_one_conversation_counts_once_and_nothing_is_no_question(database: Database) -> None:
    for _ in range(3):
        ask(database, "Is there a rubber foot for the furnace?", talk="same")
    ask(database, "+86 755 1234 5678")
    ask(database, " ?! ")
    (gap,) = settled(database)
    assert (gap.count, gap.persons) == (1, 0)
    with database.write() as session:
        learning.note_person(session, TENANT, "same")
        learning.note_person(session, TENANT, "same")
        learning.note_person(session, TENANT, "unknown")
    assert settled(database)[0].persons == 1


def test_who_asked_is_not_kept(database: Database) -> None:
    text = (
        "Hello, my name is Dora Winter, serial CF10-23Q0417 (cf10-23q0417!), call +49 351 4567890 "
        "or dora@lab.example. Why does the door squeak? Contract SC-88."
    )
    ask(database, text, people=["Dora Winter"], identifiers=["CF10-23Q0417", "SC-88"])
    (gap,) = settled(database)
    told = gap.question + gap.examples[0].text
    for secret in ("Dora", "Winter", "23Q0417", "23q0417", "4567890", "dora@", "SC-88"):
        assert secret not in told
    assert "Why does the door squeak?" in told
    assert "E-217" in masked("the CF-10 shows E-217 at 3.5 bar"), "codes and values are not people"


@pytest.mark.parametrize("state", ["dismissed", "answered"])
def test_a_settled_question_opens_again_when_it_is_asked_five_times(
    database: Database, state: str
) -> None:
    ask(database, WIFI[0][1])
    (gap,) = settled(database)
    with database.write() as session:
        if state == "dismissed":
            learning.dismiss(session, EDITOR, DismissGap(id=gap.id, reason="no such module"))
        else:
            queries.gap(session, EDITOR, gap.id).answer()
    for number in range(4):
        ask(database, WIFI[number % 4][1], WIFI[number % 4][0])
    assert [g.state for g in settled(database)] == [state]
    assert settled(database, "open") == []
    ask(database, WIFI[0][1])
    (gap,) = settled(database, "open")
    assert (gap.count, gap.reason) == (6, "")
    with database.write() as session, pytest.raises(Conflict):
        learning.reopen(session, EDITOR, PickGap(id=gap.id))


def test_a_draft_is_seeded_with_the_wordings_and_answers_when_published(
    database: Database,
) -> None:
    database.bus.on(KnowledgePublished, learning.close_answered)
    for lang, text in WIFI:
        ask(database, text, lang, model="CF-10")
    ask(database, "Der Ofen --> <!-- wifi verbinden", "de")
    (gap,) = settled(database)
    replies = ["Yes, with the module W-1; my number is +49 351 4567890."]
    with database.write() as session:
        state = learning.draft_gap(session, EDITOR, DraftFromGap(id=gap.id, replies=replies))
    row = article(database, state.id)
    assert (row.title, row.type, row.product_models) == (WIFI[0][1], "faq", ["CF-10"])
    assert row.draft is not None and row.draft.origin == "gap"
    assert all(text in row.body for _, text in WIFI) and "module W-1" in row.body
    assert "4567890" not in row.body
    passages, warnings = compile_body(row.body, FrontMatter(title="t", lang="en"))
    assert passages == [] and warnings == [], "nothing of the notes reaches a reader"
    with database.write() as session, pytest.raises(Conflict):
        learning.draft_gap(session, EDITOR, DraftFromGap(id=gap.id))
    with database.write() as session:
        service.publish(session, EDITOR, PickEdition(id=state.id, number=1))
    (gap,) = settled(database, "answered")
    assert gap.article_id == state.id


def test_a_fault_becomes_a_troubleshooting_draft_and_a_thrown_one_can_be_begun_again(
    database: Database,
) -> None:
    ask(database, "炉门打开时吱吱响", "zh", fault=True)
    (gap,) = settled(database)
    with database.write() as session:
        first = learning.draft_gap(session, EDITOR, DraftFromGap(id=gap.id))
        service.discard_draft(session, EDITOR, PickArticle(id=first.id))
        second = learning.draft_gap(session, EDITOR, DraftFromGap(id=gap.id))
    row = article(database, second.id)
    assert row.type == "troubleshooting" and "## 处理方法" in row.body
    assert first.id != second.id


def test_only_editors_settle_questions(database: Database) -> None:
    ask(database, WIFI[0][1])
    (gap,) = settled(database)
    acts = [
        (learning.dismiss, DismissGap(id=gap.id)), (learning.reopen, PickGap(id=gap.id)),
        (learning.draft_gap, DraftFromGap(id=gap.id)),
        (learning.draft_ticket, TicketCase(number="TK-1", title="x")),
    ]  # fmt: skip
    for verb, command in acts:
        with database.write() as session, pytest.raises(Forbidden):
            verb(session, READER, command)  # type: ignore[operator]
    stranger = system_actor("another")
    with database.write() as session, pytest.raises(queries.GapNotFound):
        learning.dismiss(session, stranger, DismissGap(id=gap.id))
    with database.read() as session:
        assert queries.gaps(session, stranger) == []


def test_ten_examples_and_every_language_among_them(database: Database) -> None:
    ask(database, WIFI[1][1], "zh")
    for number in range(14):
        ask(database, f"Can I connect the furnace to WiFi?{'!' * number}")
    (gap,) = settled(database)
    assert gap.count == 15 and len(gap.examples) == 10
    assert {item.lang for item in gap.examples} == {"en", "zh"}


def add(database: Database, *names: str) -> None:
    files = [markdown(name, f"The {name} torque is 5 Nm.", title=name, lang="en") for name in names]
    with database.write() as session:
        service.add_files(session, EDITOR, files)


def judge(database: Database, key: str, helpful: bool, talk: str | None) -> None:
    with database.write() as session:
        judged = Judged(
            documents=[(key, "")], lang="en", helpful=helpful, question="How tight?",
            conversation_id=talk,
        )  # fmt: skip
        learning.note_verdict(session, TENANT, judged)


def scores(database: Database) -> dict[str, float]:
    with database.read() as session:
        snapshot = load_snapshot(session, TENANT, 1)
    return {item.key: item.feedback for item in snapshot.documents}


def test_verdicts_become_a_smoothed_score_of_the_document(database: Database) -> None:
    add(database, "GOOD", "BAD", "QUIET")
    for number in range(20):
        judge(database, "GOOD", True, f"a{number}")
        judge(database, "BAD", False, f"b{number}")
    judge(database, "GONE", True, "c")
    found = scores(database)
    assert found == {"GOOD": 1.0, "BAD": -1.0, "QUIET": 0.0}
    assert 0 < queries.score(1, 0) < 0.3 and queries.score(0, 0) == 0
    for _ in range(50):
        judge(database, "QUIET", False, "one angry visitor")
    judge(database, "QUIET", True, "one angry visitor")
    assert scores(database)["QUIET"] == queries.score(1, 0), "a conversation has one voice"


def test_a_new_version_carries_little_of_the_old_verdicts(database: Database) -> None:
    add(database, "VALVE")
    for number in range(8):
        judge(database, "VALVE", False, f"a{number}")
    assert scores(database)["VALVE"] == -1.0
    better = markdown("VALVE", "The torque is 7 Nm, cold.", title="VALVE", lang="en")
    with database.write() as session:
        service.add_files(session, EDITOR, [better])
    assert scores(database)["VALVE"] == queries.score(0, 2)


def test_colleagues_give_feedback_too(database: Database) -> None:
    add(database, "VALVE")
    command = GiveFeedback(
        document="VALVE", helpful=False, reason="The unit is missing", question="How tight?"
    )
    with database.write() as session:
        line = learning.give_feedback(session, READER, command)
        customer = Actor(TENANT, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))
        with pytest.raises(Forbidden):
            learning.give_feedback(session, customer, command)
        with pytest.raises(DocumentNotFound):
            learning.give_feedback(session, READER, command.model_copy(update={"document": "NO"}))
    assert (line.by, line.helpful) == ("Rita", False)
    judge(database, "VALVE", True, "talk")
    with database.read() as session:
        (row,) = service.queries.documents_of_key(session, TENANT, "VALVE")
        told = queries.feedback_of(session, row)
    assert (told.helpful, told.not_helpful) == (1, 1)
    assert [item.by for item in told.items] == ["", "Rita"]


CASE = TicketCase(
    number="TK-2026-000007", title="Dora Winter: pump of CF10-23Q0417 stops", lang="en",
    description="# Pump stops after 20 minutes\n1. E-217 shows. Call +49 351 4567890.",
    models=["CF-10"], error_codes=["E-217"], parts={"YP-FL-2101": 2},
    resolution="Cause: the filter was clogged. Solution: cleaned the filter, 3.5 bar again",
    notes=["comment: customer --> angry"], people=["Dora Winter"], identifiers=["CF10-23Q0417"],
)  # fmt: skip


def test_a_resolved_ticket_becomes_an_internal_draft_once(database: Database) -> None:
    with database.write() as session:
        state = learning.draft_ticket(session, EDITOR, CASE)
    row = article(database, state.id)
    assert (row.audience, row.type, row.state) == ("internal", "troubleshooting", "draft")
    assert row.draft is not None and row.draft.origin == "ticket"
    assert row.product_models == ["CF-10"]
    text = row.title + row.body
    for secret in ("Dora", "23Q0417", "4567890"):
        assert secret not in text
    for kept in ("E-217", "YP-FL-2101 × 2", "the filter was clogged", "3.5 bar", "20 minutes"):
        assert kept in row.body
    assert "\\# Pump stops" in row.body, "a customer's mark is no heading"
    with database.write() as session, pytest.raises(Conflict):
        learning.draft_ticket(session, EDITOR, CASE)
    with database.write() as session:
        service.discard_draft(session, EDITOR, PickArticle(id=state.id))
        again = learning.draft_ticket(session, EDITOR, CASE)
    assert again.id != state.id


def test_the_writer_says_nothing_that_the_ticket_does_not(database: Database) -> None:
    title, body = write_case(TicketCase(number="TK-1", title="泵停机", resolution="更换密封圈"))
    assert title == "泵停机"
    assert body.count("## ") == 2 and "更换密封圈" in body and "## 原因" not in body


def test_writing_a_question_down_costs_a_turn_next_to_nothing(sqlite_database: Database) -> None:
    asked = Asked(
        text="Why does the door of my furnace squeak when it is hot? Call 13812345678", lang="en",
        people=["Dora Winter"], identifiers=["CF10-23Q0417"],
    )  # fmt: skip
    best = 1.0
    with sqlite_database.write() as session:
        for _ in range(20):
            begun = time.perf_counter()
            learning.note_question(session, TENANT, asked)
            best = min(best, time.perf_counter() - begun)
    assert best < 0.003


def test_grouping_reads_a_question_alone_as_it_reads_it_among_others() -> None:
    names = ModelNames(["CF-10"])
    for lang, text in WIFI:
        meaning = grouping.read(text, lang, names)
        profile = grouping.Profile()
        profile.add(meaning)
        again = grouping.Profile.from_dict(profile.as_dict())
        assert grouping.belongs(meaning, again) == pytest.approx(1.0)


def test_gaps_keep_when_they_were_asked(clock: FixedClock, database: Database) -> None:
    ask(database, WIFI[0][1])
    clock.advance(timedelta(days=3))
    ask(database, WIFI[3][1])
    (gap,) = settled(database)
    assert gap.last_at - gap.first_at == timedelta(days=3)
