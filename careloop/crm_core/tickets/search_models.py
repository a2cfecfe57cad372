"""Table of the words of tickets."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import TenantRow

WORD_CHARS = 40


class TicketWord(TenantRow):
    """A ticket is found by this word; the rows of a word lie together, in order of the tickets.

    Words sort by code point on both databases, so that all that begin alike lie together too.
    There is no foreign key: it would cost a look-up for each of a ticket's thirty words, and what
    a search finds is compared with the ticket itself anyway.
    """

    __tablename__ = "ticket_word"
    __table_args__ = {"sqlite_with_rowid": False}
    audited = False

    word: Mapped[str] = mapped_column(
        String(WORD_CHARS).with_variant(String(WORD_CHARS, collation="C"), "postgresql"),
        primary_key=True,
    )
    ticket_id: Mapped[str] = mapped_column(String(26), primary_key=True)
