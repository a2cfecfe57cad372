"""Finding tickets by words, newest first, in a time that does not grow with their number.

All words of a question must be found; the last may be unfinished. The rarest word leads: its
tickets, newest first, are compared with the other words. Where every word is on thousands of
tickets a page ends when its time is up, with a cursor that goes on from there: so an answer is
always quick, and whoever follows the cursors sees everything.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    false,
    func,
    select,
    text,
)  # fmt: skip
from sqlalchemy.orm import Session

from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.search import SEARCHED, look_alike, words_of
from careloop.crm_core.tickets.search_models import TicketWord
from careloop.kit.errors import InvalidInput
from careloop.kit.words import Term, is_identifier, terms

WHOLE = 2_000
"""Up to so many tickets of a word are taken at once; a word with more is common."""
MOST_TERMS = 12
MOST_WORDS = 300
"""So many different words may share an unfinished one."""
PROBED_WORDS = 4
READ_OVER = 4_000
LARGEST_PIECE = 128
"""Most tickets loaded at once; a page at first, for the first are mostly those wanted."""
SCANNED = 500
"""Tickets of a common word that are compared with the other words at once."""
SECONDS = 0.02
"""How long a page goes on looking among common words."""
FETCHED = 4_000
"""Tickets read at once for all the words that share an unfinished one."""
_TOP = "\U0010ffff"

_EXPANSION = text(
    """
    WITH RECURSIVE found (word, place) AS (
        SELECT (SELECT min(word) FROM ticket_word
                WHERE tenant_id = :tenant AND word >= :low AND word < :high), 1
        UNION ALL
        SELECT (SELECT min(next.word) FROM ticket_word AS next
                WHERE next.tenant_id = :tenant AND next.word < :high AND next.word >
                    CASE WHEN substr(found.word, length(found.word), 1) = '*'
                    THEN substr(found.word, 1, length(found.word) - 1) || :top
                    ELSE found.word END), found.place + 1
        FROM found WHERE found.word IS NOT NULL AND found.place <= :most
    )
    SELECT word FROM found WHERE word IS NOT NULL
    """
)


# One text for any number of words: a union of a select for each would be compiled each time.
_NEWEST_OF_EACH = {
    "sqlite": text(
        """
        SELECT (SELECT json_group_array(ticket_id) FROM
                (SELECT ticket_id FROM ticket_word
                 WHERE tenant_id = :tenant AND word = asked.value AND ticket_id < :before
                 ORDER BY ticket_id DESC LIMIT :most))
        FROM json_each(:words) AS asked
        """
    ),
    "postgresql": text(
        """
        SELECT coalesce(json_agg(ticket_id), '[]')::text
        FROM json_array_elements_text(CAST(:words AS json)) AS asked (value),
        LATERAL (SELECT asked.value AS word, ticket_id FROM ticket_word
                 WHERE tenant_id = :tenant AND word = asked.value AND ticket_id < :before
                 ORDER BY ticket_id DESC LIMIT :most) AS newest
        GROUP BY word
        """
    ),
}


Pieces = Iterator[tuple[list[Ticket], str | None]]
"""Tickets, newest first, and the id down to which all have been seen; None at the end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term with the words on file that it may mean, and on how many tickets they are, counted
    up to one more than `WHOLE`."""

    words: frozenset[str]
    count: int

    @property
    def is_common(self) -> bool:
        return self.count > WHOLE


def newest_matching(
    session: Session,
    statement: Select[Ticket],
    tenant_id: str,
    q: str,
    before: str = "",
    limit: int = 50,
    few: bool = False,
) -> tuple[list[Ticket], str | None]:
    """A page of the tickets of `statement` that hold all words of `q`, newest first.

    Takes those before the id `before`. The second answer is the id to go on before, None when
    nothing is left; a page may be shorter than `limit` and yet go on. `few` tells that the
    statement's own filters leave few tickets, by an index: then these lead.
    """
    wanted = resolved(session, tenant_id, q)
    if not wanted:
        return [], None
    size = min(limit + 1, LARGEST_PIECE)
    if few and all(one.is_common for one in wanted):
        pieces = _of_statement(session, statement, tenant_id, wanted, before, size)
    else:
        pieces = _of_words(session, statement, tenant_id, wanted, before, size)
    rows: list[Ticket] = []
    until = time.perf_counter() + SECONDS
    for piece, seen in pieces:
        rows += [row for row in piece if _holds(row, wanted)]
        if len(rows) > limit:
            return rows[:limit], rows[limit - 1].id
        if seen is not None and time.perf_counter() > until:
            return rows, seen
    return rows, None


def some_matching(session: Session, tenant_id: str, q: str) -> ColumnElement[bool]:
    """A condition for lists that are not sorted by age.

    Raises `InvalidInput` when more tickets than `WHOLE` hold the words.
    """
    wanted = resolved(session, tenant_id, q)
    if not wanted:
        return false()
    lead = min(wanted, key=lambda one: one.count)
    if lead.is_common:
        raise InvalidInput(
            f"More than {WHOLE} tickets hold these words; narrow your search, or sort by age"
        )
    ids = _narrowed(session, tenant_id, lead, wanted)
    found = select(Ticket.id, *(getattr(Ticket, name) for name in SEARCHED)).where(
        Ticket.tenant_id == tenant_id, Ticket.id.in_(ids)
    )
    kept = [row.id for row in session.execute(found) if _holds(row, wanted)]
    return Ticket.id.in_(kept)


def everything_matching(session: Session, tenant_id: str, q: str) -> ColumnElement[bool]:
    """A condition without any limit, for exports; it may take long."""
    wanted = resolved(session, tenant_id, q)
    if not wanted:
        return false()
    return and_(
        *(
            Ticket.id.in_(
                select(TicketWord.ticket_id).where(
                    TicketWord.tenant_id == tenant_id, TicketWord.word.in_(one.words)
                )
            )
            for one in wanted
        )
    )


def resolved(session: Session, tenant_id: str, q: str) -> list[Wanted]:
    """What each term of a question may mean; empty where one of them is on no ticket."""
    found = []
    for term in terms(q)[:MOST_TERMS]:
        meant = _meant(session, tenant_id, term)
        count = _count(session, tenant_id, meant)
        if not count:
            return []
        found.append(Wanted(frozenset(meant), count))
    return found


def _meant(session: Session, tenant_id: str, term: Term) -> list[str]:
    """The words a term stands for: itself, those that begin with it, serials read alike."""
    others = []
    if is_identifier(term.text) and len(term.text) >= 5 and term.text.isalnum():
        others.append(look_alike(term.text))
    if not term.begins or len(term.text) < 2:
        return [term.text, *others]
    words = list(
        session.execute(
            _EXPANSION,
            {
                "tenant": tenant_id, "low": term.text, "high": term.text + _TOP, "top": _TOP,
                "most": MOST_WORDS,
            },
        ).scalars()
    )  # fmt: skip
    if len(words) > MOST_WORDS:
        raise InvalidInput(f"Too many words begin with {term.text!r}; type more of it")
    return words + others


def _count(session: Session, tenant_id: str, meant: Sequence[str]) -> int:
    if not meant:
        return 0
    rows = _postings(tenant_id, meant).limit(WHOLE + 1).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def _postings(tenant_id: str, meant: Sequence[str] | frozenset[str]) -> Select[str]:
    """The tickets of words; of a single one in order of their ids."""
    words = sorted(meant)
    is_one = TicketWord.word == words[0] if len(words) == 1 else TicketWord.word.in_(words)
    return select(TicketWord.ticket_id).where(TicketWord.tenant_id == tenant_id, is_one)


def _holds(row: Ticket | Row[Any], wanted: Sequence[Wanted]) -> bool:
    """Whether the ticket as it stands is found by every term."""
    words = words_of({name: getattr(row, name) for name in SEARCHED})
    return all(not one.words.isdisjoint(words) for one in wanted)


def _of_statement(
    session: Session, statement: Select[Ticket], tenant_id: str, wanted: Sequence[Wanted],
    before: str, size: int,
) -> Pieces:  # fmt: skip
    """The statement's own tickets that the index has under the words."""
    statement = statement.order_by(Ticket.id.desc())
    while True:
        # As an expression: SQLite would rather follow this bound than the statement's filters.
        below = func.coalesce(Ticket.id, Ticket.id) < before
        part = statement.where(below) if before else statement
        ids = list(session.scalars(part.with_only_columns(Ticket.id).limit(size)))
        rows = _loaded(session, statement, _probed(session, tenant_id, ids, wanted))
        if len(ids) < size:
            yield rows, None
            return
        before = ids[-1]
        yield rows, before
        size = min(2 * size, LARGEST_PIECE)


