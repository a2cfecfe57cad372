"""Views of contracts, with what other domains know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from careloop.crm_core.assets import queries as assets
from careloop.crm_core.contracts import left, queries
from careloop.crm_core.contracts.entitlement_queries import zone_of
from careloop.crm_core.contracts.models import (
    ContractAsset,
    ContractUse,
    ServiceContract,
)  # fmt: skip
from careloop.crm_core.contracts.policy import Line, contract_year
from careloop.crm_core.contracts.schemas import (
    ContractAssetView,
    ContractPage,
    ContractView,
    CoverageLineView,
    PauseView,
    Price,
    UseView,
)  # fmt: skip
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.money import Money

FIRST_ROWS = 100
_PLAIN = (
    "id", "number", "customer_id", "state_reason", "plan", "starts_on", "ends_on",
    "terminated_on", "response_hours", "onsite_hours", "covers", "covers_all", "price_period",
    "sla_policy", "calendar", "notice_days", "reminder_days", "renews", "renewed_by", "note",
    "version", "custom",
)  # fmt: skip


def views(session: Session, actor: Actor, rows: Sequence[ServiceContract]) -> list[ContractView]:
    """Contracts as a list shows them."""
    names = customers.names(session, actor.tenant_id, {row.customer_id for row in rows})
    counts = queries.device_counts(session, actor.tenant_id, [row.id for row in rows])
    return [
        _view(session, row, names.get(row.customer_id, ""), counts.get(row.id, 0)) for row in rows
    ]


def today_of(session: Session, row: ServiceContract) -> date:
    """Today where the contract's customer is."""
    return now(session).astimezone(zone_of(session, row.tenant_id, row.customer_id)).date()


def page(session: Session, actor: Actor, row: ServiceContract) -> ContractPage:
    """A contract with all that belongs to it."""
    return ContractPage(
        contract=views(session, actor, [row])[0],
        lines=_lines(session, row),
        assets=devices(session, actor, row, "", FIRST_ROWS),
        pauses=[
            PauseView.model_validate(pause, from_attributes=True)
            for pause in queries.pauses(session, row)
        ],
        uses=uses(session, row, "", FIRST_ROWS),
    )


def devices(
    session: Session, actor: Actor, row: ServiceContract, after: str, limit: int
) -> list[ContractAssetView]:
    """Devices named on a contract, by serial, those after `after`."""
    today = today_of(session, row)
    running = row.active(today) and not queries.pause_on(queries.pauses(session, row), today)
    return [
        _device(session, found, running, today)
        for found in queries.device_page(session, row, after, limit)
    ]


def uses(session: Session, row: ServiceContract, before: str, limit: int) -> list[UseView]:
    """What a contract bore, the latest booked first."""
    return [use_view(use) for use in queries.use_page(session, row, before, limit)]


def use_view(row: ContractUse) -> UseView:
    amount = None if row.amount is None else Money.of(row.amount, row.currency)
    return UseView(
        id=row.id, what=row.what, used_on=row.used_on, visits=row.visits, amount=Price.of(amount),
        source=row.source, note=row.note, created_at=iso(row.created_at),
    )  # fmt: skip


def _view(session: Session, row: ServiceContract, customer: str, devices: int) -> ContractView:
    today = today_of(session, row)
    last = row.last_day
    return ContractView(
        **{name: getattr(row, name) for name in _PLAIN},
        customer_name=customer,
        state=queries.state_on(row, queries.pauses(session, row), today),
        days_left=None if last is None else (last - today).days,
        price=Price.of(row.price),
        notice_by=None if last is None else last - timedelta(days=row.notice_days),
        assets_count=devices,
        created_at=iso(row.created_at),
        updated_at=iso(row.updated_at),
    )


def _lines(session: Session, row: ServiceContract) -> list[CoverageLineView]:
    today = today_of(session, row)
    stored = queries.lines(session, row)
    if not stored:
        return [_worded(line) for line in left.lines_left(session, row, today)]
    spent = queries.uses_between(session, row, *contract_year(row.starts_on, today))
    shown = []
    for line in stored:
        rest = left.line_left(line, spent)
        limit = None
        if line.limit_amount is not None:
            limit = Money.of(line.limit_amount, line.limit_currency)
        shown.append(
            CoverageLineView(
                what=rest.what, share=line.share, parts=list(line.parts), visits=line.visits,
                limit=Price.of(limit), note=line.note, visits_left=rest.visits_left,
                limit_left=Price.of(rest.limit_left),
            )
        )  # fmt: skip
    return shown


def _worded(line: Line) -> CoverageLineView:
    return CoverageLineView(
        what=line.what, share=line.share, visits=line.visits, visits_left=line.visits_left
    )


def _device(session: Session, row: ContractAsset, running: bool, today: date) -> ContractAssetView:
    asset = assets.asset_by_id(session, row.tenant_id, row.asset_id)
    within = (row.from_on is None or row.from_on <= today) and (
        row.until_on is None or today <= row.until_on
    )
    return ContractAssetView(
        serial=row.serial, model=asset.model if asset else "", site=asset.site if asset else "",
        from_on=row.from_on, until_on=row.until_on, covered=running and within,
    )  # fmt: skip
