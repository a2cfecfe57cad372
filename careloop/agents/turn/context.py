"""Everything a mind may know for one turn, read in one go and frozen."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from careloop.agents.mind.ports import Company, Line, Office, Turn
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.models import Author, Conversation, Message
from careloop.crm_core.conversations.schemas import Claim
from careloop.crm_core.custom import queries as custom
from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import FieldView, FormView
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import TicketType
from careloop.crm_core.workforce import policy
from careloop.crm_core.workforce import queries as workforce
from careloop.kit.actor import Actor, Role, scopes_of
from careloop.kit.db import now

HISTORY = 30
_ROLE = {Author.CUSTOMER: "customer", Author.BOT: "bot", Author.AGENT: "agent"}


def build(session: Session, claim: Claim, rich: bool) -> Turn:
    """Read conversation, contact, devices, tickets and office into a `Turn`."""
    tenant_id = claim.tenant_id
    row = conversations.by_id(session, tenant_id, claim.conversation_id)
    lines = conversations.recent(session, tenant_id, row.id, HISTORY)
    fresh = [
        line for line in lines
        if line.author == Author.CUSTOMER and row.answered_seq < line.seq <= claim.upto_seq
    ]  # fmt: skip
    kinds = _attached(session, tenant_id, fresh)
    contact = customers.contacts_by_id(session, tenant_id, {row.contact_id})[row.contact_id]
    actor = bot_actor(row, contact.customer_id)
    owned = assets.assets_of(session, tenant_id, contact.customer_id) if contact.customer_id else []
    tier = ""
    if contact.customer_id:
        tier = customers.customer(session, actor, contact.customer_id).tier
    fields, forms = asked_of_tickets(session, tenant_id)
    return Turn(
        actor=actor,
        text="\n".join(line.text for line in fresh if line.text),
        language_hint=row.language or contact.language,
        history=tuple(
            Line(_ROLE[Author(line.author)], line.text)  # type: ignore[arg-type]
            for line in lines
            if line not in fresh and line.author != Author.SYSTEM and line.text
        ),
        memory=row.memory,
        company=company(session, tenant_id),
        office=office(session, tenant_id),
        now=now(session),
        action=str(fresh[-1].trace.get("action", "")) if fresh else "",
        truncated=any(line.truncated for line in fresh),
        rich=rich,
        pictures=sum(kind.startswith("image/") for kind in kinds),
        files=len(kinds),
        contact_name=contact.name,
        contact_phone=contact.phone,
        contact_email=contact.email,
        customer_tier=tier,
        own_assets=tuple(assets.asset_view(asset) for asset in owned),
        own_tickets=tuple(
            tickets.status(session, actor, ticket)
            for ticket in tickets.open_tickets(session, actor)
        ),
        ticket_forms=forms,
        ticket_fields=fields,
    )


def asked_of_tickets(
    session: Session, tenant_id: str
) -> tuple[tuple[FieldView, ...], dict[str, FormView]]:
    """The maker's fields of tickets, and the form of each type, where a bot may ask at all."""
    fields = custom.fields(session, tenant_id, Subject.TICKET)
    if not any(field.public and field.active for field in fields):
        return (), {}
    forms = custom.forms(session, tenant_id, list(TicketType))
    return tuple(fields), {form.ticket_type: form for form in forms}


def bot_actor(row: Conversation, customer_id: str | None) -> Actor:
    """The bot, serving exactly this conversation's customer."""
    return Actor(
        tenant_id=row.tenant_id,
        role=Role.BOT,
        contact_id=row.contact_id,
        customer_id=customer_id,
        conversation_id=row.id,
        audience="public",
        language=row.language or "en",
        scopes=scopes_of(Role.BOT),
    )


def company(session: Session, tenant_id: str) -> Company:
    """The maker as the bot presents it."""
    tenant = accounts.tenant(session, tenant_id)
    profile = tenant.profile
    return Company(
        name=str(profile.get("display_name") or tenant.name),
        language=str(profile.get("language", "en")),
        hotline=str(profile.get("hotline", "")),
        emergency=str(profile.get("emergency", "")),
        hosts=tuple(urlsplit(str(origin)).hostname or "" for origin in profile.get("origins", [])),
    )


def office(session: Session, tenant_id: str) -> Office:
    """Whether persons answer now; a tenant without office hours is taken as always open."""
    hours = workforce.office_hours(session, tenant_id)
    wait = conversations.median_wait_minutes(session, tenant_id)
    at = now(session)
    if hours is None:
        return Office(open=True, wait_minutes=wait)
    if policy.is_open(hours, at):
        return Office(open=True, wait_minutes=wait, time_zone=hours.time_zone)
    return Office(False, policy.next_opening(hours, at), None, hours.time_zone)


def _attached(session: Session, tenant_id: str, lines: list[Message]) -> list[str]:
    files = conversations.attachments_of(session, tenant_id, [line.id for line in lines])
    return [file.media_type for group in files.values() for file in group]
