from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from careloop.agents.mind.ports import CallTool, Decision, Line, Plan, Planner, Say, Turn
from careloop.agents.mind.reading import HandoffReason, Intent, Reading, Urgency
from careloop.agents.turn.desk import TurnDesk
from careloop.crm_core import wiring
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.assets.models import Asset
from careloop.crm_core.catalog.models import ProductModel
from careloop.crm_core.customers.models import ChannelIdentity, Contact, Customer
from careloop.evals.subject import Bench, MovableClock, Subject
from careloop.kit.db import Database
from careloop.kit.events import EventBus
from careloop.kit.ids import new_id
from careloop.kit.messages import Option, QuickReplies, Reply
from careloop.knowledge.library import Library
from careloop.tools.runtime import Runtime

READING = Reading("en", 1.0, Intent.CHIT_CHAT, 1.0, 0, Urgency.NORMAL, HandoffReason.NONE)
Script = Callable[[Turn], Plan]


def said(
    turn: Turn, decision: Decision, text: str, *options: str, asset: str = "", ticket: str = ""
) -> Say:
    """An answer whose memory counts the turns and maps each button to itself in small letters."""
    memory = {
        "count": int(turn.memory.get("count", 0)) + 1,
        "options": {option: option.lower() for option in options},
    }
    parts = [QuickReplies(options=[Option(label=o, value=o) for o in options])] if options else []
    reply = Reply(text=text, language="en", parts=list(parts))
    return Say(decision, (reply,), memory, "en", reading=READING, asset=asset, ticket=ticket)


@dataclass
class Scripted(Planner):
    """A mind that does what a test says."""

    script: Script

    def plan(self, turn: Turn) -> Plan:
        return (yield from self.script(turn))


def helpful(turn: Turn) -> Plan:
    """Opens a ticket for a serial, hands over on `person`, else asks and offers a button."""
    if "GS-1" in turn.text:
        yield CallTool("tickets.open", {"title": turn.text, "serial": "GS-1"})
        return said(turn, Decision.TICKET, "opened", asset="GS-1")
    if turn.text.lower() == "person":
        yield CallTool("conversations.request_person", {"reason": "asked_for_human"})
        return said(turn, Decision.HANDOFF, "a colleague comes")
    count = int(turn.memory.get("count", 0))
    return said(turn, Decision.ASK, f"question {count}", "Person")


@pytest.fixture
def script() -> Script:
    """What the mind does; override it in a test module or by indirect parametrisation."""
    return helpful


@pytest.fixture
def bench(sqlite_template: Path, tmp_path: Path, script: Script) -> Bench:
    """A bench with one small maker: two customers with a device each, and a scripted mind."""

    def opener(home: Path, clock: MovableClock) -> Subject:
        file = home / "careloop.db"
        if not file.exists():
            shutil.copyfile(sqlite_template, file)
        bus = EventBus()
        wiring.wire(bus)
        database = Database(f"sqlite:///{file}", bus, clock)
        with database.write() as session:
            tenant_id = accounts.ensure_tenant(session, "default", "Maker").tenant_id
        planner = Scripted(script)

        def restarted() -> Subject:
            database.close()
            return opener(home, clock)

        def read(text: str, history: tuple[Line, ...] = ()) -> Reading:
            urgent = "fire" in text
            return replace(READING, handoff_reason=HandoffReason.SAFETY) if urgent else READING

        return Subject(
            database, tenant_id, Library(database), planner, read,
            TurnDesk(database, Runtime(database), lambda _: planner), clock, database.close,
            restarted,
        )  # fmt: skip

    return Bench(tmp_path / "bench", opener, {"small": furnish})


def furnish(subject: Subject) -> None:
    """Two organisations; the first one's Ann is known on WhatsApp as 111."""
    tenant = subject.tenant_id
    with subject.database.write() as session:
        session.add(ProductModel(tenant_id=tenant, id=new_id(), model="GS", name={"en": "GS"}))
        session.flush()
        for number, (name, person, serial) in enumerate(
            [("Harbour Lab", "Ann Reef", "GS-1"), ("Orchard Lab", "Bob Plum", "GS-2")], start=1
        ):
            customer, contact = new_id(), new_id()
            session.add(Customer(tenant_id=tenant, id=customer, number=f"C-{number}", name=name))
            session.flush()
            session.add(Contact(tenant_id=tenant, id=contact, customer_id=customer, name=person))
            session.add(
                Asset(
                    tenant_id=tenant, id=new_id(), serial=serial, serial_key=serial.replace("-", ""),
                    model="GS", customer_id=customer,
                )
            )  # fmt: skip
            session.flush()
            session.add(
                ChannelIdentity(
                    tenant_id=tenant, id=new_id(), contact_id=contact, channel="whatsapp",
                    account="default", external_id=str(number) * 3,
                )
            )  # fmt: skip
