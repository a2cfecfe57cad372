"""What a device's public page is told: the device, its public papers, and how a report stands.

Nothing here reads the owner, the place, a contract or another ticket: the views have no field
that could hold them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.api.bootstrap import Services
from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.assets import document_queries, report_queries
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.report_models import DeviceReport
from careloop.crm_core.assets.report_schemas import MAX_PHOTOS
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.privacy import queries as privacy
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket, TicketState
from careloop.crm_core.workorders import queries as workorders
from careloop.crm_core.workorders.models import VisitState
from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.clock import iso
from careloop.kit.errors import NotFound
from careloop.kit.text import LANGUAGES, base
from careloop.knowledge import queries as knowledge

Step = Literal["received", "assigned", "on_the_way", "fixed", "closed"]
STEPS: dict[str, Step] = {
    TicketState.NEW: "received",
    TicketState.ASSIGNED: "assigned",
    TicketState.IN_PROGRESS: "assigned",
    TicketState.WAITING_CUSTOMER: "assigned",
    TicketState.WAITING_PARTS: "assigned",
    TicketState.RESOLVED: "fixed",
    TicketState.CLOSED: "closed",
    TicketState.CANCELLED: "closed",
}
MAX_ARTICLES = 40
_FIRST = ("troubleshooting", "faq", "procedure", "spec", "policy")


class PublicDocument(BaseModel):
    """A paper that belongs to this device, opened by `url`."""

    id: str
    title: str
    kind: str
    lang: str
    media_type: str
    url: str


class PublicArticle(BaseModel):
    """A public knowledge article for the model."""

    key: str
    title: str
    type: str
    lang: str


class PublicArticleText(PublicArticle):
    """An article with its Markdown."""

    body: str


class PublicDevice(BaseModel):
    """The device as its plate shows it, and what its maker says to everybody."""

    serial: str
    model: str
    model_name: str
    family: str
    maker: str
    hotline: str
    language: str
    documents: list[PublicDocument]
    articles: list[PublicArticle]
    consent: str
    max_photos: int
    max_photo_mb: int


class PublicNote(BaseModel):
    """A line that the maker, or the reporter (`mine`), wrote for both to read."""

    at: str
    text: str
    mine: bool


class PublicReport(BaseModel):
    """How a report stands."""

    ticket: str
    serial: str
    model: str
    maker: str
    hotline: str
    step: Step
    visited: bool
    cancelled: bool
    waiting_for_you: bool
    may_judge: bool
    confirmed: bool
    reported_at: str
    updated_at: str
    text: str
    photos: int
    notes: list[PublicNote]
    max_photos: int
    max_photo_mb: int


def stranger(tenant_id: str, language: str = "", contact_id: str | None = None) -> Actor:
    """Somebody at a device, of whom nothing is known; they may report and read what is public."""
    return Actor(
        tenant_id=tenant_id, role=Role.CUSTOMER, contact_id=contact_id,
        language=spoken(language) or "en",
        scopes=frozenset({"devices:report", "knowledge:read", "consent"}),
    )  # fmt: skip


def spoken(language: str) -> str:
    """Our code for a language tag, empty for one that we do not speak."""
    return base(language) if base(language) in LANGUAGES else ""


def public_device(services: Services, session: Session, row: Asset, language: str) -> PublicDevice:
    """The page of a device in the visitor's language."""
    maker = accounts.tenant(session, row.tenant_id)
    wanted = spoken(language) or str(maker.profile.get("language") or "en")
    actor = stranger(row.tenant_id, wanted)
    model = catalog.model(session, actor, row.model)
    return PublicDevice(
        serial=row.serial,
        model=row.model,
        model_name=catalog.localized(model.names, wanted) if model else "",
        family=model.family if model else "",
        maker=_maker_name(maker.name, maker.profile),
        hotline=str(maker.profile.get("hotline") or ""),
        language=wanted,
        documents=_papers(session, row),
        articles=_articles(session, actor, row, wanted, services.clock.now().date()),
        consent=_consent(session, row.tenant_id, wanted),
        max_photos=MAX_PHOTOS,
        max_photo_mb=services.settings.max_upload_mb,
    )


def _consent(session: Session, tenant_id: str, language: str) -> str:
    """The maker's own consent note for service; empty where there is none."""
    try:
        return privacy.note_in_force(session, tenant_id, "service", language).text
    except NotFound:
        return ""


def _maker_name(name: str, profile: dict[str, Any]) -> str:
    return str(profile.get("display_name") or name)


def _papers(session: Session, row: Asset) -> list[PublicDocument]:
    """Stored files that were marked public; linked articles stand among the articles."""
    return [
        PublicDocument(
            id=item.id, title=item.title, kind=item.kind, lang=item.lang,
            media_type=item.media_type,
            url=f"/v1/public/devices/{row.public_code}/documents/{item.id}",
        )
        for item in document_queries.documents(session, row, public_only=True)
        if item.sha256
    ]  # fmt: skip


