"""Proposals of terms from a tenant's published documents: read, weigh, store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Forbidden
from careloop.knowledge.queries import index_documents, index_passages
from careloop.knowledge.terms import queries
from careloop.knowledge.terms.candidates import Candidate, Sample, extract
from careloop.knowledge.terms.models import TermProposal
from careloop.knowledge.terms.schemas import ProposeReport, ProposeTerms

MAX_PASSAGES = 20_000
MAX_BODY = 200_000
MAX_OPEN = 300
"""Open proposals of one language."""
_BOLD = re.compile(r"\*\*(?P<term>[^*\n:：]{2,60})[:：]?\*\*")


def propose(session: Session, actor: Actor, command: ProposeTerms) -> ProposeReport:
    """Renew the open proposals of the tenant; the same documents give the same proposals.

    What was accepted or dismissed before stays so. Needs `knowledge:write`.
    """
    if not actor.may("knowledge:write"):
        raise Forbidden("This needs the right knowledge:write")
    base = queries.termbase_of(session, actor.tenant_id)
    known = queries.proposals_by_text(session, actor.tenant_id)
    by_lang: dict[str, list[Sample]] = {}
    tenant_id = actor.tenant_id
    for sample in chain(samples(session, tenant_id), bold_terms(session, tenant_id)):
        if command.lang in ("", sample.lang):
            by_lang.setdefault(sample.lang, []).append(sample)
    report = ProposeReport(open=0, new=0, gone=0)
    seen: set[tuple[str, str]] = set()
    for lang, found in sorted(by_lang.items()):
        settled = {text for (of, text), row in known.items() if of == lang and row.state != "open"}
        for candidate in extract(found, lang, base, settled, MAX_OPEN):
            seen.add((lang, candidate.folded))
            row = known.get((lang, candidate.folded))
            report.new += row is None
            report.open += 1
            _store(session, actor, row, lang, candidate)
    for place, row in known.items():
        if row.state == "open" and place not in seen and command.lang in ("", row.lang):
            session.delete(row)
            report.gone += 1
    session.flush()
    return report


def samples(session: Session, tenant_id: str) -> Iterator[Sample]:
    """The texts of the published documents; headings, headers and bold terms are marked."""
    documents = {row.id: row for row in index_documents(session, tenant_id)}
    titled: set[str] = set()
    sections: set[tuple[str, str]] = set()
    for number, row in enumerate(index_passages(session, tenant_id)):
        if number == MAX_PASSAGES:
            return
        document = documents.get(row.document_id)
        if document is None:
            continue
        key, lang = document.key, document.lang
        if row.document_id not in titled:
            titled.add(row.document_id)
            yield Sample(key, lang, document.title, heading=True)
        heading = row.section.rsplit(" > ", 1)[-1]
        if heading and (row.document_id, heading) not in sections:
            sections.add((row.document_id, heading))
            yield Sample(key, lang, heading, heading=True)
        if row.kind == "table":
            yield Sample(key, lang, row.data.get("caption", ""), heading=True)
            for header in row.data.get("headers", ()):
                yield Sample(key, lang, header, heading=True)
        elif row.kind == "table_row":
            # The whole table has its headers; its cells are read here, once.
            for cell in row.data.get("cells", ()):
                yield Sample(key, lang, cell)
        else:
            yield Sample(key, lang, row.text)


def bold_terms(session: Session, tenant_id: str) -> Iterator[Sample]:
    """What the Markdown of published documents sets in bold."""
    for key, lang, body in queries.bodies(session, tenant_id):
        for match in _BOLD.finditer(body[:MAX_BODY]):
            yield Sample(key, lang, match["term"], heading=True)


def _store(
    session: Session, actor: Actor, row: TermProposal | None, lang: str, candidate: Candidate
) -> None:
    at = now(session)
    if row is None:
        row = TermProposal(
            tenant_id=actor.tenant_id, lang=lang, folded=candidate.folded, created_at=at,
            updated_at=at,
        )  # fmt: skip
        session.add(row)
    row.text, row.kind, row.count = candidate.text, candidate.kind, candidate.count
    row.score, row.documents = candidate.score, candidate.documents
    row.examples = candidate.examples
