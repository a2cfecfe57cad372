"""The proof that the books follow from the moves, and how to make them again."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import update
from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.inventory import checking_queries as asked
from careloop.crm_core.inventory import ledger_queries, queries
from careloop.crm_core.inventory.ledger import hold
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import StockBalance, StockSerial
from careloop.crm_core.inventory.views import Finding, RebuildView, VerifyView
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.ids import new_id

Pair = tuple[str, str]
Position = tuple[str | None, str, str, str]


def verify(session: Session, actor: Actor) -> VerifyView:
    """Compare balances, reserved pieces, serial positions and transit with what they follow from.

    Reads one moment of the books; an act that commits meanwhile is either in all of it or, where
    the database reads each statement by itself, may show as a finding that a second look clears.
    """
    tenant = actor.tenant_id
    if not actor.may("stock:read"):
        return VerifyView(moves=0, balances=0, ok=True, findings=[])
    findings: list[tuple[str, Key, str, int, int]] = []
    booked = asked.all_balances(session, tenant)
    moved = ledger_queries.sums(session, tenant)
    for key in sorted(booked.keys() | moved.keys()):
        have, should = booked.get(key, (0, 0))[0], moved.get(key, 0)
        if have != should:
            findings.append(("balance", key, f"lot {key[2] or '-'}, {key[3]}", have, should))
    kept = asked.reserved(session, tenant)
    for key in sorted(booked.keys() | kept.keys()):
        have, should = booked.get(key, (0, 0))[1], kept.get(key, 0)
        if have != should:
            findings.append(("reserved", key, f"lot {key[2] or '-'}", have, should))
    findings += _serials(session, tenant)
    transit = asked.transit_moves(session, tenant)
    lines = asked.transit_lines(session, tenant)
    for part in sorted(transit.keys() | lines.keys()):
        have, should = lines.get(part, 0), transit.get(part, 0)
        if have != should:
            findings.append(("transit", ("", part, "", ""), "open transfers", have, should))
    for part, (have, should) in sorted(asked.broken_rows(session, tenant).items()):
        findings.append(("moves", ("", part, "", ""), "moves are missing", have, should))
    return VerifyView(
        moves=asked.move_count(session, tenant), balances=len(booked), ok=not findings,
        findings=_named(session, tenant, findings),
    )  # fmt: skip


def _serials(session: Session, tenant: str) -> list[tuple[str, Key, str, int, int]]:
    found = []
    known = asked.positions(session, tenant)
    last = asked.last_positions(session, tenant)
    for pair in sorted(known.keys() | last.keys()):
        if known.get(pair) != last.get(pair):
            place = (known.get(pair) or last[pair])[0] or ""
            here, there = int(pair in known), int(pair in last)
            key = (place, pair[0], "", "")
            found.append(("serial", key, f"serial {pair[1]}", here, there))
    held: dict[Pair, int] = defaultdict(int)
    for key, (on_hand, _) in asked.all_balances(session, tenant).items():
        held[(key[0], key[1])] += on_hand
    named: dict[Pair, int] = defaultdict(int)
    for (part, _), position in known.items():
        if position[0]:
            named[(position[0], part)] += 1
    for (place, part), pieces in named.items():
        if pieces > held[(place, part)]:
            key = (place, part, "", "")
            found.append(("serial", key, "more known pieces than pieces", pieces,
                          held[(place, part)]))  # fmt: skip
    return found


def _named(
    session: Session, tenant: str, findings: list[tuple[str, Key, str, int, int]]
) -> list[Finding]:
    codes = queries.codes(session, tenant, {item[1][0] for item in findings})
    parts = catalog.parts_by_ids(session, tenant, {item[1][1] for item in findings})
    return [
        Finding(
            kind=kind, location=codes.get(key[0], ""), part=parts[key[1]].number, detail=detail,
            booked=have, moved=should,
        )
        for kind, key, detail, have, should in findings
    ]  # fmt: skip


def rebuild(session: Session, actor: Actor) -> RebuildView:
    """Make balances, reserved pieces and serial positions again from moves and reservations.

    All parts are held meanwhile. Minimum, maximum and bin stay. Where a reservation keeps more
    than the moves leave, the CHECK of the balance refuses and nothing changes.
    """
    tenant, at = actor.tenant_id, now(session)
    booked = asked.all_balances(session, tenant)
    ids = {key[1] for key in booked} | {key[1] for key in ledger_queries.sums(session, tenant)}
    hold(session, actor, catalog.parts_by_ids(session, tenant, ids).values())
    booked = asked.all_balances(session, tenant)
    moved = ledger_queries.sums(session, tenant)
    kept = asked.reserved(session, tenant)
    changed = {"balances": 0, "reserved": 0}
    for key in sorted(booked.keys() | moved.keys() | kept.keys()):
        should = (moved.get(key, 0), kept.get(key, 0))
        have = booked.get(key)
        if have == should or (have is None and should == (0, 0)):
            continue
        changed["balances"] += have is None or have[0] != should[0]
        changed["reserved"] += have is not None and have[1] != should[1]
        _put(session, tenant, key, should, have is None, actor)
    pieces = 0
    last = asked.last_positions(session, tenant)
    rows = asked.serial_rows(session, tenant)
    for pair, (place, account, lot, condition) in last.items():
        row = rows.get(pair)
        if row is None:
            row = StockSerial(tenant_id=tenant, id=new_id(), part_id=pair[0], serial=pair[1],
                              version=1, created_at=at, updated_at=at)  # fmt: skip
            session.add(row)
        elif (row.location_id, row.account, row.lot, row.condition) == last[pair]:
            continue
        row.location_id, row.account, row.lot, row.condition = place, account, lot, condition
        pieces += 1
    for pair in rows.keys() - last.keys():
        session.delete(rows[pair])
        pieces += 1
    session.flush()
    return RebuildView(balances=changed["balances"], serials=pieces, reserved=changed["reserved"])


def _put(
    session: Session, tenant: str, key: Key, should: tuple[int, int], new: bool, actor: Actor
) -> None:
    at = now(session)
    if new:
        session.add(
            StockBalance(
                tenant_id=tenant, id=new_id(), location_id=key[0], part_id=key[1], lot=key[2],
                condition=key[3], on_hand=should[0], reserved=should[1], version=1,
                created_at=at, updated_at=at,
            )
        )  # fmt: skip
        session.flush()
        return
    row = StockBalance
    session.execute(
        update(row)
        .where(
            row.tenant_id == tenant, row.location_id == key[0], row.part_id == key[1],
            row.lot == key[2], row.condition == key[3],
        )
        .values(on_hand=should[0], reserved=should[1], version=row.version + 1, updated_at=at)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
