"""The only selects of a tenant's terms."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.termbase import Termbase, layered, termbase
from careloop.knowledge.models import Document
from careloop.knowledge.terms.errors import ProposalNotFound
from careloop.knowledge.terms.models import TermEntry, TermProposal, TermRevision

OWN = "own"
"""The domain of a term that no shipped one stands behind."""
KEPT = 64
"""Termbases of tenants kept at once."""
_kept: OrderedDict[str, Termbase] = OrderedDict()
_lock = threading.Lock()


def visible_to(actor: Actor) -> Select[TermEntry]:
    """Own terms of the actor's tenant."""
    return select(TermEntry).where(TermEntry.tenant_id == actor.tenant_id)


def own_concepts(session: Session, tenant_id: str) -> list[Concept]:
    """The tenant's own terms as concepts, by key."""
    rows = session.scalars(
        select(TermEntry).where(TermEntry.tenant_id == tenant_id).order_by(TermEntry.key)
    )
    return [concept_of(row) for row in rows]


def termbase_of(session: Session, tenant_id: str) -> Termbase:
    """The shipped termbase with the tenant's own terms over it.

    Kept until the tenant's terms change, which costs one small select to see. Each change has a
    stamp of its own, so what was seen of a change that is undone later is never taken for truth.
    """
    row = session.get(TermRevision, tenant_id)
    if row is None:
        return termbase()
    with _lock:
        known = _kept.get(row.stamp)
        if known is not None:
            _kept.move_to_end(row.stamp)
            return known
    made = layered(termbase(), own_concepts(session, tenant_id))
    with _lock:
        _kept[row.stamp] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def revision_of(session: Session, tenant_id: str) -> int:
    """How often the tenant has changed its terms; 0 for never."""
    row = session.get(TermRevision, tenant_id)
    return row.revision if row is not None else 0


def entry(session: Session, tenant_id: str, key: str) -> TermEntry | None:
    return session.scalar(
        select(TermEntry).where(TermEntry.tenant_id == tenant_id, TermEntry.key == key)
    )


def entries(session: Session, tenant_id: str) -> dict[str, TermEntry]:
    """All own terms by key."""
    rows = session.scalars(select(TermEntry).where(TermEntry.tenant_id == tenant_id))
    return {row.key: row for row in rows}


def proposals(session: Session, actor: Actor) -> Sequence[TermProposal]:
    """Open proposals, the most telling first."""
    return session.scalars(
        select(TermProposal)
        .where(TermProposal.tenant_id == actor.tenant_id, TermProposal.state == "open")
        .order_by(TermProposal.score.desc(), TermProposal.lang, TermProposal.folded)
    ).all()


def proposals_by_text(session: Session, tenant_id: str) -> dict[tuple[str, str], TermProposal]:
    """Every proposal in every state, by language and folded text."""
    rows = session.scalars(select(TermProposal).where(TermProposal.tenant_id == tenant_id))
    return {(row.lang, row.folded): row for row in rows}


def proposal(session: Session, actor: Actor, proposal_id: str) -> TermProposal:
    """Raises `ProposalNotFound`, also for one of another tenant."""
    row = session.get(TermProposal, (actor.tenant_id, proposal_id))
    if row is None:
        raise ProposalNotFound("There is no such proposal")
    return row


def document_languages(session: Session, tenant_id: str) -> frozenset[str]:
    """Languages of the published documents."""
    return frozenset(
        session.scalars(
            select(Document.lang)
            .where(Document.tenant_id == tenant_id, Document.state == "published")
            .distinct()
        )
    )


def bodies(session: Session, tenant_id: str) -> Iterator[tuple[str, str, str]]:
    """Key, language and text of each published document."""
    rows = session.execute(
        select(Document.key, Document.lang, Document.body)
        .where(Document.tenant_id == tenant_id, Document.state == "published")
        .order_by(Document.key, Document.lang)
        .execution_options(yield_per=200)
    )
    return ((key, lang, body) for key, lang, body in rows)


def concept_of(row: TermEntry) -> Concept:
    names = {lang: tuple(found) for lang, found in row.names.items()}
    return Concept(row.key, row.kind, frozenset(row.reviewed), names, row.domain, row.note)
