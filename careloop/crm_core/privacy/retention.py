"""Deletes what has been kept long enough, a batch in a transaction."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import get_args

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careloop.crm_core.privacy import person_queries as people
from careloop.crm_core.privacy import queries, retention_queries
from careloop.crm_core.privacy import tables as layout
from careloop.crm_core.privacy.erase import plan_removal
from careloop.crm_core.privacy.policy import KEEPING
from careloop.crm_core.privacy.schemas import RetentionDone, RetentionKind
from careloop.kit.actor import Actor

# Rows of these hang on a chat that led to nothing, so they may go with it.
_GO_WITH_A_CHAT = frozenset({"conversation", "message", "attachment"})
_GO_WITH_A_VISITOR = frozenset({"contact", "channel_identity", "consent"})
_FILES_OF_A_REPORT = ("report_photo", "report_id")


def apply_retention(
    session: Session, actor: Actor, at: datetime, batch: int = 500
) -> RetentionDone:
    """Delete what is due at that moment by the active rules, at most `batch` rows of a kind.

    A row under a legal hold, or on which something hangs that must stay, is passed over.
    """
    own = queries.rules(session, actor.tenant_id)
    deleted: Counter[str] = Counter()
    more = False
    kinds: tuple[RetentionKind, ...] = get_args(RetentionKind)
    for kind in kinds:
        rule, usual = own.get(kind), KEEPING[kind]
        if not (rule.active if rule else usual.active):
            continue
        days = rule.days if rule else usual.days
        due = retention_queries.due_ids(session, actor.tenant_id, kind, days, at, batch)
        gone = _Sweep(session, actor.tenant_id)
        for name, ids in due.items():
            gone.drop(name, ids)
            more = more or (len(ids) == batch and gone.counts[name] > 0)
        deleted.update(gone.counts)
    return RetentionDone(deleted=dict(deleted), more=more)


class _Sweep:
    def __init__(self, session: Session, tenant_id: str) -> None:
        self._session, self._tenant_id = session, tenant_id
        self.counts: Counter[str] = Counter()

    def drop(self, name: str, ids: list[str]) -> None:
        """Delete rows of a table, children first; their files go after the commit."""
        if name == "conversation":
            self._drop_chats(ids)
        elif name == "device_report":
            self._drop_reports(ids)
        else:
            self._delete({name: {(row_id,) for row_id in ids}})

    def _drop_chats(self, ids: list[str]) -> None:
        """Chats, and visitors whom nothing else is known of."""
        contacts = people.contact_ids(self._session, self._tenant_id, ids)
        for row_id in ids:
            held = people.hanging_on(self._session, self._tenant_id, "conversation", [row_id])
            if set(held) <= _GO_WITH_A_CHAT:
                self._delete(held)
        for contact_id in people.unknown_visitors(self._session, self._tenant_id, contacts):
            held = people.hanging_on(self._session, self._tenant_id, "contact", [contact_id])
            if set(held) <= _GO_WITH_A_VISITOR:
                self._delete(held)

    def _drop_reports(self, ids: list[str]) -> None:
        photos = layout.table(_FILES_OF_A_REPORT[0])
        if photos is not None:
            column = photos.columns[_FILES_OF_A_REPORT[1]]
            keys = people.keys_where(self._session, self._tenant_id, photos, column, ids)
            self._delete({photos.name: keys})
        self._delete({"device_report": {(row_id,) for row_id in ids}})

    def _delete(self, held: people.Linked) -> None:
        for table in reversed(layout.tables()):
            keys = held.get(table.name, set())
            if not keys:
                continue
            for column in layout.hash_columns(table):
                for row in people.rows(self._session, self._tenant_id, table, keys):
                    plan_removal(self._session, self._tenant_id, str(row[column.name] or ""))
            first = layout.key_of(table)[0]
            ids = sorted(key[0] for key in keys)
            for start in range(0, len(ids), people.CHUNK):
                part = ids[start : start + people.CHUNK]
                self._session.execute(
                    delete(table).where(table.c.tenant_id == self._tenant_id, first.in_(part))
                )
            self.counts[table.name] += len(keys)
