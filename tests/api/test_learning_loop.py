"""From the chat to the library and back: what the bot cannot answer becomes an article."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

sys.path.append(str(Path(__file__).parent.parent / "kit" / "ai"))
from model_server import Call, ModelServer, model_server, says

from careloop.api.cli.main import app
from careloop.kit.ai.models import Models
from careloop.knowledge import queries as library
from careloop.knowledge.learning import queries

UNKNOWN = "Is there a Klingon phrasebook for the PX-100? I am Dora mine, dora@mine.example"


def talk(house: Any, chat: Any, *texts: str) -> None:
    for text in texts:
        assert chat.send(text).status_code == 200
        house.services.turns.handle_turn(house.mine.tenant, chat.id)


def gaps(house: Any, state: str = "open") -> list[dict[str, Any]]:
    told = house.get(f"/v1/kb/gaps?state={state}")
    assert told.status_code == 200, told.text
    items: list[dict[str, Any]] = told.json()["items"]
    return items


def gap_named(house: Any, word: str, state: str = "open") -> dict[str, Any]:
    return next(gap for gap in gaps(house, state) if word in gap["question"])


def test_a_question_without_an_answer_becomes_an_article(house: Any, new_chat: Any) -> None:
    chat = new_chat(language="en")
    talk(house, chat, UNKNOWN)
    assert chat.messages()[-1]["author"] == "bot"
    gap = gap_named(house, "Klingon")
    assert gap["count"] == 1 and gap["persons"] == 0 and gap["state"] == "open"
    assert gap["models"] == ["PX-100"] and gap["examples"][0]["conversation_id"] == chat.id
    assert "dora@" not in json.dumps(gap)
    house.post(f"/v1/conversations/{chat.id}/take-over", who="agent")
    house.post(f"/v1/conversations/{chat.id}/reply", {"text": "Yes: part KL-1."}, who="agent")
    assert gap_named(house, "Klingon")["persons"] == 1
    made = house.post(f"/v1/kb/gaps/{gap['id']}/draft", who="admin")
    assert made.status_code == 200, made.text
    article = made.json()
    assert article["draft"]["origin"] == "gap" and article["state"] == "draft"
    assert "Klingon" in article["body"] and "part KL-1" in article["body"]
    assert gap_named(house, "Klingon")["article_id"] == article["id"]
    assert house.post(f"/v1/kb/gaps/{gap['id']}/draft").status_code == 409
    path = f"/v1/kb/articles/{article['id']}/publish"
    assert house.post(path, {"number": 1}).status_code == 200
    assert gap_named(house, "Klingon", "answered")["id"] == gap["id"]


def test_dismissing_needs_an_editor_and_can_be_undone(house: Any, new_chat: Any) -> None:
    talk(house, new_chat(language="en"), "Which Zorblax thread does the PX-100 lid have?")
    gap = gap_named(house, "Zorblax")
    path = f"/v1/kb/gaps/{gap['id']}"
    assert house.post(f"{path}/dismiss", {"reason": "sold no more"}, who="agent").status_code == 403
    told = house.post(f"{path}/dismiss", {"reason": "sold no more"}, who="editor").json()
    assert (told["state"], told["reason"]) == ("dismissed", "sold no more")
    assert house.post(f"{path}/dismiss", who="editor").status_code == 409
    assert house.post(f"{path}/reopen", who="editor").json()["state"] == "open"
    assert house.post("/v1/kb/gaps/nothing/reopen", who="editor").status_code == 404
    assert house.get("/v1/kb/gaps?state=odd").status_code == 422


@pytest.mark.parametrize("solved", [True, False])
def test_the_customers_word_is_kept_with_the_documents_of_the_answer(
    house: Any, new_chat: Any, solved: bool
) -> None:
    before = feedback(house, "ALARM")
    chat = new_chat(language="en")
    talk(house, chat, "PX-100 shows E-217, what does it mean?")
    options = [
        option["label"]
        for part in chat.messages()[-1]["parts"] if part["kind"] == "quick_replies"
        for option in part["options"]
    ]  # fmt: skip
    assert options, chat.messages()[-1]
    talk(house, chat, options[0 if solved else 1])
    after = feedback(house, "ALARM")
    assert after["helpful"] - before["helpful"] == int(solved)
    assert after["not_helpful"] - before["not_helpful"] == int(not solved)
    assert "E-217" in after["items"][0]["question"] and after["items"][0]["by"] == ""
    found = [gap for gap in gaps(house) if "E-217" in gap["question"]]
    assert bool(found) or solved


def feedback(house: Any, key: str) -> dict[str, Any]:
    with house.services.database.read() as session:
        article_id = library.documents_of_key(session, house.mine.tenant, key)[0].id
    told: dict[str, Any] = house.get(f"/v1/kb/articles/{article_id}/feedback").json()
    return told


def test_colleagues_give_feedback(house: Any) -> None:
    body = {"document": "MENU", "helpful": False, "reason": "no menu", "question": "where?"}
    key = {"Idempotency-Key": "one"}
    for _ in range(2):
        told = house.post("/v1/kb/feedback", body, who="agent", headers=key)
        assert told.status_code == 201 and told.json()["by"] == "agent of mine", told.text
    assert feedback(house, "MENU")["not_helpful"] == 1
    assert house.post("/v1/kb/feedback", {**body, "document": "ONLY-THEIRS"}).status_code == 404


def test_a_resolved_ticket_becomes_a_draft(house: Any) -> None:
    opened = house.post(
        "/v1/tickets",
        {"title": f"Lid of {house.mine.serial} jams", "model": "PX-100", "language": "en",
         "contact_id": house.mine.contact, "error_codes": ["E-31"],
         "description": "The lid jams since Monday, says Dora mine."},
    ).json()  # fmt: skip
    number = opened["number"]
    assert house.post(f"/v1/kb/ticket-drafts/{number}").status_code == 409
    move = {"state": "resolved", "reason": "Cause: bent hinge. Solution: hinge YP-HG-7 replaced"}
    assert house.post(f"/v1/tickets/{number}/move", move).status_code == 200
    (line,) = [
        item for item in house.get("/v1/kb/ticket-drafts").json()["items"]
        if item["number"] == number
    ]  # fmt: skip
    assert line["article_id"] is None and "YP-HG-7" in line["resolution"]
    assert house.post(f"/v1/kb/ticket-drafts/{number}", who="agent").status_code == 403
    made = house.post(f"/v1/kb/ticket-drafts/{number}", who="editor")
    assert made.status_code == 200, made.text
    article = made.json()
    assert (article["audience"], article["draft"]["origin"]) == ("internal", "ticket")
    for kept in ("bent hinge", "YP-HG-7", "E-31", "lid jams"):
        assert kept in article["body"]
    for secret in (house.mine.serial, "Dora"):
        assert secret not in article["body"] + article["title"]
    assert house.post(f"/v1/kb/ticket-drafts/{number}").status_code == 409
    listed = house.get("/v1/kb/ticket-drafts").json()["items"]
    assert number not in [item["number"] for item in listed]
    used = house.get("/v1/kb/ticket-drafts?used=true").json()["items"]
    assert article["id"] in [item["article_id"] for item in used]


def test_a_lesson_that_fails_does_not_fail_the_turn(
    house: Any, new_chat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from careloop.knowledge.learning import service

    def explode(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(service, "note_question", explode)
    chat = new_chat(language="en")
    talk(house, chat, "Is there a Vulcan phrasebook for the PX-100?")
    assert chat.messages()[-1]["author"] == "bot"


def test_asking_over_http_teaches_nothing(house: Any) -> None:
    house.post("/v1/ask", {"text": "Is there an Elvish phrasebook for the PX-100?"})
    assert not [gap for gap in gaps(house, "") if "Elvish" in gap["question"]]


# Translations


@pytest.fixture
def model(house: Any) -> Iterator[ModelServer]:
    """A language model for the house: it puts DE before every block."""

    def reply(server: ModelServer, call: Call, payload: dict[str, Any]) -> None:
        text = payload["messages"][-1]["content"]
        says(json.dumps({"translation": f"DE {text}"}))(server, call, payload)

    services = house.services
    before = services.models
    with model_server() as server:
        server.plan = [reply]
        settings = services.settings.model_copy(
            update={"llm_base_url": server.url, "llm_model": "small"}
        )
        services.models = Models(settings, None)
        yield server
    services.models = before


def original(house: Any, key: str) -> str:
    body = {"key": key, "lang": "en", "title": f"Torque {key}", "body": "The lid takes 5 Nm."}
    row = house.post("/v1/kb/articles", body, who="editor").json()
    assert house.post(f"/v1/kb/articles/{row['id']}/publish", {"number": 1}).status_code == 200
    made: str = row["id"]
    return made


def test_a_translation_is_made_by_the_machine_and_published_by_a_person(
    house: Any, model: ModelServer
) -> None:
    key = f"LID-{id(model)}"
    article_id = original(house, key)
    path = f"/v1/kb/articles/{article_id}/translations"
    assert house.post(f"{path}/de", {"machine": True}, who="agent").status_code == 403
    made = house.post(f"{path}/de", {"machine": True}, who="editor")
    assert made.status_code == 201, made.text
    row = made.json()
    assert (row["lang"], row["state"], row["translation"]) == ("de", "draft", "unreviewed")
    assert row["body"].strip() == "DE The lid takes 5 Nm."
    assert cell(house, key)["state"] == "draft"
    told = house.get(f"/v1/kb/articles/{row['id']}/translation-check").json()
    assert [item for item in told["problems"] if item["kind"] != "term"] == []
    house.post(f"/v1/kb/articles/{row['id']}/publish", {"number": 1}, who="editor")
    assert cell(house, key) == {"state": "unreviewed", "id": row["id"]}
    assert house.post(f"/v1/kb/articles/{row['id']}/review", who="editor").status_code == 200
    assert cell(house, key)["state"] == "published"
    draft = {"title": f"Torque {key}", "body": "The lid takes 6 Nm."}
    headers = house.mine.headers["editor"]
    house.client.put(f"/v1/kb/articles/{article_id}/draft", json=draft, headers=headers)
    house.post(f"/v1/kb/articles/{article_id}/publish", {"number": 2}, who="editor")
    assert cell(house, key)["state"] == "behind"
    languages = house.get(f"/v1/kb/articles/{article_id}").json()["languages"]
    assert {item["lang"]: item["behind"] for item in languages} == {"de": True, "en": False}
    assert house.post(f"{path}/xx", {"machine": True}).status_code == 422
    assert house.post(f"{path}/en", {"machine": True}).status_code == 409


def cell(house: Any, key: str) -> dict[str, Any]:
    told = house.get("/v1/kb/translations?lang=de").json()
    assert told["languages"] == ["de"]
    (line,) = [item for item in told["items"] if item["key"] == key]
    found: dict[str, Any] = line["targets"]["de"]
    return found


def test_without_a_translator_it_is_done_by_hand(house: Any) -> None:
    assert house.get("/v1/kb/translations").json()["translator"] == "none"
    article_id = original(house, "HAND")
    path = f"/v1/kb/articles/{article_id}/translations/fr"
    refused = house.post(path, {"machine": True}, who="editor")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_translator")
    made = house.post(path, {"machine": False}, who="editor")
    assert made.status_code == 201 and made.json()["translation"] == "unreviewed"
    assert made.json()["body"].strip() == "The lid takes 5 Nm."
    assert house.post(path, {}, who="editor").status_code == 409


def test_each_publication_queues_one_job_where_a_language_is_wanted(
    house: Any, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from careloop.kit.jobs import Job

    def queued() -> int:
        with house.services.database.read() as session:
            rows = session.query(Job).filter_by(tenant_id=house.mine.tenant)
            return sum(row.kind == "knowledge.translate" and row.state == "queued" for row in rows)

    before = queued()
    original(house, f"QUIET-{id(model)}")
    assert queued() == before
    monkeypatch.setattr(house.services.translations, "_languages", ["de"])
    original(house, f"WANTED-{id(model)}")
    original(house, f"WANTED2-{id(model)}")
    assert queued() == before + 1


def test_the_shell_lists_gaps_and_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARELOOP_HOME", str(tmp_path))
    run = CliRunner()
    assert run.invoke(app, ["init", "--json"]).exit_code == 0
    told = run.invoke(app, ["kb", "gaps", "--json"])
    assert json.loads(told.stdout) == {"items": []}
    for arguments in ("", "X --all", "--all", "--all --to en"):
        assert run.invoke(app, ["kb", "translate", *arguments.split()]).exit_code != 0


def test_gaps_of_one_maker_stay_with_it(house: Any) -> None:
    with house.services.database.read() as session:
        theirs = queries.gaps(session, house.theirs.staff["admin"])
    assert {gap["id"] for gap in gaps(house, "")}.isdisjoint(gap.id for gap in theirs)
