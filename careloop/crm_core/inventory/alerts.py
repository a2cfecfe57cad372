"""Who is told when the books and the shelves disagree, or when parts wait for a yes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.inventory.events import StockDiscrepancyFound
from careloop.crm_core.notices import service as notices
from careloop.crm_core.notices.schemas import Message
from careloop.kit.actor import Actor, Role
from careloop.kit.events import emit
from careloop.kit.ids import new_id

KEEPERS = (Role.DISPATCHER, Role.MANAGER)


def keepers(session: Session, actor: Actor) -> list[str]:
    """Users who look after the stock."""
    return [user.id for user in accounts.users(session, actor) if user.role in KEEPERS]


def tell_discrepancy(
    session: Session, actor: Actor, location: str, part: str, quantity: int, reason: str,
    reference: str,
) -> None:  # fmt: skip
    """Emit `StockDiscrepancyFound` and leave a notice with each keeper of the stock."""
    emit(
        session,
        StockDiscrepancyFound(actor.tenant_id, location, part, quantity, reason, reference),
    )
    message = Message(
        kind="stock",
        key="stock.discrepancy",
        args={"location": location, "part": part, "quantity": quantity, "reference": reference},
        text=f"{location}: {quantity} × {part} do not agree with the books ({reason}). Count it.",
        link=f"/stock/locations/{location}",
        severity="warning",
        dedupe=f"stock.discrepancy:{new_id()}",
    )
    notices.notify(session, actor.tenant_id, keepers(session, actor), message)


def tell_request(session: Session, actor: Actor, number: str, location: str) -> None:
    """Say that a request waits for approval."""
    message = Message(
        kind="stock",
        key="stock.request_waits",
        args={"number": number, "location": location},
        text=f"Request {number} for {location} waits for approval.",
        link=f"/stock/requests/{number}",
        severity="info",
        dedupe=f"stock.request:{number}",
    )
    wanted = [user for user in keepers(session, actor) if user != actor.user_id]
    notices.notify(session, actor.tenant_id, wanted, message)
