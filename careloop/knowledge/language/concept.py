"""A concept of the trade: one meaning and its names in every supported language."""

from __future__ import annotations

from dataclasses import dataclass, field

from careloop.kit.text import LANGUAGES

KINDS = (
    "component", "symptom", "cause", "action", "measure", "property", "commercial", "document",
    "quality", "kind",
)  # fmt: skip
"""What a concept may be. `property` is what can be asked for, `measure` what can be measured,
`kind` what sort of thing a text speaks of."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning. `names[lang][0]` is the preferred name.

    `reviewed` holds the languages whose names a competent reader has checked; `domain` is the
    table the concept stands in, `own` for a tenant's own.
    """

    key: str
    kind: str
    reviewed: frozenset[str] = frozenset()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    domain: str = ""
    note: str = ""

    def preferred(self, lang: str) -> str:
        """The preferred name in `lang`, else in English, else the key in words."""
        for code in (lang, "en"):
            if self.names.get(code):
                return self.names[code][0]
        return self.key.replace("_", " ")


def read_reviewed(cell: str) -> frozenset[str]:
    """The column `reviewed`: languages as `zh|en`; empty or `no` is none, `yes` is all.

    Raises ValueError on a language that is not supported.
    """
    cell = cell.strip().lower()
    if cell in ("", "no", "false", "0"):
        return frozenset()
    if cell in ("yes", "true", "1"):
        return frozenset(LANGUAGES)
    found = frozenset(part.strip() for part in cell.split("|") if part.strip())
    if strange := sorted(found - set(LANGUAGES)):
        raise ValueError(f"not a supported language: {', '.join(strange)}")
    return found


def write_reviewed(reviewed: frozenset[str]) -> str:
    """The column for these languages, in the order of the other columns."""
    return "|".join(lang for lang in LANGUAGES if lang in reviewed)
