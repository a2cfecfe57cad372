"""The summary a person gets with a hand-over, in the maker's own language."""

from __future__ import annotations

from careloop.agents.mind.embedded.situation import Situation
from careloop.agents.mind.reading import HandoffReason
from careloop.kit.text import language_name, t

LINES = 6


def summarise(s: Situation, reason: HandoffReason) -> str:
    """Reason, device, codes, the customer's words and what was tried, one fact a line."""
    language = s.turn.company.language

    def label(key: str) -> str:
        return t(f"summary.{key}", language)

    facts = [(label("reason"), t(f"reason.{reason}", language))]
    facts.append((label("language"), language_name(s.language, language)))
    if s.memory.asset or s.memory.model:
        device = " · ".join(value for value in (s.memory.asset, s.memory.model) if value)
        facts.append((label("device"), device))
    codes = dict.fromkeys([*s.memory.error_codes, *s.reading.entities.error_codes])
    if codes:
        facts.append((label("codes"), ", ".join(codes)))
    said = [line.text for line in s.turn.history if line.role == "customer"][-LINES:]
    facts.extend((label("said"), f"«{_short(text)}»") for text in [*said, s.text] if text)
    facts.extend((label("tried"), _short(text)) for text in s.memory.tried)
    if s.memory.last_ticket:
        facts.append((label("ticket"), s.memory.last_ticket))
    return "\n".join(f"{name}: {value}" for name, value in facts)


def _short(text: str, limit: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"
