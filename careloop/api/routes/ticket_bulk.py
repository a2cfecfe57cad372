"""One change for many tickets: each number is its own acts, and fails alone."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from careloop.api.auth import ServicesDep, StaffDep
from careloop.api.bootstrap import Services
from careloop.api.routes.commands import KeyDep, act
from careloop.crm_core.tickets.models import Priority, TicketState, TicketType
from careloop.crm_core.tickets.schemas import ChangeTicket, MoveTicket, Tag, TagTicket
from careloop.crm_core.tickets.views import TicketView
from careloop.kit.actor import Actor
from careloop.kit.errors import CareloopError, Forbidden, InvalidInput

router = APIRouter(prefix="/v1/tickets", tags=["tickets"])
_FACTS = ("priority", "type", "assignee_id", "engineer")


class BulkChange(BaseModel):
    """One change for many tickets; what is left out stays. State and tags may be given too."""

    priority: Priority | None = None
    type: TicketType | None = None
    assignee_id: str | None = None
    engineer: str | None = Field(None, max_length=40)
    state: TicketState | None = None
    reason: str = Field("", max_length=1000)
    resolution: str = Field("", max_length=10_000)
    cause: str = Field("", max_length=60)
    add_tags: list[Tag] = Field(default_factory=list)
    remove_tags: list[Tag] = Field(default_factory=list)


class Bulk(BaseModel):
    numbers: list[str] = Field(min_length=1, max_length=200)
    change: BulkChange


class BulkResult(BaseModel):
    """What became of one number: the ticket, or the code and words of the refusal."""

    number: str
    done: bool
    ticket: TicketView | None = None
    code: str = ""
    detail: str = ""


class BulkReport(BaseModel):
    done: int
    refused: int
    results: list[BulkResult]


@router.post("/bulk")
def bulk(services: ServicesDep, actor: StaffDep, body: Bulk, key: KeyDep = None) -> BulkReport:
    """Change many tickets in the order given; each by itself, and each tells what became of it."""
    if not actor.may("tickets:write"):
        raise Forbidden("You may not change tickets")
    if not _acts("", body.change):
        raise InvalidInput("Say what to change: a fact, a state or tags")
    numbers = list(dict.fromkeys(number.strip().upper() for number in body.numbers))
    results = [_change_one(services, actor, number, body.change, key) for number in numbers]
    done = sum(result.done for result in results)
    return BulkReport(done=done, refused=len(results) - done, results=results)


def _change_one(
    services: Services, actor: Actor, number: str, change: BulkChange, key: str | None
) -> BulkResult:
    view = None
    try:
        for tool, command in _acts(number, change):
            own_key = f"{key[:120]}:{number}" if key else None
            view = act(services, actor, tool, command, TicketView, own_key, change.reason)
    except CareloopError as error:
        return BulkResult(
            number=number, done=False, ticket=view, code=error.code, detail=error.message
        )
    return BulkResult(number=number, done=True, ticket=view)


def _acts(number: str, change: BulkChange) -> list[tuple[str, BaseModel]]:
    facts = {name: getattr(change, name) for name in _FACTS if name in change.model_fields_set}
    found: list[tuple[str, BaseModel]] = []
    if facts:
        found.append(("tickets.change", ChangeTicket(number=number, **facts)))
    if change.add_tags or change.remove_tags:
        command = TagTicket(number=number, add=change.add_tags, remove=change.remove_tags)
        found.append(("tickets.tag", command))
    if change.state is not None:
        found.append(("tickets.move", MoveTicket(
            number=number, state=change.state, reason=change.reason,
            resolution=change.resolution, cause=change.cause,
        )))  # fmt: skip
    return found
