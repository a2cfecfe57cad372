"""Tools over a tenant's own terms."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.knowledge.terms import propose as proposing
from careloop.knowledge.terms import service
from careloop.knowledge.terms.schemas import (
    AcceptProposal,
    DismissProposal,
    DroppedTerm,
    DropTerm,
    ImportReport,
    ImportTerms,
    ProposalView,
    ProposeReport,
    ProposeTerms,
    PutTerm,
    TermView,
)  # fmt: skip
from careloop.tools.spec import Effect, tool


@tool("terms.put", effect=Effect.WRITE, scope="knowledge:write")
def put_term(session: Session, actor: Actor, command: PutTerm) -> TermView:
    """Store an own term; it stands in the place of a shipped one of the same key."""
    return service.put(session, actor, command)


@tool("terms.drop", effect=Effect.WRITE, scope="knowledge:write")
def drop_term(session: Session, actor: Actor, command: DropTerm) -> DroppedTerm:
    """Take an own term back; a shipped one of its key returns."""
    return service.drop(session, actor, command)


@tool("terms.import", effect=Effect.WRITE, scope="knowledge:write")
def import_terms(session: Session, actor: Actor, command: ImportTerms) -> ImportReport:
    """Store what the terms of a file say differently from what is known."""
    return service.import_terms(session, actor, command)


@tool("terms.propose", effect=Effect.WRITE, scope="knowledge:write")
def propose_terms(session: Session, actor: Actor, command: ProposeTerms) -> ProposeReport:
    """Read the published documents for expressions that no term names."""
    return proposing.propose(session, actor, command)


@tool("terms.accept_proposal", effect=Effect.WRITE, scope="knowledge:write")
def accept_proposal(session: Session, actor: Actor, command: AcceptProposal) -> TermView:
    """Make a proposal an own term."""
    return service.accept(session, actor, command)


@tool("terms.dismiss_proposal", effect=Effect.WRITE, scope="knowledge:write")
def dismiss_proposal(session: Session, actor: Actor, command: DismissProposal) -> ProposalView:
    """Say that a proposal is no term."""
    return service.dismiss(session, actor, command)
