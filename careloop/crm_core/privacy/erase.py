"""Erases a person from the books: facts of the service stay, nothing that tells who it was.

Everything is written past the audit's collector on purpose: an entry that shows the values before
would keep what the act takes away. The certificate counts what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, update
from sqlalchemy.orm import Session

from careloop.crm_core.custom.models import CustomValue, Subject
from careloop.crm_core.privacy import person_queries as people
from careloop.crm_core.privacy import queries
from careloop.crm_core.privacy import tables as layout
from careloop.crm_core.privacy.models import FileRemoval
from careloop.crm_core.privacy.values import ERASED, PersonalValues, masked
from careloop.crm_core.tickets.search import index_rows
from careloop.crm_core.tickets.search_models import TicketWord
from careloop.kit.db import now
from careloop.kit.ids import new_id

# What a row of these tables says of the person as such, and what stands there afterwards.
_BLANK: dict[str, dict[str, Any]] = {
    "contact": {"name": ERASED, "email": "", "phone": "", "role": "", "custom": {}},
    "conversation": {
        "visitor_hash": None, "visitor_expires_at": None, "memory": {}, "subject": "",
        "handoff_summary": "", "last_snippet": "", "rating_comment": "", "page_url": "",
    },
    "ticket": {"callback_phone": ""},
    "survey_answer": {"comment": ""},
    "survey_invitation": {"token_hash": None},
    "callback_task": {"phone": "", "note": "", "reason": ""},
}  # fmt: skip
# Bookkeeping that is never read by a person: a name goes from it even where others have it too.
_BOOKKEEPING = frozenset({"answered_call", "job"})
_CUSTOMERS = ("customer",)


class Eraser:
    """One erasure in one transaction."""

    def __init__(self, session: Session, tenant_id: str, contact_id: str) -> None:
        self._session, self._tenant_id, self._contact_id = session, tenant_id, contact_id
        self._author = f"contact:{contact_id}"
        self.counts: Counter[str] = Counter()
        self.kept: list[dict[str, Any]] = []
        self._tickets: set[str] = set()
        self._held = people.linked(session, tenant_id, contact_id)
        values = people.values_of(session, tenant_id, contact_id, self._held)
        self._values = values
        self._shared = people.shared_values(session, tenant_id, contact_id, values)

    def erase(self) -> None:
        """Do it: words and files of the person, then every value that names them."""
        self._session.flush()
        self._drop_own_files()
        self._drop_own_words()
        self._mask_linked()
        self._mask_elsewhere()
        self._blank()
        self._file_tickets_anew()
        self._session.expire_all()

    def _drop_own_files(self) -> None:
        """Files that the person sent or signed with; the bytes go once the act is committed."""
        for name, keys in self._held.items():
            table = layout.table(name)
            if table is None or not layout.hash_columns(table):
                continue
            for row in people.rows(self._session, self._tenant_id, table, keys):
                if self._is_signature(table, row):
                    self._remove_bytes(row["sha256"])
                    self._write(table, row, {"sha256": "", "size": 0})
                elif self._is_own_file(name, row):
                    self._remove_bytes(row["sha256"])
                    self._delete(table, row)
                    keys.discard(self._key(table, row))
        for table in layout.tables():
            # What they sent to a ticket that is another's by now is theirs all the same.
            for row in people.files_sent_by(self._session, self._tenant_id, table, self._author):
                self._remove_bytes(row["sha256"])
                self._delete(table, row)

    def _is_own_file(self, name: str, row: Mapping[str, Any]) -> bool:
        if name == "report_photo":
            return True
        if name == "attachment":
            return row["message_id"] is None or row["message_id"] in self._own_messages()
        author = str(row.get("actor") or row.get("added_by") or "")
        return author == self._author or author in _CUSTOMERS

    def _is_signature(self, table: Table, row: Mapping[str, Any]) -> bool:
        if not {"name", "signed_at", "sha256"} <= set(table.columns.keys()):
            return False
        pattern = self._values.pattern()
        return bool(row["sha256"]) and bool(pattern and pattern.search(str(row["name"])))

    def _own_messages(self) -> set[str]:
        table = layout.table("message")
        if table is None or "message" not in self._held:
            return set()
        rows = people.rows(self._session, self._tenant_id, table, self._held["message"])
        return {row["id"] for row in rows if row["author"] == "customer"}

    def _drop_own_words(self) -> None:
        """What the person wrote in chats, and what the bot made of it."""
        table, own = layout.table("message"), self._own_messages()
        if table is None:
            return
        for row in people.rows(
            self._session, self._tenant_id, table, self._held.get("message", set())
        ):
            changes: dict[str, Any] = {"trace": {}} if row["trace"] else {}
            if row["id"] in own:
                changes |= {"text": ERASED, "parts": [], "author_name": ""}
            if changes:
                self._write(table, row, changes)

    def _mask_linked(self) -> None:
        """Rows that belong to the person lose every value, and parts of the name."""
        pattern = self._values.pattern(near=True)
        if pattern is None:
            return
        for name, keys in self._held.items():
            table = layout.table(name)
            if table is not None and name != "channel_identity":
                for row in people.rows(self._session, self._tenant_id, table, keys):
                    self._mask(table, row, pattern)
        audit = layout.table("audit_entry")
        if audit is not None:
            about = {f"{name}:{key[0]}" for name, keys in self._held.items() for key in keys}
            for row in people.audit_rows(self._session, self._tenant_id, about, self._contact_id):
                self._mask(audit, row, pattern)

    def _mask_elsewhere(self) -> None:
        """All other rows lose what can only mean this person."""
        unique = self._values.without(self._shared).telling()
        plain = self._values.without(frozenset())
        for table in layout.tables():
            values = plain if table.name in _BOOKKEEPING else unique
            self._mask_table(table, values)
        if self._shared:
            self._keep("values", len(self._shared), "shared_value")

    def _mask_table(self, table: Table, values: PersonalValues) -> None:
        pattern = values.pattern()
        if pattern is None or table.name in {"contact", "channel_identity"}:
            return
        rows = people.rows_naming(self._session, self._tenant_id, table, values.needles())
        reason = "library" if layout.is_library(table.name) else layout.KEPT.get(table.name)
        if reason is not None:
            self._keep(table.name, len(rows), reason)
            return
        for row in rows:
            self._mask(table, row, pattern)

    def _blank(self) -> None:
        for name, changes in _BLANK.items():
            table = layout.table(name)
            if table is None:
                continue
            known = {key: value for key, value in changes.items() if key in table.columns}
            for row in people.rows(
                self._session, self._tenant_id, table, self._held.get(name, set())
            ):
                self._write(table, row, known)
        self._session.execute(
            delete(CustomValue).where(
                CustomValue.tenant_id == self._tenant_id,
                CustomValue.subject == Subject.CONTACT,
                CustomValue.object_id == self._contact_id,
            )
        )
        identities = layout.table("channel_identity")
        if identities is not None:
            keys = self._held.get("channel_identity", set())
            for row in people.rows(self._session, self._tenant_id, identities, keys):
                # The name on the channel is unique; the row's id says nothing and is unique too.
                self._write(identities, row, {"external_id": f"erased-{row['id']}"})

    def _file_tickets_anew(self) -> None:
        """The word index knows the old texts; it is made again from the new ones."""
        table = layout.table("ticket")
        if table is None or not self._tickets:
            return
        for start in range(0, len(self._tickets), people.CHUNK):
            part = sorted(self._tickets)[start : start + people.CHUNK]
            self._session.execute(
                delete(TicketWord).where(
                    TicketWord.tenant_id == self._tenant_id, TicketWord.ticket_id.in_(part)
                )
            )
            keys = {(ticket_id,) for ticket_id in part}
            rows = list(people.rows(self._session, self._tenant_id, table, keys))
            index_rows(self._session, self._tenant_id, rows)

    def _mask(self, table: Table, row: Mapping[str, Any], pattern: Any) -> None:
        changes = {}
        for column in layout.text_columns(table):
            before = row[column.name]
            after = masked(before, pattern)
            if after != before:
                changes[column.name] = after
        if not changes:
            return
        if {column.name for column in table.primary_key.columns} & set(changes):
            self._delete(table, row)  # a word of an index: it leads to a text that is gone
        else:
            self._write(table, row, changes)

    def _write(self, table: Table, row: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Change a row past the audit; its version rises, so that no stale page writes it back."""
        values = dict(changes)
        if table.name != "audit_entry" and "version" in table.columns:
            values["version"] = table.c.version + 1
            if "updated_at" in table.columns:
                values["updated_at"] = now(self._session)
        for key, value in list(values.items()):
            column = table.columns[key]
            if isinstance(value, str) and getattr(column.type, "length", None):
                values[key] = value[: column.type.length]  # type: ignore[attr-defined]
        if table.name == "ticket":
            self._tickets.add(row["id"])
        self._session.execute(update(table).where(*self._this(table, row)).values(values))
        self.counts[table.name] += 1

    def _delete(self, table: Table, row: Mapping[str, Any]) -> None:
        self._session.execute(delete(table).where(*self._this(table, row)))
        self.counts[table.name] += 1

    def _this(self, table: Table, row: Mapping[str, Any]) -> list[Any]:
        return [column == row[column.name] for column in table.primary_key.columns]

    def _key(self, table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row[column.name] for column in layout.key_of(table))

    def _remove_bytes(self, sha256: str) -> None:
        plan_removal(self._session, self._tenant_id, sha256)
        self.counts["files"] += 1

    def _keep(self, what: str, count: int, reason: str) -> None:
        if count:
            self.kept.append({"what": what, "count": count, "reason": reason})


def plan_removal(session: Session, tenant_id: str, sha256: str) -> None:
    """Let a file's bytes go after the commit, unless a row still names it by then."""
    if sha256 and queries.removal(session, tenant_id, sha256) is None:
        session.add(FileRemoval(tenant_id=tenant_id, id=new_id(), sha256=sha256))
        session.flush()


def forget_removal(session: Session, tenant_id: str, sha256: str) -> None:
    """The bytes are gone, or somebody stored the same file again."""
    planned = queries.removal(session, tenant_id, sha256)
    if planned is not None:
        session.delete(planned)
