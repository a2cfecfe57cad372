"""Texts with `{{places}}`: names of facts, filled once, as plain text.

What is filled in is never read again, so a customer's words cannot name a place; control and
direction signs are dropped and each value is cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from careloop.crm_core.custom.schemas import FieldView
from careloop.crm_core.custom.values import label_of, words_of
from careloop.crm_core.rules.conditions import Facts
from careloop.crm_core.rules.vocabulary import FACTS
from careloop.kit.clock import iso
from careloop.kit.text import base, clean, t

PLACE = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z0-9_]+){1,2})\s*\}\}")
VALUE_CHARS = 1_000
_OPTIONS = {
    (fact.name, value): {"en": en, "zh": zh} for fact in FACTS for value, en, zh in fact.options
}


def places(text: str) -> list[str]:
    """The names that a text asks for."""
    return PLACE.findall(text)


def unclosed(text: str) -> bool:
    """Whether braces are left that are no place: a slip that would be shown to people."""
    rest = PLACE.sub("", text)
    return "{{" in rest or "}}" in rest


def fill(text: str, facts: Facts, language: str, limit: int, own: Mapping[str, FieldView]) -> str:
    """The text with its places filled; at most `limit` characters."""
    filled = PLACE.sub(lambda found: _written(found[1], facts, language, own), text)
    return clean(filled, limit)[0]


def chosen(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in English, else in any."""
    return label_of(texts, language)


def _written(name: str, facts: Facts, language: str, own: Mapping[str, FieldView]) -> str:
    value: Any = facts.get(name)
    if value is None:
        return ""
    yes, no = t("button.yes", language), t("button.no", language)
    field = own.get(name)
    if field is not None:
        text = words_of(field, value, language, yes, no)
    elif isinstance(value, bool):
        text = yes if value else no
    elif isinstance(value, datetime):
        text = iso(value)[:16].replace("T", " ") + " UTC"
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, list):
        text = ", ".join(map(str, value))
    else:
        text = _OPTIONS.get((name, str(value)), {}).get(base(language), "") or str(value)
    return clean(text, VALUE_CHARS)[0]
