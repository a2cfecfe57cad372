"""The labels agree with the demo maker's articles and master data; nothing of the mind is run."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Any

import pytest

from careloop.demo.load import folder
from careloop.evals.facts import says
from careloop.evals.registry import SUITES
from careloop.evals.shapes import AskExpect, IdentifyExpect, JourneyExpect, SearchExpect

OWN = [suite for suite in SUITES.values() if not suite.from_folder]
AT_LEAST = {
    "retrieval": 120, "answers": 80, "intents": 120, "identifiers": 60, "handoff": 60,
    "journeys": 20,
}  # fmt: skip


def column(name: str, field: str) -> set[str]:
    with (folder() / "data" / name).open(encoding="utf-8", newline="") as file:
        return {row[field] for row in csv.DictReader(file)}


def articles() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in (folder() / "knowledge").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        named = re.search(r"^id: (\S+)", text, re.M)
        assert named
        found.setdefault(named[1], []).append(text)
    return found


@pytest.mark.parametrize("suite", OWN, ids=lambda suite: suite.name)
def test_cases_load_and_some_are_fast(suite: Any) -> None:
    cases = suite.cases()
    assert len(cases) >= AT_LEAST.get(suite.name, 0)
    assert 0 < sum(case.fast for case in cases) < len(cases)


def test_every_document_exists_and_holds_the_facts() -> None:
    known = articles()
    for suite in OWN:
        for case in suite.cases():
            expect = case.expect
            if not isinstance(expect, SearchExpect | AskExpect):
                continue
            assert set(expect.documents) <= known.keys(), case.id
            if isinstance(expect, AskExpect) and expect.documents:
                texts = [text for name in expect.documents for text in known[name]]
                for fact in expect.facts:
                    assert any(says(text, fact) for text in texts), (case.id, fact)


def test_every_identifier_is_on_file_or_not_as_labelled() -> None:
    serials, parts = column("assets.csv", "serial"), column("parts.csv", "number")
    tickets = column("tickets.csv", "number")
    for case in SUITES["identifiers"].cases():
        expect: IdentifyExpect = case.expect
        assert set(expect.serials or []) <= serials, case.id
        assert not set(expect.unverified_serials or []) & serials, case.id
        assert set(expect.parts or []) <= parts, case.id
        assert set(expect.tickets or []) <= tickets, case.id


def test_every_sender_and_ticket_device_of_a_journey_is_on_file() -> None:
    known = {"wechat": column("contacts.csv", "wechat"), "whatsapp": {
        phone.lstrip("+") for phone in column("contacts.csv", "whatsapp")
    }}  # fmt: skip
    serials = column("assets.csv", "serial")
    for case in SUITES["journeys"].cases():
        if case.input.sender:
            assert case.input.sender in known[case.input.channel], case.id
        expect: JourneyExpect = case.expect
        assert {item.serial for item in expect.tickets if item.serial} <= serials, case.id


def test_languages_are_spread() -> None:
    spread = Counter(case.lang for case in SUITES["retrieval"].cases())
    assert set(spread) >= {"zh", "en", "es", "de", "fr", "ja", "pt", "ru"}
    assert {case.lang for case in SUITES["journeys"].cases()} >= {"zh", "en", "es", "de"}


def test_no_question_stands_twice_in_a_suite() -> None:
    for suite in OWN:
        words = Counter(case.input.words for case in suite.cases())
        twice = [text for text, count in words.items() if count > 1]
        assert not twice, (suite.name, twice)
