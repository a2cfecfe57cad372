"""Selects of what has been kept long enough, by kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Exists, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from careloop.crm_core.accounts.models import LoginSession, PasswordLink
from careloop.crm_core.assets.report_models import DeviceReport, ReportPhoto
from careloop.crm_core.audit.models import AnsweredCall, AuditEntry
from careloop.crm_core.conversations.models import Attachment, Conversation
from careloop.crm_core.privacy.models import LegalHold
from careloop.crm_core.tickets.models import OPEN_STATES, Ticket
from careloop.kit.jobs import Job

Due = Callable[[str, datetime], Select[str, datetime]]
"""(tenant, horizon) -> ids and times of rows older than the horizon."""


def due_ids(
    session: Session, tenant_id: str, kind: str, days: int, at: datetime, limit: int
) -> dict[str, list[str]]:
    """Ids of rows of a kind that are due, oldest first, by table."""
    found = {}
    for name, due in _KINDS[kind].items():
        inner = due(tenant_id, at - timedelta(days=days)).subquery()
        statement = select(inner.c[0]).order_by(inner.c[1], inner.c[0]).limit(limit)
        found[name] = [str(row_id) for row_id in session.scalars(statement)]
    return found


def preview(
    session: Session, tenant_id: str, kind: str, days: int, at: datetime
) -> tuple[int, datetime | None]:
    """How many rows of a kind are due, and the time of the oldest of them."""
    total, oldest = 0, None
    for due in _KINDS[kind].values():
        inner = due(tenant_id, at - timedelta(days=days)).subquery()
        count, first = session.execute(select(func.count(), func.min(inner.c[1]))).one()
        total += count
        if first is not None and (oldest is None or first < oldest):
            oldest = first
    return total, oldest


def _conversations(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    """Closed ones that led to no ticket and whose contact is under no hold."""
    ticketed = exists().where(
        Ticket.tenant_id == tenant_id, Ticket.conversation_id == Conversation.id
    )
    return select(Conversation.id, Conversation.last_message_at).where(
        Conversation.tenant_id == tenant_id, Conversation.state == "closed",
        Conversation.last_message_at < horizon, ~ticketed,
        ~_held(tenant_id, Conversation.contact_id),
    )  # fmt: skip


def _attachments(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    """Files of conversations that are closed, and whose tickets are."""
    working = exists().where(
        Ticket.tenant_id == tenant_id, Ticket.conversation_id == Conversation.id,
        Ticket.state.in_(OPEN_STATES),
    )  # fmt: skip
    return (
        select(Attachment.id, Attachment.created_at)
        .join(
            Conversation,
            (Conversation.tenant_id == Attachment.tenant_id)
            & (Conversation.id == Attachment.conversation_id),
        )
        .where(
            Attachment.tenant_id == tenant_id, Attachment.created_at < horizon,
            Conversation.state == "closed", ~working, ~_held(tenant_id, Conversation.contact_id),
        )
    )  # fmt: skip


def _device_reports(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    """Reports whose ticket, if there is one still, has ended; the ticket itself stays."""
    working = exists().where(
        Ticket.tenant_id == tenant_id, Ticket.number == DeviceReport.ticket,
        Ticket.state.in_(OPEN_STATES),
    )  # fmt: skip
    return select(DeviceReport.id, DeviceReport.created_at).where(
        DeviceReport.tenant_id == tenant_id, DeviceReport.created_at < horizon, ~working,
        ~_held(tenant_id, DeviceReport.contact_id),
    )  # fmt: skip


def _loose_photos(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    """Photos that a visitor sent and no report or comment took along."""
    return select(ReportPhoto.id, ReportPhoto.created_at).where(
        ReportPhoto.tenant_id == tenant_id, ReportPhoto.created_at < horizon,
        ReportPhoto.report_id.is_(None),
    )  # fmt: skip


def _held(tenant_id: str, contact_id: object) -> Exists:
    return exists().where(
        LegalHold.tenant_id == tenant_id, LegalHold.contact_id == contact_id,
        LegalHold.lifted_at.is_(None),
    )  # fmt: skip


def _audit(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    return select(AuditEntry.id, AuditEntry.created_at).where(
        AuditEntry.tenant_id == tenant_id, AuditEntry.created_at < horizon
    )


def _answered(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    return select(AnsweredCall.id, AnsweredCall.created_at).where(
        AnsweredCall.tenant_id == tenant_id, AnsweredCall.created_at < horizon
    )


def _logins(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    return select(LoginSession.id, LoginSession.expires_at).where(
        LoginSession.tenant_id == tenant_id,
        or_(LoginSession.expires_at < horizon, LoginSession.ended_at < horizon),
    )


def _links(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    return select(PasswordLink.id, PasswordLink.expires_at).where(
        PasswordLink.tenant_id == tenant_id, PasswordLink.expires_at < horizon
    )


def _jobs(tenant_id: str, horizon: datetime) -> Select[str, datetime]:
    return select(Job.id, Job.updated_at).where(
        Job.tenant_id == tenant_id, Job.updated_at < horizon, Job.state.in_(("done", "failed"))
    )


_KINDS: dict[str, dict[str, Due]] = {
    "conversations": {"conversation": _conversations},
    "attachments": {"attachment": _attachments},
    "device_reports": {"device_report": _device_reports},
    "loose_photos": {"report_photo": _loose_photos},
    "audit": {"audit_entry": _audit},
    "answered_calls": {"answered_call": _answered},
    "logins": {"login_session": _logins, "password_link": _links},
    "jobs": {"job": _jobs},
}
