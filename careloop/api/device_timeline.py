"""The dated life of one device, put together from every book, with one cursor over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from careloop.api.device_file import contract_of, cover_of
from careloop.api.routes.paging import decode_cursor, encode_cursor
from careloop.crm_core.assets import timeline_queries
from careloop.crm_core.assets.fact_models import FactKind
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.assets.schemas import TimelineEntry
from careloop.crm_core.assets.timeline_queries import Place, Placed
from careloop.crm_core.customers import queries as customers
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import Ticket
from careloop.crm_core.workorders import queries as workorders
from careloop.kit.actor import Actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.errors import InvalidInput

TICKETS, CONTRACTS, WARRANTY, WORK = range(20, 24)
"""Ranks of the entries that other books add."""
MOST_TICKETS, MOST_VISITS = 2_000, 2_000


def timeline(
    session: Session, actor: Actor, row: Asset, cursor: str, limit: int
) -> tuple[list[TimelineEntry], str | None]:
    """Dated entries of every book, the latest first, and the cursor of those that follow."""
    before = _place(cursor)
    found = timeline_queries.own_entries(session, row, before, limit + 1)
    others = (
        *_ticket_entries(session, actor, row), *_visit_entries(session, actor, row),
        *_cover_entries(session, actor, row),
    )  # fmt: skip
    found.extend(entry for entry in others if before is None or entry[0] < before)
    found.sort(key=lambda entry: entry[0], reverse=True)
    shown = found[:limit]
    if not actor.may("customers:read"):
        shown = [entry for entry in shown if entry[1].kind != FactKind.OWNER]
    following = _cursor(found[limit - 1][0]) if len(found) > limit else None
    return [entry for _, entry in _named(session, actor, shown)], following


def _place(cursor: str) -> Place | None:
    values = decode_cursor(cursor, 3)
    if values is None:
        return None
    at, rank, key = values
    try:
        return Place(as_utc(datetime.fromisoformat(str(at))), int(rank or 0), str(key))
    except ValueError:
        raise InvalidInput("This cursor does not belong to this list; begin without one") from None


def _cursor(place: Place) -> str:
    return encode_cursor(place.at.isoformat(), place.rank, place.id)


def _ticket_entries(session: Session, actor: Actor, row: Asset) -> Iterable[Placed]:
    """Tickets by the time they were opened."""
    before, seen = "", 0
    while seen < MOST_TICKETS:
        rows = tickets.tickets(session, actor, serial=row.serial, before=before, limit=200)
        for item in rows:
            yield Place(item.created_at, TICKETS, item.id), _ticket(item)
        if len(rows) < 200:
            return
        before, seen = rows[-1].id, seen + len(rows)


def _ticket(item: Ticket) -> TimelineEntry:
    return TimelineEntry(
        id=item.id, at=iso(item.created_at), kind="ticket", title=item.title,
        link=f"tickets/{item.number}",
        data={
            "number": item.number, "type": item.type, "state": item.state,
            "priority": item.priority, "channel": item.channel,
        },
    )  # fmt: skip


def _visit_entries(session: Session, actor: Actor, row: Asset) -> Iterable[Placed]:
    """Visits by the time they ended, else by their window."""
    for item in workorders.of_asset(session, actor, row.id, limit=MOST_VISITS):
        at = item.finished_at or item.window_from
        yield Place(at, WORK, item.id), TimelineEntry(
            id=item.id, at=iso(at), kind="visit", title=item.number, actor=item.engineer,
            link=f"work-orders/{item.number}",
            data={"number": item.number, "ticket": item.ticket, "state": item.state,
                  "result": item.result},
        )  # fmt: skip


def _cover_entries(session: Session, actor: Actor, row: Asset) -> Iterable[Placed]:
    """First and last days of warranty and contract, at noon of the day, UTC."""
    contract = contract_of(session, actor, row)
    for rank, period in (
        *((WARRANTY, item) for item in cover_of(row, None, date.min)),
        *((CONTRACTS, item) for item in cover_of(row, contract, date.min) if item.number),
    ):
        for edge, day in (("begins", period.from_day), ("ends", period.until_day)):
            if day is None:
                continue
            at = datetime.combine(day, time(), tzinfo=UTC) + timedelta(hours=12)
            key = f"{period.kind}-{edge}-{period.number}"
            link = f"contracts/{period.number}" if period.number else ""
            yield Place(at, rank, key), TimelineEntry(
                id=key, at=iso(at), kind=f"{period.kind}_{edge}", title=period.number, link=link,
                data={"day": str(day), "number": period.number},
            )  # fmt: skip


def _named(session: Session, actor: Actor, entries: list[Placed]) -> list[Placed]:
    """Owners by name instead of id, for those who may know customers."""
    for _, entry in entries:
        if entry.kind != FactKind.OWNER:
            continue
        names = []
        for key in ("before", "after"):
            known = entry.data.get(key)
            name = customers.customer(session, actor, known).name if known else ""
            entry.data[f"{key}_name"] = name
            names.append(name or "-")
        entry.title = " → ".join(names)
    return entries