def _of_words(
    session: Session, statement: Select[Ticket], tenant_id: str, wanted: Sequence[Wanted],
    before: str, size: int,
) -> Pieces:  # fmt: skip
    """The tickets of the rarest term that the other terms do not rule out."""
    for ids, seen in _candidates(session, tenant_id, wanted, before, size):
        start = 0
        while start < len(ids):
            piece = ids[start : start + size]
            start += size
            size = min(2 * size, LARGEST_PIECE)
            yield _loaded(session, statement, piece), piece[-1]
        yield [], seen


def _candidates(
    session: Session, tenant_id: str, wanted: Sequence[Wanted], before: str, size: int
) -> Iterator[tuple[list[str], str | None]]:
    """Ids of tickets, newest first, that may hold all terms, and how far down they reach."""
    lead = min(wanted, key=lambda one: (one.count, len(one.words)))
    if not lead.is_common:
        ids = sorted(_narrowed(session, tenant_id, lead, wanted), reverse=True)
        yield [one for one in ids if not before or one < before], None
        return
    others = [one for one in wanted if one is not lead]
    size = SCANNED if others else size
    while True:
        ids, whole = _newest(session, tenant_id, lead, before, size)
        yield _probed(session, tenant_id, ids, others), None if whole else ids[-1]
        if whole:
            return
        before = ids[-1]
        if len(lead.words) == 1:
            size = min(2 * size, 4 * SCANNED)


