"""Files handed in: read one by one, published at once, never half; killed, it goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from careloop.api import schema
from careloop.api.bootstrap import Services, build
from careloop.api.documents import with_sidecars
from careloop.api.intakes import hand_in
from careloop.crm_core.accounts import service as accounts
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import FixedClock
from careloop.kit.errors import Conflict
from careloop.kit.settings import Settings
from careloop.knowledge import editor_queries
from careloop.knowledge.editor_views import ArticleFilter
from careloop.knowledge.intake import queries
from careloop.knowledge.intake.models import IntakeFile
from careloop.knowledge.intake.schemas import IntakePage, IntakeView, PickIntake, TakeIn
from careloop.knowledge.library import SearchQuery
from careloop.knowledge.models import Document, Edition

SECONDS = 60


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    built = build(Settings(home=tmp_path / "home"))
    schema.upgrade(built.database)
    with built.database.write() as session:
        accounts.ensure_tenant(session, "default", "Default")
    yield built
    built.close()


@pytest.fixture
def editor(services: Services) -> Actor:
    from careloop.crm_core.accounts import queries as tenants

    with services.database.read() as session:
        return system_actor(tenants.tenant_by_slug(session, "default").tenant_id, "Edda")


def note(name: str, text: str, **matter: str) -> bytes:
    head = "".join(
        f"{key}: {value}\n" for key, value in {"id": name, "lang": "en", **matter}.items()
    )
    return f"---\n{head}---\n# About {name}\n\n{text}\n".encode()


def taken(services: Services, editor: Actor, files: dict[str, bytes], **how: Any) -> IntakePage:
    handed = hand_in(services.blobs, editor.tenant_id, with_sidecars(files))
    view = services.runtime.invoke(editor, "knowledge.take_in", TakeIn(files=handed, **how))
    services.intakes.run(editor.tenant_id, IntakeView.model_validate(view).id)
    with services.database.read() as session:
        return queries.intake_page(session, editor, IntakeView.model_validate(view).id)


def states(page: IntakePage) -> dict[str, str]:
    return {file.path: file.state for file in page.files}


def found(services: Services, editor: Actor, text: str) -> str:
    hits = services.library.search(editor, SearchQuery(text, k=20)).hits
    return "\n".join(hit.text for hit in hits)


def test_the_same_file_again_changes_nothing(services: Services, editor: Actor) -> None:
    files = {"a.md": note("A", "The belt is 40 mm wide."), "b.md": note("B", "Oil every 90 days.")}
    assert states(taken(services, editor, files)) == {"a.md": "added", "b.md": "added"}
    assert states(taken(services, editor, files)) == {"a.md": "unchanged", "b.md": "unchanged"}
    with services.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Edition)) == 2


def test_a_changed_file_waits_until_it_is_accepted(services: Services, editor: Actor) -> None:
    taken(services, editor, {"a.md": note("A", "The belt is 40 mm wide.")})
    new = {"a.md": note("A", "The belt is 55 mm wide.")}
    page = taken(services, editor, new)
    assert states(page) == {"a.md": "held"}
    assert "40 mm" in found(services, editor, "belt wide")
    assert states(taken(services, editor, new)) == {"a.md": "held"}, "it waits already"
    with services.database.read() as session:
        lines, _ = editor_queries.articles(session, editor, ArticleFilter(waiting=True))
        difference = editor_queries.difference(session, editor, lines[0].id)
    assert [item.text for item in difference.lines if item.kind == "add"] == [
        "The belt is 55 mm wide."
    ]
    services.runtime.invoke(editor, "knowledge.publish", {"id": lines[0].id, "number": 2})
    assert "55 mm" in found(services, editor, "belt wide")
    third = {"a.md": note("A", "The belt is 60 mm wide.")}
    assert states(taken(services, editor, third, accept=True)) == {"a.md": "changed"}
    assert "60 mm" in found(services, editor, "belt wide")


def test_a_file_that_cannot_be_read_is_set_apart(services: Services, editor: Actor) -> None:
    files = {"bad.md": b"\x00\x01\x02", "good.md": note("G", "The fan turns left.")}
    page = taken(services, editor, files)
    assert states(page) == {"bad.md": "quarantined", "good.md": "added"}
    assert "binary" in next(file.reason for file in page.files if file.path == "bad.md")
    again = services.runtime.invoke(editor, "knowledge.retry_intake", PickIntake(id=page.id))
    assert IntakeView.model_validate(again).counts.waiting == 1
    services.intakes.run(editor.tenant_id, page.id)
    with pytest.raises(Conflict):
        good = taken(services, editor, {"good.md": note("G", "The fan turns left.")})
        services.runtime.invoke(editor, "knowledge.retry_intake", PickIntake(id=good.id))


def test_a_yaml_file_speaks_for_the_one_beside_it(services: Services, editor: Actor) -> None:
    files = {
        "pump.md": b"# Pump\n\nThe pump lifts 12 m.",
        "pump.md.yaml": (
            b"id: PUMP-1\nproduct_models: [KX-5]\naudience: internal\nupdated: 2026-02-03"
        ),
    }
    taken(services, editor, files)
    with services.database.read() as session:
        row = session.scalars(select(Document)).one()
        assert (row.key, row.product_models, row.audience) == ("PUMP-1", ["KX-5"], "internal")
        assert str(row.updated) == "2026-02-03"


def test_a_manual_named_after_a_model_is_for_that_model(services: Services, editor: Actor) -> None:
    taken(services, editor, {"k.md": note("K", "x.", product_models="[KX-5]")})
    html = (
        b"<html><head><title>KX-5 service manual</title></head>"
        b"<body><h1>KX-5</h1><p>The belt is 4 mm wide.</p></body></html>"
    )
    page = taken(services, editor, {"manual.html": html})
    with services.database.read() as session:
        row = session.scalars(select(Document).where(Document.source_path == "manual.html")).one()
        assert row.product_models == ["KX-5"]
    assert any("KX-5" in text for text in page.files[0].warnings)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "CARELOOP_HOME": str(home)}


def _shell(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "careloop.api.cli.main", *arguments],
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _count(services: Services, state: str) -> int:
    with services.database.read() as session:
        counted = session.scalar(
            select(func.count()).select_from(IntakeFile).where(IntakeFile.state == state)
        )
    return counted or 0


def test_killed_in_the_middle_the_old_stands_and_a_server_finishes(
    services: Services, editor: Actor, tmp_path: Path
) -> None:
    taken(services, editor, {"n0.md": note("N0", "The lamp glows at 10 lux.")})
    folder = tmp_path / "manuals"
    folder.mkdir()
    for at in range(300):
        text = f"The lamp glows at {at + 500} lux.\n\n" + "\n\n".join(
            f"## Part {part}\n\nTighten bolt {part} of assembly {at}." for part in range(6)
        )
        (folder / f"n{at}.md").write_bytes(note(f"N{at}", text))
    shell = _shell(services.settings.home, "kb", "add", "--accept", str(folder))
    deadline = time.monotonic() + SECONDS
    while _count(services, "read") < 40:
        assert time.monotonic() < deadline and shell.poll() is None
        time.sleep(0.01)
    shell.send_signal(signal.SIGKILL)
    shell.wait()
    assert _count(services, "waiting") > 0, "it was killed before the end"
    assert "10 lux" in found(services, editor, "lamp glows lux")
    assert "500 lux" not in found(services, editor, "lamp glows 500 lux")

    later = FixedClock(datetime.now(UTC) + timedelta(minutes=2))
    server = build(services.settings, later)
    server.jobs.start()
    try:
        while _count(services, "added") < 299:
            assert time.monotonic() < deadline, "the sweep took it up"
            time.sleep(0.05)
    finally:
        server.jobs.stop()
        server.close()
    time.sleep(0.6)
    assert "500 lux" in found(services, editor, "lamp glows 500 lux")
    assert "10 lux" not in found(services, editor, "lamp glows 10 lux")
    with services.database.read() as session:
        rows = session.execute(
            select(Edition.document_id, func.count())
            .where(Edition.state == "published")
            .group_by(Edition.document_id)
        ).all()
        waiting = session.scalar(
            select(func.count()).select_from(Edition).where(Edition.state == "draft")
        )
    assert len(rows) == 300 and {row[1] for row in rows} == {1} and waiting == 0


def test_the_shell_tells_what_became_of_each_file(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_bytes(note("A", "The belt is 40 mm wide."))
    (folder / "b.exe").write_bytes(b"MZ")
    command = [sys.executable, "-m", "careloop.api.cli.main", "kb", "add", str(folder), "--json"]
    environment = _environment(services.settings.home)
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    body = json.loads(done.stdout)
    assert [(file["path"], file["state"], file["documents"]) for file in body["files"]] == [
        ("a.md", "added", 1)
    ]
    assert "b.exe" in body["skipped"][0]
