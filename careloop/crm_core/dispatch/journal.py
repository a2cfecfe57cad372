"""The log of dispatch: why a job went where it went; and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.dispatch.models import DispatchLog
from careloop.crm_core.dispatch.schemas import Reason
from careloop.crm_core.notices.models import Severity
from careloop.crm_core.notices.schemas import Message
from careloop.crm_core.notices.service import notify
from careloop.crm_core.workforce.models import Engineer
from careloop.crm_core.workorders.models import WorkOrder
from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.clock import as_utc, iso
from careloop.kit.db import now
from careloop.kit.ids import new_id

NAME_CHARS = 60
DISPATCHING = frozenset(role.value for role in Role if "dispatch" in scopes_of(role))


def name_of(actor: Actor) -> str:
    return (actor.name or actor.label)[:NAME_CHARS]


def note(
    session: Session, actor: Actor, kind: str, outcome: str, *, ticket: str = "",
    work_order: str = "", engineer: str = "", rule: tuple[str, str] = ("", ""), plan_id: str = "",
    score: int | None = None, reasons: Iterable[Reason] = (), text: str = "",
) -> None:  # fmt: skip
    """Write a line; `rule` is its id and name."""
    at = now(session)
    session.add(
        DispatchLog(
            tenant_id=actor.tenant_id, id=new_id(), kind=kind, outcome=outcome, ticket=ticket,
            work_order=work_order, engineer=engineer, rule_id=rule[0], rule=rule[1],
            plan_id=plan_id, actor=name_of(actor), score=score,
            reasons=[one.model_dump() for one in reasons], text=text, created_at=at, updated_at=at,
        )
    )  # fmt: skip


def tell_engineer(
    session: Session, actor: Actor, engineer: Engineer, visit: WorkOrder, key: str, text: str
) -> None:
    """Tell an engineer what became of a visit; the one who did it knows."""
    if engineer.user_id is None or engineer.user_id == actor.user_id:
        return
    args = {
        "number": visit.number, "ticket": visit.ticket, "from": iso(visit.window_from),
        "until": iso(visit.window_until), "site": visit.site, "by": name_of(actor),
    }  # fmt: skip
    notify(
        session, actor.tenant_id, [engineer.user_id],
        Message(
            kind="dispatch", key=key, args=args, text=text, link=f"/visits/{visit.number}",
            dedupe=f"{key}:{visit.number}:{visit.version}:{engineer.code}",
        ),
    )  # fmt: skip


def tell_dispatchers(
    session: Session, tenant_id: str, key: str, text: str, dedupe: str,
    args: dict[str, object], severity: Severity = Severity.INFO, link: str = "/dispatch",
) -> None:  # fmt: skip
    """Tell everybody who dispatches."""
    people = accounts.users(session, system_actor(tenant_id))
    ids = [one.id for one in people if one.active and one.role in DISPATCHING]
    notify(
        session, tenant_id, ids,
        Message(
            kind="dispatch", key=key, args=args, text=text[:1000], link=link, severity=severity,
            dedupe=dedupe[:120],
        ),
    )  # fmt: skip


def shown(at: datetime) -> str:
    return iso(as_utc(at))
