"""The termbase files keep the promises that matching and translation rely on."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from careloop.knowledge.language.concept import KINDS, read_reviewed

TERMS = Path(__file__).parents[2] / "careloop" / "knowledge" / "language" / "terms"
LANGUAGES = ("zh", "en", "es", "de", "fr", "pt", "ru", "ja", "ko", "ar", "vi", "th")
HEADER = ["concept", "kind", "reviewed", *LANGUAGES]
FILES = tuple(sorted(path.stem for path in TERMS.glob("*.csv")))
LATIN = {"en", "es", "de", "fr", "pt"}


def rows() -> Iterator[dict[str, str]]:
    for name in FILES:
        with (TERMS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)


def fold(term: str, language: str) -> str:
    """The spelling in which two terms count as the same, as the matcher sees them.

    Accents are dropped in Latin script only: in Japanese, Thai or Vietnamese a mark
    makes another word.
    """
    folded = term.casefold()
    if language in LATIN:
        decomposed = unicodedata.normalize("NFD", folded)
        folded = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    if language == "ru":
        folded = folded.replace("ё", "е")
    return folded


def terms_of(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.mark.parametrize("name", FILES)
def test_header_and_width(name: str) -> None:
    with (TERMS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        header, *body = list(csv.reader(handle))
    assert header == HEADER
    assert body
    assert [row[0] for row in body if len(row) != len(HEADER)] == []


def test_concepts_are_unique_snake_case() -> None:
    concepts = [row["concept"] for row in rows()]
    assert len(concepts) == len(set(concepts))
    assert [c for c in concepts if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", c)] == []


def test_kind_and_reviewed_are_known_values() -> None:
    for row in rows():
        assert row["kind"] in KINDS, row["concept"]
        # Nobody has read twelve languages: a language is named once somebody has.
        assert row["reviewed"] != "yes", row["concept"]
        assert read_reviewed(row["reviewed"]) <= {lang for lang in LANGUAGES if row[lang]}


def test_size() -> None:
    assert sum(1 for _ in rows()) >= 520


@pytest.mark.parametrize("language", ["zh", "en"])
def test_source_languages_are_complete(language: str) -> None:
    assert [row["concept"] for row in rows() if not row[language]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_coverage(language: str) -> None:
    named = [bool(row[language]) for row in rows()]
    assert sum(named) / len(named) >= 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_are_clean_and_not_repeated(language: str) -> None:
    for row in rows():
        terms = terms_of(row[language])
        folded = [fold(term, language) for term in terms]
        assert len(folded) == len(set(folded)), (row["concept"], terms)
        for term in terms:
            assert term and term == " ".join(term.split()), (row["concept"], term)
            assert term == unicodedata.normalize("NFC", term), (row["concept"], term)


SCRIPTS = {
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
    "th": r"[\u0e00-\u0e7f]",
    "ko": r"[\uac00-\ud7a3]",
    "zh": r"[\u4e00-\u9fff]",
    "ja": r"[\u3040-\u30ff\u4e00-\u9fff]",
}


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_each_concept_is_named_in_its_own_script(language: str) -> None:
    """A shifted column would show here; abbreviations such as PLC stay Latin."""
    foreign = [
        row["concept"]
        for row in rows()
        if row[language] and not re.search(SCRIPTS[language], row[language])
    ]
    assert foreign == []


@pytest.mark.parametrize("language", ["en", "es", "de", "fr", "pt", "vi"])
def test_latin_columns_hold_latin_script(language: str) -> None:
    other = re.compile(r"[\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]")
    assert [row["concept"] for row in rows() if other.search(row[language])] == []


@pytest.mark.parametrize("language", ["ar", "ja", "ko", "ru", "th", "zh"])
def test_no_letter_of_a_strange_script(language: str) -> None:
    """Catches a slip of the keyboard, such as a Cyrillic letter in an Arabic word."""
    shared = r"[\u0000-\u036f\u2000-\u206f\u3000-\u303f\u30fb]"
    own = re.compile(f"{SCRIPTS[language]}|{shared}")
    strange = [
        (row["concept"], sign) for row in rows() for sign in row[language] if not own.match(sign)
    ]
    assert strange == []
