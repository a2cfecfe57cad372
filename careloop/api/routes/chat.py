"""The customer's chat: sessions, messages, uploads, rating, live socket."""

from __future__ import annotations

from fastapi import APIRouter, Request, UploadFile
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from careloop.agents.turn import context
from careloop.api.auth import (
    CHAT_PREFIX,
    ServicesDep,
    SessionDep,
    TenantDep,
    VisitorDep,
    visitor_hash,
    visitor_of,
)  # fmt: skip
from careloop.api.bootstrap import Services
from careloop.api.files import link, linked, read_upload
from careloop.api.origins import check_origin
from careloop.api.routes.commands import act
from careloop.api.routes.paging import AfterSeq
from careloop.channels.catalog import CHANNELS
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.conversations import queries
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.models import Conversation
from careloop.crm_core.conversations.schemas import (
    AttachmentView,
    MessageView,
    Rate,
    TurnEnd,
)
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.privacy.schemas import OwnConsent, OwnConsents
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.errors import Unauthenticated
from careloop.kit.ids import new_id, new_secret
from careloop.kit.messages import Option
from careloop.kit.text import LANGUAGES, RIGHT_TO_LEFT, base, t

router = APIRouter(prefix="/v1/chat", tags=["chat"])

WEB = CHANNELS["web"]
QUICK_STARTS = ("start_fault", "start_how_to", "start_status")


class OfficeView(BaseModel):
    open: bool
    next_opening: str | None


class ChatConfig(BaseModel):
    """What the widget needs before a chat starts."""

    name: str
    logo_text: str
    languages: list[str]
    languages_rtl: list[str]
    language: str
    greeting: str
    quick_starts: list[Option]
    hotline: str
    max_upload_mb: int
    office: OfficeView


class ChatState(BaseModel):
    """Where the conversation stands, for the customer."""

    id: str
    state: str
    owner: str
    agent_name: str
    last_seq: int
    waiting_since: str | None
    wait_minutes: int | None
    rating: int | None
    language: str


class StartChat(BaseModel):
    language: str = Field("", max_length=20)
    page_url: str = Field("", max_length=500)
    token: str = Field("", max_length=100)


class StartedChat(BaseModel):
    token: str
    resumed: bool
    conversation: ChatState


class SendMessage(BaseModel):
    client_msg_id: str = Field(min_length=8, max_length=100)
    text: str = ""
    attachment_ids: list[str] = Field(default_factory=list, max_length=10)


class ChatMessages(BaseModel):
    conversation: ChatState
    messages: list[MessageView]


class SentMessage(ChatMessages):
    message: MessageView


@router.get("/config")
def config(
    services: ServicesDep, session: SessionDep, tenant_id: TenantDep, language: str = "en"
) -> ChatConfig:
    """Name, languages, greeting and office hours of the maker."""
    spoken = base(language) if base(language) in LANGUAGES else "en"
    maker = context.company(session, tenant_id)
    office = context.office(session, tenant_id)
    starts = [t(f"button.{name}", spoken) for name in QUICK_STARTS]
    return ChatConfig(
        name=maker.name,
        logo_text=maker.name[:2],
        languages=list(LANGUAGES),
        languages_rtl=sorted(RIGHT_TO_LEFT),
        language=spoken,
        greeting=t("greeting", spoken, company=maker.name),
        quick_starts=[Option(label=label, value=label) for label in starts],
        hotline=maker.hotline,
        max_upload_mb=services.settings.max_upload_mb,
        office=OfficeView(
            open=office.open,
            next_opening=iso(office.next_opening) if office.next_opening else None,
        ),
    )


@router.post("/sessions")
def start(
    request: Request, services: ServicesDep, tenant_id: TenantDep, body: StartChat
) -> StartedChat:
    """Resume the chat of a stored token, else start a new one."""
    check_origin(services, tenant_id, request.headers.get("origin"))
    services.visit_limit.take(request.client.host if request.client else "?")
    language = base(body.language) if base(body.language) in LANGUAGES else ""
    if body.token:
        with services.database.write(tenant_id) as session:
            try:
                _, row = visitor_of(services, session, body.token)
            except Unauthenticated:
                pass
            else:
                conversations.speak(session, row, language)
                return StartedChat(
                    token=body.token, resumed=True, conversation=chat_state(session, row)
                )
    token = CHAT_PREFIX + new_secret()
    with services.database.write(tenant_id) as session:
        row = conversations.start(
            session, tenant_id, WEB.manifest.channel, "default", new_id(), language,
            visitor_hash(token), services.settings.chat_days, body.page_url,
        )  # fmt: skip
        return StartedChat(token=token, resumed=False, conversation=chat_state(session, row))


