"""What customers say: answers, figures, settings, surveys by hand, call-backs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from careloop.api.auth import FeedbackReaderDep, ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import BaseVersionDep, KeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.api.survey_sending import deliver_by_hand
from careloop.crm_core.feedback import callback_queries, queries, summary_queries
from careloop.crm_core.feedback.callback_queries import CallbackFilter
from careloop.crm_core.feedback.models import CallbackState
from careloop.crm_core.feedback.queries import FeedbackFilter
from careloop.crm_core.feedback.schemas import (
    AskForTicket,
    CallOutcome,
    ChangeCallback,
    CreateCallback,
    FinishCallback,
    PickSurvey,
    PostponeCallback,
    PutSettings,
    SurveyFacts,
    Version,
    Way,
)  # fmt: skip
from careloop.crm_core.feedback.views import (
    AskedSurvey,
    CallbackView,
    FeedbackSummary,
    FeedbackView,
    SettingsPreview,
    SettingsView,
    SurveyView,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput
from careloop.tools.feedback_views import answers, callback_pages
from careloop.tools.survey_texts import chat_text, mail_texts, maker_name, plain_page

router = APIRouter(prefix="/v1", tags=["feedback"])
Month = Annotated[str, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Short = Annotated[str, Query(max_length=80)]


class AskBody(BaseModel):
    """How a survey goes out; `link` gives the address to copy and sends nothing."""

    way: Way | str = Field("auto", pattern="^(auto|chat|mail|link)$")
    language: str = Field("", max_length=10)


class SurveyList(BaseModel):
    items: list[SurveyView]


class Ended(BaseModel):
    version: Version = None
    outcome: CallOutcome
    note: str = Field("", max_length=4000)


class Later(BaseModel):
    version: Version = None
    due_at: AwareDatetime
    note: str = Field("", max_length=1000)


class CallbackChanges(BaseModel):
    """What is left out stays; a null owner gives it to nobody."""

    version: Version = None
    owner_id: str | None = Field(None, max_length=26)
    phone: str | None = Field(None, max_length=30)
    reason: str | None = Field(None, max_length=2000)


@router.get("/feedback")
def feedback(
    session: SessionDep, actor: FeedbackReaderDep, q: Annotated[str, Query(max_length=200)] = "",
    low: bool | None = None, negative: bool = False,
    csat: Annotated[list[int] | None, Query()] = None, channel: Short = "", engineer: Short = "",
    model: Short = "", ticket: Short = "", customer_id: Short = "", reason: Short = "",
    since: AwareDatetime | None = None, until: AwareDatetime | None = None, cursor: str = "",
    limit: Limit = 50,
) -> Page[FeedbackView]:  # fmt: skip
    """Answers, the newest first."""
    wanted = FeedbackFilter(
        q=q, low=low, negative=negative, csat=csat or (), channel=channel, engineer=engineer,
        model=model, ticket=ticket, customer_id=customer_id, reason=reason,
        since=as_utc(since) if since else None, until=as_utc(until) if until else None,
    )  # fmt: skip
    rows, following = queries.page(session, actor, wanted, _after(cursor), limit)
    return Page(
        items=answers(session, actor, rows),
        next_cursor=encode_cursor(iso(following[0]), following[1]) if following else None,
    )


@router.get("/feedback/summary")
def summary(
    services: ServicesDep, session: SessionDep, actor: FeedbackReaderDep,
    since: Month | None = None, until: Month | None = None,
) -> FeedbackSummary:  # fmt: skip
    """Satisfaction, recommendation and response by month, channel, engineer and model; the last
    twelve months where none are named."""
    today = services.clock.now()
    last = until or f"{today.year:04d}-{today.month:02d}"
    first = since or _eleven_before(last)
    if first > last:
        raise InvalidInput("The first month lies after the last", since="lies after until")
    return summary_queries.summary(session, actor, first, last)


def _eleven_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1:04d}-{number + 1:02d}" if number < 12 else f"{year:04d}-01"


@router.get("/feedback/settings")
def settings(session: SessionDep, actor: FeedbackReaderDep) -> SettingsView:
    """When customers are asked, what, and what follows a low score."""
    return queries.settings_view(session, actor.tenant_id)


@router.put("/feedback/settings")
def put_settings(
    services: ServicesDep, actor: StaffDep, body: PutSettings, base: BaseVersionDep = None,
    key: KeyDep = None,
) -> SettingsView:  # fmt: skip
    """Store the settings, whole."""
    command = body if base is None else body.model_copy(update={"version": base})
    return act(services, actor, "feedback.put_settings", command, SettingsView, key)


@router.post("/feedback/settings/preview")
def preview(
    services: ServicesDep, session: SessionDep, actor: FeedbackReaderDep, body: SurveyFacts,
    lang: Annotated[str, Query(max_length=10)] = "",
) -> SettingsPreview:  # fmt: skip
    """How page, message and mail would look; nothing is stored."""
    language = lang if lang in body.languages else body.languages[0]
    page = plain_page(session, actor.tenant_id, body, language)
    url = f"{services.settings.public_url}/r/…"
    maker = maker_name(session, actor.tenant_id)
    subject, text = mail_texts(maker, language, "TK-2026-000001", "", url)
    return SettingsPreview(
        survey=page, message=chat_text(maker, language, url), subject=subject, text=text
    )


@router.get("/tickets/{number}/surveys")
def surveys(session: SessionDep, actor: FeedbackReaderDep, number: str) -> SurveyList:
    """Surveys of a ticket, the newest first."""
    ticket = tickets.ticket(session, actor, number)
    rows = queries.of_ticket(session, actor, ticket.id)
    return SurveyList(items=[queries.survey_view(row) for row in rows])


@router.post("/tickets/{number}/survey", status_code=201)
def ask(
    services: ServicesDep, actor: StaffDep, number: str, body: AskBody, key: KeyDep = None
) -> AskedSurvey:
    """Ask about a ticket now. With `way` `link` the address comes back to be copied, this once;
    asking for it again gives the same address."""
    command = AskForTicket.model_validate(
        {"number": number[:40], "way": body.way, "language": body.language}
    )
    view = act(services, actor, "feedback.ask", command, SurveyView, key)
    return deliver_by_hand(services, actor, view, str(body.way))


@router.post("/feedback/surveys/{survey_id}/cancel")
def cancel(
    services: ServicesDep, actor: StaffDep, survey_id: str, key: KeyDep = None
) -> SurveyView:
    """Do not send a survey that waits."""
    command = PickSurvey(survey_id=survey_id[:26])
    return act(services, actor, "feedback.cancel", command, SurveyView, key)


@router.get("/feedback/{feedback_id}")
def one(session: SessionDep, actor: FeedbackReaderDep, feedback_id: str) -> FeedbackView:
    """One answer."""
    return answers(session, actor, [queries.answer(session, actor, feedback_id)])[0]


@router.get("/callbacks")
def callbacks(
    session: SessionDep, actor: FeedbackReaderDep,
    state: Annotated[list[CallbackState] | None, Query()] = None, owner: Short = "",
    mine: bool = False, overdue: bool = False, ticket: Short = "", cursor: str = "",
    limit: Limit = 50,
) -> Page[CallbackView]:  # fmt: skip
    """Call-backs, the first due first."""
    wanted = CallbackFilter(
        states=state or (), owner=(actor.user_id or "none") if mine else owner, overdue=overdue,
        ticket=ticket,
    )  # fmt: skip
    rows, following = callback_queries.callbacks(session, actor, wanted, _after(cursor), limit)
    return Page(
        items=callback_pages(session, actor, rows),
        next_cursor=encode_cursor(iso(following[0]), following[1]) if following else None,
    )


@router.post("/callbacks", status_code=201)
def create_callback(
    services: ServicesDep, actor: StaffDep, body: CreateCallback, key: KeyDep = None
) -> CallbackView:
    """Ask that the customer of a ticket be called back."""
    return act(services, actor, "feedback.create_callback", body, CallbackView, key)


@router.patch("/callbacks/{task_id}")
def change_callback(
    services: ServicesDep, actor: StaffDep, task_id: str, body: CallbackChanges,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> CallbackView:  # fmt: skip
    """Give a call-back to somebody else, or correct it."""
    facts = body.model_dump(exclude_unset=True) | ({} if base is None else {"version": base})
    command = ChangeCallback(task_id=task_id[:26], **facts)
    return act(services, actor, "feedback.change_callback", command, CallbackView, key)


@router.post("/callbacks/{task_id}/done")
def finish_callback(
    services: ServicesDep, actor: StaffDep, task_id: str, body: Ended,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> CallbackView:  # fmt: skip
    """Note what came of a call-back."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = FinishCallback(task_id=task_id[:26], **facts)
    return act(services, actor, "feedback.finish_callback", command, CallbackView, key)


@router.post("/callbacks/{task_id}/postpone")
def postpone_callback(
    services: ServicesDep, actor: StaffDep, task_id: str, body: Later,
    base: BaseVersionDep = None, key: KeyDep = None,
) -> CallbackView:  # fmt: skip
    """Call back later."""
    facts = body.model_dump() | ({} if base is None else {"version": base})
    command = PostponeCallback(task_id=task_id[:26], **facts)
    return act(services, actor, "feedback.postpone_callback", command, CallbackView, key)


def _after(cursor: str) -> tuple[datetime, str] | None:
    found = decode_cursor(cursor, 2)
    if found is None:
        return None
    try:
        return as_utc(datetime.fromisoformat(str(found[0]))), str(found[1])
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; start again") from None
