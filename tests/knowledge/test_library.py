"""The promises of the library, on an invented maker of furnaces."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from shelf import Shelf, article, customer, kiln_files

from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.db import Database
from careloop.kit.errors import Forbidden, InvalidInput
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.library import RECHECK_SECONDS, Library, SearchQuery, SearchResult
from careloop.knowledge.service import SourceFile, add_files, retire


def _texts(result: SearchResult) -> str:
    return "\n".join(hit.text for hit in result.hits)


def test_the_same_files_again_change_nothing(shelf: Shelf) -> None:
    again = shelf.add(*kiln_files())
    assert all(item.unchanged for item in again.files)
    assert again.passages == sum(item.passages for item in again.files) > 0


def test_changed_content_replaces_and_is_found_at_once(shelf: Shelf) -> None:
    assert "18 个月" in _texts(shelf.ask("保修多久"))
    shelf.add(
        article(
            "WAR", "## 保修期\n\n整机保修 36 个月。", title="保修条款", type="policy", lang="zh"
        )
    )
    found = _texts(shelf.ask("保修多久", k=20))
    assert "36 个月" in found and "18 个月" not in found


def test_another_process_sees_a_publication(shelf: Shelf) -> None:
    elsewhere = Database(str(shelf.database.url))
    other = Library(elsewhere)
    assert "18 个月" in _texts(other.search(customer(), SearchQuery("保修多久")))
    shelf.add(article("WAR", "整机保修 36 个月。", title="保修条款", type="policy", lang="zh"))
    time.sleep(RECHECK_SECONDS + 0.05)
    assert "36 个月" in _texts(other.search(customer(), SearchQuery("保修多久")))


def test_writing_needs_the_right(shelf: Shelf) -> None:
    with shelf.database.write() as session, pytest.raises(Forbidden):
        add_files(session, customer(), [])


def test_an_unreadable_file_is_reported_and_the_others_added(empty: Shelf) -> None:
    report = empty.add(
        SourceFile("x.md", b"\x00\x01"), article("OK", "Text about pumps.", lang="en")
    )
    assert [item.documents for item in report.files] == [0, 1]
    assert "binary" in report.warnings[0]


def test_a_row_answers_with_its_code(shelf: Shelf) -> None:
    result = shelf.ask("CF-10 显示 al04")
    assert result.hits[0].document == "AL" and "5 L/min" in result.hits[0].text
    assert result.answerable and result.models == ("CF-10",)


def test_the_model_named_is_pinned_and_no_other_is_shown(shelf: Shelf) -> None:
    pro = shelf.ask("ＣＦ１０ pro 的 AL-07", k=20)
    assert pro.models == ("CF-10 Pro",)
    assert {hit.document for hit in pro.hits if hit.models} == {"DOOR-PRO"}
    plain = shelf.ask("AL-07 是什么", model="CF-10", k=20)
    assert "DOOR-PRO" not in {hit.document for hit in plain.hits}


def test_the_model_is_asked_for_when_the_answer_differs(shelf: Shelf) -> None:
    assert set(shelf.ask("AL-07 是什么意思").clarify) == {"CF-10", "CF-10 Pro"}
    assert shelf.ask("AL-04 是什么意思").clarify == []
    assert shelf.ask("AL-07 是什么意思", history=["我的是 CF-10"]).clarify == []


def test_a_code_nobody_knows_is_a_strong_no(shelf: Shelf) -> None:
    result = shelf.ask("CF-10 报 AL-99 怎么办")
    assert not result.answerable and "al99" in result.reasons[0]
    assert not shelf.ask("CF-10 Pro 报 AL-04").answerable


def test_a_topic_that_is_missing_is_not_answered(shelf: Shelf) -> None:
    for text in ("附近有什么酒店", "Can I lease a forklift?", "打印机卡纸怎么办"):
        assert not shelf.ask(text).answerable, text
    assert shelf.ask("整机保修期是多久？").answerable


def test_a_question_in_another_language_finds_chinese_knowledge(shelf: Shelf) -> None:
    for text in ("CF-10 cooling water flow is low", "Kühlwasser-Durchfluss am CF-10 zu niedrig"):
        assert shelf.ask(text).hits[0].document in ("FLOW", "AL"), text


def test_internal_text_stays_inside(shelf: Shelf) -> None:
    assert "8844" not in _texts(shelf.ask("工程菜单 服务码", k=50))
    staff = customer(audience="internal")
    assert "8844" in _texts(shelf.ask("工程菜单 服务码", staff))
    assert "8844" not in _texts(shelf.ask("工程菜单 服务码", staff, audience="public"))
    with pytest.raises(DocumentNotFound):
        shelf.library.document(customer(), "INT")
    with pytest.raises(InvalidInput):
        shelf.ask("x", audience="everyone")


def test_tenants_and_rights_are_apart(shelf: Shelf) -> None:
    assert shelf.ask("保修多久", customer("other")).hits == []
    with pytest.raises(Forbidden):
        shelf.ask("保修", Actor("kiln", Role.CUSTOMER))


def test_dates_firmware_and_succession_filter(empty: Shelf) -> None:
    empty.add(
        article("OLD", "阀门扭矩为 5 Nm。", title="阀门扭矩", lang="zh"),
        article("NEW", "阀门扭矩为 7 Nm。", title="阀门扭矩", lang="zh", supersedes="OLD",
                effective_from="2026-06-01"),
        article("FW", "新固件下阀门扭矩为 9 Nm。", title="阀门扭矩", firmware='">=3.2"'),
        article("GONE", "阀门扭矩曾为 3 Nm。", title="阀门扭矩", effective_until="2025-01-01"),
    )  # fmt: skip
    now = {hit.document for hit in empty.ask("阀门扭矩，固件 3.1", k=20).hits}
    assert now == {"NEW"}
    then = empty.ask("阀门扭矩", now=datetime(2026, 1, 1, tzinfo=UTC), k=20)
    assert {hit.document for hit in then.hits} == {"OLD", "FW"}


def test_the_customer_reads_a_translation_where_there_is_one(shelf: Shelf) -> None:
    hit = shelf.ask("整机保修期是多久？").hits[0]
    english = shelf.library.shown(customer(), hit, "en")
    assert (english.lang, english.marked) == ("en", False) and "18 months" in english.text
    french = shelf.library.shown(customer(), hit, "fr")
    assert (french.lang, french.marked) == ("en", True)
    alarm = shelf.library.shown(customer(), shelf.ask("AL-04").hits[0], "fr")
    assert (alarm.lang, alarm.marked) == ("zh", True)


def test_translations_do_not_crowd_the_hits(shelf: Shelf) -> None:
    result = shelf.ask("What is the warranty period?", k=10)
    assert [(hit.document, hit.lang) for hit in result.hits if hit.document == "WAR"] == [
        ("WAR", "en")
    ]


def test_steps_are_found_beside_a_hit(shelf: Shelf) -> None:
    hit = next(h for h in shelf.ask("CF-10 冷却水流量低", k=10).hits if h.document == "FLOW")
    procedure = shelf.library.procedure_of(customer(), hit)
    assert procedure is not None and procedure.branching


def test_an_answer_holds_the_fact_asked_for_and_no_other_models(empty: Shelf) -> None:
    table = (
        "## 技术参数\n\n| 项目 | CF-10 | CF-10 Pro |\n|---|---|---|\n| 重量 | 210 kg | 260 kg |\n"
    )
    empty.add(
        article("SPEC", table, title="技术参数", type="spec", product_models="[CF-10, CF-10 Pro]",
                lang="zh")
    )  # fmt: skip
    result = empty.ask("How heavy is the CF-10?")
    blocks = empty.library.answer(customer(), "How heavy is the CF-10?", result)
    shown = "\n".join(block.text for block in blocks)
    assert "210 kg" in shown and "260 kg" not in shown
    assert set(empty.ask("重量是多少").clarify) == {"CF-10", "CF-10 Pro"}


def test_a_short_follow_up_is_read_with_what_was_said_before(shelf: Shelf) -> None:
    result = shelf.ask("那易损件呢？", history=["整机保修期是多久？"])
    assert result.hits[0].document == "WAR"
    assert result.answerable
    assert shelf.ask("Pro 呢？", history=["CF-10 报 AL-07"]).models == ("CF-10 Pro",)
    assert shelf.ask("要多久？", history=["我的 CF-10 报 AL-04"]).models == ("CF-10",)


def test_a_document_is_read_whole_in_its_languages(shelf: Shelf) -> None:
    view = shelf.library.document(customer(), "WAR", "en")
    assert "18 months" in view.body and set(view.languages) == {"en", "zh"}
    assert shelf.library.document(customer(), "WAR").lang == "zh"


def test_a_retired_document_is_gone_until_published_again(shelf: Shelf) -> None:
    with shelf.database.write() as session:
        retire(session, system_actor("kiln"), "DOOR-PRO")
    assert shelf.ask("AL-07 是什么意思").clarify == []
    shelf.add(*kiln_files())
    assert shelf.ask("AL-07 是什么意思").clarify != []
