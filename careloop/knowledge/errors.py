"""Failures of the library."""

from __future__ import annotations

from careloop.kit.errors import InvalidInput, NotFound


class UnreadableSource(InvalidInput):
    """A file cannot be read as what its name says."""

    code, title = "unreadable_source", "The file cannot be read"


class DocumentNotFound(NotFound):
    """No published document of this id that the actor may read."""

    code = "document_not_found"
