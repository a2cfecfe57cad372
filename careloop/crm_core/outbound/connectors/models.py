"""Tables of connectors: where to, what belongs to what, how runs went, what wants a decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class Connector(Entity):
    """Another CRM or ERP. `mapping` is the checked form of `mapping_text`.

    `cursors` holds for each kind of object how far each side was read: `theirs` as they count,
    `ours` as time and id.
    """

    __tablename__ = "connector"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(20), default="rest")
    base_url: Mapped[str] = mapped_column(String(500))
    auth: Mapped[str] = mapped_column(String(10), default="none")
    auth_name: Mapped[str] = mapped_column(String(120), default="")
    active: Mapped[bool] = mapped_column(default=True)
    every_minutes: Mapped[int] = mapped_column(default=0)
    mapping_text: Mapped[str] = mapped_column(Text)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    cursors: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    next_run_at: Mapped[datetime | None]


class ConnectorLogin(TenantRow):
    """What we log in with there, sealed with the installation's key."""

    __tablename__ = "connector_login"
    audited = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "connector_id"], ["connector.tenant_id", "connector.id"],
            ondelete="RESTRICT",
        ),
    )  # fmt: skip

    connector_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    handle: Mapped[str] = mapped_column(Text)


class ExternalLink(Entity):
    """Which record of theirs is which of ours.

    `base` holds each mapped field as both sides had it last. While `state` is `creating` we have
    asked them to make the record and do not know its id yet.
    """

    __tablename__ = "external_link"
    audited = False
    __table_args__ = (
        owned_by("connector", "connector_id"),
        UniqueConstraint("tenant_id", "connector_id", "object", "our_id"),
        UniqueConstraint("tenant_id", "connector_id", "object", "their_id"),
    )

    connector_id: Mapped[str] = mapped_column(String(26))
    object: Mapped[str] = mapped_column(String(20))
    our_id: Mapped[str] = mapped_column(String(80))
    their_id: Mapped[str | None] = mapped_column(String(200))
    their_version: Mapped[str] = mapped_column(String(200), default="")
    their_updated: Mapped[str] = mapped_column(String(40), default="")
    their_hash: Mapped[str] = mapped_column(String(64), default="")
    base: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="linked")
    synced_at: Mapped[datetime | None]


class ConnectorRun(Entity):
    """One run. `place` is how far it came; `state` is running, stopped (goes on later), done or
    failed (needs a person)."""

    __tablename__ = "connector_run"
    audited = False
    __table_args__ = (
        owned_by("connector", "connector_id"),
        Index("ix_connector_run_connector", "tenant_id", "connector_id", "id"),
    )

    connector_id: Mapped[str] = mapped_column(String(26))
    dry: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(10), default="running")
    place: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    counters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(String(500), default="")
    runner: Mapped[str] = mapped_column(String(26), default="")
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ConnectorLine(TenantRow):
    """One line of a run's report."""

    __tablename__ = "connector_line"
    audited = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "connector_run_id"], ["connector_run.tenant_id", "connector_run.id"],
            ondelete="RESTRICT",
        ),
    )  # fmt: skip

    connector_run_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    object: Mapped[str] = mapped_column(String(20))
    our_id: Mapped[str] = mapped_column(String(80), default="")
    their_id: Mapped[str] = mapped_column(String(200), default="")
    did: Mapped[str] = mapped_column(String(20))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ConnectorProblem(Entity):
    """A record that could not be brought together; every run tries it again.

    `side` says whose id `record_id` is: `theirs` or `ours`.
    """

    __tablename__ = "connector_problem"
    audited = False
    __table_args__ = (
        owned_by("connector", "connector_id"),
        UniqueConstraint("tenant_id", "connector_id", "object", "side", "record_id"),
    )

    connector_id: Mapped[str] = mapped_column(String(26))
    object: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(6))
    record_id: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(String(500))
    tries: Mapped[int] = mapped_column(default=1)


class SyncConflict(Entity):
    """Fields that both sides changed; neither is touched until somebody decides.

    `fields` maps each to its value at the last agreement, ours and theirs.
    """

    __tablename__ = "sync_conflict"
    __table_args__ = (
        owned_by("connector", "connector_id"),
        owned_by("external_link", "link_id"),
        Index("ix_sync_conflict_open", "tenant_id", "connector_id", "state", "id"),
    )

    connector_id: Mapped[str] = mapped_column(String(26))
    link_id: Mapped[str] = mapped_column(String(26))
    object: Mapped[str] = mapped_column(String(20))
    our_id: Mapped[str] = mapped_column(String(80))
    their_id: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300), default="")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="open")
    choice: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    resolved_by: Mapped[str] = mapped_column(String(60), default="")
    resolved_at: Mapped[datetime | None]

    def resolve(self, choice: dict[str, Any], by: str, at: datetime) -> None:
        self.choice, self.resolved_by, self.resolved_at = choice, by, at
        self.state = "resolved"
