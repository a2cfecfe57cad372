"""Selects over the tables of all domains: the rows of a person, and rows that name one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.audit.models import AuditEntry
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.customers.models import ChannelIdentity, Contact
from careloop.crm_core.privacy import tables as layout
from careloop.crm_core.privacy.values import PersonalValues, collect
from careloop.kit.errors import NotFound

Keys = set[tuple[Any, ...]]
Linked = dict[str, Keys]
CHUNK = 400


def linked(session: Session, tenant_id: str, contact_id: str) -> Linked:
    """Keys of every row that belongs to a contact, by table: its own, and what hangs on them.

    A row that names another contact is theirs and is left out.
    """
    found = _present(session, tenant_id, "contact", [contact_id])
    before = -1
    # References without a foreign key do not order the tables, so it goes on until nothing is new.
    while before != (before := sum(map(len, found.values()))):
        _link_once(session, tenant_id, contact_id, found)
    return found


def _link_once(session: Session, tenant_id: str, contact_id: str, found: Linked) -> None:
    numbers: dict[str, set[str]] = {}
    for table in layout.tables():
        keys: Keys = set()
        for parent, column in layout.parents_of(table):
            wanted = [key[0] for key in found.get(parent, ()) if len(key) == 1]
            keys |= keys_where(session, tenant_id, table, column, wanted, contact_id)
        for parent, column in layout.numbers_of(table):
            wanted = sorted(numbers.get(parent, ()))
            keys |= keys_where(session, tenant_id, table, column, wanted, contact_id)
        if keys:
            found.setdefault(table.name, set()).update(keys)
        if table.name in {"ticket", "work_order"} and found.get(table.name):
            numbers[table.name] = _numbers(session, tenant_id, table, found[table.name])


def hanging_on(session: Session, tenant_id: str, name: str, ids: Iterable[str]) -> Linked:
    """The rows with these ids, and every row that a foreign key ties to them."""
    found = _present(session, tenant_id, name, list(ids))
    for table in layout.tables():
        for parent, column in layout.hard_parents_of(table):
            wanted = [key[0] for key in found.get(parent, ()) if len(key) == 1]
            keys = keys_where(session, tenant_id, table, column, wanted)
            if keys and table.name != parent:
                found.setdefault(table.name, set()).update(keys)
    return found


def _present(session: Session, tenant_id: str, name: str, ids: list[str]) -> Linked:
    """Those of the rows that the tenant has."""
    table = layout.table(name)
    if table is None:
        return {}
    return {name: keys_where(session, tenant_id, table, table.c.id, ids)}


def keys_where(
    session: Session, tenant_id: str, table: Table, column: Column[object], wanted: list[Any],
    contact_id: str | None = None,
) -> Keys:  # fmt: skip
    """Keys of rows whose column holds one of the values, but for rows of another contact."""
    keys: Keys = set()
    for part in _chunks(wanted):
        statement = select(*layout.key_of(table)).where(
            table.c.tenant_id == tenant_id, column.in_(part)
        )
        if contact_id is not None and "contact_id" in table.columns:
            owner = table.c.contact_id
            statement = statement.where(or_(owner.is_(None), owner == contact_id))
        keys |= {tuple(row) for row in session.execute(statement)}
    return keys


def _numbers(session: Session, tenant_id: str, table: Table, keys: Keys) -> set[str]:
    result: set[str] = set()
    for part in _chunks([key[0] for key in keys]):
        statement = select(table.c.number).where(
            table.c.tenant_id == tenant_id, table.c.id.in_(part)
        )
        result |= {str(number) for number in session.scalars(statement)}
    return result


def rows(session: Session, tenant_id: str, table: Table, keys: Keys) -> Iterator[dict[str, Any]]:
    """Whole rows by their keys, oldest first."""
    first = layout.key_of(table)[0]
    for part in _chunks(sorted({key[0] for key in keys})):
        statement = select(table).where(table.c.tenant_id == tenant_id, first.in_(part))
        for row in session.execute(statement.order_by(*layout.key_of(table))).mappings():
            if tuple(row[column.name] for column in layout.key_of(table)) in keys:
                yield dict(row)


def rows_naming(
    session: Session, tenant_id: str, table: Table, needles: list[str]
) -> list[dict[str, Any]]:
    """Rows in which one of the texts stands, in any text column, letter case ignored."""
    columns = layout.text_columns(table)
    if not columns or not needles:
        return []
    texts = [func.lower(cast(column, Text)) for column in columns]
    hits = [text.contains(needle.lower(), autoescape=True) for text in texts for needle in needles]
    statement = select(table).where(table.c.tenant_id == tenant_id, or_(*hits))
    return [dict(row) for row in session.execute(statement).mappings()]


def audit_rows(
    session: Session, tenant_id: str, about: set[str], contact_id: str
) -> Iterator[dict[str, Any]]:
    """Audit entries about these rows (`<table>:<id>`), and those of the contact's own acts."""
    table = AuditEntry.__table__
    assert isinstance(table, Table)
    done: set[str] = set()
    conditions = [table.c.target.in_(part) for part in _chunks(sorted(about))]
    for condition in (table.c.actor == f"contact:{contact_id}", *conditions):
        statement = select(table).where(table.c.tenant_id == tenant_id, condition)
        for row in session.execute(statement).mappings():
            if row["id"] not in done:
                done.add(row["id"])
                yield dict(row)


