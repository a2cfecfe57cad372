"""One row of everything that stock keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import service, upkeep
from careloop.crm_core.inventory.schemas import (
    CreateRequest,
    CreateTransfer,
    EnterCount,
    Purpose,
    ReceiptLine,
    Receive,
    RequestLine,
    Reserve,
    ReserveLine,
    StartCount,
    TransferLine,
)  # fmt: skip
from careloop.crm_core.inventory.upkeep_schemas import (
    KitLine,
    PutKit,
    PutLocation,
    SetRules,
)  # fmt: skip
from careloop.kit.actor import Actor


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    """A receipt, a reservation, a transfer on its way, a request, a count, a kit, a rule."""
    tag, part, location = ids["tag"], ids["part"], ids["location"]
    van = upkeep.put_location(
        session, actor,
        PutLocation(code=f"V-{tag}", level="van", parent=location, engineer=f"E-{tag}"),
    )  # fmt: skip
    receipt = service.receive(
        session, actor,
        Receive(
            location=location, supplier=f"Supplier {tag}", command_id=f"command-{tag}",
            lines=[
                ReceiptLine(part=part, quantity=9, lot=f"LOT-{tag}"),
                ReceiptLine(part=part, serials=[f"SN-{tag}"], lot=f"LOT-{tag}"),
            ],
        ),
    )  # fmt: skip
    purpose = Purpose(type="ticket", number=ids["number"])
    reserved = service.reserve(
        session, actor, Reserve(location=location, purpose=purpose, lines=[ReserveLine(part=part)])
    ).reservations[0]
    transfer = service.create_transfer(
        session, actor,
        CreateTransfer(
            source=location, target=van.code, lines=[TransferLine(part=part)], ship=True,
            note=f"for {tag}",
        ),
    )  # fmt: skip
    request = service.create_request(
        session, actor,
        CreateRequest(location=van.code, lines=[RequestLine(part=part)], note=f"for {tag}"),
    )  # fmt: skip
    count = service.start_count(session, actor, StartCount(location=location, note=f"of {tag}"))
    line = {"part": part, "quantity": 1}
    service.enter_count(
        session, actor, EnterCount.model_validate({"count_id": count.id, "lines": [line]})
    )
    kit = PutKit(code=f"KIT-{tag}", name=f"Kit {tag}", lines=[KitLine(part=part)])
    upkeep.put_kit(session, actor, kit)
    upkeep.set_rules(session, actor, SetRules())
    return {
        "move_id": receipt.moves[0].id, "reservation_id": reserved.id,
        "transfer_id": transfer.id, "request_id": request.id, "count_id": count.id,
        "location_id": van.id, "location": location, "code": f"V-{tag}", "engineer": f"E-{tag}",
        "gtin": "", "command_id": f"command-{tag}", "kit": f"KIT-{tag}", "account": "supplier",
        "purpose_type": "ticket", "purpose_number": ids["number"], "level": "",
    }  # fmt: skip
