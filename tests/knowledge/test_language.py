"""Reading text: languages, codes, model names, concepts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.knowledge.language.detect import detect
from careloop.knowledge.language.identifiers import canonical, find_codes
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import Concept, Termbase
from careloop.knowledge.language.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("GS-2000 报 E-217", "zh"), ("測序儀報錯", "zh"), ("GS-2000 が起動しません", "ja"),
        ("펌프 소음이 커요", "ko"), ("ماذا يعني الرمز", "ar"), ("Насос шумит", "ru"),
        ("ปั๊มเสียงดัง", "th"), ("Máy bơm kêu to quá", "vi"), ("How do I reset the pump?", "en"),
        ("La bomba no funciona", "es"), ("Die Pumpe läuft nicht", "de"),
        ("La pompe fait du bruit", "fr"), ("A bomba não funciona", "pt"),
    ],
)  # fmt: skip
def test_language_is_seen_behind_codes_and_names(text: str, lang: str) -> None:
    assert detect(text).code == lang


def test_a_bare_code_takes_the_hint_without_confidence() -> None:
    assert detect("E-217?", ["de"]) == ("de", 0.0)
    assert detect("E-217?").code == "en"


@pytest.mark.parametrize("spelling", ["E-217", "e217", "E 217", "Ｅ－２１７", "E‑217"])
def test_one_code_in_all_its_spellings(spelling: str) -> None:
    assert find_codes(f"the screen shows {spelling} again") == ["e217"]


def test_codes_of_many_makers() -> None:
    text = "AL-04, F0012, E05, SRVO-062, P0420, H1-3, Err 5, 报警 21, Alarm 2031, error code 17"
    assert find_codes(text) == [
        "al04", "f0012", "e05", "srvo062", "p0420", "h13", "5", "21", "2031", "17",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "24V 20A 3.2kW 25.5 °C", "2026-05-12 10:30", "13800138000", "+49 89 1234567",
        "180 EUR/h", "100-240 V", "v3.2", "step 4", "400-820-7717", "IP54", "3 errors in 10 min",
    ],
)  # fmt: skip
def test_units_dates_phones_and_prices_are_no_codes(text: str) -> None:
    assert find_codes(text) == []


@given(st.text(alphabet="ABEFHLS", min_size=1, max_size=3), st.integers(10, 9999))
def test_separators_and_width_never_change_a_code(letters: str, number: int) -> None:
    assert canonical(f"{letters}-{number}") == canonical(f"{letters.lower()} {number}")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_normalizing_twice_changes_nothing_and_reading_never_fails(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    for lang in ("zh", "en", "ja", "ko", "th"):
        tokenize(text, lang)
    find_codes(text)


def test_the_longest_model_name_wins_in_any_spelling() -> None:
    names = ModelNames(["GS-2000", "GS-2000 Pro", "GS-200"])
    assert names.find("gs 2000 pro 报错") == ["GS-2000 Pro"]
    assert names.find("ＧＳ２０００报错，GS200 也报") == ["GS-2000", "GS-200"]
    assert names.find("XGS-2000 and GS-20001") == []
    assert names.matches("GS-2000 Max")[0].name is None


def test_inflected_words_share_a_token() -> None:
    assert set(tokenize("filters cleaned", "en")) == set(tokenize("cleaning the filter", "en"))
    assert "e217" in tokenize("E-217 过热", "zh")


def _small() -> Termbase:
    return Termbase(
        [
            Concept(
                "pump", "component", frozenset(),
                {"zh": ("泵",), "en": ("pump",), "de": ("Pumpe",)},
            ),
            Concept("coolant", "component", frozenset(),
                    {"zh": ("冷却液",), "en": ("coolant",), "de": ("Kühlmittel",)}),
            Concept("coolant_pump", "component", frozenset(),
                    {"zh": ("冷却液泵",), "en": ("coolant pump",)}),
            Concept(
                "no_start", "symptom", frozenset(),
                {"en": ("does not start",), "zh": ("不启动",)},
            ),
        ]
    )  # fmt: skip


def test_longest_term_wins_and_parts_are_seen_on_request() -> None:
    base = _small()
    assert [m.concept for m in base.concepts("the coolant pumps", "en")] == ["coolant_pump"]
    nested = {m.concept for m in base.concepts("the coolant pumps", "en", nested=True)}
    assert nested == {"coolant_pump", "coolant", "pump"}
    assert [m.concept for m in base.concepts("冷却液泵", "zh")] == ["coolant_pump"]


def test_compounds_negation_and_contractions() -> None:
    base = _small()
    assert {m.concept for m in base.concepts("Kühlmittelpumpe", "de")} == {"coolant", "pump"}
    assert base.concepts("it won't start", "en")[0].concept == "no_start"
    assert base.concepts("there is no coolant", "en")[0].negated
    assert not base.concepts("the coolant is low", "en")[0].negated
    assert base.name("pump", "de") == "Pumpe"
    assert base.name("no_start", "de") == "does not start"
