"""After a publication a durable job makes the vectors, and the next search has them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from careloop.api import schema
from careloop.api.bootstrap import Services, build
from careloop.api.errands import EMBED_KNOWLEDGE
from careloop.api.worker import Worker
from careloop.crm_core.accounts import queries as tenants
from careloop.crm_core.accounts import service as accounts
from careloop.kit.actor import system_actor
from careloop.kit.jobs import Job
from careloop.kit.settings import Settings
from careloop.knowledge.embedders.models import PassageVector
from careloop.knowledge.service import SourceFile, add_files
from tests.knowledge.embedders.tiny import tiny_folder

SECONDS = 30


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tiny_folder(tmp_path / "model", id="tiny")
    return tmp_path / "home"


def opened(home: Path, provider: str) -> Services:
    model = str(home.parent / "model") if provider == "onnx" else ""
    services = build(Settings(home=home, embed_provider=provider, embed_model=model))  # type: ignore[arg-type]
    schema.upgrade(services.database)
    with services.database.write() as session:
        accounts.ensure_tenant(session, "default", "Default")
    return services


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    built = opened(home, "onnx")
    yield built
    built.close()


def tenant_of(services: Services) -> str:
    with services.database.read() as session:
        return tenants.tenant_by_slug(session, "default").tenant_id


def publish(services: Services, key: str, body: str) -> None:
    text = f"---\nid: {key}\nlang: en\ntitle: {key}\n---\n{body}".encode()
    with services.database.write() as session:
        add_files(session, system_actor(tenant_of(services)), [SourceFile(f"{key}.md", text)])


def counted(services: Services) -> tuple[int, int]:
    """Jobs of this kind, and stored vectors."""
    with services.database.read() as session:
        jobs = select(func.count()).select_from(Job).where(Job.kind == EMBED_KNOWLEDGE)
        vectors = select(func.count()).select_from(PassageVector)
        return session.scalar(jobs) or 0, session.scalar(vectors) or 0


def until_dense(services: Services) -> None:
    deadline = time.monotonic() + SECONDS
    while services.library.snapshot(tenant_of(services)).dense is None:
        assert time.monotonic() < deadline, "the vectors were not made in time"
        time.sleep(0.1)


def test_a_publication_is_followed_by_its_vectors(services: Services) -> None:
    publish(services, "PUMP", "The pump has a leak of oil.")
    publish(services, "DOOR", "The door is hot.")
    assert counted(services) == (1, 0)
    worker = Worker(services)
    worker.start()
    try:
        until_dense(services)
    finally:
        worker.stop()
    assert counted(services) == (1, 2)


def test_a_new_model_catches_up_at_the_start(home: Path) -> None:
    before = opened(home, "none")
    publish(before, "PUMP", "The pump has a leak of oil.")
    assert counted(before) == (0, 0)
    before.close()
    services = opened(home, "onnx")
    worker = Worker(services)
    worker.start()
    try:
        until_dense(services)
        assert services.vectors.catch_up() == 0
    finally:
        worker.stop()
        services.close()
