"""Facts about the library."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.kit.events import Event


@dataclass(frozen=True, slots=True)
class KnowledgePublished(Event):
    """Documents were added, changed or retired; the tenant's index has a new revision."""

    revision: int
