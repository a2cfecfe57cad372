"""The word index of tickets: which words a ticket is found by, and the writers of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, inspect, text
from sqlalchemy.orm import Session

from careloop.crm_core.assets.serials import fold
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.search_models import TicketWord
from careloop.kit.words import beginnings, folded, is_identifier, joined, words

SEARCHED = ("number", "title", "serial", "model", "error_codes", "tags")
MAX_WORDS = 200
LOOK_ALIKE = "~"
"""Stands before a serial whose look-alike characters are made equal."""

_INSERT = {
    "sqlite": "INSERT OR IGNORE INTO ticket_word (tenant_id, word, ticket_id) "
    "SELECT :tenant, value, :ticket FROM json_each(:words)",
    "postgresql": "INSERT INTO ticket_word (tenant_id, word, ticket_id) "
    "SELECT :tenant, value, :ticket FROM json_array_elements_text(CAST(:words AS json)) "
    "AS listed (value) ON CONFLICT DO NOTHING",
}


def index_words(session: Session, ticket: Ticket) -> None:
    """File a ticket under its words: after title, serial, model, codes or tags
    changed. Words it has lost are taken away where the session still knows the old text; one
    that is left behind finds nothing, for a search looks at the ticket itself."""
    now = words_of({name: getattr(ticket, name) for name in SEARCHED})
    gone = _before(ticket) - now
    if gone:
        session.execute(
            delete(TicketWord).where(
                TicketWord.tenant_id == ticket.tenant_id,
                TicketWord.ticket_id == ticket.id,
                TicketWord.word.in_(gone),
            )
        )
    add_words(session, ticket.tenant_id, ticket.id, now)


def file_new(session: Session, ticket: Ticket) -> None:
    """File a ticket under its words for the first time; it has none to lose."""
    found = words_of({name: getattr(ticket, name) for name in SEARCHED})
    add_words(session, ticket.tenant_id, ticket.id, found)


def add_words(session: Session, tenant_id: str, ticket_id: str, found: Iterable[str]) -> None:
    """File a ticket under words, in one statement; those it has already do no harm."""
    statement = text(_INSERT[session.get_bind().dialect.name])
    values = {"tenant": tenant_id, "ticket": ticket_id, "words": json.dumps(sorted(found))}
    # Bound to no row of the session: nothing waits to be flushed for it.
    session.connection().execute(statement, values)


def words_of(row: Mapping[str, Any]) -> set[str]:
    """Everything a ticket is found by: words, and beginnings marked with `*`."""
    found = _number_words(row["number"])
    said = {row["title"], *(row["error_codes"] or ()), *(row["tags"] or ())}
    for word in (one for line in said for one in words(str(line))):
        found |= {word, *beginnings(word)}
    found |= words(row["model"] or "")
    serial = joined(folded(row["serial"] or ""))
    if serial:
        found |= {serial, *beginnings(serial), *words(row["serial"]), look_alike(serial)}
    return set(sorted(found)[:MAX_WORDS])


def look_alike(serial: str) -> str:
    """The form in which serials that are read alike are one word."""
    return LOOK_ALIKE + fold(serial).lower()[:32]


def _number_words(number: str) -> set[str]:
    """The number without its marks and its beginnings, its last part, and that without noughts."""
    plain = folded(number)
    whole = joined(plain)
    parts = [word for word in words(plain) if is_identifier(word) and plain.endswith(word)]
    found = {whole, *beginnings(whole), *parts, *(part.lstrip("0") for part in parts)}
    return {word for word in found if word}


def _before(ticket: Ticket) -> set[str]:
    """The words of the ticket as it was before what the session has not flushed yet."""
    state = inspect(ticket)
    old = {}
    for name in SEARCHED:
        history = state.attrs[name].history
        old[name] = history.deleted[0] if history.deleted else getattr(ticket, name)
    return words_of(old)


def rebuild(session: Session, tenant_id: str, pieces: Iterable[Sequence[Row[Any]]]) -> int:
    """File all tickets anew, in the pieces given; returns how many."""
    session.execute(delete(TicketWord).where(TicketWord.tenant_id == tenant_id))
    done = 0
    for piece in pieces:
        index_rows(session, tenant_id, [dict(row._mapping) for row in piece])
        done += len(piece)
    return done


def index_rows(session: Session, tenant_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """File many tickets, given by their columns, `id` among them, under their words."""
    statement = text(_INSERT[session.get_bind().dialect.name])
    values = [
        {"tenant": tenant_id, "ticket": row["id"], "words": json.dumps(sorted(words_of(row)))}
        for row in rows
    ]
    if values:
        session.connection().execute(statement, values)
