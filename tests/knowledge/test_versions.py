"""An article is written, approved, published, replaced, retired; readers see one version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from shelf import article as markdown
from sqlalchemy import select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Forbidden, VersionConflict
from careloop.knowledge import editor_queries, service
from careloop.knowledge.changes import line_changes
from careloop.knowledge.editor_views import ArticleFilter
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.models import Passage
from careloop.knowledge.schemas import (
    ArticleState,
    CreateArticle,
    PickArticle,
    PickEdition,
    SaveDraft,
)

TENANT = "kiln"
EDITOR = system_actor(TENANT, "Edda")
READER = Actor(TENANT, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))
Act = Callable[..., ArticleState]


def act(database: Database, verb: Callable[..., ArticleState], *arguments: object) -> ArticleState:
    with database.write() as session:
        return verb(session, EDITOR, *arguments)


def written(database: Database, body: str = "The valve torque is 5 Nm.") -> ArticleState:
    command = CreateArticle(key="VALVE", lang="en", title="Valve torque", body=body)
    return act(database, service.create_article, command)


def published(database: Database, body: str = "The valve torque is 5 Nm.") -> ArticleState:
    state = written(database, body)
    return act(database, service.publish, PickEdition(id=state.id, number=1))


def found(library: Library, text: str = "valve torque") -> str:
    return "\n".join(hit.text for hit in library.search(READER, SearchQuery(text, k=20)).hits)


def test_a_draft_is_read_by_nobody_until_it_is_published(database: Database) -> None:
    library = Library(database)
    state = written(database)
    assert (state.state, state.edition, state.waiting) == ("draft", 0, 1)
    assert found(library) == ""
    state = act(database, service.approve, PickEdition(id=state.id, number=1))
    state = act(database, service.publish, PickEdition(id=state.id, number=1))
    assert (state.state, state.edition, state.waiting) == ("published", 1, None)
    assert "5 Nm" in found(library)


def test_a_new_version_replaces_the_old_whole(database: Database) -> None:
    library = Library(database)
    state = published(database)
    draft = SaveDraft(id=state.id, title="Valve torque", body="The valve torque is 7 Nm.")
    state = act(database, service.save_draft, draft)
    assert (state.edition, state.waiting) == (1, 2) and "5 Nm" in found(library)
    act(database, service.publish, PickEdition(id=state.id, number=2))
    assert "7 Nm" in found(library) and "5 Nm" not in found(library)
    with database.read() as session:
        kept = session.scalars(select(Passage.edition).distinct()).all()
        article = editor_queries.article(session, EDITOR, state.id)
    assert kept == [2], "only what is published is kept compiled"
    assert [line.state for line in article.versions] == ["published", "superseded"]
    assert {line.by for line in article.versions} == {"Edda"}


def test_one_draft_waits_at_a_time(database: Database) -> None:
    state = published(database)
    for body in ("first try", "second try"):
        state = act(database, service.save_draft, SaveDraft(id=state.id, title="V", body=body))
    with database.read() as session:
        article = editor_queries.article(session, EDITOR, state.id)
    assert [line.state for line in article.versions] == ["draft", "rejected", "published"]
    assert article.draft_fields is not None and article.draft_fields.body == "second try"
    state = act(database, service.discard_draft, PickArticle(id=state.id))
    assert state.waiting is None
    with pytest.raises(Conflict):
        act(database, service.discard_draft, PickArticle(id=state.id))


def test_what_was_superseded_or_rejected_is_never_published_again(database: Database) -> None:
    state = published(database)
    state = act(database, service.save_draft, SaveDraft(id=state.id, title="V", body="new"))
    act(database, service.publish, PickEdition(id=state.id, number=2))
    for verb in (service.publish, service.approve):
        with pytest.raises(Conflict):
            act(database, verb, PickEdition(id=state.id, number=1))
    with pytest.raises(DocumentNotFound):
        act(database, service.publish, PickEdition(id=state.id, number=9))


def test_two_editors_do_not_overwrite_each_other(database: Database) -> None:
    state = published(database)
    read = state.row_version
    mine = SaveDraft(id=state.id, title="V", body="mine", row_version=read)
    act(database, service.save_draft, mine)
    with pytest.raises(VersionConflict):
        act(database, service.save_draft, mine.model_copy(update={"body": "theirs"}))


def test_retired_and_restored(database: Database) -> None:
    library = Library(database)
    state = published(database)
    act(database, service.retire_article, PickArticle(id=state.id))
    assert found(library) == ""
    act(database, service.restore, PickArticle(id=state.id))
    assert "5 Nm" in found(library)
    with pytest.raises(Conflict):
        act(database, service.restore, PickArticle(id=state.id))


def test_a_discarded_first_draft_can_be_brought_back(database: Database) -> None:
    state = written(database)
    state = act(database, service.discard_draft, PickArticle(id=state.id))
    assert state.state == "retired"
    state = act(database, service.restore, PickArticle(id=state.id))
    assert (state.state, state.waiting) == ("draft", 1)


def test_the_difference_names_fields_and_lines(database: Database) -> None:
    state = published(database, "one\n\ntwo\n\nthree")
    draft = SaveDraft(
        id=state.id, title="Valve", body="one\n\n2\n\nthree", effective_from=date(2027, 1, 1)
    )
    state = act(database, service.save_draft, draft)
    with database.read() as session:
        difference = editor_queries.difference(session, EDITOR, state.id)
    assert {item.name for item in difference.fields} == {"title", "effective_from"}
    changed = [(line.kind, line.text) for line in difference.lines if line.kind != "same"]
    assert changed == [("del", "two"), ("add", "2")]


def test_a_mended_file_that_comes_again_stays_mended(database: Database) -> None:
    """The editor's word stands until the file itself says something new."""
    source = markdown("PUMP", "The pump runs at 3 bar.", title="Pump", lang="en")
    with database.write() as session:
        document_id = service.add_files(session, EDITOR, [source]).files[0].document_id
    act(database, service.save_draft,
        SaveDraft(id=document_id, title="Pump", body="The pump runs at 3.5 bar."))  # fmt: skip
    act(database, service.publish, PickEdition(id=document_id, number=2))
    with database.write() as session:
        again = service.add_files(session, EDITOR, [source]).files[0]
    assert again.state == "unchanged"
    assert "3.5 bar" in found(Library(database), "pump bar")


