"""The contract of a connector: what an outer CRM or ERP must be able to do.

An implementation keeps nothing but its connection; how far it was read, and what belongs to what,
stand in our books. Every method may be repeated: `create` gets a key that stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class TheirRecord:
    """A record as they gave it; `version` is what they want to see with a change."""

    id: str
    version: str
    updated: str
    values: dict[str, Any]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class TheirPage:
    """A page of changes; `next` is None on the last."""

    records: list[TheirRecord]
    next: str | None
    unread: list[str] = field(default_factory=list)
    """What could not be read as a record, in words."""


class OuterFailure(Exception):
    """The other side could not do it."""


class Unreachable(OuterFailure):
    """It does not answer now; the same again later."""


class Throttled(OuterFailure):
    """It wants to be left alone for so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"It asks us to wait {seconds} s")
        self.seconds = seconds


class LoginRefused(OuterFailure):
    """It does not let us in; a person has to mend the login."""


class RecordRefused(OuterFailure):
    """It does not take this record; the others go on."""


class ChangedMeanwhile(OuterFailure):
    """Somebody changed the record there since we read it."""


class RecordGone(OuterFailure):
    """There is no such record any more."""


class OuterSystem(Protocol):
    """An outer CRM or ERP."""

    def changes(self, object_name: str, since: str, cursor: str) -> TheirPage:
        """Records changed since that time of theirs (empty: all), a page at a time."""
        ...

    def get(self, object_name: str, their_id: str) -> TheirRecord:
        """One record; `RecordGone` when there is none."""
        ...

    def find(self, object_name: str, path: str, value: str) -> list[TheirRecord]:
        """Records whose field has that value."""
        ...

    def create(self, object_name: str, document: dict[str, Any], key: str) -> TheirRecord:
        """Make a record; the same key makes it once."""
        ...

    def update(
        self, object_name: str, their_id: str, document: dict[str, Any], version: str, key: str
    ) -> TheirRecord:
        """Change fields of a record; `ChangedMeanwhile` when it has another version."""
        ...
