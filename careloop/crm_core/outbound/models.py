"""Tables of outgoing webhooks: who wants to hear, what happened, and every try to tell.

A message is written in the transaction of the fact it tells. No secret is stored: what a receiver
checks signatures with is made from the installation's key and the row's `salt`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by


class EndpointState(StrEnum):
    """Whether an endpoint is told anything."""

    ENABLED = "enabled"
    DISABLED = "disabled"


class DeliveryState(StrEnum):
    """How one message stands with one endpoint."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class WebhookEndpoint(Entity):
    """An address that wants to hear of facts; `events` holds types, or `ticket.*`, or `*`.

    `salt` belongs to the secret in force; `previous_salt` to the one before, which signs beside
    it until `previous_until`. `failing_since` is when the last row of failures began.
    """

    __tablename__ = "webhook_endpoint"

    url: Mapped[str] = mapped_column(String(500))
    description: Mapped[str] = mapped_column(String(200), default="")
    events: Mapped[list[str]] = mapped_column(JSON, default=list)
    include_personal: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=EndpointState.ENABLED.value)
    disabled_reason: Mapped[str] = mapped_column(String(300), default="")
    disabled_at: Mapped[datetime | None]
    salt: Mapped[str] = mapped_column(String(40))
    previous_salt: Mapped[str] = mapped_column(String(40), default="")
    previous_until: Mapped[datetime | None]

    @property
    def enabled(self) -> bool:
        return self.state == EndpointState.ENABLED

    def disable(self, reason: str, at: datetime) -> None:
        """Send nothing more; what waits is kept for the day it is enabled again."""
        self.state, self.disabled_reason, self.disabled_at = "disabled", reason[:300], at

    def enable(self) -> None:
        """Send again, beginning with what waits."""
        self.state, self.disabled_reason, self.disabled_at = "enabled", "", None

    def rotate(self, salt: str, overlap_until: datetime | None) -> None:
        """Another secret; the old one signs beside it until `overlap_until`, if that is given."""
        self.previous_salt = self.salt if overlap_until else ""
        self.previous_until = overlap_until
        self.salt = salt


class WebhookHealth(TenantRow):
    """How sending to an endpoint goes; apart, because it changes with every try."""

    __tablename__ = "webhook_health"
    audited = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "endpoint_id"], ["webhook_endpoint.tenant_id", "webhook_endpoint.id"],
            ondelete="RESTRICT",
        ),
    )  # fmt: skip

    endpoint_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    throttled_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    slow: Mapped[bool] = mapped_column(default=False)


class WebhookMessage(Entity):
    """A fact, as it is told. `id` is the `webhook-id` of every try.

    `open_data` holds what every endpoint may see, `whole_data` what those that chose personal
    data see; it is null where none did.
    """

    __tablename__ = "webhook_message"
    audited = False
    __table_args__ = (
        UniqueConstraint("tenant_id", "dedupe_key"),
        Index("ix_webhook_message_made", "tenant_id", "created_at"),
    )

    type: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(40), default="")
    key: Mapped[str] = mapped_column(String(120), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    dedupe_key: Mapped[str] = mapped_column(String(200))
    open_data: Mapped[dict[str, Any]] = mapped_column(JSON)
    whole_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class WebhookDelivery(Entity):
    """A message on its way to one endpoint. `replay` counts the times it was sent anew.

    `lease_until` is set while somebody sends it; a process that dies lets the lease run out.
    """

    __tablename__ = "webhook_delivery"
    audited = False
    __table_args__ = (
        owned_by("webhook_endpoint", "endpoint_id"),
        owned_by("webhook_message", "message_id"),
        UniqueConstraint("tenant_id", "endpoint_id", "message_id", "replay"),
        Index("ix_webhook_delivery_due", "state", "next_at"),
        Index("ix_webhook_delivery_endpoint", "tenant_id", "endpoint_id", "state", "next_at"),
        Index("ix_webhook_delivery_message", "tenant_id", "message_id"),
    )

    endpoint_id: Mapped[str] = mapped_column(String(26))
    message_id: Mapped[str] = mapped_column(String(26))
    type: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120), default="")
    replay: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=DeliveryState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(40), default="")
    duration_ms: Mapped[int | None]


class WebhookAttempt(TenantRow):
    """One try. It is written before the bytes leave; without an outcome the process died."""

    __tablename__ = "webhook_attempt"
    audited = False
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "delivery_id"], ["webhook_delivery.tenant_id", "webhook_delivery.id"],
            ondelete="RESTRICT",
        ),
    )  # fmt: skip

    delivery_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begun_at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[str] = mapped_column(String(300), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    duration_ms: Mapped[int | None]


class WebhookSequence(TenantRow):
    """The last number given to a message about one object."""

    __tablename__ = "webhook_sequence"
    audited = False

    object: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
