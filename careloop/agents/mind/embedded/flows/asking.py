"""Asking for what the maker's form needs of a new ticket: one field at a time, never more.

Only fields that are public, needed to open the ticket, shown with the answers so far and without
a value are asked for. An answer is checked by the field's own rules. Who cannot tell goes on.
"""

from __future__ import annotations

import re
from typing import Any

from careloop.agents.mind.embedded.answers import match_option
from careloop.agents.mind.embedded.flows.wishes import has_question
from careloop.agents.mind.embedded.memory import Draft
from careloop.agents.mind.embedded.situation import NO, SKIP, YES, Situation
from careloop.agents.mind.ports import Decision, Say
from careloop.agents.mind.reading import Answer, Intent
from careloop.crm_core.custom.form_rules import OPEN, shown
from careloop.crm_core.custom.models import FieldType
from careloop.crm_core.custom.schemas import FieldView, Option
from careloop.crm_core.custom.values import BadValue, fits, label_of, read_value
from careloop.crm_core.intake import dates, values
from careloop.crm_core.intake.errors import BadCell
from careloop.kit.clock import iso
from careloop.knowledge.language.termbase import termbase

FIELD = "field:"
TRIES = 2
BUTTONS = 10
SURE = 0.75
_CHOICES = {FieldType.CHOICE, FieldType.MULTI_CHOICE}
_ASIDES = frozenset({
    Intent.ASK_HOW_TO, Intent.ASK_STATUS, Intent.ASK_WARRANTY, Intent.SALES_ENQUIRY,
})  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")
_DATE = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|\d{1,2}[./-]\s*\d{1,2}[./-]\s*\d{4}"
    r"(?:[ T]+\d{1,2}:\d{2})?"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LINK = re.compile(r"https?://[^\s<>\"'，。；）]+")


def ask_next(s: Situation) -> Say | None:
    """The question for the next field that is needed; None when nothing is left to ask."""
    draft = s.memory.draft
    form = s.turn.ticket_forms.get(draft.type) if draft else None
    if draft is None or form is None:
        return None
    for asked in shown(form, s.turn.ticket_fields, draft.custom):
        field = asked.field
        given = field.key in draft.custom or field.key in draft.passed
        if asked.needed(OPEN) and field.public and field.default is None and not given:
            draft.field, draft.tries = field.key, 0
            return _ask(s, field)
    draft.field = ""
    return None


def ask_again(s: Situation) -> Say | None:
    """After an aside: the question that is still open."""
    field = _open_field(s)
    return _ask(s, field) if field is not None else None


def take_answer(s: Situation, choice: str) -> bool:
    """Take the message as the answer to the open field; False when it is about something else.

    An answer that does not fit leaves the field open; after some tries, or when the customer
    cannot tell, it is passed over: a person will ask.
    """
    field, draft = _open_field(s), s.memory.draft
    if field is None or draft is None:
        return False
    value, unclear = _value(s, field, choice)
    if value is None and not unclear and _is_aside(s):
        return False
    s.answered_field = True
    cannot_tell = choice == SKIP or s.reading.answer in {Answer.SKIP, Answer.UNKNOWN_VALUE}
    if value is not None:
        draft.custom[field.key] = value
        draft.field = ""
    elif cannot_tell or draft.tries + 1 >= TRIES:
        draft.passed.append(field.key)
        draft.field = ""
    else:
        draft.tries += 1
        s.lead.append(s.t("field.unclear"))
    return True


def still_open(s: Situation) -> Say | None:
    """The same field once more, where the answer did not fit."""
    field = _open_field(s)
    return _ask(s, field, with_example=True) if field is not None else None


def _open_field(s: Situation) -> FieldView | None:
    draft: Draft | None = s.memory.draft
    if draft is None or not draft.field:
        return None
    return next(
        (one for one in s.turn.ticket_fields if one.key == draft.field and one.active), None
    )


def _ask(s: Situation, field: FieldView, with_example: bool = False) -> Say:
    label = label_of(field.label, s.language)
    unit = f" ({field.unit})" if field.unit else ""
    lines = [s.t("field.ask", label=f"{label}{unit}")]
    help_text = label_of(field.help, s.language)
    lines += [help_text] if help_text else []
    example = _example(s, field)
    if with_example and example:
        lines.append(s.t("field.example", example=example))
    options = _offered(field)
    labels: dict[str, str] = {}
    if field.type is FieldType.BOOLEAN:
        labels = {s.t("button.yes"): YES, s.t("button.no"): NO}
    elif options and len(options) <= BUTTONS:
        labels = {label_of(one.label, s.language): f"{FIELD}{one.id}" for one in options}
    elif options:
        lines.append(", ".join(label_of(one.label, s.language) for one in options))
    labels[s.t("button.skip")] = SKIP
    return s.say(Decision.ASK, "\n".join(lines), s.choices(labels), pending="ticket_field")


