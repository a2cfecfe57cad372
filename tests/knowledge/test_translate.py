"""Translations keep shape and values, are checked by code, and wait for a person."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from shelf import ALARMS, GUIDE
from shelf import article as markdown

sys.path.append(str(Path(__file__).parent.parent / "kit" / "ai"))
from model_server import Call, ModelServer, Reply, model_server, raw, says, silent

from careloop.api.translations import NoTranslator, Translations
from careloop.crm_core.accounts.models import Tenant
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ai.client import OpenAIChat
from careloop.kit.ai.ports import BadAnswer, Unavailable
from careloop.kit.ai.transport import Patience, Transport
from careloop.kit.clock import FixedClock
from careloop.kit.db import Database
from careloop.kit.errors import Conflict
from careloop.knowledge import editor_queries, service
from careloop.knowledge.editor_views import Article
from careloop.knowledge.hazard import is_hazard_note, needs_engineer
from careloop.knowledge.ingest.procedure import read_branch
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.schemas import PickEdition, SaveDraft
from careloop.knowledge.translate import queries
from careloop.knowledge.translate.article import translate_article
from careloop.knowledge.translate.by_chat import ChatTranslator
from careloop.knowledge.translate.check import Version, check, is_grave
from careloop.knowledge.translate.numbers import numbers
from careloop.knowledge.translate.phrases import PHRASES
from careloop.knowledge.translate.protect import protect
from careloop.knowledge.translate.segments import take_apart
from careloop.tools.runtime import Runtime

MODELS = ["CF-10", "CF-10 Pro"]
ZH = Version("CF-10 报警代码", ALARMS, "zh")
EN_BODY = """
## Alarm codes

CF-10 alarm codes

| Code | Meaning | Remedy |
|---|---|---|
| AL-04 | Cooling water flow below 5 L/min | Clean the filter |
| AL-07 | Furnace door not closed | Close the furnace door |

## Replacing the sealing strip

> Warning (qualified engineers only): there are 380 V in the cabinet.

1. Switch off and disconnect.
2. Remove the old sealing strip.

> Caution: the new sealing strip has sharp edges.

