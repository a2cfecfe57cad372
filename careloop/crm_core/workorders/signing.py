"""The report and the customer's signature under it.

A signature freezes the report as it stands: its words, and a copy of every fact with a digest.
Facts that come in later are kept beside it, marked; other words need a new revision, signed anew.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.workorders import fact_queries
from careloop.crm_core.workorders.errors import ReportSigned
from careloop.crm_core.workorders.journal import done_before, happened, locked, log
from careloop.crm_core.workorders.models import VisitSignature, VisitState, WorkOrder
from careloop.crm_core.workorders.schemas import Revise, Sign, WriteReport
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.ids import new_id


def write_report(session: Session, actor: Actor, command: WriteReport) -> WorkOrder:
    """Write the words of the report; `ReportSigned` once the customer has signed them."""
    row = locked(session, actor, command.number, command.version)
    if done_before(session, row, "report", command):
        return row
    if row.state == VisitState.CANCELLED:
        raise Conflict("This visit was cancelled; there is nothing to report")
    if command.report != row.report:
        set_report(row, command.report)
        log(session, actor, row, "report", command)
    return row


def set_report(row: WorkOrder, report: str) -> None:
    """Change the words; `ReportSigned` where they stand signed."""
    if report == row.report:
        return
    if row.is_signed:
        raise ReportSigned
    row.report = report


def sign_report(session: Session, actor: Actor, command: Sign) -> WorkOrder:
    """The customer signs the report as it stands."""
    row = locked(session, actor, command.number, command.version)
    if done_before(session, row, "sign", command):
        return row
    if row.state not in {VisitState.ON_SITE, VisitState.DONE}:
        raise Conflict("A report is signed once the engineer is there")
    if row.is_signed:
        raise ReportSigned
    row.revision += 1
    report = fact_queries.as_signed(session, row)
    session.add(
        VisitSignature(
            tenant_id=row.tenant_id, id=new_id(), work_order_id=row.id, revision=row.revision,
            name=command.name.strip(), role=command.role.strip(), sha256=command.sha256,
            size=command.size, signed_at=as_utc(happened(session, command)), report=report,
            digest=digest_of(report), created_at=now(session), updated_at=now(session),
        )
    )  # fmt: skip
    row.open_for_revision = False
    log(session, actor, row, "signed", command, command.name, {"revision": row.revision})
    session.flush()
    return row


def digest_of(report: dict[str, Any]) -> str:
    """SHA-256 in hex over the report's JSON with sorted keys and no spaces."""
    text = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def revise_report(session: Session, actor: Actor, command: Revise) -> WorkOrder:
    """Open a signed report again; what was signed stays on file."""
    row = locked(session, actor, command.number, command.version)
    if done_before(session, row, "revise", command):
        return row
    if not row.is_signed:
        raise Conflict("This report is not signed; change it as it stands")
    row.open_for_revision = True
    log(session, actor, row, "revised", command, command.reason, {"revision": row.revision})
    return row
