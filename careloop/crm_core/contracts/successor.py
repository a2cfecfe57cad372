"""The contract that follows on another takes its terms, lines and devices along."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from careloop.crm_core.contracts import queries
from careloop.crm_core.contracts.models import ContractAsset, ContractLine, ServiceContract
from careloop.kit.db import now
from careloop.kit.ids import new_id

_TERMS = (
    "tenant_id", "customer_id", "plan", "response_hours", "onsite_hours", "covers", "covers_all",
    "price_amount", "price_currency", "price_period", "sla_policy", "calendar", "notice_days",
    "reminder_days", "note",
)  # fmt: skip
_LINE = ("position", "what", "share", "parts", "visits", "limit_amount", "limit_currency", "note")
BATCH = 500


def copy_of(row: ServiceContract, number: str, at: datetime) -> ServiceContract:
    """A contract on the same terms, without days."""
    return ServiceContract(
        id=new_id(), number=number, renews=row.number, created_at=at, updated_at=at,
        **{name: getattr(row, name) for name in _TERMS},
    )  # fmt: skip


def copy_lines(session: Session, row: ServiceContract, new: ServiceContract) -> None:
    for line in queries.lines(session, row):
        session.add(
            ContractLine(
                tenant_id=row.tenant_id, contract_id=new.id, created_at=now(session),
                updated_at=now(session), **{name: getattr(line, name) for name in _LINE},
            )
        )  # fmt: skip


def copy_devices(session: Session, row: ServiceContract, new: ServiceContract, last: date) -> None:
    """Devices still covered on the old contract's last day come along, without days."""
    after = ""
    while page := queries.device_page(session, row, after, BATCH):
        for device in page:
            if device.until_on is None or device.until_on >= last:
                session.add(
                    ContractAsset(
                        tenant_id=row.tenant_id, contract_id=new.id, asset_id=device.asset_id,
                        serial=device.serial, created_at=now(session), updated_at=now(session),
                    )
                )  # fmt: skip
        after = page[-1].serial
    session.flush()
