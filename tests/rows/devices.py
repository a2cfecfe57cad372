"""One row of everything that belongs to a device."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.assets import documents, meters, queries, service
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.assets.component_schemas import AddComponent, ReplaceComponent
from careloop.crm_core.assets.document_schemas import StoreDocument
from careloop.crm_core.assets.meter_schemas import AddMeter, NoteReading
from careloop.crm_core.assets.report_schemas import ReportFault
from careloop.crm_core.assets.reports import file_report
from careloop.crm_core.assets.schemas import ChangeFirmware
from careloop.kit.actor import Actor
from careloop.kit.db import now


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """A component with a history, a meter with a reading, a document, a fact, a report."""
    serial, tag = ids["serial"], ids["tag"]
    at = now(session) - timedelta(days=10)
    service.add_component(
        session, actor,
        AddComponent(
            serial=serial, position=f"laser {tag}", serial_in=f"OLD-{tag}", happened_at=at
        ),
    )  # fmt: skip
    fitted = service.replace_component(
        session, actor,
        ReplaceComponent(serial=serial, serial_out=f"OLD-{tag}", serial_in=f"NEW-{tag}"),
    ).fitted  # fmt: skip
    meter = meters.add_meter(session, actor, AddMeter(serial=serial, name=f"hours {tag}"))
    meters.note_reading(
        session, actor, NoteReading(serial=serial, meter=meter.id, value=Decimal(7))
    )
    document = documents.add_document(
        session, actor,
        StoreDocument(
            serial=serial, title=f"Protocol of {tag}", name=f"{tag}.txt", media_type="text/plain",
            size=3, sha256=sha256(tag.encode()).hexdigest(),
        ),
    )  # fmt: skip
    service.change_firmware(session, actor, ChangeFirmware(serial=serial, firmware=f"9 {tag}"))
    row = queries.asset(session, actor, serial)
    token = f"follow-{tag}"
    file_report(
        session, row,
        ReportFault(
            code=row.public_code, client_id=f"client-of-{tag}-0000", text="it leaks",
            token_hash=token_hash(token),
        ),
        ids["contact_id"], ids["number"],
    )  # fmt: skip
    return {
        "serial": serial, "component_id": fitted.id, "meter_id": meter.id,
        "document_id": document.id, "code": row.public_code, "token": token, "site": row.site,
        "parent": serial, "q": f"NEW-{tag}",
    }  # fmt: skip
