"""A tenant's own terms and the proposals from its documents."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor, Role, staff_actor, system_actor
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden
from careloop.kit.events import EventBus
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.termbase import Termbase, termbase
from careloop.knowledge.service import SourceFile, add_files
from careloop.knowledge.terms import browse, queries, service
from careloop.knowledge.terms.candidates import Sample, extract
from careloop.knowledge.terms.errors import ProposalNotFound, TermNotFound, UnfitTerm
from careloop.knowledge.terms.events import TermsChanged
from careloop.knowledge.terms.keys import free_key
from careloop.knowledge.terms.propose import propose
from careloop.knowledge.terms.schemas import (
    AcceptProposal,
    DismissProposal,
    DropTerm,
    ImportedTerm,
    ImportTerms,
    ProposeTerms,
    PutTerm,
)

ME = system_actor("maker")
THEM = system_actor("rival")
FLUX = {"en": ["flux bridle"], "zh": ["磁通对准器"]}


def put(session: Session, key: str = "flux_bridle", **more: object) -> None:
    body = {"kind": "component", "names": FLUX, **more}
    service.put(session, ME, PutTerm.model_validate({"key": key, **body}))


def concepts_of(session: Session, actor: Actor, text: str) -> list[str]:
    base = queries.termbase_of(session, actor.tenant_id)
    return [match.concept for match in base.concepts(text, "en")]


def test_an_own_term_is_found_by_its_tenant_alone(database: Database) -> None:
    with database.write() as session:
        put(session)
        assert concepts_of(session, ME, "the flux bridle") == ["flux_bridle"]
    with database.read() as session:
        assert concepts_of(session, ME, "the flux bridle") == ["flux_bridle"]
        assert concepts_of(session, THEM, "the flux bridle") == []
        kept = queries.termbase_of(session, "maker")
        assert queries.termbase_of(session, "maker") is kept
        assert queries.termbase_of(session, "rival") is termbase()
        assert [c.key for c in queries.own_concepts(session, "maker")] == ["flux_bridle"]
    with database.write() as session:
        service.drop(session, ME, DropTerm(key="flux_bridle"))
    with database.read() as session:
        assert concepts_of(session, ME, "the flux bridle") == []


def test_what_was_undone_is_not_remembered(sqlite_database: Database) -> None:
    with sqlite_database.draft() as session:
        put(session)
        assert concepts_of(session, ME, "the flux bridle") == ["flux_bridle"]
    with sqlite_database.write() as session:
        put(session, "other_thing", names={"en": ["other thing"]})
    with sqlite_database.read() as session:
        found = concepts_of(session, ME, "the flux bridle, the other thing")
        assert found == ["other_thing"]


def test_an_entry_hides_the_shipped_one_until_it_goes(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        put(session, "pump", names={"en": ["blue booster"]}, reviewed=["en"], note="a\n b")
        assert concepts_of(session, ME, "blue booster pump") == ["pump"]
        shown = browse.terms(session, ME, browse.TermFilter(own=True)).items
        assert [(t.key, t.own, t.reviewed, t.note) for t in shown] == [
            ("pump", True, ["en"], "a b")
        ]
        gone = service.drop(session, ME, DropTerm(key="pump"))
        assert gone.shipped is not None
        assert not gone.shipped.own
        assert "pump" in gone.shipped.names["en"]
        with pytest.raises(TermNotFound):
            service.drop(session, ME, DropTerm(key="pump"))


def test_a_change_is_told_and_the_same_again_is_none(sqlite_database: Database) -> None:
    told: list[int] = []
    bus = EventBus()
    bus.on(TermsChanged, lambda _, event: told.append(event.revision))
    sqlite_database.bus = bus
    with sqlite_database.write() as session:
        put(session)
        put(session)
        put(session, note="mended")
        assert queries.revision_of(session, "maker") == 2
    assert told == [1, 2]


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("concept", {"key": "No Key"}), ("kind", {"kind": "gadget"}), ("concept", {"names": {}}),
        ("xx", {"names": {"xx": ["a"]}}), ("en", {"names": {"en": ["a|b"]}}),
        ("en", {"names": {"en": ["a\x00b"]}}), ("reviewed", {"reviewed": ["xx"]}),
        ("en", {"names": {"en": ["..."]}}),
    ],
)  # fmt: skip
def test_an_unfit_term_is_refused_with_its_field(
    sqlite_database: Database, field: str, body: dict[str, object]
) -> None:
    with sqlite_database.write() as session, pytest.raises(UnfitTerm) as told:
        put(session, **{"key": "thing", **body})  # type: ignore[arg-type]
    assert field in told.value.details


def test_nobody_writes_without_the_right(sqlite_database: Database) -> None:
    agent = staff_actor("maker", Role.AGENT, "u")
    with sqlite_database.write() as session:
        for act in (
            lambda: service.put(session, agent, PutTerm(key="a", kind="component", names=FLUX)),
            lambda: service.drop(session, agent, DropTerm(key="a")),
            lambda: service.import_terms(session, agent, ImportTerms(terms=[])),
            lambda: propose(session, agent, ProposeTerms()),
        ):
            with pytest.raises(Forbidden):
                act()


def test_an_import_stores_what_differs(sqlite_database: Database) -> None:
    shipped = termbase().concepts_by_key["pump"]
    same = ImportedTerm(
        key="pump", kind=shipped.kind, reviewed=sorted(shipped.reviewed), domain=shipped.domain,
        names={lang: list(names) for lang, names in shipped.names.items()},
    )  # fmt: skip
    fresh = ImportedTerm(key="flux_bridle", kind="component", names=FLUX, domain="optics")
    changed = same.model_copy(update={"key": "valve"})
    with sqlite_database.write() as session:
        command = ImportTerms(terms=[same, fresh, changed])
        seen = service.preview_import(session, ME, command.terms)
        report = service.import_terms(session, ME, command)
        assert report == seen
        assert (report.added, report.changed, report.unchanged) == (1, 1, 1)
        assert set(queries.entries(session, "maker")) == {"flux_bridle", "valve"}
        again = service.import_terms(session, ME, command)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_faults_that_own_terms_bring_in(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        assert browse.problems(session, ME) == []
        put(session, names={"en": ["Pump"]})
        add_files(session, ME, [SourceFile("a.md", b"---\nlang: zh\n---\n\xe6\xb3\xb5")])
        found = {(p.kind, p.key, p.lang) for p in browse.problems(session, ME)}
    assert ("missing", "flux_bridle", "zh") in found
    assert any(kind == "clash" and "flux_bridle" in key and lang == "en"
               for kind, key, lang in found)  # fmt: skip
    assert all(lang in ("zh", "en") for _, _, lang in found)


def test_lists_go_by_key_and_by_filter(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        put(session)
        first = browse.terms(session, ME, browse.TermFilter(), limit=3)
        second = browse.terms(session, ME, browse.TermFilter(), first.next_cursor or "", 3)
        assert first.items[-1].key == first.next_cursor < second.items[0].key
        assert first.total == len(termbase()) + 1
        assert {"component", "symptom"} <= set(first.kinds)
        assert "own" in first.domains
        accents = browse.terms(session, ME, browse.TermFilter(q="dichtung", lang="de"))
        assert accents.total
        assert browse.terms(session, ME, browse.TermFilter(q="磁通")).total == 1
        unread = browse.terms(session, ME, browse.TermFilter(lang="de", unreviewed=True))
        assert unread.total == sum("de" in c.names for c in termbase().concepts_by_key.values())
        assert browse.terms(session, ME, browse.TermFilter(kind="symptom", own=True)).total == 0


ZH = [
    "---\nid: A{n}\ntitle: 磁通对准器保养\nlang: zh\n---\n"
    "## 磁通对准器\n\n请先更换磁通对准器。**磁通对准器**的位置在前门内侧，"
    "磁通对准器的密封圈应干燥。\n"
]
EN = (
    "---\nid: E{n}\ntitle: Care of the flux aligner\nlang: en\n---\n"
    "## Flux aligner\n\nClean the flux aligner every month. The flux aligner cover is blue. "
    "Replace the flux aligners together.\n\n| Flux aligner | Code |\n|---|---|\n| old | 4 |\n"
)


def documents(count: int = 3) -> list[SourceFile]:
    files = [SourceFile(f"zh/{n}.md", ZH[0].format(n=n).encode()) for n in range(count)]
    return files + [SourceFile(f"en/{n}.md", EN.format(n=n).encode()) for n in range(count)]


def test_proposals_come_from_the_documents_and_stay_settled(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        add_files(session, ME, documents())
        report = propose(session, ME, ProposeTerms())
        rows = {(row.lang, row.text): row for row in queries.proposals(session, ME)}
        assert report.open == report.new == len(rows)
        zh = next(row for (lang, text), row in rows.items() if lang == "zh")
        assert zh.text == "磁通对准器"
        assert zh.documents == ["A0", "A1", "A2"]
        assert zh.examples and all("磁通对准器" in text for text in zh.examples)
        en = next(row for (lang, text), row in rows.items() if lang == "en")
        assert en.folded == "flux aligner"
        assert not queries.proposals(session, THEM)
        again = propose(session, ME, ProposeTerms())
        assert (again.open, again.new, again.gone) == (report.open, 0, 0)

        names = {"zh": ["磁通对准器"], "en": ["flux aligner"]}
        made = service.accept(session, ME, AcceptProposal(id=zh.id, kind="component", names=names))
        assert (made.key, made.own) == ("flux_aligner", True)
        with pytest.raises(Conflict):
            service.dismiss(session, ME, DismissProposal(id=zh.id))
        with pytest.raises(ProposalNotFound):
            service.dismiss(session, THEM, DismissProposal(id=en.id))
        left = {row.folded for row in queries.proposals(session, ME)} - {"flux aligner"}
        for row in queries.proposals(session, ME):
            service.dismiss(session, ME, DismissProposal(id=row.id))
        after = propose(session, ME, ProposeTerms())
        assert after.new == 0
        assert not left & {row.folded for row in queries.proposals(session, ME)}


def test_extraction_is_bounded_deterministic_and_leaves_out_what_is_known() -> None:
    base = Termbase([
        Concept("replace", "action", names={"en": ("replace",)}),
        Concept("pump", "component", names={"en": ("pump",)}),
        Concept("feed_pump", "component", names={"en": ("feed pump",)}),
        Concept("pressure", "measure", names={"en": ("pressure",)}),
    ])  # fmt: skip
    texts = ["Replace the dosing pump of YP-VM 3.", "the dosing pump head; the feed pump",
             "dosing pump, loop pressure", "loop pressure",
             "loop pressure of the dosing pump"]  # fmt: skip
    samples = [Sample(f"D{n % 3}", "en", text) for n, text in enumerate(texts)]
    found = extract(samples, "en", base, set(), 10)
    assert [(c.text, c.kind) for c in found] == [("dosing pump", "component"),
                                                 ("loop pressure", "measure")]  # fmt: skip
    assert found[0].count == 4
    assert extract(samples, "en", base, set(), 10) == found
    assert [c.text for c in extract(samples, "en", base, {"dosing pump"}, 10)] == ["loop pressure"]
    assert len(extract(samples, "en", base, set(), 1)) == 1


@pytest.mark.parametrize(
    ("lang", "text", "term"),
    [
        ("ja", "冷却水循環装置を点検し、冷却水循環装置を交換。", "冷却水循環装置"),
        ("ko", "자동 시료 주입기를 확인하고 자동 시료 주입기가 멈추면", "자동 시료 주입기"),
        ("de", "Der Magnetflussrichter ist neu. Den Magnetflussrichter reinigen.",
         "Magnetflussrichter"),
        ("es", "la aguja de muestreo doble; la aguja de muestreo doble", "aguja de muestreo doble"),
        ("ru", "игла отбора проб; игла отбора проб", "игла отбора проб"),
        ("vi", "kim hút mẫu kép; kim hút mẫu kép", "kim hút mẫu kép"),
        ("ar", "ابرة سحب العينات، ابرة سحب العينات", "ابرة سحب العينات"),
    ],
)  # fmt: skip
def test_candidates_in_other_languages(lang: str, text: str, term: str) -> None:
    samples = [Sample(f"D{n}", lang, text) for n in range(2)]
    assert term in [c.text for c in extract(samples, lang, Termbase([]), set(), 20)]


def test_a_key_for_a_nameless_term() -> None:
    assert free_key({"zh": ("泵",), "fr": ("Pompe à vide",)}, "x1", ()) == "pompe_a_vide"
    assert free_key({"en": ("Flux aligner",)}, "x1", {"flux_aligner"}) == "flux_aligner_2"
    assert free_key({"zh": ("泵",)}, "x1", ()) == "own_x1"
