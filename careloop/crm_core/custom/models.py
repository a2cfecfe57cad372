"""Tables of a maker's own fields, their values, forms and ticket types; what carries values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, TenantRow, owned_by

TEXT_CHARS = 200
LONG_CHARS = 5_000
LINK_CHARS = 500
SLOTS = 50
"""Values of one multi-choice at most."""


class Subject(StrEnum):
    """What can have fields of a maker's own."""

    TICKET = "ticket"
    CUSTOMER = "customer"
    CONTACT = "contact"
    ASSET = "asset"
    CONTRACT = "contract"
    WORK_ORDER = "work_order"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"


class Customised(Entity):
    """What carries values of a maker's own fields: `custom` is key to value, as JSON.

    It is what views show, so that no list needs a second select. The rows of `CustomValue` say
    the same in typed columns and are written in the same act; lists filter and sort by them.
    """

    __abstract__ = True
    custom_subject: ClassVar[Subject]

    custom: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, sort_order=89)


class CustomField(Entity):
    """A field of one subject. Its key and, once it has values, its type stay."""

    __tablename__ = "custom_field"
    __table_args__ = (UniqueConstraint("tenant_id", "subject", "key"),)

    subject: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(20))
    label: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    help: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    required: Mapped[bool] = mapped_column(default=False)
    default: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True, default=None)
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    limits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """unit, decimals, low, high, earliest, latest, min_chars, max_chars, pattern; what is set."""
    searchable: Mapped[bool] = mapped_column(default=False)
    in_list: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class CustomValue(TenantRow):
    """One value in the column of its type: folded text (also options and yes/no), number, time.

    A multi-choice has a row for each option. A day is midnight UTC.
    """

    __tablename__ = "custom_value"
    audited = False
    __table_args__ = (
        owned_by("custom_field", "field_id"),
        Index("ix_custom_value_folded", "tenant_id", "field_id", "folded", "object_id"),
        Index("ix_custom_value_number", "tenant_id", "field_id", "number", "object_id",
              sqlite_where=text("number IS NOT NULL"),
              postgresql_where=text("number IS NOT NULL")),
        Index("ix_custom_value_at", "tenant_id", "field_id", "at", "object_id",
              sqlite_where=text("at IS NOT NULL"), postgresql_where=text("at IS NOT NULL")),
    )  # fmt: skip

    subject: Mapped[str] = mapped_column(String(20), primary_key=True)
    object_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    field_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    folded: Mapped[str | None] = mapped_column(String(LINK_CHARS))
    number: Mapped[Decimal | None] = mapped_column(Numeric(20, 6))
    at: Mapped[datetime | None]


class OwnTicketType(Entity):
    """A maker's own type of ticket. Its tickets are of the built-in type `base`, whose states,
    promises and reports they share; `code` tells them apart."""

    __tablename__ = "own_ticket_type"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    base: Mapped[str] = mapped_column(String(20))
    label: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    priority: Mapped[str] = mapped_column(String(10), default="")
    """What a new ticket has where nobody says; empty: as usual."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class CustomForm(Entity):
    """Which fields a type of ticket shows, in which order, and when each is needed."""

    __tablename__ = "custom_form"
    __table_args__ = (UniqueConstraint("tenant_id", "ticket_type"),)

    ticket_type: Mapped[str] = mapped_column(String(20))
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
