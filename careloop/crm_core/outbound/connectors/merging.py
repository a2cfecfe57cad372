"""What to do with one record of theirs and one of ours: pure, field by field.

Three values count for each field: what both sides had at the last agreement (`base`), ours now,
theirs now. Whoever differs from the base has changed. If both did, the field's owner decides, or
a person does; until then neither side is touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careloop.crm_core.outbound.connectors import transforms
from careloop.crm_core.outbound.connectors.fields import our_field
from careloop.crm_core.outbound.connectors.mapping import FieldRule

Values = dict[str, Any]
_NONE = object()


@dataclass(frozen=True, slots=True)
class Plan:
    """What each side gets, which fields wait for a person, and the base after all of it."""

    to_ours: Values = field(default_factory=dict)
    to_theirs: Values = field(default_factory=dict)
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    base: Values = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.to_ours or self.to_theirs or self.conflicts)


def reconcile(
    rules: Sequence[FieldRule],
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    ours_newer: bool | None,
    fixed: frozenset[str] = frozenset(),
) -> Plan:
    """Compare; `theirs` is already as we write it, and lacks what their record did not tell.

    `fixed` are fields of ours that cannot be changed any more.
    """
    plan = Plan(base=dict(base))
    for rule in rules:
        name, mine = rule.ours, ours.get(rule.ours, "")
        before = base.get(name, _NONE)
        if not rule.comes_in:
            if before is _NONE and mine == "":
                plan.base[name] = mine
            elif mine != before:
                _give(plan.to_theirs, plan, name, mine)
            continue
        if name not in theirs:
            continue
        other = theirs[name]
        if mine == other:
            plan.base[name] = mine
            continue
        side = _winner(rule, before, mine, other, ours_newer)
        if side == "theirs" and name in fixed:
            side = "ours" if rule.goes_out else "none"
        if side == "theirs":
            _give(plan.to_ours, plan, name, other)
        elif side == "ours":
            _give(plan.to_theirs, plan, name, mine)
        elif side == "manual":
            shown = None if before is _NONE else before
            plan.conflicts[name] = {"base": shown, "ours": mine, "theirs": other}
    return plan


def _give(side: Values, plan: Plan, name: str, value: Any) -> None:
    side[name] = value
    plan.base[name] = value


def _winner(rule: FieldRule, before: Any, ours: Any, theirs: Any, ours_newer: bool | None) -> str:
    """ours, theirs, manual or none; the two values differ."""
    if not rule.goes_out:
        # Ours may differ on purpose: only a change of theirs counts.
        return "none" if before == theirs else "theirs"
    if before is _NONE and (ours == "" or theirs == ""):
        return "theirs" if ours == "" else "ours"
    both = before is _NONE or (ours != before and theirs != before)
    if rule.owner in {"ours", "theirs"}:
        return rule.owner
    if not both:
        return "theirs" if ours == before else "ours"
    if rule.owner == "newest" and ours_newer is not None:
        return "ours" if ours_newer else "theirs"
    return "manual"


class Unreadable(ValueError):
    """A value of theirs that the mapping cannot turn into one of ours."""


def as_ours(object_name: str, rules: Sequence[FieldRule], record: Mapping[str, Any]) -> Values:
    """Their record as we write it; references keep their id. Absent fields stay absent."""
    values: Values = {}
    for rule in rules:
        if not rule.comes_in:
            continue
        raw = at_path(record, rule.theirs)
        if raw is _NONE:
            continue
        known = our_field(object_name, rule.ours)
        assert known is not None
        try:
            value = transforms.inward(raw, rule.transforms)
            if rule.values:
                value = rule.values.get(_key(value), rule.values.get("*", value))
            values[rule.ours] = known.checked(value)
        except (ValueError, TypeError) as error:
            raise Unreadable(f"{rule.theirs}: {error}") from None
    return values


def as_theirs(rules: Sequence[FieldRule], values: Mapping[str, Any]) -> dict[str, Any]:
    """Our values as a document of theirs, nested by the dots of the paths."""
    document: dict[str, Any] = {}
    for rule in rules:
        if rule.ours not in values:
            continue
        value = values[rule.ours]
        if rule.values:
            back = {ours: theirs for theirs, ours in rule.values.items() if theirs != "*"}
            value = back.get(_key(value), value)
        put_path(document, rule.theirs, transforms.outward(value, rule.transforms))
    return document


def digest(values: Mapping[str, Any]) -> str:
    """A hash of mapped values, to see at a glance whether anything changed."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def at_path(document: Any, path: str) -> Any:
    """The value at a dotted path; a marker that equals nothing where there is none."""
    for part in path.split("."):
        if not isinstance(document, Mapping) or part not in document:
            return _NONE
        document = document[part]
    return document


def told(document: Any, path: str) -> Any:
    """The value at a dotted path, or None."""
    value = at_path(document, path) if path else document
    return None if value is _NONE else value


def put_path(document: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for part in parents:
        document = document.setdefault(part, {})
    document[last] = value


def _key(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
