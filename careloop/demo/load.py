"""Load the demo company: master data, knowledge, staff with demo logins, office hours."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.crm_core.accounts import service as account_service
from careloop.crm_core.accounts.schemas import CreateUser
from careloop.crm_core.conversations import saved_replies
from careloop.crm_core.conversations.schemas import SaveReply
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.service import run_import
from careloop.crm_core.workforce import service as workforce
from careloop.crm_core.workforce.schemas import OfficeHoursView
from careloop.demo import (
    billing_life,
    custom_life,
    device_life,
    dispatch_life,
    fault_life,
    feedback_life,
    outbound_life,
    promise_life,
    sop_life,
    stock_life,
    visit_life,
)  # fmt: skip
from careloop.kit.actor import Actor, Role, system_actor
from careloop.kit.db import EVERY_TENANT, Database
from careloop.knowledge import service as knowledge
from careloop.knowledge.service import SourceFile

PASSWORD = "careloop-demo"  # noqa: S105 - the demo's public password, usable on loopback alone
SHOWN_ROLES = ("agent", "manager", "editor", "admin")
Say = Callable[[str], None]
# In this order: visits name tickets, devices name visits, the ledger plays what both used; costs,
# faults and ratings come of all that. Own rules come last, so that they act on what is new.
LIVES: tuple[tuple[str, Callable[[Session, Actor], None]], ...] = (
    ("Agreeing on contracts and service levels", promise_life.enact),
    ("Sending engineers out", visit_life.enact),
    ("Filling the devices' files", device_life.enact),
    ("Moving spare parts", stock_life.enact),
    ("Dispatching", dispatch_life.enact),
    ("Working by standard", sop_life.enact),
    ("Counting costs", billing_life.enact),
    ("Learning from repairs", fault_life.enact),
    ("Asking customers", feedback_life.enact),
    ("Telling other systems", outbound_life.enact),
    ("Adding own fields and rules", custom_life.enact),
)


def folder() -> Path:
    """Where the demo company's files lie in the package."""
    return Path(str(files("careloop.demo")))


def load_demo(database: Database, slug: str, say: Say) -> bool:
    """Load what is missing; a second run changes nothing. True when anything was loaded."""
    with database.write(EVERY_TENANT) as session:
        tenant = account_service.ensure_tenant(session, slug, "Yaopu Biosystems")
        tenant_id, ready = tenant.tenant_id, bool(tenant.profile.get("demo_loaded"))
    if ready:
        return False
    actor = system_actor(tenant_id)
    say("Loading customers, devices, parts and tickets")
    with database.write(actor.tenant_id) as session:
        run_import(session, actor, read_folder(folder() / "data"))
    say("Adding staff and office hours")
    with database.write(tenant_id) as session:
        logins = _add_staff(session, tenant_id)
        workforce.set_office_hours(session, actor, _office_hours())
        for row in _rows("saved_replies.csv"):
            saved_replies.save_reply(session, actor, SaveReply.model_validate(row))
    for what, life in LIVES:
        say(what)
        with database.write(tenant_id) as session:
            life(session, actor)
    say("Reading the knowledge base")
    with database.write(tenant_id) as session:
        knowledge.add_files(session, actor, _articles())
        logins += _engineer(session, actor)
        account_service.describe_tenant(session, tenant_id, "Yaopu Biosystems", _profile(logins))
    return True


def _articles() -> list[SourceFile]:
    root = folder() / "knowledge"
    return [
        SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*.md"))
    ]


def _add_staff(session: Session, tenant_id: str) -> list[dict[str, str]]:
    actor = system_actor(tenant_id)
    logins: list[dict[str, str]] = []
    for row in _rows("data/staff.csv"):
        if not accounts.user_by_email(session, tenant_id, row["email"].lower()):
            command = CreateUser(
                email=row["email"], name=row["name"], role=Role(row["role"]), password=PASSWORD,
                language=row["language"],
            )  # fmt: skip
            account_service.create_user(session, actor, command)
        known = {login["role"] for login in logins}
        if row["role"] in SHOWN_ROLES and row["role"] not in known:
            logins.append({"email": row["email"], "password": PASSWORD, "role": row["role"]})
    return logins


def _engineer(session: Session, actor: Actor) -> list[dict[str, str]]:
    """The first engineer who can log in; dispatching made the login."""
    found = [user for user in accounts.users(session, actor) if user.role == Role.ENGINEER]
    shown = sorted(user.email for user in found)[:1]
    return [{"email": email, "password": PASSWORD, "role": Role.ENGINEER} for email in shown]


def _office_hours() -> OfficeHoursView:
    """As the demo maker's policy says: Monday to Saturday, 08:30-20:30 China time."""
    return OfficeHoursView(
        time_zone="Asia/Shanghai",
        weekly={str(day): [("08:30", "20:30")] for day in range(6)},
        holidays=[],
    )


def _profile(logins: list[dict[str, str]]) -> dict[str, object]:
    return {
        "display_name": "Yaopu Biosystems",
        "language": "zh",
        "hotline": "400-820-7717",
        "emergency": "",
        "origins": [],
        "demo_logins": logins,
        "demo_loaded": True,
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (folder() / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
