"""What a van did without a signal, told later: each act once, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from careloop.crm_core.inventory import acts, counts, ledger_queries, reservations, transfers
from careloop.crm_core.inventory import document_views as shown
from careloop.crm_core.inventory.repeats import once
from careloop.crm_core.inventory.schemas import (
    EnterCount,
    Issue,
    OfflineCommand,
    ReceiveTransfer,
    Reserve,
    ReturnPart,
    Scrap,
    UsePart,
)  # fmt: skip
from careloop.crm_core.inventory.views import OfflineAnswer
from careloop.kit.actor import Actor
from careloop.kit.db import savepoint
from careloop.kit.errors import CareloopError, InvalidInput


def apply(session: Session, actor: Actor, command: OfflineCommand) -> OfflineAnswer:
    """Do the act, or say why not; the answer is kept for ever under the command's id.

    What was used is always booked: what the books do not show goes against discrepancy. Other
    acts are refused as they would be online, and leave nothing.
    """
    known = ledger_queries.command(session, actor.tenant_id, command.command_id)
    answer = once(
        session, actor, f"offline.{command.kind}", command, OfflineAnswer,
        lambda: _answer(session, actor, command),
    )  # fmt: skip
    return answer.model_copy(update={"repeated": known is not None})


def _answer(session: Session, actor: Actor, command: OfflineCommand) -> OfflineAnswer:
    try:
        with savepoint(session):
            result = _act(session, actor, command)
    except CareloopError as error:
        return OfflineAnswer(
            command_id=command.command_id, outcome="rejected", reason=error.message,
            code=error.code,
        )  # fmt: skip
    missing = getattr(result, "discrepancy", 0)
    return OfflineAnswer(
        command_id=command.command_id,
        outcome="discrepancy" if missing else "applied",
        reason=f"{missing} pieces were not in the books of the location" if missing else "",
        result=result.model_dump(mode="json"),
    )


def _act(session: Session, actor: Actor, command: OfflineCommand) -> BaseModel:
    kinds: dict[str, tuple[type[BaseModel], Callable[[Any], BaseModel], dict[str, object]]] = {
        "use": (UsePart, lambda c: acts.use(session, actor, c), {"accept_discrepancy": True}),
        "issue": (Issue, lambda c: acts.issue(session, actor, c), {}),
        "return": (ReturnPart, lambda c: acts.give_back(session, actor, c), {}),
        "scrap": (Scrap, lambda c: acts.scrap(session, actor, c), {}),
        "receive_transfer": (
            ReceiveTransfer,
            lambda c: shown.transfer_views(
                session, actor.tenant_id, [transfers.receive(session, actor, c)]
            )[0],
            {},
        ),
        "count": (
            EnterCount,
            lambda c: shown.count_views(
                session, actor.tenant_id, [counts.enter(session, actor, c)]
            )[0],
            {},
        ),
        "reserve": (Reserve, lambda c: reservations.reserve(session, actor, c), {}),
    }
    model, act, more = kinds[command.kind]
    about = {"command_id": command.command_id, "happened_at": command.at}
    return act(_read(model, {**command.body, **about, **more}))


def _read(model: type[BaseModel], body: dict[str, object]) -> BaseModel:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        problems = {
            ".".join(str(part) for part in item["loc"]) or "body": item["msg"]
            for item in error.errors(include_url=False)
        }
        text = "; ".join(f"{field}: {message}" for field, message in problems.items())
        raise InvalidInput(text, **problems) from None
