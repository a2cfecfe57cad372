"""Writers of price lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.billing import queries
from careloop.crm_core.billing.amounts import HUNDRED, UNIT_STEP, plain
from careloop.crm_core.billing.models import PriceItem, PriceList
from careloop.crm_core.billing.rate_schemas import (
    CopyPriceList,
    CreatePriceList,
    PriceItemFacts,
    PriceListFacts,
    PriceListPage,
    PriceListView,
    ReplacePriceList,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.clock import iso
from careloop.kit.db import now
from careloop.kit.errors import Conflict, InvalidInput, VersionConflict
from careloop.kit.ids import new_id

_DECIMALS = ("discount", "rounding")
_OPTIONAL = ("minimum",)


def create_list(session: Session, actor: Actor, command: CreatePriceList) -> PriceList:
    """Add a price list; `Conflict` when its code is taken."""
    _free(session, actor, command.code)
    row = PriceList(
        tenant_id=actor.tenant_id, id=new_id(), code=command.code, created_at=now(session),
        updated_at=now(session),
    )  # fmt: skip
    _fill(session, actor, row, command)
    session.add(row)
    session.flush()
    _set_items(session, row, command.items)
    return row


def replace_list(session: Session, actor: Actor, command: ReplacePriceList) -> PriceList:
    """Change a price list; closed bills and sent quotes keep the prices they have."""
    row = queries.price_list(session, actor, command.price_list, lock=True)
    if command.version is not None and command.version != row.version:
        raise VersionConflict("Somebody changed this price list meanwhile; load it again")
    _fill(session, actor, row, command)
    if command.items is not None:
        _set_items(session, row, command.items)
    row.touch(now(session))
    session.flush()
    return row


def copy_list(session: Session, actor: Actor, command: CopyPriceList) -> PriceList:
    """A list that follows another from a day on, with every price raised by a percentage."""
    old = queries.price_list(session, actor, command.price_list, lock=True)
    if command.valid_from <= old.valid_from:
        raise InvalidInput(
            f"{old.code} begins on {old.valid_from}; name a later day", valid_from="too early"
        )
    _free(session, actor, command.code)
    facts = list_facts(old)
    facts |= {"code": command.code, "valid_from": command.valid_from, "valid_until": None}
    factor = (HUNDRED + Decimal(command.raise_percent)) / HUNDRED
    kept = [item_facts(item) for item in queries.items(session, old)]
    for item in kept:
        item.price = plain((Decimal(item.price) * factor).quantize(UNIT_STEP))
    row = create_list(session, actor, CreatePriceList.model_validate({**facts, "items": kept}))
    if old.valid_until is None or old.valid_until >= command.valid_from:
        old.valid_until = command.valid_from - timedelta(days=1)
        old.touch(now(session))
        session.flush()
    return row


def list_facts(row: PriceList) -> dict[str, Any]:
    """The facts of a list as `PriceListFacts` reads them."""
    facts = {name: getattr(row, name) for name in PriceListFacts.model_fields}
    for name in _DECIMALS:
        facts[name] = plain(facts[name])
    for name in _OPTIONAL:
        facts[name] = None if facts[name] is None else plain(facts[name])
    return facts


def item_facts(row: PriceItem) -> PriceItemFacts:
    facts: dict[str, Any] = {name: getattr(row, name) for name in PriceItemFacts.model_fields}
    for name in ("price", "discount", "minimum", "step"):
        facts[name] = None if facts[name] is None else plain(facts[name])
    return PriceItemFacts.model_validate(facts)


def views(
    session: Session, actor: Actor, rows: Sequence[PriceList], today: date
) -> list[PriceListView]:
    counts = queries.item_counts(session, actor.tenant_id, [row.id for row in rows])
    return [PriceListView.model_validate(_facts(row, counts.get(row.id, 0), today)) for row in rows]


def page(session: Session, row: PriceList, today: date) -> PriceListPage:
    """A price list with its prices."""
    found = [item_facts(item) for item in queries.items(session, row)]
    return PriceListPage.model_validate({**_facts(row, len(found), today), "items": found})


def state_on(row: PriceList, today: date) -> str:
    """How a list stands on a day."""
    if not row.active:
        return "off"
    if row.valid_until is not None and row.valid_until < today:
        return "ended"
    return "upcoming" if today < row.valid_from else "active"


def _facts(row: PriceList, count: int, today: date) -> dict[str, Any]:
    return {
        **list_facts(row), "code": row.code, "state": state_on(row, today), "items_count": count,
        "version": row.version, "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
    }  # fmt: skip


def _free(session: Session, actor: Actor, code: str) -> None:
    if queries.code_taken(session, actor.tenant_id, code):
        raise Conflict(f"There is a price list {code} already; choose another code")


def _fill(session: Session, actor: Actor, row: PriceList, command: PriceListFacts) -> None:
    rules = queries.rules(session, actor.tenant_id)
    if command.tax_code and rules.tax(command.tax_code) is None:
        raise InvalidInput(
            f"There is no tax code {command.tax_code}; enter it in the rules of billing",
            tax_code="is unknown",
        )
    for name in PriceListFacts.model_fields:
        value: Any = getattr(command, name)
        if name in {*_DECIMALS, *_OPTIONAL}:
            value = None if value is None else Decimal(value)
        setattr(row, name, value)


def _set_items(session: Session, row: PriceList, items: Sequence[PriceItemFacts]) -> None:
    """Replace the prices of a list; `InvalidInput` where two price the same."""
    keys = [(item.kind, item.code, item.hours) for item in items]
    counted = Counter(keys)
    twice = [" ".join(key).strip() for key, many in counted.items() if many > 1]
    if twice:
        raise InvalidInput(f"Priced twice: {', '.join(sorted(twice)[:5])}", items="names one twice")
    for old in queries.items(session, row):
        session.delete(old)
    session.flush()
    for position, item in enumerate(items):
        numbers = {
            name: None if value is None else Decimal(value)
            for name in ("price", "discount", "minimum", "step")
            for value in (getattr(item, name),)
        }
        session.add(
            PriceItem(
                tenant_id=row.tenant_id, id=new_id(), price_list_id=row.id, position=position,
                kind=item.kind, code=item.code, hours=item.hours, names=dict(item.names),
                unit=item.unit, tax_code=item.tax_code, created_at=now(session),
                updated_at=now(session), **numbers,
            )
        )  # fmt: skip
    session.flush()