@router.get("/messages")
def messages(
    services: ServicesDep, session: SessionDep, actor: VisitorDep, after_seq: AfterSeq = 0
) -> ChatMessages:
    """What was said after `after_seq`."""
    return news(services, session, actor, after_seq)


@router.post("/messages")
def send(services: ServicesDep, actor: VisitorDep, body: SendMessage) -> SentMessage:
    """Store a message and answer it; sending the same `client_msg_id` again is safe."""
    return say(services, actor, body)


@router.post("/person")
def person(services: ServicesDep, actor: VisitorDep) -> SentMessage:
    """Ask for a person."""
    label = t("button.person", actor.language)
    body = SendMessage(client_msg_id=f"person-{new_id()}", text=label)
    return say(services, actor, body, action="person")


@router.post("/uploads", status_code=201)
def upload(services: ServicesDep, actor: VisitorDep, file: UploadFile) -> AttachmentView:
    """Store a photo or file; it goes along with the next message."""
    services.message_limit.take(f"upload:{actor.conversation_id}")
    content = read_upload(services, file)
    services.blobs.put(actor.tenant_id, content)
    with services.database.write(actor.tenant_id) as session:
        row = conversations.store_attachment(
            session, actor.tenant_id, actor.conversation_id or "", file.filename or "", content
        )
        return link(services, queries.attachment_view(row))


@router.post("/typing", status_code=204)
def typing(request: Request, actor: VisitorDep) -> None:
    """Tell the desk that the customer is typing."""
    hub = request.app.state.hub
    frame = {"type": "typing", "id": actor.conversation_id, "who": "customer"}
    hub.publish(f"desk:{actor.tenant_id}", frame)


@router.post("/rating", status_code=204)
def rate(services: ServicesDep, actor: VisitorDep, body: Rate) -> None:
    """Rate this conversation."""
    services.runtime.invoke(actor, "conversations.rate", body)


@router.get("/consent")
def consents(session: SessionDep, actor: VisitorDep, language: str = "") -> OwnConsents:
    """What the visitor may consent to, and what they said last."""
    return privacy.own_consents(session, actor, language or actor.language)


@router.post("/consent")
def consent(services: ServicesDep, actor: VisitorDep, body: OwnConsent) -> OwnConsents:
    """Give or withdraw a consent; the same word again adds nothing."""
    services.message_limit.take(f"consent:{actor.conversation_id}")
    return act(services, actor, "privacy.own_consent", body, OwnConsents)


@router.post("/close")
def close(services: ServicesDep, session: SessionDep, actor: VisitorDep) -> ChatState:
    """The customer ends the chat."""
    services.runtime.invoke(actor, "conversations.end", {})
    return chat_state(session, queries.conversation(session, actor, actor.conversation_id or ""))


def say(services: Services, actor: Actor, body: SendMessage, action: str = "") -> SentMessage:
    """Receive and claim in one transaction, think, reply in another: the whole bot turn."""
    conversation_id = actor.conversation_id or ""
    services.message_limit.take(conversation_id)
    payload = {**body.model_dump(), "action": action}
    inbound = WEB.parse(payload, conversation_id)
    with services.database.write(actor.tenant_id) as session:
        row = conversations.receive(
            session, conversation_id, actor.tenant_id, inbound,
            services.settings.max_message_chars,
        )  # fmt: skip
        claim = conversations.claim_turn(
            session, actor.tenant_id, conversation_id, services.settings.turn_lease_seconds
        )
    if claim is not None and services.turns.answer(claim, WEB.manifest.cards) is TurnEnd.MORE:
        services.turns.handle_turn(actor.tenant_id, conversation_id)
    with services.database.read(actor.tenant_id) as session:
        told = news(services, session, actor, row.seq - 1)
    sent = next(item for item in told.messages if item.id == row.id)
    return SentMessage(message=sent, messages=told.messages, conversation=told.conversation)


def news(services: Services, session: Session, actor: Actor, after_seq: int) -> ChatMessages:
    """State and messages after `after_seq`, with links to their files."""
    row = queries.conversation(session, actor, actor.conversation_id or "")
    rows = queries.messages(session, actor, row.id, after_seq)
    views = queries.message_views(session, actor, rows)
    return ChatMessages(
        conversation=chat_state(session, row), messages=[linked(services, view) for view in views]
    )


def chat_state(session: Session, row: Conversation) -> ChatState:
    names = accounts.names(session, row.tenant_id, {row.owner_user_id or ""})
    waiting = row.waiting_since is not None
    return ChatState(
        id=row.id,
        state=row.state,
        owner=row.owner,
        agent_name=names.get(row.owner_user_id or "", ""),
        last_seq=row.last_seq,
        waiting_since=iso(row.waiting_since) if row.waiting_since else None,
        wait_minutes=queries.median_wait_minutes(session, row.tenant_id) if waiting else None,
        rating=row.rating,
        language=row.language,
    )
