"""The public door of a survey: no login, one survey, nothing that its mail did not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep
from careloop.api.bootstrap import Services
from careloop.api.public_limits import Visitor, VisitorDep
from careloop.api.routes.commands import act
from careloop.api.routes.system import STATIC
from careloop.crm_core.assets.codes import token_hash
from careloop.crm_core.feedback import queries
from careloop.crm_core.feedback.schemas import Answer, AnswerSurvey, OpenSurvey, StopAsking
from careloop.crm_core.feedback.views import PublicSurvey
from careloop.kit.actor import Actor, Role
from careloop.kit.db import EVERY_TENANT
from careloop.kit.errors import NotFound
from careloop.kit.text import LANGUAGES, base
from careloop.tools.feedback import ANSWER
from careloop.tools.survey_texts import page_of

router = APIRouter(tags=["public surveys"])
TOKEN_CHARS = 80
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
Language = Annotated[str, Query(max_length=20)]


class Stop(BaseModel):
    """No more surveys, or again."""

    stop: bool = True
    lang: str = Field("", max_length=20)


@dataclass(frozen=True, slots=True)
class Opened:
    """The one survey that a secret opens."""

    tenant_id: str
    survey_id: str
    token_hash: str
    contact_id: str | None
    language: str

    def actor(self) -> Actor:
        """Whoever holds the secret; they may answer this survey and nothing else."""
        return Actor(
            tenant_id=self.tenant_id, role=Role.CUSTOMER, contact_id=self.contact_id,
            language=self.language or "en", scopes=frozenset({ANSWER}),
        )  # fmt: skip


def _survey(services: Services, visitor: Visitor, token: str) -> Opened:
    """The survey of a secret; every secret costs one look into one index, whether it opens or
    not."""
    visitor.look()
    with services.database.read(EVERY_TENANT) as session:
        found = queries.by_token(session, token_hash(token[:TOKEN_CHARS]))
        if found is not None and found.token_hash:
            return Opened(
                found.tenant_id, found.id, found.token_hash, found.contact_id, found.language
            )
    raise visitor.miss()


def _language(lang: str) -> str:
    return base(lang) if base(lang) in LANGUAGES else ""


@router.get("/v1/public/surveys/{token}")
def survey(
    services: ServicesDep, visitor: VisitorDep, response: Response, token: str, lang: Language = ""
) -> PublicSurvey:
    """What is asked, and what was answered."""
    found = _survey(services, visitor, token)
    response.headers["Cache-Control"] = "no-store"
    opened = OpenSurvey(token_hash=found.token_hash)
    services.runtime.invoke(found.actor(), "feedback.open", opened)
    with services.database.read(found.tenant_id) as session:
        row = queries.by_token(session, found.token_hash, found.tenant_id)
        if row is None:
            raise NotFound("There is no such page")
        facts = queries.facts(session, found.tenant_id)
        return page_of(session, row, facts, _language(lang))


@router.post("/v1/public/surveys/{token}")
def answer(
    services: ServicesDep, visitor: VisitorDep, response: Response, token: str, body: Answer
) -> PublicSurvey:
    """Answer, or change the answer within 24 hours; the same again changes nothing."""
    found = _survey(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    response.headers["Cache-Control"] = "no-store"
    facts = body.model_dump() | {"lang": _language(body.lang)}
    mood = int(services.read(found.tenant_id, body.comment).sentiment) if body.comment else None
    command = AnswerSurvey(token_hash=found.token_hash, mood=mood, **facts)
    return act(services, found.actor(), "feedback.answer", command, PublicSurvey)


@router.post("/v1/public/surveys/{token}/stop")
def stop(
    services: ServicesDep, visitor: VisitorDep, response: Response, token: str, body: Stop
) -> PublicSurvey:
    """Be asked no more, or again."""
    found = _survey(services, visitor, token)
    visitor.limits.additions.take(visitor.address)
    response.headers["Cache-Control"] = "no-store"
    command = StopAsking(token_hash=found.token_hash, stop=body.stop, lang=_language(body.lang))
    return act(services, found.actor(), "feedback.stop", command, PublicSurvey)


@router.get("/r/assets/{name}", include_in_schema=False)
def page_asset(name: str) -> Response:
    """A script or style of the page."""
    folder = (STATIC / "rate" / "assets").resolve()
    wanted = (folder / name).resolve()
    if not wanted.is_relative_to(folder) or not wanted.is_file():
        raise NotFound("There is no such file")
    return FileResponse(wanted, headers={"Cache-Control": "max-age=31536000, immutable"})


@router.get("/r/{token}", include_in_schema=False)
def page() -> Response:
    """The page itself, the same for every survey; what it shows it asks the API for."""
    path = STATIC / "rate" / "index.html"
    if not path.is_file():
        text = "The web pages are not built yet; run `make web` (needs Node 20 or newer)."
        return HTMLResponse(f"<p>{text}</p>", status_code=503, headers=PAGE_HEADERS)
    return FileResponse(path, headers={**PAGE_HEADERS, "Cache-Control": "no-cache"})
