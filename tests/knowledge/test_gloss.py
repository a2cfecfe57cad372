"""Glosses name only what stands in the text, in the customer's language, never a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloop.kit.text import LANGUAGES
from careloop.knowledge.gloss import TERMS, glossary, glossary_line, header_with_meaning

TEXT = "冷却风扇不转时，清洗滤网并检查水泵。E-217 表示电机过热，见 YP-CH-6002。"


@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code != "zh"])
def test_terms_stand_in_the_text_and_are_no_codes(lang: str) -> None:
    pairs = glossary(TEXT, "zh", lang)
    assert pairs and len(pairs) <= TERMS
    assert all(written in TEXT and name for written, name in pairs)
    assert not any(char.isdigit() for written, _ in pairs for char in written)
    assert len({written for written, _ in pairs}) == len(pairs)
    assert glossary(TEXT, "zh", lang) == pairs


def test_english_names() -> None:
    line = glossary_line(glossary(TEXT, "zh", "en"), "en")
    assert "水泵 = water pump" in line or "水泵 = pump" in line, line


def test_nothing_to_explain_in_ones_own_language() -> None:
    assert glossary(TEXT, "zh", "zh") == []
    assert (
        header_with_meaning("功率", "zh", "zh") == header_with_meaning("功率", "zh", None) == "功率"
    )


def test_right_to_left_lines_isolate_the_other_script() -> None:
    pairs = [("风扇", "مروحة")]
    assert glossary_line(pairs, "ar") == "\u2068风扇\u2069 = مروحة"
    assert "\u2068" not in glossary_line(pairs, "en")


@pytest.mark.parametrize("header", ["LGX-24S", "E-217", "Premium", "项目甲乙丙", "", "额定功率 2"])
def test_headers_that_are_no_single_concept_stay(header: str) -> None:
    assert header_with_meaning(header, "zh", "en") == header


@given(st.text(max_size=80), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_any_text_is_survived(text: str, own: str, lang: str) -> None:
    for written, name in glossary(text, own, lang):
        assert written in text and name
    assert header_with_meaning(text, own, lang).startswith(text)
