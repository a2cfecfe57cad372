"""Failures of a maker's own fields."""

from __future__ import annotations

from careloop.kit.errors import Conflict


class TypeInUse(Conflict):
    """A field with values on file cannot simply become one of another type."""

    code = "field_type_in_use"
