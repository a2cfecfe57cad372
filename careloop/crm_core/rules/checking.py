"""A rule against the catalogue: every field, operator, value and place it names, before it is
saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from careloop.crm_core.custom.models import Subject
from careloop.crm_core.custom.schemas import FieldView, TicketTypeView
from careloop.crm_core.custom.values import BadValue, read_value
from careloop.crm_core.rules import schemas as s
from careloop.crm_core.rules.conditions import height, tests_of
from careloop.crm_core.rules.facts_queries import KINDS
from careloop.crm_core.rules.templates import places, unclosed
from careloop.crm_core.rules.vocabulary import (
    ACTIONS,
    BY_TIME,
    CHOICE,
    DATE,
    FACTS,
    NUMBER,
    OPERATORS,
    TRIGGERS,
    YES_NO,
)  # fmt: skip
from careloop.kit.errors import InvalidInput

MAX_HEIGHT = 5
MAX_TESTS = 50
_FACTS = {fact.name: fact for fact in FACTS}
_TRIGGERS = {trigger.code: trigger for trigger in TRIGGERS}
NEEDS_TICKET = {do for do, _, _, needs in ACTIONS if needs}


class Checker:
    """Collects what does not fit; `refuse` raises it as one failure."""

    def __init__(self, own: Mapping[str, FieldView], types: list[TicketTypeView]) -> None:
        self._own = own
        self._types = types
        self.problems: dict[str, str] = {}

    def check(self, rule: s.RuleFacts) -> None:
        """Look at all of a rule; `InvalidInput` names each part that does not fit."""
        trigger = _TRIGGERS.get(rule.when.trigger)
        if trigger is None:
            self.problems["when.trigger"] = f"is none of {', '.join(_TRIGGERS)}"
        self._timing(rule.when)
        known = trigger.knows if trigger else ()
        self._condition(rule.if_, known)
        for at, action in enumerate(rule.then):
            self._action(f"then.{at}", action, known)
        if self.problems:
            text = "; ".join(f"{name}: {problem}" for name, problem in self.problems.items())
            raise InvalidInput(text[:2000], **self.problems)

    def kind_of(self, name: str) -> str | None:
        """The kind of a fact; None where there is none of that name."""
        if name in _FACTS:
            return _FACTS[name].kind
        return KINDS[self._own[name].type] if name in self._own else None

    def options_of(self, name: str) -> set[str] | None:
        """What a choice may be; None where anything goes."""
        if name == "ticket.own_type":
            return {"", *(one.code for one in self._types)}
        if name in self._own:
            found = {option.id for option in self._own[name].options}
            return found or None
        return {value for value, _, _ in _FACTS[name].options} or None

    def _timing(self, when: s.When) -> None:
        if when.trigger != BY_TIME:
            if when.field is not None:
                self.problems["when.field"] = "belongs to rules by time alone"
            return
        fact = _FACTS.get(when.field or "")
        own = self._own.get(when.field or "")
        dated = own is not None and own.object is Subject.TICKET and KINDS[own.type] == DATE
        if not (fact and fact.timed) and not dated:
            self.problems["when.field"] = "is no date that a rule by time can count from"

    def _condition(self, condition: s.Condition, known: tuple[str, ...]) -> None:
        if height(condition) > MAX_HEIGHT:
            self.problems["if"] = f"groups stand more than {MAX_HEIGHT} deep"
        tests = tests_of(condition)
        if len(tests) > MAX_TESTS:
            self.problems["if"] = f"has more than {MAX_TESTS} comparisons"
        for test in tests:
            problem = self._test(test, known)
            if problem:
                self.problems[f"if.{test.field}"] = problem

    def _test(self, test: s.Compare, known: tuple[str, ...]) -> str:
        kind = self.kind_of(test.field)
        if kind is None:
            return "is no field of the catalogue"
        if known and test.field.partition(".")[0] not in known:
            return "is not known when this happens"
        needs = next((one[3] for one in OPERATORS[kind] if one[0] == test.op), None)
        if needs is None:
            return f"cannot be compared by {test.op!r}"
        if needs == "nothing":
            return ""
        values = test.value if needs == "several" else [test.value]
        if not isinstance(values, list) or not values or len(values) > 100:
            return "needs a list of values"
        return next(filter(None, (self._value(test, kind, needs, one) for one in values)), "")

    def _value(self, test: s.Compare, kind: str, needs: str, value: Any) -> str:
        if needs in {"number", "days"} or kind == NUMBER:
            try:
                bad = isinstance(value, bool) or not Decimal(str(value)).is_finite()
            except InvalidOperation:
                bad = True
            return "needs a number" if bad else ""
        if kind == YES_NO:
            return "" if isinstance(value, bool) else "needs true or false"
        if not isinstance(value, str) or len(value) > 500 or not (value or kind == CHOICE):
            return "needs a text"
        if kind == DATE:
            return "" if _is_date(value) else "needs a day such as 2026-11-30"
        options = self.options_of(test.field)
        if options is not None and value not in options:
            return f"{value!r} is none of its options"
        return ""

    def _action(self, at: str, action: Any, known: tuple[str, ...]) -> None:
        if action.do in NEEDS_TICKET and known and "ticket" not in known:
            self.problems[at] = "needs a ticket, which is not known when this happens"
        for name, text in _texts(action):
            where = f"{at}.{name}"
            if unclosed(text):
                self.problems[where] = "holds {{ or }} that is no place"
            for place in places(text):
                if self.kind_of(place) is None:
                    self.problems[where] = f"{{{{{place}}}}} is no field of the catalogue"
                elif known and place.partition(".")[0] not in known:
                    self.problems[where] = f"{{{{{place}}}}} is not known when this happens"
        problem = self._special(action)
        if problem:
            self.problems[at] = problem

    def _special(self, action: Any) -> str:
        if isinstance(action, s.Assign):
            return _assign_problem(action)
        if isinstance(action, s.SetField):
            return self._set_problem(action)
        if isinstance(action, s.SetTags) and not (action.add or action.remove):
            return "names no tag"
        if isinstance(action, s.Notify) and not (action.user_ids or action.role or action.assignee):
            return "says nobody to notify"
        if isinstance(action, s.SendMail) and action.to == "address" and "@" not in action.address:
            return "needs an address"
        if isinstance(action, s.OpenAnother):
            return self._open_problem(action)
        return ""

    def _set_problem(self, action: s.SetField) -> str:
        fact, own = _FACTS.get(action.field), self._own.get(action.field)
        if own is not None and own.object is Subject.TICKET:
            if isinstance(action.value, str) and places(action.value):
                return ""
            try:
                read_value(own, action.value)
            except BadValue as error:
                return f"{action.field}: {error}"
            return ""
        if fact is None or not fact.settable:
            return f"{action.field} cannot be set by a rule"
        options = self.options_of(action.field) if fact.kind == CHOICE else None
        if not isinstance(action.value, str | None):
            return f"{action.field} needs a text"
        if options is not None and action.value not in options:
            return f"{action.value!r} is none of the options of {action.field}"
        return ""

    def _open_problem(self, action: s.OpenAnother) -> str:
        if action.type not in (self.options_of("ticket.type") or ()):
            return f"there is no ticket type {action.type!r}"
        if action.own_type and action.own_type not in {one.code for one in self._types}:
            return f"there is no ticket type {action.own_type!r}"
        for key, value in action.custom.items():
            field = self._own.get(f"ticket.custom.{key}")
            if field is None:
                return f"a ticket has no field {key!r}"
            try:
                read_value(field, value)
            except BadValue as error:
                return f"custom.{key}: {error}"
        return ""


def _assign_problem(action: s.Assign) -> str:
    needed = {"person": action.user_id, "least_busy": action.role, "engineer": action.engineer}
    if action.to in needed and not needed[action.to]:
        return f"to {action.to}: say whom"
    return ""


def _texts(action: Any) -> Iterator[tuple[str, str]]:
    """Every text of an action that may hold places, with its name."""
    for name in ("text", "subject", "title", "description", "reason", "value", "data"):
        held = getattr(action, name, None)
        if isinstance(held, str):
            yield name, held
        elif isinstance(held, dict):
            yield from ((f"{name}.{key}", one) for key, one in held.items() if isinstance(one, str))


def _is_date(value: str) -> bool:
    try:
        if len(value) == len("2026-11-22"):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
