"""What shell and HTTP share: one line in, one line out, and the batch of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Literal, TypeVar

import structlog
from pydantic import BaseModel, Field, ValidationError

from careloop.agents.mind.ports import Line, Say
from careloop.agents.turn import once
from careloop.api.bootstrap import Services
from careloop.channels.catalog import PLAIN
from careloop.channels.contract import fit
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc
from careloop.kit.errors import CareloopError
from careloop.knowledge.library import SearchQuery

log = structlog.get_logger(__name__)
L = TypeVar("L", bound=BaseModel)


class SearchLine(BaseModel):
    """A search."""

    id: str | int | None = None
    query: str
    lang: str | None = None
    model: str | None = None
    audience: str | None = None
    history: list[str] = Field(default_factory=list)
    k: int = Field(5, ge=1, le=100)


class WhyView(BaseModel):
    """A part of the question that the passage holds, and its share (0..1) of the whole."""

    feature: str
    value: float


class Passage(BaseModel):
    document: str
    section: str
    page: int | None
    score: float
    models: list[str]
    audience: str
    lang: str
    text: str
    title: str = ""
    why: list[WhyView] = Field(default_factory=list)


class SearchAnswer(BaseModel):
    id: str | int | None = None
    results: list[Passage]
    clarify: list[str] = Field(default_factory=list)
    confidence: float = 0.0
    answerable: bool = False
    reasons: list[str] = Field(default_factory=list)
    took_ms: float


class HistoryLine(BaseModel):
    role: Literal["customer", "bot"]
    text: str


class ContactRef(BaseModel):
    phone: str = ""
    email: str = ""
    customer: str = ""


class AskLine(BaseModel):
    """A question to the bot."""

    id: str | int | None = None
    text: str
    history: list[HistoryLine] = Field(default_factory=list)
    contact: ContactRef | None = None
    asset: str = ""
    model: str = ""
    channel: str = "api"
    audience: str = "public"
    now: datetime | None = None


class CitationView(BaseModel):
    document: str
    section: str
    page: int | None


class AskAnswer(BaseModel):
    id: str | int | None = None
    decision: str
    text: str
    language: str
    citations: list[CitationView]
    asset: str | None
    ticket: str | None
    confidence: float
    reasons: list[str]
    timings_ms: dict[str, float]
    options: list[str] = Field(default_factory=list)


class ReadingAnswer(BaseModel):
    id: str | int | None = None
    intent: str
    sentiment: int
    urgency: str
    handoff: bool
    handoff_reason: str
    language: str


def search(services: Services, actor: Actor, line: SearchLine) -> SearchAnswer:
    """Ranked passages for a query."""
    result = services.library.search(
        actor,
        SearchQuery(
            text=line.query, lang=line.lang, model=line.model, audience=line.audience,
            history=line.history, k=line.k,
        ),
    )  # fmt: skip
    return SearchAnswer(
        id=line.id,
        results=[
            Passage(
                document=hit.document, section=hit.section, page=hit.page, score=hit.score,
                models=list(hit.models), audience=hit.audience, lang=hit.lang, text=hit.text,
                title=hit.title,
                why=[WhyView(feature=item.feature, value=item.value) for item in why],
            )
            for hit, why in zip(result.hits, result.why, strict=True)
        ],
        clarify=result.clarify,
        confidence=round(result.confidence, 4),
        answerable=result.answerable,
        reasons=result.reasons,
        took_ms=round(result.took_ms, 3),
    )  # fmt: skip


def ask(services: Services, actor: Actor, line: AskLine, commit: bool = False) -> AskAnswer:
    """One bot turn."""
    planner = services.planner_of(actor.tenant_id)
    said = once.ask(services.database, planner, actor, _question(line), commit)
    return AskAnswer(
        id=line.id,
        decision=said.decision,
        text=plain_text(said),
        language=said.language,
        citations=[
            CitationView(document=item.document, section=item.section, page=item.page)
            for item in said.citations
        ],
        asset=said.asset or None,
        ticket=said.ticket or None,
        confidence=round(said.confidence, 4),
        reasons=list(said.reasons),
        timings_ms=dict(said.timings_ms),
        options=[
            option.label
            for reply in said.replies
            for part in reply.parts
            if part.kind in {"quick_replies", "step"}
            for option in part.options
        ],
    )


def read_only(services: Services, actor: Actor, line: AskLine) -> ReadingAnswer:
    """What the reader reads, without planning."""
    reading = services.read(actor.tenant_id, line.text, [_line(item) for item in line.history])
    return ReadingAnswer(
        id=line.id,
        intent=reading.intent,
        sentiment=reading.sentiment,
        urgency=reading.urgency,
        handoff=reading.wants_person,
        handoff_reason=reading.handoff_reason,
        language=reading.language,
    )


def plain_text(said: Say) -> str:
    """All replies as text, cards written out; sources stand in `citations` already."""
    told = []
    for reply in said.replies:
        parts = [part for part in reply.parts if part.kind in {"step"}]
        told.extend(fit(reply.model_copy(update={"parts": parts}), PLAIN))
    return "\n\n".join(item.text for item in told if item.text)


def batch(
    lines: Iterable[bytes | str], model: type[L], run: Callable[[L], BaseModel]
) -> Iterator[dict[str, Any]]:
    """Answer line by line; a line that fails gets its error and never stops the rest."""
    for raw in lines:
        if not raw.strip():
            continue
        number: Any = None
        try:
            data = json.loads(raw)
            number = data.get("id") if isinstance(data, dict) else None
            yield run(model.model_validate(data)).model_dump(mode="json", exclude_none=True)
        except (ValueError, ValidationError) as error:
            yield _failed(number, "invalid_input", _short(error))
        except CareloopError as error:
            yield _failed(number, error.code, error.message)
        except Exception as error:
            # The worker's loop: a bug in one line is reported on that line.
            log.exception("batch_line_failed", id=number)
            yield _failed(number, "bug", type(error).__name__)


def _failed(number: Any, code: str, message: str) -> dict[str, Any]:
    return {"id": number, "error": {"code": code, "message": message}}


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors(include_url=False)
        )
    return f"not JSON: {error}"


def _question(line: AskLine) -> once.Question:
    return once.Question(
        text=line.text,
        history=[_line(item) for item in line.history],
        contact=line.contact.model_dump(exclude_defaults=True) if line.contact else {},
        asset=line.asset,
        model=line.model,
        channel=line.channel,
        audience=line.audience,
        now=as_utc(line.now) if line.now else None,
    )


def _line(item: HistoryLine) -> Line:
    return Line(item.role, item.text)