def values_of(session: Session, tenant_id: str, contact_id: str, held: Linked) -> PersonalValues:
    """What tells who the contact is: present values, former ones, and numbers they left."""
    contact = session.get(Contact, (tenant_id, contact_id))
    if contact is None:
        raise NotFound("There is no such contact")
    names, mails, phones = [contact.name], [contact.email], [contact.phone]
    kinds = {"name": names, "email": mails, "phone": phones}
    statement = select(AuditEntry.changes).where(
        AuditEntry.tenant_id == tenant_id, AuditEntry.target == f"contact:{contact_id}"
    )
    for changes in session.scalars(statement):
        for change in changes:
            if change.get("table") != "contact":
                continue
            for column, pair in change["columns"].items():
                kinds.get(column, []).extend(str(value) for value in pair if value)
    tickets = layout.table("ticket")
    if tickets is not None and "ticket" in held:
        found = rows(session, tenant_id, tickets, held["ticket"])
        phones.extend(str(row.get("callback_phone") or "") for row in found)
    identities = session.scalars(
        select(ChannelIdentity.external_id).where(
            ChannelIdentity.tenant_id == tenant_id, ChannelIdentity.contact_id == contact_id
        )
    )
    return collect(names, mails, phones, list(identities))


def shared_values(
    session: Session, tenant_id: str, contact_id: str, values: PersonalValues
) -> frozenset[str]:
    """Those values that are another contact's too, such as the phone of an office."""
    others = select(Contact.name, Contact.email, Contact.phone).where(
        Contact.tenant_id == tenant_id, Contact.id != contact_id,
        or_(
            Contact.name.in_(values.names),
            func.lower(Contact.email).in_(values.mails),
            Contact.phone.in_(values.phones),
        ),
    )  # fmt: skip
    theirs = {value for row in session.execute(others) for value in row if value}
    mine = values.names | values.mails | values.phones
    return frozenset(v for v in mine if v in theirs or v in {t.lower() for t in theirs})


def files_sent_by(
    session: Session, tenant_id: str, table: Table, author: str
) -> list[dict[str, Any]]:
    """Rows of stored files that name this author (`contact:<id>`)."""
    columns = [table.c[name] for name in ("actor", "added_by") if name in table.columns]
    if "sha256" not in table.columns or not columns:
        return []
    statement = select(table).where(
        table.c.tenant_id == tenant_id, or_(*(column == author for column in columns))
    )
    return [dict(row) for row in session.execute(statement).mappings()]


def contact_ids(session: Session, tenant_id: str, conversation_ids: list[str]) -> set[str]:
    """Whose conversations these are."""
    found: set[str] = set()
    for part in _chunks(conversation_ids):
        statement = select(Conversation.contact_id).where(
            Conversation.tenant_id == tenant_id, Conversation.id.in_(part)
        )
        found |= set(session.scalars(statement))
    return found


def unknown_visitors(session: Session, tenant_id: str, ids: set[str]) -> list[str]:
    """Those of the contacts who belong to no customer and left no name, mail or phone."""
    statement = select(Contact.id).where(
        Contact.tenant_id == tenant_id, Contact.id.in_(ids), Contact.customer_id.is_(None),
        Contact.name == "", Contact.email == "", Contact.phone == "",
    )  # fmt: skip
    return list(session.scalars(statement.order_by(Contact.id)))


def file_is_used(session: Session, tenant_id: str, sha256: str) -> bool:
    """Whether a row of any table still names this stored file."""
    for table in layout.tables():
        if table.name == "file_removal":
            continue
        for column in layout.hash_columns(table):
            statement = select(func.count()).select_from(table).where(
                table.c.tenant_id == tenant_id, column == sha256
            )  # fmt: skip
            if session.scalar(statement):
                return True
    return False


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