3. Fit the new sealing strip.
"""
EN = Version("CF-10 alarm codes", EN_BODY, "en")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def translating(change: Callable[[str], str] = lambda text: text) -> Reply:
    """A model that answers every block with "EN " and the block, changed."""

    def reply(server: ModelServer, call: Call, payload: dict[str, object]) -> None:
        text = payload["messages"][-1]["content"]  # type: ignore[index]
        said = json.dumps({"translation": f"EN {change(text)}"}, ensure_ascii=False)
        says(said)(server, call, payload)

    return reply


def translator(server: ModelServer, seconds: float = 5.0) -> ChatTranslator:
    patience = Patience(seconds=seconds, attempts=1)
    transport = Transport(server.url, SecretStr(""), patience)
    return ChatTranslator(OpenAIChat(transport, "small"), MODELS)


# Shape and values


@pytest.mark.parametrize("lang", PHRASES)
def test_the_words_of_structure_are_read_again_in_every_language(lang: str) -> None:
    known = PHRASES[lang]
    for word in known[:3]:
        note = f"{word}{known.engineers}{known.colon}x"
        assert is_hazard_note(f"{word}{known.colon}x") and is_hazard_note(note)
        assert needs_engineer(note)
    for words, target in [
        (known.goto.format(3), 3), (known.solved, "solved"), (known.ticket, "ticket"),
        (f"{known.solved}{known.colon}x", "solved"), (f"{known.ticket}{known.colon}x", "ticket"),
    ]:  # fmt: skip
        branch = read_branch(f"OK{known.colon}{words}")
        assert branch is not None and branch.target == target, (lang, words)


def test_a_text_is_taken_apart_and_put_together_again() -> None:
    body = (
        "# T\n\nOne line\ngoes on.\n\n<!-- page: 2 -->\n<!-- a note\nfor | editors -->\n"
        "| a | 5 |\n|---|:-:|\n| b \\| c |  |\n\n```\ncode E-1\n```\n- x\n  - y: [l](http://a.b/c)\n"
        "\n![a pump](figure:fig-1)\n\n> plain quote\n\n---\n12. last\n"
    )
    layout = take_apart(body, "zh")
    assert layout.blocks == [
        "T", "One line goes on.", "a", "b \\| c", "x", "y: [l](http://a.b/c)", "a pump",
        "plain quote", "last",
    ]  # fmt: skip
    assert layout.filled(layout.blocks) == body.replace("line\ngoes", "line goes")
    with pytest.raises(ValueError, match="9 blocks"):
        layout.filled([])


def test_branches_and_hazards_change_their_words_by_table() -> None:
    made = take_apart(ALARMS + GUIDE, "es")
    text = made.filled(made.blocks)
    assert "> Advertencia (solo técnicos cualificados): 柜内有 380 V 电压。" in text
    assert "- 是: ir al paso 2" in text and "- 否: abrir un ticket: 水泵故障" in text
    assert "- 否: solucionado: 清洗后流量恢复" in text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Druck 3.5 bar bei 20-25 °C", ("3.5 bar", "20-25 °C")),
        ("E-305 am CF-10 Pro: `menu 3` öffnen", ("E-305", "CF-10 Pro", "`menu 3`")),
        ("更换 YP-VL-5201（380V）", ("YP-VL-5201", "380V")),
        ("3-mal mit dem 2.5-mm-Schlüssel", ()),
        ("see [the page](https://a.b/c) or a@b.example", ("(https://a.b/c)", "a@b.example")),
        ("wait 20 minutes", ()),
    ],
)
def test_what_must_come_back_letter_by_letter_is_hidden(text: str, values: tuple[str, ...]) -> None:
    hidden = protect(text, MODELS)
    assert hidden.values == values
    assert hidden.restore(hidden.text) == text and hidden.kept(hidden.text)
    assert not values or not hidden.kept(hidden.text.replace("[[1]]", ""))


def test_numbers_are_read_by_the_language() -> None:
    def same(one: str, lang: str, other: str, there: str) -> bool:
        return numbers(one, lang)[0].same(numbers(other, there)[0])

    assert same("1.234,5 mm", "de", "1,234.5 mm", "en") and same("0,5", "es", "0.5", "zh")
    assert same("10 000 h", "fr", "10,000 h", "en") and same("5 毫米", "zh", "5 mm", "en")
    assert not same("0.5", "en", "5", "de") and not same("5 kPa", "zh", "5 MPa", "en")
    assert not same("1.234", "en", "1234", "en")
    assert numbers("E-217 at YP-VL-5201", "en") == []


# The check


def test_a_true_translation_has_no_problem() -> None:
    assert check(ZH, EN, termbase(), MODELS) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("380 V", "830 V", "number"), ("5 L/min", "L/min", "number"),
        ("380 V", "380 mV", "number"), ("AL-04", "Alarm 04", "code"), ("AL-07", "AL-70", "code"),
        ("| AL-07 | Furnace door not closed | Close the furnace door |\n", "", "structure"),
        ("3. Fit the new sealing strip.\n", "", "structure"),
        ("> Warning (qualified engineers only): there", "There", "structure"),
        (" (qualified engineers only)", "", "structure"), ("## Alarm", "### Alarm", "structure"),
        ("Clean the filter", "", "structure"),
    ],
)  # fmt: skip
def test_a_wrong_value_code_or_shape_is_found(before: str, after: str, kind: str) -> None:
    assert before in EN_BODY
    found = check(ZH, Version(EN.title, EN_BODY.replace(before, after), "en"), termbase(), MODELS)
    assert kind in {problem.kind for problem in found} and is_grave(found)


def test_terms_models_and_branches_are_held() -> None:
    source = Version("冷却水泵异响", "检查机械密封和轴承箱。", "zh")
    right = Version(
        "Coolant pump noise", "Check the mechanical seal and the bearing housing.", "en"
    )
    wrong = Version("Coolant pump noise", "Check the sticker and the parcel, please.", "en")
    assert check(source, right, termbase()) == []
    assert "term" in {problem.kind for problem in check(source, wrong, termbase())}
    found = check(Version("t", "CF-10 Pro 正常。", "zh"), Version("t", "CF-10 is fine.", "en"),
                  termbase(), MODELS)  # fmt: skip
    assert "code" in {problem.kind for problem in found}
    made = take_apart(GUIDE, "en")
    guide = made.filled(made.blocks).replace("go to step 2", "go to step 1")
    found = check(Version("t", GUIDE, "zh"), Version("t", guide, "en"), termbase())
    assert any("branch to 2" in problem.text for problem in found)


# The model


def test_a_model_translates_block_by_block_with_terms_and_hidden_values(
    server: ModelServer,
) -> None:
    server.plan = [translating()]
    made = translate_article(translator(server), ZH, "en", termbase(), MODELS)
    assert made.title == "EN CF-10 报警代码"
    assert "| AL-04 | EN 冷却水流量低于 5 L/min |" in made.body
    asked = [request["messages"] for request in server.requests]
    sent = "\n".join(lines[-1]["content"] for lines in asked)
    assert not re.search(r"AL-0|CF-10|380|5 L", sent)
    assert any("filter" in lines[0]["content"] for lines in asked)
    kinds = {problem.kind for problem in made.problems}
    assert not kinds & {"number", "code"}
    assert any("does not read as en" in problem.text for problem in made.problems)


def test_a_dropped_value_is_asked_for_again_then_told(server: ModelServer) -> None:
    server.plan = [translating(lambda text: text.replace("[[1]]", ""))]
    made = translate_article(translator(server), ZH, "en", termbase(), MODELS)
    assert {"number", "code"} <= {problem.kind for problem in made.problems}
    retried = [r for r in server.requests if "lost or doubled" in r["messages"][0]["content"]]
    assert retried and len(server.requests) > len({*take_apart(ALARMS, "en").blocks})


def test_an_invented_code_is_told(server: ModelServer) -> None:
    server.plan = [translating(lambda text: f"{text} ERR-999, 77 bar")]
    made = translate_article(translator(server), ZH, "en", termbase(), MODELS)
    assert {"number", "code"} <= {problem.kind for problem in made.problems}


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (says("I'd rather talk about the weather."), BadAnswer),
        (says('{"translation": ""}'), BadAnswer), (says('{"translation": 7}'), BadAnswer),
        (raw(200, b"<html>"), BadAnswer), (raw(401), Unavailable), (silent(3), Unavailable),
    ],
)  # fmt: skip
def test_rubbish_and_silence_make_nothing(
    server: ModelServer, reply: Reply, failure: type[Exception]
) -> None:
    server.plan = [reply]
    with pytest.raises(failure):
        translate_article(translator(server, 0.5), ZH, "en", termbase(), MODELS)


# The books


@pytest.fixture
def house(database: Database, server: ModelServer) -> Translations:
    with database.write() as session:
        session.add(Tenant(tenant_id="kiln", slug="kiln", name="Kiln", profile={}))
    made = Translations(
        database, Runtime(database), lambda _, models: translator(server),
        lambda _: termbase(), lambda _: MODELS, "en, de",
    )  # fmt: skip
    with database.write() as session:
        files = [
            markdown("AL", ALARMS, title="CF-10 报警代码", type="spec", lang="zh",
                     product_models="[CF-10]"),
            markdown("WAR", "整机保修 18 个月。", title="保修", lang="zh"),
            markdown("WAR", "18 months of warranty.", title="Warranty", lang="en",
                     translation="reviewed"),
        ]  # fmt: skip
        service.add_files(session, EDITOR, files)
    server.plan = [translating()]
    return made


EDITOR = system_actor("kiln", "Edda")


def states(database: Database, actor: Actor = EDITOR) -> dict[str, dict[str, str]]:
    with database.read() as session:
        found = queries.matrix(session, actor, ["en", "de"])
    return {
        line.key: {lang: cell.state for lang, cell in line.targets.items()} for line in found.items
    }


def row_of(database: Database, key: str, lang: str) -> Article:
    with database.read() as session:
        row = service.queries.document_row(session, "kiln", key, lang)
        assert row is not None
        return editor_queries.article(session, EDITOR, row.id)


def test_the_job_makes_drafts_of_what_is_missing_and_nobody_reads_them(
    database: Database, house: Translations, server: ModelServer
) -> None:
    assert states(database) == {
        "AL": {"de": "missing", "en": "missing"}, "WAR": {"de": "missing", "en": "published"}
    }  # fmt: skip
    assert house.run("kiln") == {"made": 3, "failed": {}}
    assert states(database)["AL"] == {"de": "draft", "en": "draft"}
    asked = len(server.requests)
    assert house.run("kiln") == {"made": 0, "failed": {}} and len(server.requests) == asked
    draft = row_of(database, "AL", "en")
    assert (draft.state, draft.translation, draft.version) == ("draft", "unreviewed", 0)
    assert draft.draft is not None and draft.draft.origin == "translation"
    assert (draft.type, draft.product_models) == ("spec", ["CF-10"])
    assert "problems were found" in draft.versions[0].note
    library = Library(database)
    hits = library.search(EDITOR, SearchQuery("EN AL-04", lang="en", k=20)).hits
    assert {hit.lang for hit in hits if hit.document == "AL"} == {"zh"}
    with database.write() as session:
        service.publish(session, EDITOR, PickEdition(id=draft.id, number=1))
    assert states(database)["AL"]["en"] == "unreviewed"


def test_a_republished_original_leaves_its_translations_behind(
    database: Database, house: Translations, clock: FixedClock
) -> None:
    house.run("kiln", ["en"])
    draft, source = row_of(database, "AL", "en"), row_of(database, "AL", "zh")
    with database.write() as session:
        service.publish(session, EDITOR, PickEdition(id=draft.id, number=1))
    clock.advance(timedelta(minutes=5))
    with database.write() as session:
        save = SaveDraft(id=source.id, title="CF-10 报警", body=ALARMS + "\n新的一行。\n")
        service.save_draft(session, EDITOR, save)
    assert states(database)["AL"]["en"] == "unreviewed", "a draft of the original changes nothing"
    with database.write() as session:
        service.publish(session, EDITOR, PickEdition(id=source.id, number=2))
    assert states(database)["AL"]["en"] == "behind"
    assert house.run("kiln", ["en"])["made"] == 1
    assert states(database)["AL"]["en"] == "behind", "the new one waits for an editor"
    assert house.run("kiln", ["en"])["made"] == 0
    with database.write() as session:
        service.publish(session, EDITOR, PickEdition(id=draft.id, number=2))
    assert states(database)["AL"]["en"] == "unreviewed"


def test_a_persons_draft_is_never_written_over(
    database: Database, house: Translations, clock: FixedClock
) -> None:
    house.run("kiln", ["en"])
    draft, source = row_of(database, "AL", "en"), row_of(database, "AL", "zh")
    with database.write() as session:
        service.save_draft(session, EDITOR, SaveDraft(id=draft.id, title="Mine", body="By hand."))
    clock.advance(timedelta(minutes=5))
    with database.write() as session:
        service.save_draft(session, EDITOR, SaveDraft(id=source.id, title="新", body="新 5 V"))
        service.publish(session, EDITOR, PickEdition(id=source.id, number=2))
    assert house.run("kiln", ["en"])["made"] == 0
    with pytest.raises(Conflict):
        house.make(EDITOR, source.id, "en")
    assert row_of(database, "AL", "en").draft_fields.title == "Mine"  # type: ignore[union-attr]


def test_one_bad_answer_leaves_one_article_out_and_a_dead_server_ends_the_run(
    database: Database, house: Translations, server: ModelServer
) -> None:
    bad = says("no")

    def picky(owner: ModelServer, call: Call, payload: dict[str, object]) -> None:
        war = "保修" in payload["messages"][-1]["content"]  # type: ignore[index]
        (bad if war else translating())(owner, call, payload)

    server.plan = [picky]
    result = house.run("kiln")
    assert result["made"] == 2 and list(result["failed"].values()) == [
        "The model did not answer with JSON"
    ]
    server.plan = [raw(503)]
    with pytest.raises(Unavailable):
        house.run("kiln")
    server.plan = [translating()]
    assert house.run("kiln")["made"] == 1, "the next run goes on where it was"


def test_who_has_no_translator_is_told(database: Database, house: Translations) -> None:
    none = Translations(
        database, Runtime(database), lambda *_: None, lambda _: termbase(), lambda _: [], ""
    )
    assert none.name("kiln") == "none" and none.run("kiln") == {"made": 0, "failed": {}}
    with pytest.raises(NoTranslator):
        none.make(EDITOR, row_of(database, "AL", "zh").id, "en")
    with pytest.raises(Conflict):
        house.make(EDITOR, row_of(database, "WAR", "en").id, "de")


def test_the_check_reads_the_draft_against_the_original(
    database: Database, house: Translations, server: ModelServer
) -> None:
    server.plan = [translating(lambda text: text + " 99 bar")]
    house.run("kiln", ["de"])
    draft = row_of(database, "AL", "de")
    with database.read() as session:
        found = queries.checked(session, EDITOR, draft.id, termbase(), MODELS).problems
        with pytest.raises(Conflict):
            queries.checked(session, EDITOR, row_of(database, "AL", "zh").id, termbase())
    assert {"number"} <= {problem.kind for problem in found}
