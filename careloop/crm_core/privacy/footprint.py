"""What the books hold of a person: counted for a page, or copied whole for the person."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.privacy import person_queries as people
from careloop.crm_core.privacy import queries
from careloop.crm_core.privacy import tables as layout
from careloop.crm_core.privacy.models import ErasureState
from careloop.crm_core.privacy.schemas import (
    ExportedFile,
    Footprint,
    Kept,
    PersonalData,
    PersonPrivacy,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now

# How the machine worked, and secrets: not a person's data.
_UNTOLD = frozenset({
    "tenant_id", "trace", "turn_token", "turn_lease_until", "turn_attempts", "handle", "digest",
})  # fmt: skip


def person(session: Session, actor: Actor, contact_id: str) -> PersonPrivacy:
    """Everything that privacy knows of a contact, and what an erasure would leave."""
    contact = customers.contact(session, actor, contact_id)
    consents = queries.consents(session, actor, contact_id)
    in_force: dict[str, bool] = {}
    for consent in consents:
        in_force.setdefault(consent.purpose, consent.given)
    erasures = queries.erasures_of(session, actor, contact_id)
    return PersonPrivacy(
        contact_id=contact_id, name=contact.name,
        erased=any(row.state == ErasureState.DONE for row in erasures),
        consents=consents, in_force=in_force,
        holds=[queries.hold_view(row) for row in queries.holds(session, actor, contact_id)],
        erasures=[queries.erasure_view(row, contact.name) for row in erasures],
        footprint=footprint(session, actor.tenant_id, contact_id),
    )  # fmt: skip


def footprint(session: Session, tenant_id: str, contact_id: str) -> Footprint:
    """How many rows of each table belong to a contact, how many files, and what would stay."""
    held = people.linked(session, tenant_id, contact_id)
    values = people.values_of(session, tenant_id, contact_id, held)
    shared = people.shared_values(session, tenant_id, contact_id, values)
    telling = values.without(shared).telling()
    kept = [Kept(what="values", count=len(shared), reason="shared_value")] if shared else []
    for table in layout.tables():
        reason = "library" if layout.is_library(table.name) else layout.KEPT.get(table.name)
        if reason is None:
            continue
        count = len(people.rows_naming(session, tenant_id, table, telling.needles()))
        if count:
            kept.append(Kept(what=table.name, count=count, reason=reason))
    files = sum(len(keys) for name, keys in held.items() if _holds_files(name))
    rows = {name: len(keys) for name, keys in sorted(held.items()) if keys}
    return Footprint(rows=rows, files=files, kept=kept)


def personal_data(session: Session, tenant_id: str, contact_id: str) -> PersonalData:
    """A copy of every row and file that belongs to a contact; no secret is in it."""
    held = people.linked(session, tenant_id, contact_id)
    tables: dict[str, list[dict[str, Any]]] = {}
    files: list[ExportedFile] = []
    for name, keys in sorted(held.items()):
        whole = layout.table(name)
        if whole is None or not keys:
            continue
        found = list(people.rows(session, tenant_id, whole, keys))
        tables[name] = [_told(row) for row in found]
        for row in found:
            if row.get("sha256"):
                files.append(
                    ExportedFile(
                        name=f"{name}-{row.get('id', len(files))}-{row.get('name') or 'file'}",
                        media_type=str(row.get("media_type") or "application/octet-stream"),
                        size=int(row.get("size") or 0), sha256=row["sha256"],
                    )
                )  # fmt: skip
    return PersonalData(
        contact_id=contact_id, made_at=iso(now(session)), tables=tables, files=files
    )


def _holds_files(name: str) -> bool:
    table = layout.table(name)
    return table is not None and bool(layout.hash_columns(table))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _plain(value)
        for key, value in row.items()
        if key not in _UNTOLD and not key.endswith("_hash")
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date | time | Decimal):
        return str(value)
    return value
