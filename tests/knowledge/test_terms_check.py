"""The check of the termbase: green on what we ship, and able to fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careloop.kit.errors import InvalidInput
from careloop.kit.text import LANGUAGES
from careloop.knowledge.language import check_terms, term_stems
from careloop.knowledge.language.concept import Concept, read_reviewed, write_reviewed
from careloop.knowledge.language.name_index import stemmed_words
from careloop.knowledge.language.term_faults import faults, homonyms
from careloop.knowledge.language.term_tables import parse_table, shipped_concepts
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.language.tokens import stem

FULL = {lang: (f"name {lang}",) for lang in LANGUAGES}


def told(*rows: tuple[str, Concept]) -> set[tuple[str, str, str]]:
    return {(f.kind, f.key, f.lang) for f in faults(rows, {}) if f.error}


def test_the_shipped_termbase_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    code = check_terms.main(["--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["errors"] == []
    assert code == 0
    assert report["unreviewed"]["de"] == report["names"]["de"]
    assert 0 < report["unreviewed"]["zh"] < report["names"]["zh"]


def test_every_kind_of_fault_is_found() -> None:
    sound = Concept("pump", "component", names=FULL)
    assert told(("terms", sound)) == set()
    other = Concept("fan", "component", names={**FULL, "en": ("fan",), "zh": ("风扇",)})
    assert ("clash", "pump|fan", "de") in told(("terms", sound), ("terms", other))
    assert told(("terms", sound), ("words", other)) == set()
    assert ("duplicate", "pump", "") in told(("terms", sound), ("terms", sound))
    twice = Concept("pump", "component", names={**FULL, "fr": ("Pompe", "pompe")})
    assert told(("terms", twice)) == {("duplicate", "pump", "fr")}
    assert ("missing", "pump", "en") in told(("terms", Concept("pump", "component", names={})))
    assert ("missing", "", "th") in told(
        ("terms", Concept("pump", "component", names={**FULL, "th": ()}))
    )
    assert ("duplicate", "pump", "") in told(("terms", Concept("pump", "gadget", names=FULL)))


def test_a_homonym_is_accepted_with_its_reason_only() -> None:
    assert homonyms()["de", "kondensator"] == {"capacitor", "condenser"}
    pair = [
        ("terms", Concept(key, "component", names={**FULL, "de": ("Kondensator",),
         **{lang: (f"{key} {lang}",) for lang in LANGUAGES if lang != "de"}}))
        for key in ("capacitor", "condenser")
    ]  # fmt: skip
    assert [f for f in faults(pair) if f.error] == []
    assert [f.kind for f in faults(pair, {}) if f.error] == ["clash"]


def test_reviewed_names_languages() -> None:
    assert read_reviewed("zh|en") == {"zh", "en"}
    assert read_reviewed("") == read_reviewed("no") == frozenset()
    assert read_reviewed("yes") == set(LANGUAGES)
    assert write_reviewed(frozenset({"en", "zh"})) == "zh|en"
    with pytest.raises(ValueError, match="xx"):
        read_reviewed("zh|xx")
    (row,) = parse_table(["concept,kind,reviewed,zh,en,extra", "pump,component,zh,泵|水泵,pump,x"])
    assert row.reviewed == {"zh"}
    assert row.names == {"zh": ("泵", "水泵"), "en": ("pump",)}


def test_coverage_of_a_manual(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = Termbase([Concept("pump", "component", names={"en": ("pump",), "zh": ("泵",)})])
    lines = ["en,zh,note", "feed pump,给料泵,x", "nozzle | pump head,喷嘴,", ",阀,"]
    found = check_terms.coverage(lines, base)
    assert (found["en"].terms, found["en"].known, found["en"].unknown) == (2, 2, [])
    assert (found["zh"].known, found["zh"].unknown) == (1, ["喷嘴", "阀"])
    with pytest.raises(InvalidInput):
        check_terms.coverage(["a,b", "1,2"], base)
    manual = tmp_path / "manual.csv"
    manual.write_text("en\npump\nflux capacitor ring\n", encoding="utf-8")
    check_terms.main(["--manual", str(manual)])
    assert "coverage en" in capsys.readouterr().out


def test_the_table_of_stems_is_right_and_nearly_whole() -> None:
    """A word that is not in it costs time only; the share keeps loading fast."""
    if term_stems._heading() != _first_line():
        pytest.skip("another stemmer is installed; the table is not used")
    table = term_stems._table()
    for lang, known in table.items():
        for word in list(known)[::97]:
            assert known[word] == stem(word, lang)
    wanted = set(stemmed_words(shipped_concepts()))
    share = sum(word in table[lang] for lang, word in wanted) / len(wanted)
    assert share >= 0.9, "run python -m careloop.knowledge.language.term_stems"


def _text() -> str:
    path = Path(term_stems.__file__).with_name("term_stems.txt")
    return path.read_text(encoding="utf-8")


def _first_line() -> str:
    return _text().split("\n", 1)[0]
