"""Whether a condition holds for a set of facts: pure, total, and told part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from careloop.crm_core.rules.schemas import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    NotSo,
    TruthView,
)  # fmt: skip
from careloop.crm_core.rules.vocabulary import CHOICE, DATE, LIST, NUMBER, TEXT, YES_NO
from careloop.kit.clock import as_utc, iso
from careloop.kit.words import folded

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an event and its object: name to value, with the kinds of the names.

    A name that has no value is empty; comparing it is never an error.
    """

    values: Mapping[str, Any]
    kinds: Mapping[str, str]
    at: datetime

    def get(self, name: str) -> Any:
        return self.values.get(name)


def truth(condition: Condition, facts: Facts) -> TruthView:
    """The condition with what each of its parts came to."""
    if isinstance(condition, Compare):
        found = facts.get(condition.field)
        return TruthView(
            kind="test", holds=holds(condition, facts), field=condition.field, op=condition.op,
            value=condition.value, found=_shown(found),
        )  # fmt: skip
    if isinstance(condition, NotSo):
        part = truth(condition.not_, facts)
        return TruthView(kind="not", holds=not part.holds, parts=[part])
    listed = condition.all if isinstance(condition, AllOf) else condition.any
    parts = [truth(one, facts) for one in listed]
    whole = all if isinstance(condition, AllOf) else any
    kind = "all" if isinstance(condition, AllOf) else "any"
    return TruthView(kind=kind, holds=whole(part.holds for part in parts), parts=parts)


def holds(test: Compare, facts: Facts) -> bool:
    """Whether one comparison holds; a value that cannot be compared makes it false."""
    found, kind = facts.get(test.field), facts.kinds.get(test.field, TEXT)
    empty = found is None or found == "" or found == []
    if test.op in {"is_set", "is_empty"}:
        return empty == (test.op == "is_empty")
    compare = _COMPARE[kind].get(test.op)
    if compare is None:
        return False
    if empty:
        return test.op in {"is_not", "not_in", "contains_not", "has_not"}
    try:
        return compare(found, test.value, facts.at)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        return False


def _fold(value: Any) -> str:
    return folded(" ".join(str(value).split()))


def _number(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError
    return Decimal(str(value))


def moment(value: Any) -> datetime:
    """A day, a time, or either as text, as an instant; a day is midnight UTC."""
    if isinstance(value, datetime):
        return as_utc(value)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    text = str(value)
    if len(text) == len("2026-11-22"):
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    return as_utc(datetime.fromisoformat(text))


def _days(value: Any) -> timedelta:
    return timedelta(days=float(_number(value)))


_Comparing = Callable[[Any, Any, datetime], bool]
_COMPARE: dict[str, dict[str, _Comparing]] = {
    TEXT: {
        "is": lambda f, v, _: _fold(f) == _fold(v),
        "is_not": lambda f, v, _: _fold(f) != _fold(v),
        "in": lambda f, v, _: _fold(f) in {_fold(one) for one in v},
        "contains": lambda f, v, _: _fold(v) in _fold(f),
        "contains_not": lambda f, v, _: _fold(v) not in _fold(f),
        "starts_with": lambda f, v, _: _fold(f).startswith(_fold(v)),
    },
    CHOICE: {
        "is": lambda f, v, _: bool(f == v), "is_not": lambda f, v, _: bool(f != v),
        "in": lambda f, v, _: f in v, "not_in": lambda f, v, _: f not in v,
    },
    NUMBER: {
        "is": lambda f, v, _: _number(f) == _number(v),
        "is_not": lambda f, v, _: _number(f) != _number(v),
        "less": lambda f, v, _: _number(f) < _number(v),
        "at_most": lambda f, v, _: _number(f) <= _number(v),
        "more": lambda f, v, _: _number(f) > _number(v),
        "at_least": lambda f, v, _: _number(f) >= _number(v),
    },
    DATE: {
        "before": lambda f, v, _: moment(f) < moment(v),
        "after": lambda f, v, _: moment(f) > moment(v),
        "in_next": lambda f, v, at: at <= moment(f) <= at + _days(v),
        "in_last": lambda f, v, at: at - _days(v) <= moment(f) <= at,
        "older_than": lambda f, v, at: moment(f) <= at - _days(v),
    },
    YES_NO: {"is": lambda f, v, _: f is v},
    LIST: {
        "has": lambda f, v, _: _fold(v) in {_fold(one) for one in f},
        "has_not": lambda f, v, _: _fold(v) not in {_fold(one) for one in f},
        "has_any": lambda f, v, _: not {_fold(one) for one in v}.isdisjoint(map(_fold, f)),
    },
}  # fmt: skip


def _shown(found: Any) -> Any:
    if isinstance(found, datetime):
        return iso(found)
    if isinstance(found, date | Decimal):
        return str(found)
    return found[:SHOWN] if isinstance(found, str) else found


def tests_of(condition: Condition) -> list[Compare]:
    """Every comparison of a condition."""
    if isinstance(condition, Compare):
        return [condition]
    if isinstance(condition, NotSo):
        return tests_of(condition.not_)
    listed = condition.all if isinstance(condition, AllOf) else condition.any
    return [test for part in listed for test in tests_of(part)]


def height(condition: Condition) -> int:
    """How many groups stand inside each other."""
    if isinstance(condition, Compare):
        return 0
    if isinstance(condition, AnyOf | AllOf):
        listed = condition.all if isinstance(condition, AllOf) else condition.any
        return 1 + max(map(height, listed), default=0)
    return 1 + height(condition.not_)
