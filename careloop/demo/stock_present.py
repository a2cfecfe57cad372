"""What goes on in the demo company's stock today: lots, requests, transfers, counts, a scrap."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import queries, service
from careloop.crm_core.inventory.schemas import (
    ApproveRequest,
    CloseCount,
    Condition,
    CountedLine,
    CreateRequest,
    CreateTransfer,
    EnterCount,
    Purpose,
    ReceiptLine,
    Receive,
    RejectRequest,
    RequestLine,
    Reserve,
    ReserveLine,
    ReturnPart,
    Scrap,
    StartCount,
    TransferLine,
    UsePart,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import Actor, Role, scopes_of
from careloop.kit.db import now
from careloop.kit.errors import Conflict
from careloop.kit.money import Money


def play_present(session: Session, actor: Actor) -> None:
    """The last days and today."""
    keeper = _person(actor, Role.DISPATCHER, "仓库主管 石文清")
    _deliveries(session, keeper)
    _back_and_away(session, keeper)
    _unexplained(session, keeper)
    _transfers(session, keeper)
    _requests(session, actor, keeper)
    _counts(session, keeper)
    _reservations(session, actor)


def _person(actor: Actor, role: Role, name: str) -> Actor:
    return Actor(actor.tenant_id, role, name=name, audience="internal", scopes=scopes_of(role))


def _deliveries(session: Session, keeper: Actor) -> None:
    """Lots that run out, that run long, and one that has run out; pieces with serial numbers."""
    today = now(session).date()
    lots = (
        ("YP-CH-6002", "C2309", 6, today - timedelta(days=12), "310"),
        ("YP-CH-6002", "C2511", 10, today + timedelta(days=25), "318"),
        ("YP-CH-6002", "C2604", 12, today + timedelta(days=540), "322"),
        ("YP-CL-1202", "L2602", 8, today + timedelta(days=300), "95"),
        ("YP-OP-4201", "K118", 5, today + timedelta(days=200), "540"),
    )
    lines = [
        ReceiptLine(part=part, quantity=pieces, lot=lot, expires_on=ends, unit_cost=_yuan(cost))
        for part, lot, pieces, ends, cost in lots
    ]
    lines += [
        ReceiptLine(part=part, quantity=len(serials), serials=serials, unit_cost=_yuan(cost))
        for part, serials, cost in (
            ("YP-EV-1001", ["EVA-26-0117", "EVA-26-0118"], "42600"),
            ("YP-LS-4001", ["L532-88041", "L532-88042", "L532-88043"], "11800"),
            ("YP-CM-4101", ["CM41-2207"], "26900"),
        )
    ]
    receipt = Receive(
        location="Shenzhen", supplier="苏州光联器件", document=f"PO-{today:%Y%m%d}", lines=lines,
        happened_at=now(session) - timedelta(days=4),
    )  # fmt: skip
    service.receive(session, keeper, receipt)


def _yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def _back_and_away(session: Session, keeper: Actor) -> None:
    service.give_back(
        session, keeper,
        ReturnPart(
            location="Shenzhen", part="YP-EV-1001", serial="EVA-23-0456",
            condition=Condition.DEFECTIVE, reason="制冷器失效，返厂分析",
            happened_at=now(session) - timedelta(days=3),
        ),
    )  # fmt: skip
    service.give_back(
        session, keeper,
        ReturnPart(
            location="Shanghai", part="YP-PW-3001", reason="现场未用上，退回良品",
            happened_at=now(session) - timedelta(days=2),
        ),
    )  # fmt: skip
    service.scrap(
        session, keeper,
        Scrap(
            location="Shenzhen", part="YP-CH-6002", quantity=6, lot="C2309",
            reason="批次已过有效期", happened_at=now(session) - timedelta(days=1),
        ),
    )  # fmt: skip


def _unexplained(session: Session, keeper: Actor) -> None:
    """A van without a signal used one more than its books show."""
    placed = queries.balances(session, keeper, location="Van E-02", part="YP-FL-2101")
    held = sum(row.on_hand for _, row in placed)
    service.use_on_work_order(
        session, keeper,
        UsePart(
            location="Van E-02", part="YP-FL-2101", quantity=held + 1, accept_discrepancy=True,
            happened_at=now(session) - timedelta(hours=20),
        ),
    )  # fmt: skip


def _transfers(session: Session, keeper: Actor) -> None:
    """One on its way, one late, one not sent yet; each with what its source can spare."""
    at = now(session)
    for source, target, days, ship in (
        ("Shenzhen", "Shanghai", 1, True), ("Munich", "Madrid", -2, True),
        ("Shenzhen", "Boston", 6, False),
    ):  # fmt: skip
        spare = _spare(session, keeper, source, 3)
        service.create_transfer(
            session, keeper,
            CreateTransfer(
                source=source, target=target, ship=ship, expected_at=at + timedelta(days=days),
                happened_at=at - timedelta(days=5 if days < 0 else 1),
                lines=[TransferLine(part=part, quantity=pieces) for part, pieces in spare],
            ),
        )  # fmt: skip


def _spare(session: Session, actor: Actor, location: str, most: int) -> list[tuple[str, int]]:
    """A few parts without lot or serial of which a location has more than its minimum."""
    placed = queries.balances(session, actor, location=location, held=True, limit=200)
    views = queries.balance_views(session, actor.tenant_id, placed)
    plain = {
        part.number
        for part in queries.parts_called(session, actor, {view.part for view in views})
        if part.tracking == "none"
    }
    found = [
        (view.part, 1)
        for view in views
        if view.part in plain and view.condition == "good"
        if view.free > max(view.minimum or 0, 1)
    ]
    return found[:most]


def _requests(session: Session, actor: Actor, keeper: Actor) -> None:
    """Three wait for approval, one is approved and kept, one is refused."""
    asked = (
        ("Van E-01", "Shenzhen", "何启明", "下周 GS-2000 保养", ""),
        ("Van E-03", "Shanghai", "徐若谷", "备件车低于下限", ""),
        ("Van E-06", "Munich", "Lukas Brandeis", "Wartung im MVZ", ""),
        ("Van E-05", "Wuhan", "田汉阳", "客户现场待修", "approve"),
        ("Van E-08", "Boston", "Alec Winterbourne", "Spare for the fair", "reject"),
    )
    for location, source, name, note, answer in asked:
        spare = _spare(session, keeper, source, 2)
        if not spare:
            continue
        engineer = _person(actor, Role.ENGINEER, name)
        row = service.create_request(
            session, engineer,
            CreateRequest(
                location=location, source=source, note=note,
                needed_by=now(session).date() + timedelta(days=4),
                lines=[RequestLine(part=part, quantity=pieces) for part, pieces in spare],
            ),
        )  # fmt: skip
        if answer == "approve":
            service.approve_request(session, keeper, ApproveRequest(request_id=row.id))
        elif answer == "reject":
            refusal = RejectRequest(request_id=row.id, reason="Take the exhibition set instead")
            service.reject_request(session, keeper, refusal)


def _counts(session: Session, keeper: Actor) -> None:
    """A closed count that found one piece too few, and a blind one that is open."""
    placed = queries.balances(session, keeper, location="Beijing", held=True, limit=6)
    views = queries.balance_views(session, keeper.tenant_id, placed)
    tracked = {
        part.number
        for part in queries.parts_called(session, keeper, {view.part for view in views})
        if part.tracking != "none"
    }
    lines = [view for view in views if view.part not in tracked and view.condition == "good"]
    count = service.start_count(
        session, keeper,
        StartCount(location="Beijing", parts=[v.part for v in lines], note="季度抽盘"),
    )  # fmt: skip
    entered = [
        CountedLine(part=view.part, quantity=view.on_hand - (1 if not place else 0), lot=view.lot)
        for place, view in enumerate(lines)
    ]
    if entered:
        service.enter_count(session, keeper, EnterCount(count_id=count.id, lines=entered))
    service.close_count(session, keeper, CloseCount(count_id=count.id, reason="季度抽盘"))
    service.start_count(session, keeper, StartCount(location="Wuhan", note="年度盘点"))


def _reservations(session: Session, actor: Actor) -> None:
    """Parts kept for open tickets, in the van of the engineer or at the centre."""
    made = 0
    for row in tickets.open_tickets(session, actor, 40):
        van = queries.van_of(session, actor.tenant_id, row.engineer)
        spare = _spare(session, actor, van.code, 2) if van else []
        if van is None or not spare:
            continue
        service.reserve(
            session, actor,
            Reserve(
                location=van.code, purpose=Purpose(type="ticket", number=row.number),
                lines=[ReserveLine(part=part, quantity=pieces) for part, pieces in spare],
                due_at=now(session) + timedelta(hours=20 if made == 0 else 96),
            ),
        )  # fmt: skip
        made += 1
        if made == 4:
            break
    for kit in ("KIT-SP96-PM", "KIT-GS2000-PM"):
        command = Reserve(
            location="Shenzhen", purpose=Purpose(type="other", number="保养计划"),
            lines=[ReserveLine(kit=kit)],
        )  # fmt: skip
        try:
            service.reserve(session, actor, command)
        except Conflict:
            continue
