"""Facts about customers and contacts."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class CustomerChanged(Event):
    """A customer was added, or these columns of it changed."""

    customer_id: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContactChanged(Event):
    """A known person was added, or these columns changed."""

    contact_id: str
    fields: frozenset[str]