def _offered(field: FieldView) -> list[Option]:
    return [one for one in field.options if not one.retired] if field.type in _CHOICES else []


def _example(s: Situation, field: FieldView) -> str:
    """What an answer looks like, in signs that every language reads."""
    if field.type is FieldType.NUMBER:
        low = "" if field.low is None else f"{field.low:g}"
        high = "" if field.high is None else f"{field.high:g}"
        return f"{low} – {high}".strip(" –") if low or high else "12"
    fixed = {
        FieldType.DATE: s.turn.now.date().isoformat(),
        FieldType.DATETIME: f"{s.turn.now.date().isoformat()} 14:30",
        FieldType.EMAIL: "name@example.com", FieldType.PHONE: "+49 30 123456",
        FieldType.LINK: "https://example.com",
    }  # fmt: skip
    return fixed.get(field.type, field.pattern)


def _is_aside(s: Situation) -> bool:
    """Whether the customer clearly asks something of their own."""
    sure = s.reading.intent in _ASIDES and s.reading.intent_confidence >= SURE
    return sure and has_question(s.text)


def _value(s: Situation, field: FieldView, choice: str) -> tuple[Any, bool]:
    """What the message says of the field, and whether it said something that does not fit."""
    raw = _raw(s, field, choice)
    if raw is None:
        return None, False
    try:
        return read_value(field, raw), False
    except BadValue:
        return None, True


def _raw(s: Situation, field: FieldView, choice: str) -> Any:
    if choice.startswith(FIELD):
        option = choice.removeprefix(FIELD)
        return [option] if field.type is FieldType.MULTI_CHOICE else option
    if field.type is FieldType.BOOLEAN:
        return {YES: True, NO: False}.get(choice)
    if choice == SKIP:
        return None
    if field.type in _CHOICES:
        return _options_named(s, field)
    found = s.reading.entities
    if field.type is FieldType.EMAIL:
        return found.emails[0] if found.emails else None
    if field.type is FieldType.PHONE:
        return found.phones[0] if found.phones else None
    if field.type is FieldType.LINK:
        link = _LINK.search(s.text)
        return link.group() if link else None
    if field.type is FieldType.NUMBER:
        return _number(s.text)
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return _time(s, field)
    return None if _is_aside(s) else _text(field, s.text)


def _number(text: str) -> Any:
    """The one number of a text; several could each be meant."""
    found = {one.strip(".,") for one in _NUMBER.findall(text)}
    try:
        return values.number(found.pop()) if len(found) == 1 else None
    except BadCell:
        return None


def _time(s: Situation, field: FieldView) -> Any:
    day = _DATE.search(s.text)
    if day is None:
        return None
    try:
        if field.type is FieldType.DATE:
            return dates.day(day.group())
        clock = _CLOCK.search(s.text, day.end()) or _CLOCK.search(day.group())
        written = f"{dates.day(day.group()).isoformat()} {clock.group() if clock else '00:00'}"
        return iso(dates.moment(written, s.turn.office.time_zone))
    except BadCell:
        return None


def _text(field: FieldView, text: str) -> str:
    """The words themselves; of a text with a pattern the word that has it, if one has."""
    if field.pattern:
        return next((word for word in text.split() if fits(word, field.pattern)), text)
    return text


def _options_named(s: Situation, field: FieldView) -> Any:
    """The options that a text names: by label in any language, by place, or by what it means."""
    options = _offered(field)
    languages = dict.fromkeys([s.language, *(code for one in options for code in one.label)])
    for language in languages:
        labels = [label_of(one.label, language) for one in options]
        at = match_option(s.text, labels)
        if at is not None:
            several = field.type is FieldType.MULTI_CHOICE
            return [options[at].id] if several else options[at].id
    said = _concepts(s.text, s.language)
    meant = [
        one.id for one in options
        if said & {key for code, text in one.label.items() for key in _concepts(text, code)}
    ]  # fmt: skip
    if field.type is FieldType.MULTI_CHOICE:
        inside = _inside(s.text, options)
        return list(dict.fromkeys([*inside, *meant])) or None
    return meant[0] if len(meant) == 1 else None


def _inside(text: str, options: list[Option]) -> list[str]:
    """Options whose label stands in the text, in any language."""
    folded = text.casefold()
    return [
        one.id for one in options
        if any(label.casefold() in folded for label in one.label.values() if len(label) > 1)
    ]  # fmt: skip


def _concepts(text: str, language: str) -> set[str]:
    return {
        match.concept for match in termbase().concepts(text[:500], language) if not match.negated
    }
