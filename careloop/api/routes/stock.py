"""Stock as it stands: locations, parts, balances, the ledger, scans, value, proof."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from careloop.api.auth import SessionDep, StockReaderDep
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.inventory import (
    checking,
    ledger_queries,
    part_queries,
    queries,
    replenishment,
    scanning,
    valuation,
)  # fmt: skip
from careloop.crm_core.inventory.schemas import Condition
from careloop.crm_core.inventory.views import (
    AccountView,
    BalanceView,
    KitView,
    LocationView,
    MoveView,
    Overview,
    Proposal,
    RulesView,
    ScanView,
    StockPartPage,
    StockPartView,
    SubstituteView,
    ValueView,
    VerifyView,
)  # fmt: skip

router = APIRouter(prefix="/v1/stock", tags=["stock"])
Text = Annotated[str, Query(max_length=100)]


@router.get("/overview")
def overview(session: SessionDep, actor: StockReaderDep) -> Overview:
    """What needs attention: below minimum, late, awaiting approval, unexplained."""
    return valuation.overview(session, actor)


@router.get("/locations")
def locations(
    session: SessionDep, actor: StockReaderDep, level: Text = "", q: Text = "",
    inactive: bool = False,
) -> list[LocationView]:  # fmt: skip
    """The tree of locations, parents first, with pieces, alarms and value of each."""
    return valuation.locations(session, actor, level=level, q=q, inactive=inactive)


@router.get("/locations/{location}")
def location(session: SessionDep, actor: StockReaderDep, location: str) -> LocationView:
    """One location."""
    row = queries.location(session, actor, location)
    found = valuation.locations(session, actor, inactive=True, only=row.code)
    return found[0]


@router.get("/parts")
def parts(
    session: SessionDep, actor: StockReaderDep, q: Text = "", cursor: str = "", limit: Limit = 50,
) -> Page[StockPartView]:  # fmt: skip
    """Parts by number, with what of each is owned."""
    after = decode_cursor(cursor, 1)
    rows = part_queries.parts(
        session, actor, q=q, after=str(after[0]) if after else "", limit=limit + 1
    )
    more = encode_cursor(rows[limit - 1].part) if len(rows) > limit else None
    return Page(items=rows[:limit], next_cursor=more)


@router.get("/parts/{part}")
def part(session: SessionDep, actor: StockReaderDep, part: str) -> StockPartPage:
    """All about one part: where it lies, who keeps it, what may stand in for it."""
    return part_queries.part_page(session, actor, part)


@router.get("/balances")
def balances(
    session: SessionDep, actor: StockReaderDep, location: Text = "", part: Text = "",
    q: Text = "", condition: Condition | None = None, below_minimum: bool = False,
    held: bool = False, cursor: str = "", limit: Limit = 50,
) -> Page[BalanceView]:  # fmt: skip
    """How many of each part lie where, by lot and condition; `held` leaves empty rows out."""
    after = decode_cursor(cursor, 2)
    rows = queries.balances(
        session, actor, location=location, part=part, q=q, condition=condition or "",
        below_minimum=below_minimum, held=held, after=after, limit=limit + 1,
    )  # fmt: skip
    last = rows[limit - 1] if len(rows) > limit else None
    more = encode_cursor(last[0].code, last[1].id) if last else None
    return Page(
        items=queries.balance_views(session, actor.tenant_id, rows[:limit]), next_cursor=more
    )


@router.get("/moves")
def moves(
    session: SessionDep, actor: StockReaderDep, location: Text = "", part: Text = "",
    kind: Text = "", ticket: Text = "", work_order: Text = "", reference: Text = "",
    serial: Text = "", lot: Text = "", account: Text = "", since: datetime | None = None,
    until: datetime | None = None, cursor: str = "", limit: Limit = 50,
) -> Page[MoveView]:  # fmt: skip
    """The ledger, the last recorded first."""
    rows = ledger_queries.moves(
        session, actor, location=location, part=part, kind=kind, ticket=ticket,
        work_order=work_order, reference=reference, serial=serial, lot=lot, account=account,
        since=since, until=until, before=decode_cursor(cursor, 2), limit=limit + 1,
    )  # fmt: skip
    last = rows[limit - 1] if len(rows) > limit else None
    more = encode_cursor(last.recorded_at.isoformat(), last.id) if last else None
    views = ledger_queries.move_views(session, actor.tenant_id, rows[:limit])
    return Page(items=views, next_cursor=more)


@router.get("/moves/{move_id}")
def move(session: SessionDep, actor: StockReaderDep, move_id: str) -> MoveView:
    """One posted move."""
    row = ledger_queries.move(session, actor, move_id)
    return ledger_queries.move_views(session, actor.tenant_id, [row])[0]


@router.get("/scan")
def scan(
    session: SessionDep, actor: StockReaderDep,
    code: Annotated[str, Query(min_length=1, max_length=500)],
) -> ScanView:  # fmt: skip
    """What a scanned code stands for: GS1, our own labels, part, serial or location."""
    return scanning.look_up(session, actor, code)


@router.get("/value")
def value(session: SessionDep, actor: StockReaderDep, location: Text = "") -> ValueView:
    """What the good stock is worth, by part and in each currency."""
    return valuation.value(session, actor, location)


@router.get("/verify")
def verify(session: SessionDep, actor: StockReaderDep) -> VerifyView:
    """Check that balances, serials, reservations and transit follow from the moves."""
    return checking.verify(session, actor)


@router.get("/accounts")
def accounts(
    session: SessionDep, actor: StockReaderDep,
    account: Literal["supplier", "customer", "scrap", "transit", "adjustment", "discrepancy"],
) -> list[AccountView]:  # fmt: skip
    """Pieces of each part that went to an account, minus those that came from it."""
    return ledger_queries.account_totals(session, actor, account)


@router.get("/substitutes")
def substitutes(session: SessionDep, actor: StockReaderDep) -> list[SubstituteView]:
    """Which parts may stand in for which."""
    return part_queries.substitutes(session, actor)


@router.get("/kits")
def kits(session: SessionDep, actor: StockReaderDep) -> list[KitView]:
    """Lists of parts that go together."""
    return part_queries.kits(session, actor)


@router.get("/rules")
def rules(session: SessionDep, actor: StockReaderDep) -> RulesView:
    """The rules of approval."""
    return queries.rules_view(queries.rules(session, actor.tenant_id))


@router.get("/replenishment")
def proposal(session: SessionDep, actor: StockReaderDep, location: Text = "") -> Proposal:
    """What each location should get from the one above it, and why."""
    return replenishment.propose(session, actor, location)
