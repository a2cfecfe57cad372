"""The demo company's standard work: its procedures, and how far they are on its visits.

The procedures lie as files beside this module, as an editor would write them. They say what the
demo's knowledge says: the same limits, torques, parts and warnings.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.customers import queries as customers
from careloop.crm_core.sop import runs, service
from careloop.crm_core.sop.schemas import (
    ImportSop,
    PublishSop,
    RecordStep,
    SaveSopDraft,
    SopDocument,
)  # fmt: skip
from careloop.crm_core.tickets import queries as tickets
from careloop.crm_core.tickets.models import TicketType
from careloop.crm_core.workorders import queries as visits
from careloop.crm_core.workorders import standard_work
from careloop.crm_core.workorders.models import VisitState, WorkOrder
from careloop.crm_core.workorders.queries import VisitFilter
from careloop.kit.actor import Actor, system_actor
from careloop.kit.db import now
from careloop.tools.sop import record_step

# On which of today's visits an engineer finds which procedure; what is required holds the visit.
TODAY = {
    "NE-32": [("NE-SOP-HEATER", True)],
    "GS-200": [("GS-SOP-PM", False)],
    "GS-2000": [("GS-SOP-E217", False), ("GS-SOP-CAL", False)],
    "SP-384": [("SP-SOP-HEPA", True)],
    "LC-10": [("LC-SOP-PUMP", False)],
}
EDITOR = "叶轻舟"
DRAFTS = {"SP-SOP-GRIP"}
"""What an editor still works on: a text, a branch and a translation are missing."""
HALF_DONE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("decon", {"outcome": "passed"}),
    ("lockout", {"outcome": "done", "hazard_confirmed": True}),
    ("zero", {"outcome": "done", "value": Decimal(0), "hazard_confirmed": True}),
    ("sensor", {"outcome": "done", "value": Decimal("12.4"),
                "note": "阻值偏高，传感器随加热板一起更换"}),
)  # fmt: skip
WITH_REMARKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("history", {"outcome": "done", "note": "90 天内 E-217 两次，均已恢复"}),
    ("decon", {"outcome": "passed", "hazard_confirmed": True}),
    ("filter", {"outcome": "done"}),
    ("seals", {"outcome": "done"}),
    ("tubing", {"outcome": "done", "hazard_confirmed": True}),
    ("pressure", {"outcome": "done", "value": Decimal("52.0")}),
    ("refit", {"outcome": "done", "note": "接头松动，已重新插紧"}),
    ("pressure", {"outcome": "done", "value": Decimal("36.5")}),
    ("rail", {"outcome": "done", "value": Decimal("24.1"), "hazard_confirmed": True}),
    ("leak", {"outcome": "done", "value": Decimal("0.21"), "hazard_confirmed": True}),
    ("fan", {"outcome": "done", "value": Decimal(2310), "note": "接近下限，建议下次更换风扇"}),
    ("optics", {"outcome": "passed"}),
    ("label", {"outcome": "skipped", "note": "标签用完，下次补贴"}),
)


def enact(session: Session, actor: Actor) -> None:
    """Write the procedures, put them on visits, and let two engineers work by them."""
    models = {}
    editor = system_actor(actor.tenant_id, EDITOR)
    for document in _documents():
        models[document.code] = document.content.models
        _write(session, editor, document)
    session.flush()
    open_visits, _ = visits.page(session, actor, VisitFilter(states=_OPEN), limit=200)
    for place, visit in enumerate(open_visits):
        _prepare(session, actor, visit, place)
    _work_on(session, actor, open_visits)
    _maintained(session, actor, models["GS-SOP-PM"])


_OPEN = (VisitState.PLANNED, VisitState.CONFIRMED, VisitState.EN_ROUTE, VisitState.ON_SITE)


def _documents() -> list[SopDocument]:
    folder = files("careloop.demo") / "sops"
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".json"))
    texts = [(folder / name).read_text(encoding="utf-8") for name in found]
    return [SopDocument.model_validate(json.loads(text)) for text in texts]


def _write(session: Session, actor: Actor, document: SopDocument) -> None:
    service.take_in(session, actor, ImportSop(document=document))
    if document.code in DRAFTS:
        return
    publish = PublishSop(sop=document.code, note="首版，依据知识库文章")
    service.publish(session, actor, publish)
    if document.code == "GS-SOP-CAL":
        _revise(session, actor, document)


def _revise(session: Session, actor: Actor, first: SopDocument) -> None:
    """A second version, so that there is a difference to look at."""
    content = first.content.model_copy(deep=True)
    for step in content.steps:
        if step.id == "backup":
            step.text = {
                "zh": "备份文件名写明序列号和日期，校准后至少保留 24 个月。",
                "en": "Name the file by serial and date and keep it for at least 24 months.",
            }
            step.minutes = 6
    save = SaveSopDraft(sop=first.code, content=content)
    service.save_draft(session, actor, save)
    note = "备份步骤写明文件名和保留期"
    service.publish(session, actor, PublishSop(sop=first.code, note=note))


def _prepare(session: Session, actor: Actor, visit: WorkOrder, place: int) -> None:
    where = standard_work.occasion(session, actor, visit)
    wanted = TODAY.get(where.model)
    if wanted:
        code, required = wanted[place % len(wanted)]
        runs.attach(session, actor, code, where, required)


def _work_on(session: Session, actor: Actor, open_visits: list[WorkOrder]) -> None:
    """The engineer who is at the machine has done the first half."""
    for visit in open_visits:
        where = standard_work.occasion(session, actor, visit)
        if visit.state == VisitState.ON_SITE and where.model == "NE-32":
            run = runs.run_on(session, actor, visit.number, "NE-SOP-HEATER")
            began = max(visit.arrived_at or now(session), now(session) - timedelta(minutes=55))
            _record(session, actor, visit, run, HALF_DONE, began, timedelta(minutes=12))


def _maintained(session: Session, actor: Actor, models: list[str]) -> None:
    """The latest maintenance of a sequencer was done by the book, with what was found on it."""
    done, _ = visits.page(session, actor, VisitFilter(states=[VisitState.DONE]), "newest",
                          limit=200)  # fmt: skip
    for visit in done:
        ticket = tickets.ticket(session, actor, visit.ticket)
        if ticket.type != TicketType.MAINTENANCE or ticket.model not in models:
            continue
        where = standard_work.occasion(session, actor, visit)
        run = runs.attach(session, actor, "GS-SOP-PM", where, True).id
        signer = customers.contacts_by_id(session, actor.tenant_id, {ticket.contact_id or ""})
        name = next((one.name for one in signer.values()), "现场负责人")
        steps = (*WITH_REMARKS, ("sign", {"outcome": "done", "signed_by": name}))
        began = visit.arrived_at or visit.window_from
        _record(session, actor, visit, run, steps, began, timedelta(minutes=11))
        return


def _record(
    session: Session, actor: Actor, visit: WorkOrder, run: str,
    steps: tuple[tuple[str, dict[str, Any]], ...], began: datetime, each: timedelta,
) -> None:  # fmt: skip
    for place, (step, facts) in enumerate(steps):
        command = RecordStep(
            run_id=run, step=step, engineer=visit.engineer, language="zh",
            happened_at=began + each * place, command_id=f"demo-{run}-{place}", **facts,
        )  # fmt: skip
        record_step(session, _as_engineer(session, actor, visit), command)


def _as_engineer(session: Session, actor: Actor, visit: WorkOrder) -> Actor:
    """The demo's engineers have no login; what they did stands under their names."""
    return system_actor(actor.tenant_id, visits.engineer(session, actor, visit.engineer).name)
