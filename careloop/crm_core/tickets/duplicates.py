"""Tickets that may be about the same matter, scored with reasons.

Looked for among tickets of the same device, customer or contact of the last weeks. The score is a
sum of evidence: the same device 40, a shared error code 30, up to 30 for how alike the titles are,
the same contact 10, cut at 100. Below 50 nothing is told: the same device alone is no duplicate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz, utils
from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.tickets import family_queries
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.tickets.views import DuplicateReason, DuplicateView
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import NotFound

SPAN = timedelta(days=30)
CLOSED_SPAN = timedelta(days=7)
LEAST = 50
SAME_DEVICE, SAME_CODE, SAME_CONTACT, ALIKE = 40, 30, 10, 30
ALIKE_FROM = 55
"""Titles less alike than this, of 100, are no evidence."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is compared of a ticket, or of one not opened yet."""

    title: str
    asset_id: str | None
    customer_id: str | None
    contact_id: str | None
    codes: frozenset[str]
    at: datetime


def of_ticket(session: Session, actor: Actor, row: Ticket) -> list[DuplicateView]:
    """Tickets that may repeat this one, the likeliest first."""
    matter = _Matter(
        row.title, row.asset_id, row.customer_id, row.contact_id, _codes(row.error_codes),
        row.created_at,
    )  # fmt: skip
    return _found(session, actor, matter, row.id)


def of_draft(
    session: Session, actor: Actor, *, title: str, serial: str = "", customer_id: str = "",
    contact_id: str = "", error_codes: Sequence[str] = (),
) -> list[DuplicateView]:  # fmt: skip
    """Tickets that one with these facts would repeat; an unknown serial finds nothing."""
    asset_id = None
    if serial:
        try:
            asset_id = assets.asset(session, actor, serial).id
        except NotFound:
            asset_id = None
    matter = _Matter(
        title, asset_id, customer_id or None, contact_id or None, _codes(error_codes), now(session)
    )
    return _found(session, actor, matter, "")


def _found(session: Session, actor: Actor, matter: _Matter, own_id: str) -> list[DuplicateView]:
    rows = family_queries.similar(
        session, actor, asset_id=matter.asset_id, customer_id=matter.customer_id,
        contact_id=matter.contact_id, since=matter.at - SPAN, until=matter.at + SPAN,
    )  # fmt: skip
    views = []
    for row in rows:
        ended = row.closed_at or row.resolved_at
        if row.id == own_id or (ended is not None and matter.at - ended > CLOSED_SPAN):
            continue
        score, reasons = judged(matter, row)
        if score >= LEAST:
            views.append(
                DuplicateView(
                    number=row.number, title=row.title, state=row.state, serial=row.serial,
                    created_at=iso(row.created_at), score=score, reasons=reasons,
                )
            )  # fmt: skip
    views.sort(key=lambda view: (-view.score, view.number))
    return views[:SHOWN]


def judged(matter: _Matter, row: Ticket) -> tuple[int, list[DuplicateReason]]:
    """The score of 0 to 100, and its reasons."""
    score, reasons = 0, []
    if matter.asset_id and matter.asset_id == row.asset_id:
        score += SAME_DEVICE
        reasons.append(DuplicateReason(code="same_device", text=f"Same device {row.serial}"))
    shared = sorted(matter.codes & _codes(row.error_codes))
    if shared:
        score += SAME_CODE
        reasons.append(DuplicateReason(code="same_code", text=f"Same code {', '.join(shared)}"))
    if matter.contact_id and matter.contact_id == row.contact_id:
        score += SAME_CONTACT
        reasons.append(DuplicateReason(code="same_contact", text="Same contact"))
    alike = fuzz.token_set_ratio(matter.title, row.title, processor=utils.default_process)
    if alike >= ALIKE_FROM:
        score += round(ALIKE * alike / 100)
        reasons.append(
            DuplicateReason(code="alike_title", text=f"Titles are alike ({round(alike)} of 100)")
        )
    return min(score, 100), reasons


def _codes(codes: Sequence[str]) -> frozenset[str]:
    return frozenset("".join(code.split()).upper() for code in codes if code.strip())
