"""The only writer of a tenant's terms."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Forbidden
from careloop.kit.events import emit
from careloop.kit.ids import new_id
from careloop.kit.text import LANGUAGES
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.term_entry import problems_of, tidied
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.terms import queries
from careloop.knowledge.terms.errors import TermNotFound, UnfitTerm
from careloop.knowledge.terms.events import TermsChanged
from careloop.knowledge.terms.keys import free_key
from careloop.knowledge.terms.models import TermEntry, TermRevision
from careloop.knowledge.terms.schemas import (
    AcceptProposal,
    DismissProposal,
    DroppedTerm,
    DropTerm,
    ImportedTerm,
    ImportReport,
    ImportTerms,
    ProposalView,
    PutTerm,
    TermView,
    term_view,
)  # fmt: skip


def put(session: Session, actor: Actor, command: PutTerm) -> TermView:
    """Store the tenant's own term; needs `knowledge:write`, `UnfitTerm` says what is wrong."""
    _may_write(actor)
    shipped = termbase().concepts_by_key.get(command.key)
    concept = _checked(command, shipped.domain if shipped else queries.OWN)
    known = queries.entry(session, actor.tenant_id, concept.key)
    if known is None or queries.concept_of(known) != concept:
        _store(session, actor, known, concept)
        _changed(session, actor.tenant_id)
    return term_view(concept, own=True)


def drop(session: Session, actor: Actor, command: DropTerm) -> DroppedTerm:
    """Take an own term back; `TermNotFound` when the tenant has none of this key."""
    _may_write(actor)
    row = queries.entry(session, actor.tenant_id, command.key)
    if row is None:
        raise TermNotFound(f"There is no own term {command.key!r}")
    session.delete(row)
    session.flush()
    _changed(session, actor.tenant_id)
    shipped = termbase().concepts_by_key.get(command.key)
    return DroppedTerm(key=command.key, shipped=term_view(shipped, own=False) if shipped else None)


def import_terms(session: Session, actor: Actor, command: ImportTerms) -> ImportReport:
    """Store what a file says differently from what is known; all or nothing."""
    _may_write(actor)
    known = queries.entries(session, actor.tenant_id)
    report, differing = _compared(session, actor, command.terms)
    for concept in differing:
        _store(session, actor, known.get(concept.key), concept)
    if differing:
        _changed(session, actor.tenant_id)
    return report


def preview_import(session: Session, actor: Actor, terms: Iterable[ImportedTerm]) -> ImportReport:
    """What `import_terms` would do; nothing is stored."""
    _may_write(actor)
    return _compared(session, actor, terms)[0]


def accept(session: Session, actor: Actor, command: AcceptProposal) -> TermView:
    """Make a proposal an own term; `Conflict` when it is no longer open."""
    _may_write(actor)
    row = queries.proposal(session, actor, command.id)
    names = tidied(command.names)
    taken = queries.termbase_of(session, actor.tenant_id).concepts_by_key
    key = command.key or free_key(names, row.id, taken)
    row.accept(key)
    row.touch(now(session))
    put_command = PutTerm(
        key=key, kind=command.kind, names=command.names, reviewed=command.reviewed
    )
    return put(session, actor, put_command)


def dismiss(session: Session, actor: Actor, command: DismissProposal) -> ProposalView:
    """Say that a proposal is no term; `Conflict` when it is no longer open."""
    _may_write(actor)
    row = queries.proposal(session, actor, command.id)
    row.dismiss()
    row.touch(now(session))
    session.flush()
    return ProposalView.model_validate(row, from_attributes=True)


def _compared(
    session: Session, actor: Actor, terms: Iterable[ImportedTerm]
) -> tuple[ImportReport, list[Concept]]:
    base = queries.termbase_of(session, actor.tenant_id).concepts_by_key
    report, differing = ImportReport(added=0, changed=0, unchanged=0), list[Concept]()
    for item in terms:
        known = base.get(item.key)
        concept = _checked(item, item.domain or (known.domain if known else queries.OWN))
        if known == concept:
            report.unchanged += 1
            continue
        if known is None:
            report.added += 1
        else:
            report.changed += 1
        differing.append(concept)
    return report, differing


def _checked(command: PutTerm, domain: str) -> Concept:
    names = tidied(command.names)
    concept = Concept(
        command.key, command.kind, frozenset(command.reviewed) & set(names), names, domain,
        " ".join(command.note.split()),
    )  # fmt: skip
    found = dict(reversed(problems_of(concept)))
    strange = sorted(set(command.reviewed) - set(LANGUAGES))
    if strange:
        found["reviewed"] = f"not a supported language: {', '.join(strange)[:80]}"
    if found:
        text = "; ".join(f"{column}: {reason}" for column, reason in found.items())
        raise UnfitTerm(text, **found)
    return concept


def _store(session: Session, actor: Actor, row: TermEntry | None, concept: Concept) -> None:
    at = now(session)
    if row is None:
        row = TermEntry(tenant_id=actor.tenant_id, key=concept.key, created_at=at, updated_at=at)
        session.add(row)
    else:
        row.touch(at)
    row.kind, row.domain, row.note = concept.kind, concept.domain, concept.note
    row.names = {lang: list(names) for lang, names in concept.names.items()}
    row.reviewed = sorted(concept.reviewed)


def _changed(session: Session, tenant_id: str) -> None:
    session.flush()
    row = session.get(TermRevision, tenant_id)
    if row is None:
        row = TermRevision(tenant_id=tenant_id, revision=1, stamp=new_id())
        session.add(row)
    else:
        # The database counts, so that two changes at once never share a number.
        session.execute(
            update(TermRevision)
            .where(TermRevision.tenant_id == tenant_id)
            .values(revision=TermRevision.revision + 1, stamp=new_id())
        )
    session.flush()
    session.refresh(row)
    emit(session, TermsChanged(tenant_id, row.revision))


def _may_write(actor: Actor) -> None:
    if not actor.may("knowledge:write"):
        raise Forbidden("This needs the right knowledge:write")
