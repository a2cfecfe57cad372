"""Every language says everything English says, and the code asks only for what exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import careloop
from careloop.agents.mind.embedded.situation import (
    NO,
    NOT_SOLVED,
    OPEN_TICKET,
    PERSON,
    SKIP,
    SOLVED,
    STUCK,
    YES,
)
from careloop.agents.mind.reading import HandoffReason
from careloop.crm_core.tickets.models import TicketState
from careloop.kit.text import FALLBACK, LANGUAGES, RIGHT_TO_LEFT, catalogue, clean, t

ROOT = Path(careloop.__file__).parent
LOCALE = ROOT / "locale"
BUTTON_CHARS = 24
ENGLISH = catalogue(FALLBACK)
OTHERS = [language for language in LANGUAGES if language != FALLBACK]
# Keys that the code puts together: what stands behind the prefix comes from these.
FAMILIES = {
    "button": (OPEN_TICKET, PERSON, SOLVED, NOT_SOLVED, STUCK, SKIP, YES, NO),
    "state": tuple(state.value for state in TicketState),
    "reason": tuple(reason.value for reason in HandoffReason),
}


def placeholders(phrase: str) -> list[str]:
    """Names in braces, each as often as it stands there; raises on a brace left open."""
    return sorted(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)


def buttons(language: str) -> dict[str, str]:
    return {key: text for key, text in catalogue(language).items() if key.startswith("button.")}


def asked() -> Iterator[tuple[str, str, bool]]:
    """Every key the code passes to `t`: (where, key, whole); not whole is an f-string's start."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_t(node.func) and node.args:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                for key, whole in _keys(node.args[0]):
                    yield where, key, whole


def _is_t(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "t"


def _keys(argument: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value, True
    elif isinstance(argument, ast.IfExp):
        yield from _keys(argument.body)
        yield from _keys(argument.orelse)
    elif isinstance(argument, ast.JoinedStr):
        start = argument.values[0]
        if isinstance(start, ast.Constant) and isinstance(start.value, str):
            yield start.value, False


@pytest.mark.parametrize("language", LANGUAGES)
def test_file_is_clean_and_names_its_language(language: str) -> None:
    with (LOCALE / f"{language}.po").open("rb") as file:
        entries = read_po(file, abort_invalid=True)
    assert str(entries.locale) == language
    written = re.findall(r'^msgid "(.+)"$', (LOCALE / f"{language}.po").read_text("utf-8"), re.M)
    assert len(written) == len(set(written)), "a key stands twice"
    assert not [entry.id for entry in entries if entry.id and entry.fuzzy]


def test_no_catalogue_without_a_language() -> None:
    assert {path.stem for path in LOCALE.glob("*.po")} == set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_same_keys_in_the_same_order(language: str) -> None:
    assert list(catalogue(language)) == list(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_empty_or_ragged_text(language: str) -> None:
    ragged = {key: text for key, text in catalogue(language).items() if text != text.strip()}
    assert not ragged
    assert all(catalogue(language).values())


@pytest.mark.parametrize("language", OTHERS)
def test_same_placeholders(language: str) -> None:
    phrases = catalogue(language)
    differing = {
        key: phrases.get(key, "")
        for key, english in ENGLISH.items()
        if placeholders(phrases.get(key, "")) != placeholders(english)
    }
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_filled(language: str) -> None:
    for key in ENGLISH:
        names = placeholders(ENGLISH[key])
        text = t(key, language, **{name: f"<{name}>" for name in names})
        assert all(f"<{name}>" in text for name in names), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_distinct_short_and_come_back_as_sent(language: str) -> None:
    labels = buttons(language)
    assert len({label.casefold() for label in labels.values()}) == len(labels)
    assert not [label for label in labels.values() if len(label) > BUTTON_CHARS]
    # A pressed button comes back as its label and is looked up word for word.
    assert not [label for label in labels.values() if clean(label, 100) != (label, False)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ticket_states_are_distinct(language: str) -> None:
    states = [text for key, text in catalogue(language).items() if key.startswith("state.")]
    assert len(set(states)) == len(states)


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language: str) -> None:
    """A phrase of several words that equals the English one was forgotten."""
    phrases = catalogue(language)
    same = [key for key, text in ENGLISH.items() if phrases.get(key) == text and " " in text]
    assert not same


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_isolates_are_closed(language: str) -> None:
    """A direction isolate left open would turn around the rest of the conversation."""
    for key, text in catalogue(language).items():
        outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", outside), key


def test_code_asks_only_for_phrases_that_exist() -> None:
    keys = list(asked())
    assert sum(whole for _, _, whole in keys) > 20, "the search no longer finds the calls"
    missing = [
        (where, key)
        for where, key, whole in keys
        if (key not in ENGLISH if whole else not any(k.startswith(key) for k in ENGLISH))
    ]
    assert not missing


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_keys_are_complete(family: str) -> None:
    missing = [name for name in FAMILIES[family] if f"{family}.{name}" not in ENGLISH]
    assert not missing


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("no.such.phrase", FALLBACK)
