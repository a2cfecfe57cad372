"""Who asked stays out of what is learned: names, numbers and addresses as their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from careloop.kit.ai.masking import Masker
from careloop.knowledge.ingest.formats.personal_data import masked as without_people

_NUMBERED = re.compile(r"\[(MAIL|PERSON_ID|CARD|PHONE|SERIAL|NUMBER)_\d+\]")
_KINDS = {"MAIL": "e-mail", "PERSON_ID": "id", "CARD": "card", "PHONE": "phone",
          "SERIAL": "serial", "NUMBER": "number"}  # fmt: skip
HIDDEN = re.compile(r"\[(?:name|serial|phone|e-mail|id|card|number|account)\]")
"""What stands in the place of a hidden value."""


def masked(text: str, people: Iterable[str] = (), identifiers: Iterable[str] = ()) -> str:
    """`text` without mail addresses, phone numbers, serials, and names.

    `people` are names known to be somebody's; others are found by a form of address. Of
    `identifiers` (serials, contract and ticket numbers as they were written) none stays.
    """
    for value in sorted({item for item in identifiers if len(item) > 2}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(value)}(?![\w-])", "[serial]", text, flags=re.I)
    text = without_people(text, people)
    return _NUMBERED.sub(lambda match: f"[{_KINDS[match[1]]}]", Masker().mask(text))
