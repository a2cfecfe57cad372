"""Mails that rules write: a row in the act, sent by a durable job after it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.rules import queries
from careloop.crm_core.rules.events import RuleMailWritten
from careloop.crm_core.rules.models import RuleMail
from careloop.kit.db import now
from careloop.kit.events import emit
from careloop.kit.ids import new_id


def write(
    session: Session, tenant_id: str, to: str, to_name: str, subject: str, text: str,
    ticket_id: str | None,
) -> None:  # fmt: skip
    """Keep a mail; it goes out once the act is committed."""
    at = now(session)
    row = RuleMail(
        tenant_id=tenant_id, id=new_id(), to=to, to_name=to_name, subject=subject, text=text,
        ticket_id=ticket_id, state="waiting", created_at=at, updated_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    emit(session, RuleMailWritten(tenant_id, row.id))


def settle(session: Session, tenant_id: str, mail_id: str, state: str) -> None:
    """Note that a mail was sent, or never will be."""
    row = queries.mail(session, tenant_id, mail_id)
    if row is not None:
        row.become(state, now(session))
