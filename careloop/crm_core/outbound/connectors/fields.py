"""The fields of ours that a mapping may name, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from careloop.crm_core.assets.models import AssetStatus
from careloop.crm_core.tickets.models import Priority, TicketState, TicketType

OBJECTS = ("customers", "contacts", "assets", "tickets")
"""In this order: what comes later refers to what came before."""


@dataclass(frozen=True, slots=True)
class OurField:
    """A field. `writable` says when the other side may set it; `refers_to` whose id it holds."""

    name: str
    kind: Literal["text", "date", "choice", "reference"] = "text"
    needed: bool = False
    writable: Literal["always", "create", "never"] = "always"
    chars: int = 200
    choices: tuple[str, ...] = ()
    refers_to: str = ""

    def checked(self, value: Any) -> Any:
        """The value as our books keep it; `ValueError` says what does not fit."""
        if value is None:
            return ""
        text = str(value)
        if self.kind == "date" and text:
            return date.fromisoformat(text).isoformat()
        if self.kind == "choice" and text and text not in self.choices:
            raise ValueError(f"{text!r} is none of {', '.join(self.choices)}; use `values`")
        if len(text) > self.chars:
            raise ValueError(f"{len(text)} characters; at most {self.chars} fit (use `limit:`)")
        return text


def _texts(**chars: int) -> tuple[OurField, ...]:
    return tuple(OurField(name, chars=count) for name, count in chars.items())


FIELDS: dict[str, tuple[OurField, ...]] = {
    "customers": (
        OurField("number", writable="create", chars=40),
        OurField("name", needed=True),
        OurField("country", chars=2),
        *_texts(language=10, city=100, address=300, industry=100, tier=20, time_zone=60),
    ),
    "contacts": (
        OurField("customer", "reference", needed=True, refers_to="customers"),
        OurField("name", needed=True),
        *_texts(email=254, phone=20, language=10, role=100),
    ),
    "assets": (
        OurField("serial", needed=True, writable="create", chars=80),
        OurField("model", needed=True, writable="create", chars=80),
        OurField("customer", "reference", refers_to="customers"),
        *_texts(name=120, site=200, installed_by=120, firmware=40),
        *(OurField(name, "date") for name in ("installed_on", "shipped_on", "warranty_until")),
        OurField("status", "choice", writable="never", choices=tuple(AssetStatus)),
        OurField("contract_number", writable="never", chars=60),
    ),
    "tickets": (
        OurField("number", writable="never", chars=40),
        OurField("title", needed=True, chars=300),
        OurField("description", chars=20_000),
        OurField("type", "choice", choices=tuple(TicketType)),
        OurField("priority", "choice", choices=tuple(Priority)),
        OurField("state", "choice", choices=tuple(TicketState)),
        OurField("customer", "reference", refers_to="customers"),
        OurField("contact", "reference", refers_to="contacts"),
        OurField("serial", chars=80),
        OurField("language", writable="create", chars=10),
        *_texts(callback_phone=30, component=120),
        OurField("resolution", writable="never", chars=10_000),
        OurField("created_at", writable="never", chars=40),
    ),
}  # fmt: skip


def our_field(object_name: str, name: str) -> OurField | None:
    """The field of that name, where there is one."""
    return next((found for found in FIELDS[object_name] if found.name == name), None)
