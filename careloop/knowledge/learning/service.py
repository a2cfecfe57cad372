"""The only writer of what is learned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict, Forbidden
from careloop.kit.ids import new_id
from careloop.knowledge import queries as library
from careloop.knowledge import service as articles
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.learning import grouping, queries
from careloop.knowledge.learning.cases import language_of, write_case
from careloop.knowledge.learning.grouping import Meaning, Profile
from careloop.knowledge.learning.models import (
    MAX_EXAMPLES,
    Feedback,
    Gap,
    GapOccurrence,
    TicketDraft,
)
from careloop.knowledge.learning.privacy import HIDDEN, masked
from careloop.knowledge.learning.schemas import (
    MAX_TEXT,
    Asked,
    DismissGap,
    DraftFromGap,
    FeedbackLine,
    GapView,
    GiveFeedback,
    Judged,
    PickGap,
    TicketCase,
)  # fmt: skip
from careloop.knowledge.learning.skeleton import gap_body
from careloop.knowledge.models import Document
from careloop.knowledge.schemas import ArticleState, CreateArticle

AT_ONCE = 200


def note_question(session: Session, tenant_id: str, asked: Asked) -> None:
    """Keep a question that found no answer; `settle` groups it later, outside the turn."""
    text = masked(asked.text[:MAX_TEXT], asked.people, asked.identifiers).strip()
    if not HIDDEN.sub("", text).strip(" .,!?。，！？"):
        return
    at = now(session)
    session.add(
        GapOccurrence(
            tenant_id=tenant_id, id=new_id(), gap_id=None, text=text, lang=asked.lang[:8],
            model=asked.model[:200], fault=asked.fault, reason=asked.reason,
            conversation_id=asked.conversation_id, created_at=at, updated_at=at,
        )
    )  # fmt: skip
    session.flush()


def note_person(session: Session, tenant_id: str, conversation_id: str) -> None:
    """A person took the conversation over: its last question without an answer counts as one
    that needed a person."""
    row = queries.last_occurrence(session, tenant_id, conversation_id)
    if row is None or row.person:
        return
    row.person = True
    if row.gap_id is not None:
        known = session.get(Gap, (tenant_id, row.gap_id))
        if known is not None:
            known.persons += 1
    session.flush()


def note_verdict(session: Session, tenant_id: str, judged: Judged) -> None:
    """Keep a customer's word on the documents of an answer."""
    question = masked(judged.question[:MAX_TEXT], judged.people, judged.identifiers)
    for key, section in dict(judged.documents).items():
        document = _document(session, tenant_id, key, judged.lang)
        if document is None:
            continue
        row = None
        if judged.conversation_id:
            row = queries.verdict_of(session, tenant_id, judged.conversation_id, key)
        if row is None:
            row = _feedback(session, document, section)
            row.conversation_id = judged.conversation_id
        row.helpful, row.question = judged.helpful, question
        session.add(row)
    session.flush()


def give_feedback(session: Session, actor: Actor, command: GiveFeedback) -> FeedbackLine:
    """Keep a colleague's verdict; `DocumentNotFound` for what the actor may not read."""
    if not actor.is_staff:
        raise Forbidden("Customers tell in the chat whether an answer helped")
    document = library.find_document(session, actor, command.document, command.lang or None)
    if document is None:
        raise DocumentNotFound(f"There is no published article {command.document!r}")
    row = _feedback(session, document, command.section)
    row.helpful, row.by = command.helpful, actor.name or actor.role.value
    row.reason, row.question = masked(command.reason), masked(command.question)
    session.add(row)
    session.flush()
    return FeedbackLine.model_validate(row)


def settle(session: Session, tenant_id: str) -> int:
    """Put questions that stand alone to the gap that means the same, or to a new one; at most
    `AT_ONCE` at a time. How many were put."""
    waiting = queries.ungrouped(session, tenant_id, AT_ONCE)
    if not waiting:
        return 0
    known = list(queries.gaps_of_tenant(session, tenant_id))
    profiles = [Profile.from_dict(row.profile) for row in known]
    models = {item.model for item in waiting if item.model}
    names = ModelNames(library.model_names(session, tenant_id) | models)
    for item in waiting:
        meaning = grouping.read(item.text, item.lang, names)
        asked_for = list(dict.fromkeys([item.model] * bool(item.model) + list(meaning.models)))
        at = _nearest(meaning, asked_for, known, profiles)
        if at is None:
            known.append(_new_gap(session, item))
            profiles.append(Profile())
            at = len(known) - 1
        _join(session, known[at], profiles[at], item, meaning, asked_for)
    session.flush()
    return len(waiting)


def dismiss(session: Session, actor: Actor, command: DismissGap) -> GapView:
    """This question needs no article; it opens again when it is asked often enough."""
    row = _gap(session, actor, command.id)
    row.dismiss(command.reason.strip())
    return _touched(session, row)


def reopen(session: Session, actor: Actor, command: PickGap) -> GapView:
    """Put a settled question back."""
    row = _gap(session, actor, command.id)
    row.reopen()
    return _touched(session, row)


