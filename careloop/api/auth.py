"""Who is calling: cookie session, API token, or a chat visitor's token."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from sqlalchemy.orm import Session

from careloop.api.bootstrap import Services
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.conversations import queries as conversations
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor, Role, scopes_of
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import Forbidden, Unauthenticated

COOKIE = "careloop_session"
DESK_HEADER = "x-careloop"
CHAT_PREFIX = "clc_"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_bearer = HTTPBearer(auto_error=False)


async def get_services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(get_services)]


def read_session(request: Request, services: ServicesDep) -> Iterator[Session]:
    """A session over the rows of the caller's tenant; at an open door, of every tenant."""

    def tenant_of_caller() -> str:
        return getattr(request.state, "tenant_id", EVERY_TENANT)

    with services.database.read_for(tenant_of_caller) as session:
        yield session


SessionDep = Annotated[Session, Depends(read_session)]
BearerDep = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def staff(request: Request, services: ServicesDep, bearer: BearerDep) -> Actor:
    """The member of staff who is calling; from here on the request sees their tenant alone."""
    actor = _member_of_staff(request, services, bearer)
    request.state.tenant_id = actor.tenant_id
    return actor


def _member_of_staff(
    request: Request, services: Services, bearer: HTTPAuthorizationCredentials | None
) -> Actor:
    """The member of staff behind a token or a login cookie.

    A cookie is sent by browsers on their own, so writes with it need our header as well: a
    foreign page cannot set that without a CORS permission we never give.
    """
    now = services.clock.now()
    with services.database.read(EVERY_TENANT) as session:
        if bearer is not None:
            return account_service.actor_of_token(session, bearer.credentials, now)
        secret = request.cookies.get(COOKIE)
        if not secret:
            raise Unauthenticated("Log in first")
        if request.method not in SAFE_METHODS and DESK_HEADER not in request.headers:
            raise Forbidden("This request did not come from the desk")
        return account_service.actor_of_session(session, secret, now)


StaffDep = Annotated[Actor, Depends(staff)]


def _who_may(scope: str) -> Callable[[Actor], Actor]:
    """Staff with that scope; reads ask for it here, writes in `tools.runtime`."""

    def check(actor: StaffDep) -> Actor:
        if not actor.may(scope):
            raise Forbidden(f"This needs the right {scope}")
        return actor

    return check


DeskDep = Annotated[Actor, Depends(_who_may("desk"))]
TicketReaderDep = Annotated[Actor, Depends(_who_may("tickets:read"))]
AssetReaderDep = Annotated[Actor, Depends(_who_may("assets:read"))]
CustomerReaderDep = Annotated[Actor, Depends(_who_may("customers:read"))]
ContractReaderDep = Annotated[Actor, Depends(_who_may("contracts:read"))]
StockReaderDep = Annotated[Actor, Depends(_who_may("stock:read"))]
AuditReaderDep = Annotated[Actor, Depends(_who_may("audit:read"))]
ExporterDep = Annotated[Actor, Depends(_who_may("export"))]
DispatcherDep = Annotated[Actor, Depends(_who_may("dispatch"))]
FieldDep = Annotated[Actor, Depends(_who_may("work:write"))]
PrivacyDep = Annotated[Actor, Depends(_who_may("privacy"))]
KnowledgeReaderDep = Annotated[Actor, Depends(_who_may("knowledge:read"))]
BillingReaderDep = Annotated[Actor, Depends(_who_may("billing:read"))]
FeedbackReaderDep = Annotated[Actor, Depends(_who_may("feedback:read"))]


def visitor_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def visitor_actor(session: Session, row: Conversation) -> Actor:
    """A web visitor: bound to one conversation, known as a customer only by linking."""
    contact = customers.contacts_by_id(session, row.tenant_id, {row.contact_id})[row.contact_id]
    return Actor(
        tenant_id=row.tenant_id,
        role=Role.CUSTOMER,
        contact_id=row.contact_id,
        customer_id=contact.customer_id,
        conversation_id=row.id,
        language=row.language or "en",
        # Nobody consents for a visitor: the bot that serves them has not this scope.
        scopes=scopes_of(Role.CUSTOMER) | {"conversations:handoff", "consent"},
    )


def visitor_of(services: Services, session: Session, token: str) -> tuple[Actor, Conversation]:
    """The visitor who holds this chat token; `Unauthenticated` when it is unknown or too old."""
    row = conversations.by_visitor(session, visitor_hash(token)) if token else None
    expired = row is None or (
        row.visitor_expires_at is not None and row.visitor_expires_at <= services.clock.now()
    )
    if row is None or expired:
        raise Unauthenticated("This chat has ended; start a new one")
    return visitor_actor(session, row), row


def visitor(request: Request, services: ServicesDep, bearer: BearerDep) -> Actor:
    """The visitor behind a chat token.

    The connection is given back at once: a request that held one while its act waits for a second
    would, with enough others like it, wait for ever.
    """
    if bearer is None:
        raise Unauthenticated("Start a chat first")
    with services.database.read(EVERY_TENANT) as session:
        actor, _ = visitor_of(services, session, bearer.credentials)
    request.state.tenant_id = actor.tenant_id
    return actor


VisitorDep = Annotated[Actor, Depends(visitor)]


def default_tenant(services: ServicesDep) -> str:
    """The tenant that chats without another name belong to."""
    with services.database.read(EVERY_TENANT) as session:
        return accounts.tenant_by_slug(session, services.settings.default_tenant).tenant_id


TenantDep = Annotated[str, Depends(default_tenant)]
