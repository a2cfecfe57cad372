"""A standard procedure, its version and rule, and a run of it with one record."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.sop import recording, runs, service
from careloop.crm_core.sop.content import SopContent, SopStep
from careloop.crm_core.sop.roles import Qualification
from careloop.crm_core.sop.runs import Occasion
from careloop.crm_core.sop.schemas import (
    CreateSop,
    PublishSop,
    RecordStep,
    SetSopRules,
    SopRuleFacts,
)
from careloop.kit.actor import Actor

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/v1/sop-runs/{run_id}/steps"): {"step": "one", "outcome": "done"},
    ("POST", "/v1/work-orders/{work_order}/sop-runs"): {"sop": "SOP-mine"},
}


def fill(session: Session, actor: Actor, ids: dict[str, Any]) -> dict[str, Any]:
    tag = ids["tag"]
    content = SopContent(
        title={"en": f"Service of {tag}"}, models=[ids["model"]], tags=[tag],
        steps=[SopStep(id=name, title={"en": f"Step {name} {tag}"}) for name in ("one", "two")],
    )  # fmt: skip
    code = f"SOP-{tag}"
    service.create_sop(session, actor, CreateSop(code=code, content=content))
    row = service.publish(session, actor, PublishSop(sop=code, note=f"first of {tag}"))
    rule = SopRuleFacts(codes=[f"E-{tag}"])
    service.set_rules(session, actor, SetSopRules(sop=code, rules=[rule]))
    where = Occasion(ids["work_order"], ids["number"], ids["serial"], ids["model"])
    run = runs.attach(session, actor, code, where, required=False)
    did = RecordStep(run_id=run.id, step="one", outcome="done", note=f"by {tag}",
                     command_id=f"sop-{tag}")  # fmt: skip
    made = recording.record(session, actor, did, Qualification(f"Finn {tag}"), "en")
    return {
        "sop": code, "sop_id": row.id, "sop_version": "1", "run_id": run.id,
        "record_id": made.record.id, "engineer": f"E-{tag}", "tag_word": tag,
    }  # fmt: skip