def _newest(
    session: Session, tenant_id: str, lead: Wanted, before: str, size: int
) -> tuple[list[str], bool]:
    """The newest tickets of a term's words, and whether these are all.

    Of several words each gives its newest; the answer ends where one of them ended, so that none
    is passed over.
    """
    words = sorted(lead.words)
    if len(words) == 1:
        part = _postings(tenant_id, words)
        part = part.where(TicketWord.ticket_id < before) if before else part
        ids = list(session.scalars(part.order_by(TicketWord.ticket_id.desc()).limit(size)))
        return ids, len(ids) < size
    size = min(size, max(FETCHED // len(words), 8))
    lists = session.execute(
        _NEWEST_OF_EACH[session.get_bind().dialect.name],
        {"tenant": tenant_id, "words": json.dumps(words), "before": before or _TOP, "most": size},
    ).scalars()
    found: list[list[str]] = [json.loads(one) for one in lists]
    ended = [min(ids) for ids in found if len(ids) >= size]
    floor = max(ended, default="")
    ids = sorted({one for ids in found for one in ids if one >= floor}, reverse=True)
    return ids, not ended


def _probed(
    session: Session, tenant_id: str, ids: list[str], others: Sequence[Wanted]
) -> list[str]:
    """Those of the tickets, newest first, that the other terms are on.

    A term of few words is looked up for each ticket. One of many words is read over the stretch of
    tickets in question, unless it is on too many there; then the tickets themselves will tell.
    """
    kept = ids
    for one in sorted(others, key=lambda one: one.count):
        if not kept:
            return []
        on = _postings(tenant_id, one.words)
        if len(one.words) <= PROBED_WORDS:
            known = set(session.scalars(on.where(TicketWord.ticket_id.in_(kept))))
        else:
            stretch = on.where(TicketWord.ticket_id.between(min(kept), max(kept)))
            read = session.scalars(stretch.limit(READ_OVER)).all()
            if len(read) == READ_OVER:
                continue
            known = set(read)
        kept = [each for each in kept if each in known]
    return kept


def _narrowed(
    session: Session, tenant_id: str, lead: Wanted, wanted: Sequence[Wanted]
) -> list[str]:
    """The tickets of a rare term that are on the other terms' lists, where these are short or of
    few words; the tickets themselves decide on the rest."""
    ids = set(session.scalars(_postings(tenant_id, lead.words)))
    for one in wanted:
        if one is lead or not ids:
            continue
        if not one.is_common:
            ids &= set(session.scalars(_postings(tenant_id, one.words)))
        else:
            ids = set(_probed(session, tenant_id, list(ids), [one]))
    return list(ids)


def _loaded(session: Session, statement: Select[Ticket], ids: Sequence[str]) -> list[Ticket]:
    if not ids:
        return []
    found = statement.where(Ticket.id.in_(ids)).order_by(None).order_by(Ticket.id.desc())
    return list(session.scalars(found))


def indexed_pieces(session: Session, tenant_id: str, size: int = 2_000) -> Iterator[list[Row[Any]]]:
    """What the index needs of every ticket, piece by piece, the oldest first."""
    last = ""
    while True:
        columns = (Ticket.id, *(getattr(Ticket, name) for name in SEARCHED))
        statement = select(*columns).where(Ticket.tenant_id == tenant_id, Ticket.id > last)
        rows = list(session.execute(statement.order_by(Ticket.id).limit(size)))
        if not rows:
            return
        yield rows
        last = rows[-1].id
