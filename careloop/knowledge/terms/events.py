"""Facts about a tenant's terms."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class TermsChanged(Event):
    """Own terms were added, changed or taken back; texts may now mean other concepts."""

    revision: int