def draft_gap(session: Session, actor: Actor, command: DraftFromGap) -> ArticleState:
    """Begin the article that answers a question; `Conflict` when one has been begun."""
    row = _gap(session, actor, command.id)
    if row.article_id is not None:
        begun = session.get(Document, (actor.tenant_id, row.article_id))
        if begun is not None and begun.state != "retired":
            raise Conflict("An article for this question has been begun; open that one")
    wordings = [f"({item['lang']}) {item['text']}" for item in row.examples]
    state = articles.create_article(
        session, actor,
        CreateArticle(
            lang=row.lang if row.lang in SUPPORTED else "en", title=_one_line(row.question),
            type="troubleshooting" if row.is_fault else "faq", product_models=row.models[:200],
            body=gap_body(row.lang, row.is_fault, wordings, [masked(r) for r in command.replies]),
            origin="gap",
        ),
    )  # fmt: skip
    row.article_id = state.id
    _touched(session, row)
    return state


def draft_ticket(session: Session, actor: Actor, case: TicketCase) -> ArticleState:
    """Write a resolved ticket as a draft for colleagues alone; `Conflict` when it was used."""
    articles.may_write(actor)
    used = queries.ticket_draft(session, actor.tenant_id, case.number)
    if used is not None:
        kept = session.get(Document, (actor.tenant_id, used.article_id))
        if kept is not None and kept.state != "retired":
            raise Conflict(f"Ticket {case.number} has become an article already; open that one")
    title, body = write_case(case)
    state = articles.create_article(
        session, actor,
        CreateArticle(
            lang=language_of(case), title=title, type="troubleshooting", audience="internal",
            product_models=case.models, body=body, origin="ticket", note=f"Ticket {case.number}",
        ),
    )  # fmt: skip
    if used is None:
        at = now(session)
        used = TicketDraft(
            tenant_id=actor.tenant_id, id=new_id(), number=case.number, created_at=at,
            updated_at=at,
        )  # fmt: skip
        session.add(used)
    used.article_id = state.id
    session.flush()
    return state


def close_answered(session: Session, event: KnowledgePublished) -> None:
    """Listener: questions whose article is published now are answered."""
    for row in queries.answered_by(session, event.tenant_id):
        row.answer()
        row.touch(now(session))


def _nearest(
    meaning: Meaning, models: Sequence[str], known: Sequence[Gap], profiles: Sequence[Profile]
) -> int | None:
    best, at = 0.0, None
    for position, (row, profile) in enumerate(zip(known, profiles, strict=True)):
        if not grouping.same_machine(models, row.models):
            continue
        likeness = grouping.belongs(meaning, profile)
        if likeness > best:
            best, at = likeness, position
    return at


def _new_gap(session: Session, item: GapOccurrence) -> Gap:
    row = Gap(
        tenant_id=item.tenant_id, id=new_id(), question=item.text, lang=item.lang, count=0,
        faults=0, persons=0, first_at=item.created_at, last_at=item.created_at, models=[],
        languages={}, examples=[], profile=Profile().as_dict(), state="open", asked_since=0,
        created_at=item.created_at, updated_at=item.created_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _join(
    session: Session, row: Gap, profile: Profile, item: GapOccurrence, meaning: Meaning,
    models: Sequence[str],
) -> None:  # fmt: skip
    again = item.conversation_id is not None and queries.asked_before(
        session, row.tenant_id, row.id, item.conversation_id
    )
    profile.add(meaning)
    row.profile = profile.as_dict()
    row.models = list(dict.fromkeys([*row.models, *models]))
    row.languages = {**row.languages, item.lang: row.languages.get(item.lang, 0) + 1}
    row.faults += item.fault
    row.persons += item.person
    row.first_at = min(row.first_at, item.created_at)
    row.last_at = max(row.last_at, item.created_at)
    row.examples = _examples(row.examples, item)
    if not again:
        row.ask_again()
    item.gap_id = row.id
    row.touch(max(row.updated_at, item.created_at))
    session.flush()


def _examples(known: list[dict[str, Any]], item: GapOccurrence) -> list[dict[str, Any]]:
    """The newest wordings, each once; the last one of a language stays."""
    folded = " ".join(item.text.casefold().split())
    rows = [row for row in known if " ".join(row["text"].casefold().split()) != folded]
    rows.append({
        "text": item.text, "lang": item.lang, "at": _iso(item.created_at),
        "conversation_id": item.conversation_id,
    })  # fmt: skip
    while len(rows) > MAX_EXAMPLES:
        languages = [row["lang"] for row in rows]
        spare = next((n for n, lang in enumerate(languages) if languages.count(lang) > 1), 0)
        del rows[spare]
    return rows


def _document(session: Session, tenant_id: str, key: str, lang: str) -> Document | None:
    """The document in this language, else the original."""
    found = library.document_row(session, tenant_id, key, lang)
    if found is not None and found.state == "published":
        return found
    rows = library.documents_of_key(session, tenant_id, key)
    return min(rows, key=lambda row: (bool(row.translation), row.lang), default=None)


def _feedback(session: Session, document: Document, section: str) -> Feedback:
    at = now(session)
    return Feedback(
        tenant_id=document.tenant_id, id=new_id(), document_key=document.key,
        lang=document.lang, edition=document.edition, section=section[:1000], reason="",
        question="", by="", created_at=at, updated_at=at,
    )  # fmt: skip


def _gap(session: Session, actor: Actor, gap_id: str) -> Gap:
    articles.may_write(actor)
    return queries.gap(session, actor, gap_id)


def _touched(session: Session, row: Gap) -> GapView:
    row.touch(now(session))
    session.flush()
    return GapView.model_validate(row)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"


def _iso(at: datetime) -> str:
    return at.isoformat()
