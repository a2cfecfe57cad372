"""What a form asks for, given the values so far: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careloop.crm_core.custom.schemas import FieldView, FormItem, FormView

OPEN = "open"
"""Stands for the opening of a ticket among the states by which a field is needed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is shown, and how the form wants it."""

    field: FieldView
    item: FormItem

    def needed(self, at: str) -> bool:
        """Whether it must be filled in by then: `open`, or the state to be entered."""
        return self.item.required if at == OPEN else at in self.item.required_in


def shown(form: FormView, fields: Sequence[FieldView], values: Mapping[str, Any]) -> list[Asked]:
    """The active fields that the form shows with these values, in its order.

    A field that hangs on a hidden one is hidden with it.
    """
    known = {field.key: field for field in fields if field.active}
    seen: dict[str, Any] = {}
    found: list[Asked] = []
    for item in (item for section in form.sections for item in section.fields):
        field = known.get(item.field)
        if field is None or not _applies(item, seen):
            continue
        seen[field.key] = values.get(field.key)
        found.append(Asked(field, item))
    return found


def _applies(item: FormItem, seen: Mapping[str, Any]) -> bool:
    hangs = item.shown_when
    if hangs is None:
        return True
    value = seen.get(hangs.field)
    return any(one in hangs.values for one in (value if isinstance(value, list) else [value]))


def lacking(
    form: FormView, fields: Sequence[FieldView], values: Mapping[str, Any], at: str
) -> list[str]:
    """Keys of what is needed by then and not filled in."""
    return [
        asked.field.key
        for asked in shown(form, fields, values)
        if asked.needed(at) and values.get(asked.field.key) is None
    ]
