"""Table of saved views."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from careloop.kit.db import Entity, owned_by

LISTS = ("tickets", "conversations", "assets", "contracts", "customers", "stock", "work_orders")
"""Lists that can have views."""


class SavedView(Entity):
    """Filters of one list under a name.

    `owner_id` is whose it is; with `shared` every colleague sees it, and only its owner or
    somebody with `settings:write` changes it. `position` orders them; one of each owner is the
    default of its list.
    """

    __tablename__ = "saved_view"
    audited = False
    __table_args__ = (
        owned_by("user_account", "owner_id"),
        Index("ix_saved_view_list", "tenant_id", "list_name", "position"),
    )

    owner_id: Mapped[str] = mapped_column(String(26))
    list_name: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sort: Mapped[str] = mapped_column(String(40), default="")
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    shared: Mapped[bool] = mapped_column(default=False)
    is_default: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
