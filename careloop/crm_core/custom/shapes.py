"""Rules of a definition itself: which limits belong to which type, pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from careloop.crm_core.custom.models import TEXT_CHARS, FieldType
from careloop.crm_core.custom.schemas import FieldView, Limits
from careloop.crm_core.custom.values import BadValue, read_value
from careloop.kit.errors import InvalidInput

F = FieldType
_OF: dict[str, frozenset[FieldType]] = {
    "unit": frozenset({F.NUMBER}), "decimals": frozenset({F.NUMBER}),
    "low": frozenset({F.NUMBER}), "high": frozenset({F.NUMBER}),
    "earliest": frozenset({F.DATE, F.DATETIME}), "latest": frozenset({F.DATE, F.DATETIME}),
    "min_chars": frozenset({F.TEXT, F.LONG_TEXT}), "max_chars": frozenset({F.TEXT, F.LONG_TEXT}),
    "pattern": frozenset({F.TEXT}),
}  # fmt: skip
CHOICES = frozenset({F.CHOICE, F.MULTI_CHOICE})
SEARCHABLE = frozenset({F.TEXT, F.LINK, F.EMAIL, F.PHONE})
LIMITS = tuple(Limits.model_fields)


def check_definition(field: FieldView) -> None:
    """Raise `InvalidInput` that names each part of a definition that does not fit its type."""
    problems: dict[str, str] = {}
    for name, types in _OF.items():
        value = getattr(field, name)
        if value not in (None, "") and field.type not in types:
            problems[name] = f"does not belong to a field of type {field.type}"
    problems |= _ranges(field) | _choices(field)
    if field.searchable and field.type not in SEARCHABLE:
        problems["searchable"] = f"a field of type {field.type} is found by its whole value alone"
    if not problems and field.default is not None:
        try:
            read_value(field, field.default)
        except BadValue as error:
            problems["default"] = str(error)
    if problems:
        text = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
        raise InvalidInput(text, **problems)


def _ranges(field: FieldView) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name in ("earliest", "latest"):
        try:
            date.fromisoformat(getattr(field, name) or "2026-01-01")
        except ValueError:
            problems[name] = "must be a day such as 2026-11-30"
    for low, high in (("low", "high"), ("earliest", "latest"), ("min_chars", "max_chars")):
        first, last = getattr(field, low), getattr(field, high)
        if first is not None and last is not None and first > last and high not in problems:
            problems[high] = f"must not be less than {low}"
    if field.type is F.TEXT and (field.max_chars or 0) > TEXT_CHARS:
        problems["max_chars"] = f"a text has {TEXT_CHARS} characters at most; take a long text"
    return problems


def _choices(field: FieldView) -> dict[str, str]:
    ids = [option.id for option in field.options]
    if len(set(ids)) < len(ids):
        return {"options": "the same option stands twice"}
    if field.type in CHOICES and not any(not option.retired for option in field.options):
        return {"options": "needs at least one that is offered"}
    if field.type not in CHOICES and ids:
        return {"options": f"do not belong to a field of type {field.type}"}
    return {}


def limits_of(source: Any) -> dict[str, Any]:
    """The limits that are set, as they are stored."""
    found = {name: getattr(source, name) for name in LIMITS}
    return {name: value for name, value in found.items() if value not in (None, "")}
