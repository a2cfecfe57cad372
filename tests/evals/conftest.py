from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from careloop.agents.mind.ports import Line
from careloop.agents.mind.reading import HandoffReason, Reading
from careloop.agents.turn.desk import TurnDesk
from careloop.crm_core import wiring
from careloop.crm_core.accounts import service as accounts
from careloop.evals.subject import Bench, MovableClock, Subject, from_folder
from careloop.kit.db import Database
from careloop.kit.events import EventBus
from careloop.knowledge.library import Library
from careloop.tools.runtime import Runtime
from tests.evals.played import ANN, ARTICLE, HERS, HIS, READING, Script, Scripted, helpful


@pytest.fixture
def script() -> Script:
    """What the mind does; override it in a test module or by indirect parametrisation."""
    return helpful


@pytest.fixture
def bench(sqlite_template: Path, tmp_path: Path, script: Script) -> Bench:
    """A bench with one small maker and a scripted mind."""

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

    maker = from_folder(write_maker(tmp_path / "maker"))
    return Bench(tmp_path / "bench", opener, {"small": maker})


def write_maker(root: Path) -> Path:
    """A maker's folder: two laboratories with a device each, and one article."""
    tables = {
        "customers": "number,name,country,language\nC-1,Harbour Lab,US,en\nC-2,Orchard Lab,US,en\n",
        "contacts": "customer,name,email,whatsapp\n"
        f"C-1,Ann Reef,ann@harbour.example,+{ANN}\nC-2,Bob Plum,bob@orchard.example,\n",
        "products": "model,name_en\nGS,Sequencer\n",
        "assets": f"serial,model,customer\n{HERS},GS,C-1\n{HIS},GS,C-2\n",
    }
    (root / "data").mkdir(parents=True)
    (root / "knowledge").mkdir()
    for name, text in tables.items():
        (root / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    (root / "knowledge" / "DOC-1.md").write_text(ARTICLE, encoding="utf-8")
    return root
