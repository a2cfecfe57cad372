"""`careloop stock`: balances, the ledger and its proof, receipts, transfers and counts."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from careloop.api.cli.context import JsonOption, TenantOption, actor_for, opened, show
from careloop.crm_core.inventory import checking, ledger_queries, queries
from careloop.crm_core.inventory.schemas import (
    CloseCount,
    CountedLine,
    CreateTransfer,
    EnterCount,
    ReceiptLine,
    Receive,
    StartCount,
    TransferLine,
)  # fmt: skip
from careloop.crm_core.inventory.views import CountView, MoveView, Posted, TransferView
from careloop.kit.errors import InvalidInput

stock = typer.Typer(help="Stock: what lies where, and every move.", no_args_is_help=True)
PartsArgument = Annotated[list[str], typer.Argument(help="PART or PART=QUANTITY, several.")]
LocationOption = Annotated[str, typer.Option(help="Code of the location.")]
KeyOption = Annotated[
    str, typer.Option("--key", help="Your own id of this act; the same id acts once.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(stock, name="stock")


@stock.command("balances")
def balances(
    location: LocationOption = "",
    part: Annotated[str, typer.Option(help="Part number.")] = "",
    below_minimum: Annotated[bool, typer.Option(help="Only what is below its minimum.")] = False,
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=100_000)] = 100,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """How many of each part lie where."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            rows = queries.balances(
                session, actor, location=location, part=part, below_minimum=below_minimum,
                limit=limit,
            )  # fmt: skip
            views = queries.balance_views(session, actor.tenant_id, rows)
    lines = [
        f"{v.location:14} {v.part:18} {v.on_hand:6} on hand {v.reserved:5} reserved"
        f"  {v.lot or '-':10} {v.condition}"
        for v in views
    ]
    show({"items": [v.model_dump() for v in views]}, as_json, lambda: "\n".join(lines))


@stock.command("moves")
def moves(
    location: LocationOption = "",
    part: Annotated[str, typer.Option(help="Part number.")] = "",
    ticket: Annotated[str, typer.Option(help="Ticket number.")] = "",
    limit: Annotated[int, typer.Option(help="How many.", min=1, max=100_000)] = 50,
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """The ledger, the last move first."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            rows = ledger_queries.moves(
                session, actor, location=location, part=part, ticket=ticket, limit=limit
            )
            views = ledger_queries.move_views(session, actor.tenant_id, rows)
    body = {"items": [view.model_dump(mode="json") for view in views]}
    show(body, as_json, lambda: "\n".join(_move(view) for view in views))


@stock.command("verify")
def verify(tenant: TenantOption = "", as_json: JsonOption = False) -> None:
    """Prove that the books follow from the moves; exit code 1 when they do not."""
    with opened() as services:
        actor = actor_for(services, tenant)
        with services.database.read(actor.tenant_id) as session:
            proof = checking.verify(session, actor)

    def words() -> str:
        found = [
            f"{f.kind}: {f.part} at {f.location or '-'} ({f.detail}): the books say {f.booked}, "
            f"the moves {f.moved}"
            for f in proof.findings
        ]
        told = f"{proof.moves} moves, {proof.balances} balances, {len(found)} disagreements"
        return "\n".join([*found, told])

    show(proof, as_json, words)
    raise typer.Exit(int(not proof.ok))


@stock.command("receive")
def receive(
    parts: PartsArgument,
    location: LocationOption,
    supplier: Annotated[str, typer.Option(help="Who delivered.")] = "",
    document: Annotated[str, typer.Option(help="Delivery note.")] = "",
    lot: Annotated[str, typer.Option(help="Lot of all parts.")] = "",
    key: KeyOption = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Receive parts from a supplier."""
    lines = [ReceiptLine(part=part, quantity=n, lot=lot) for part, n in _parts(parts)]
    command = Receive(
        location=location, supplier=supplier, document=document, lines=lines,
        command_id=key or None,
    )  # fmt: skip
    posted = Posted.model_validate(_act("stock.receive", command, tenant))
    show(posted, as_json, lambda: "\n".join(_move(view) for view in posted.moves))


@stock.command("transfer")
def transfer(
    parts: PartsArgument,
    source: Annotated[str, typer.Option(help="Location that sends.")],
    target: Annotated[str, typer.Option(help="Location that receives.")],
    ship: Annotated[bool, typer.Option(help="Send at once; else it stays a draft.")] = True,
    key: KeyOption = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Send parts from one location to another."""
    lines = [TransferLine(part=part, quantity=n) for part, n in _parts(parts)]
    command = CreateTransfer(
        source=source, target=target, lines=lines, ship=ship, command_id=key or None
    )
    view = TransferView.model_validate(_act("stock.transfer", command, tenant))
    show(view, as_json, lambda: f"{view.number} {view.state}: {view.source} -> {view.target}")


@stock.command("count")
def count(
    parts: PartsArgument,
    location: LocationOption,
    post: Annotated[bool, typer.Option(help="Post the differences at once.")] = False,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    tenant: TenantOption = "",
    as_json: JsonOption = False,
) -> None:
    """Count parts without lot and serial number; without --post the count stays open."""
    found = _parts(parts, least=0)
    start = StartCount(location=location, parts=[part for part, _ in found], note=note)
    with opened() as services:
        actor = actor_for(services, tenant)
        invoke = services.runtime.invoke
        view = CountView.model_validate(invoke(actor, "stock.start_count", start))
        lines = [CountedLine(part=part, quantity=pieces) for part, pieces in found]
        entered = EnterCount(count_id=view.id, lines=lines)
        view = CountView.model_validate(invoke(actor, "stock.enter_count", entered))
        if post:
            closing = CloseCount(count_id=view.id, reason=note)
            view = CountView.model_validate(invoke(actor, "stock.close_count", closing))
    lines_told = [
        f"{line.part:18} {'?' if line.expected is None else line.expected:>6} expected "
        f"{line.counted if line.counted is not None else '-':>6} counted"
        for line in view.lines
    ]
    show(view, as_json, lambda: "\n".join([f"{view.number} {view.state}", *lines_told]))


def _act(tool: str, command: Any, tenant: str) -> Any:
    with opened() as services:
        return services.runtime.invoke(actor_for(services, tenant), tool, command)


def _parts(written: list[str], least: int = 1) -> list[tuple[str, int]]:
    """`PART=3` or `PART` for one piece."""
    found = []
    for item in written:
        part, mark, pieces = item.partition("=")
        if mark and not pieces.isdigit():
            raise InvalidInput(f"{item!r}: write PART=QUANTITY with a whole number")
        quantity = int(pieces) if mark else 1
        if quantity < least:
            raise InvalidInput(f"{item!r}: the quantity is at least {least}")
        found.append((part, quantity))
    return found


def _move(view: MoveView) -> str:
    about = " ".join(x for x in (view.lot, view.serial, view.reference, view.reason) if x)
    return (
        f"{view.recorded_at[:16]} {view.kind:9} {view.quantity:5} x {view.part:18} "
        f"{view.source} -> {view.target}  {about}"
    )