def _articles(
    session: Session, actor: Actor, row: Asset, language: str, today: date
) -> list[PublicArticle]:
    """Public articles that name the model, or that the device's file names, each in one language:
    the visitor's, else English, else the one it was written in."""
    linked = {
        item.article
        for item in document_queries.documents(session, row, public_only=True)
        if item.article
    }
    chosen: dict[str, tuple[int, PublicArticle]] = {}
    for item in knowledge.index_documents(session, row.tenant_id):
        fits = row.model in item.product_models or item.key in linked
        if item.audience != "public" or not fits or not _valid(item, today):
            continue
        rank = (
            0 if item.lang == language else 1 if item.lang == "en" else 2 if not item.translation
            else 3
        )  # fmt: skip
        found = chosen.get(item.key)
        if found is None or rank < found[0]:
            article = PublicArticle(key=item.key, title=item.title, type=item.type, lang=item.lang)
            chosen[item.key] = (rank, article)
    articles = [article for _, article in chosen.values()]
    articles.sort(key=lambda article: (_order(article.type), article.title))
    return articles[:MAX_ARTICLES]


def _order(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _valid(item: Any, today: date) -> bool:
    started = item.effective_from is None or item.effective_from <= today
    return started and (item.effective_until is None or today <= item.effective_until)


def public_article(
    services: Services, session: Session, row: Asset, key: str, language: str
) -> PublicArticleText:
    """A public article for this model; `NotFound` for every other."""
    actor = stranger(row.tenant_id, language)
    shown = _articles(session, actor, row, actor.language, services.clock.now().date())
    line = next((item for item in shown if item.key == key), None)
    if line is None:
        raise NotFound("There is no such page")
    text = services.library.document(actor, key, line.lang)
    return PublicArticleText(**line.model_dump(), body=text.body)


def public_report(services: Services, session: Session, report: DeviceReport) -> PublicReport:
    """How a report stands, for whoever holds its secret."""
    actor = stranger(report.tenant_id, report.lang, report.contact_id)
    ticket = tickets.ticket(session, actor, report.ticket)
    standing = _standing(session, ticket)
    maker = accounts.tenant(session, report.tenant_id)
    notes = [
        PublicNote(at=iso(event.created_at), text=event.text, mine=event.actor == actor.label)
        for event in tickets.history(session, actor, ticket, public_only=True)
        if event.kind == "comment" and event.text
    ]
    ended = standing.state in {TicketState.RESOLVED, TicketState.CLOSED}
    confirmed = standing.confirmed_at is not None
    return PublicReport(
        ticket=ticket.number,
        serial=ticket.serial,
        model=ticket.model,
        maker=_maker_name(maker.name, maker.profile),
        hotline=str(maker.profile.get("hotline") or ""),
        step=_step(session, standing),
        visited=_visited(session, standing),
        cancelled=standing.state == TicketState.CANCELLED,
        waiting_for_you=standing.state == TicketState.WAITING_CUSTOMER,
        may_judge=ended and not confirmed and standing.id == ticket.id,
        confirmed=ended and confirmed,
        reported_at=iso(ticket.created_at),
        updated_at=iso(standing.updated_at),
        text=ticket.description,
        photos=len(report_queries.photos_of(session, report.tenant_id, report.id)),
        notes=notes,
        max_photos=MAX_PHOTOS,
        max_photo_mb=services.settings.max_upload_mb,
    )


def _standing(session: Session, ticket: Ticket) -> Ticket:
    """The ticket whose state counts: the one that this one was merged into, else itself."""
    seen = {ticket.id}
    while ticket.merged_into:
        above = tickets.ticket(session, system_actor(ticket.tenant_id), ticket.merged_into)
        if above.id in seen:
            break
        seen.add(above.id)
        ticket = above
    return ticket


def _step(session: Session, ticket: Ticket) -> Step:
    """The step of the ticket; of a visit nothing is told but that it is on its way."""
    step = STEPS.get(ticket.state, "received")
    if step in {"received", "assigned"}:
        visit = workorders.news(session, ticket.tenant_id, ticket.id)
        if visit is not None and visit.state in {VisitState.EN_ROUTE, VisitState.ON_SITE}:
            return "on_the_way"
    return step


def _visited(session: Session, ticket: Ticket) -> bool:
    """Whether an engineer ever set out; a fault that was fixed from afar had no such step."""
    books = system_actor(ticket.tenant_id)
    rows = workorders.of_ticket(session, books, [ticket.id])
    return any(row.departed_at or row.arrived_at or row.finished_at for row in rows)
