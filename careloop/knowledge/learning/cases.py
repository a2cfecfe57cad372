"""A resolved ticket as a troubleshooting article: deterministic, every word from the ticket."""

from __future__ import annotations

import re

from careloop.knowledge.language.detect import SUPPORTED, detect
from careloop.knowledge.learning.privacy import masked
from careloop.knowledge.learning.schemas import TicketCase
from careloop.knowledge.learning.skeleton import comment, heading

_CAUSE = re.compile(
    r"(?:^|[\n。；;.])\s*(?:root cause|cause|reason|根本原因|故障原因|原因分析|原因|"
    r"ursache|causa|причина|원인|السبب|nguyên nhân|สาเหตุ)\s*[:：是为]\s*(?P<text>[^\n。；;]+)",
    re.IGNORECASE,
)
_REMEDY = re.compile(
    r"(?:^|[\n。；;.])\s*(?:resolution|solution|remedy|fix|action(?: taken)?|处理方法|"
    r"处理措施|处理结果|解决方案|解决方法|处理|措施|lösung|abhilfe|solución|solução|решение|устранение|処置|対策|"
    r"조치|الحل|cách xử lý|วิธีแก้ไข)\s*[:：]\s*(?P<text>[^\n]+)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^(\s*)([#>|]|\d+[.)]|[-*+]\s|<!--)", re.MULTILINE)


def told_cause(text: str) -> str:
    """What a report names as the cause, by its label; empty where it has none."""
    return _labelled(_CAUSE, text)


def told_remedy(text: str) -> str:
    """What a report names as the remedy, by its label; empty where it has none."""
    return _labelled(_REMEDY, text)


def language_of(case: TicketCase) -> str:
    """The ticket's language, else that of its words."""
    lang = case.lang.split("-")[0].lower()
    if lang in SUPPORTED:
        return lang
    return detect(f"{case.title}\n{case.resolution}\n{case.description}").code


def write_case(case: TicketCase) -> tuple[str, str]:
    """Title and body: symptom, devices, codes, cause, remedy, parts; what the ticket does not
    say is left out, and the remedy is an empty section then."""
    lang = language_of(case)
    cause = case.cause or _labelled(_CAUSE, case.resolution)
    remedy = _labelled(_REMEDY, case.resolution) or case.resolution
    symptom = "\n\n".join(
        dict.fromkeys(part.strip() for part in (case.symptom, case.description) if part.strip())
    )
    sections = [
        comment(f"From ticket {case.number}.", [_plain(case, line) for line in case.notes]),
        _section("symptom", lang, _plain(case, symptom or case.title)),
        _section("devices", lang, ", ".join(case.models)),
        _section("codes", lang, ", ".join(case.error_codes)),
        _section("cause", lang, _plain(case, cause)),
        _section("remedy", lang, _plain(case, remedy) or " "),
        _section(
            "parts", lang, "\n".join(f"- {part} × {count}" for part, count in case.parts.items())
        ),
    ]  # fmt: skip
    title = " ".join(masked(case.title, case.people, case.identifiers).split())[:500]
    return title or case.number, "\n\n".join(part for part in sections if part).rstrip() + "\n"


def _section(name: str, lang: str, text: str) -> str:
    return f"{heading(name, lang)}\n\n{text}".rstrip() if text else ""


def _plain(case: TicketCase, text: str) -> str:
    """Masked, and without what Markdown would take for structure."""
    text = masked(text.strip(), case.people, case.identifiers)
    return _MARKUP.sub(r"\1\\\2", text.replace("<!--", "").replace("-->", ""))


def _labelled(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found["text"].strip() if found else ""
