"""Tables of customers, contacts and channel identities."""

from __future__ import annotations

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careloop.crm_core.custom.models import Customised, Subject
from careloop.kit.db import Entity, owned_by


class Customer(Customised):
    """An organisation that owns devices."""

    __tablename__ = "customer"
    custom_subject = Subject.CUSTOMER
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    industry: Mapped[str] = mapped_column(String(100), default="")
    tier: Mapped[str] = mapped_column(String(20), default="standard")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")


class Contact(Customised):
    """A person; a web visitor nobody knows yet is a contact without a customer."""

    __tablename__ = "contact"
    custom_subject = Subject.CONTACT
    __table_args__ = (
        owned_by("customer", "customer_id"),
        Index("ix_contact_email", "tenant_id", "email"),
        Index("ix_contact_phone", "tenant_id", "phone"),
        Index("ix_contact_customer", "tenant_id", "customer_id"),
    )

    customer_id: Mapped[str | None] = mapped_column(String(26))
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(10), default="")
    role: Mapped[str] = mapped_column(String(100), default="")

    @property
    def is_known(self) -> bool:
        return self.customer_id is not None


class ChannelIdentity(Entity):
    """How a contact is known on one channel account; the pair is unique, a phone is not."""

    __tablename__ = "channel_identity"
    __table_args__ = (
        owned_by("contact", "contact_id"),
        UniqueConstraint("tenant_id", "channel", "account", "external_id"),
        Index("ix_channel_identity_contact", "tenant_id", "contact_id"),
    )

    contact_id: Mapped[str] = mapped_column(String(26))
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(60), default="default")
    external_id: Mapped[str] = mapped_column(String(200))