def test_readers_see_what_is_published_and_write_nothing(database: Database) -> None:
    state = written(database)
    with database.read() as session:
        assert editor_queries.articles(session, READER, ArticleFilter())[0] == []
        with pytest.raises(DocumentNotFound):
            editor_queries.article(session, READER, state.id)
    verbs: list[tuple[Callable[[Session, Actor, object], object], object]] = [
        (service.publish, PickEdition(id=state.id, number=1)),
        (service.retire_article, PickArticle(id=state.id)),
        (service.save_draft, SaveDraft(id=state.id, title="x")),
    ]
    for verb, command in verbs:
        with database.write() as session, pytest.raises(Forbidden):
            verb(session, READER, command)
    foreign = system_actor("other")
    with database.write() as session, pytest.raises(DocumentNotFound):
        service.publish(session, foreign, PickEdition(id=state.id, number=1))


def test_fields_are_checked() -> None:
    for wrong in ({"type": "poem"}, {"audience": "everyone"}, {"lang": "xx"},
                  {"effective_from": "2026-02-02", "effective_until": "2026-02-01"}):  # fmt: skip
        with pytest.raises(ValidationError):
            CreateArticle.model_validate({"lang": "en", "title": "T", **wrong})


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_a_difference_tells_every_change(before: list[str], after: list[str]) -> None:
    lines = line_changes("\n".join(before), "\n".join(after))
    old = dict(enumerate(before, 1))
    new = dict(enumerate(after, 1))
    for line in lines:
        if line.kind in ("del", "same"):
            assert line.old is not None and old.pop(line.old) == line.text
        if line.kind in ("add", "same"):
            assert line.new is not None and new.pop(line.new) == line.text
    assert list(old.values()) == list(new.values()), "what is left out is the same on both sides"
    assert bool(lines) == (before != after)


def test_nobody_writes_what_only_a_file_may_say() -> None:
    with pytest.raises(ValidationError):
        CreateArticle.model_validate({"lang": "en", "title": "T", "origin": "file"})
