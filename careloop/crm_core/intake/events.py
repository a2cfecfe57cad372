"""Facts about imports."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class ImportQueued(Event):
    """Files of master data wait to be read."""

    import_id: str
