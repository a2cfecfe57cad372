"""A reviewed fault as a troubleshooting article: every word from the fault and its evidence."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.faults import library, queries
from careloop.crm_core.faults.models import SLOTS, Fault, FaultState
from careloop.crm_core.faults.views import ArticleMade
from careloop.kit.actor import Actor
from careloop.kit.errors import Conflict
from careloop.knowledge import queries as knowledge
from careloop.knowledge import service as articles
from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.learning.skeleton import comment, heading
from careloop.knowledge.models import Document
from careloop.knowledge.schemas import CreateArticle, SaveDraft
from careloop.tools.fault_views import usual_parts
from careloop.tools.fault_words import Wording

PARTS_FROM = 0.25
"""Share of cases from which a part is told in the article."""


def write_article(session: Session, actor: Actor, row: Fault, lang: str) -> ArticleMade:
    """Write the fault as a draft for colleagues, or its next version where it has one.

    `Conflict` unless the fault is reviewed.
    """
    if row.state != FaultState.REVIEWED:
        raise Conflict(f"{row.number} is {row.state}; review it before it becomes an article")
    known = session.get(Document, (actor.tenant_id, row.article_id)) if row.article_id else None
    if known is not None and known.state != "retired":
        title, body = _text(session, actor, row, known.lang)
        state = articles.save_draft(
            session, actor,
            SaveDraft(
                id=known.id, title=title, body=body, type="troubleshooting",
                product_models=row.models, audience=_audience(session, known),
                firmware=row.firmware, note=_note(row), origin="ticket",
            ),
        )  # fmt: skip
        return ArticleMade(article_id=state.id, key=state.key, refreshed=True)
    lang = lang if lang in SUPPORTED else "en"
    title, body = _text(session, actor, row, lang)
    state = articles.create_article(
        session, actor,
        CreateArticle(
            lang=lang, title=title, body=body, type="troubleshooting", audience="internal",
            product_models=row.models, firmware=row.firmware, note=_note(row), origin="ticket",
        ),
    )  # fmt: skip
    library.note_article(session, row, state.id)
    return ArticleMade(article_id=state.id, key=state.key, refreshed=False)


def _audience(session: Session, document: Document) -> str:
    """For whom the article is by now: a refreshed draft may not widen or narrow it."""
    waiting = knowledge.waiting_edition(session, document.tenant_id, document.id)
    edition = waiting or knowledge.edition(
        session, document.tenant_id, document.id, document.edition
    )
    return str(edition.matter.get("audience") or "internal") if edition else "internal"


def _note(row: Fault) -> str:
    return f"Fault {row.number}: {row.successes} of {row.cases} repairs confirmed or lasting"


def _text(session: Session, actor: Actor, row: Fault, lang: str) -> tuple[str, str]:
    wording = Wording(session, actor.tenant_id, lang)
    view = wording.fault(queries.fault_view(row))
    told = {slot: getattr(view, slot).label for slot in SLOTS}
    parts = [
        f"- {item.part} × {item.quantity}" + (f" ({item.name})" if item.name else "")
        for item in usual_parts(session, actor, [row.id], lang).get(row.id, [])
        if item.share >= PARTS_FROM
    ]
    original = [
        f"{slot} ({getattr(view, slot).lang}): {getattr(view, slot).text}"
        for slot in SLOTS
        if getattr(view, slot).translated and getattr(view, slot).text
    ]
    sections = [
        comment(f"From fault {row.number}.", [_note(row), *original]),
        _section("symptom", lang, told["symptom"] or told["component"]),
        _section("devices", lang, ", ".join(row.models)),
        _section("codes", lang, ", ".join(row.error_codes)),
        _section("cause", lang, told["cause"]),
        _section("remedy", lang, told["remedy"] or " "),
        _section("parts", lang, "\n".join(parts)),
    ]  # fmt: skip
    title = " – ".join(filter(None, (told["symptom"], told["component"])))[:500]
    return title or row.number, "\n\n".join(filter(None, sections)).rstrip() + "\n"


def _section(name: str, lang: str, text: str) -> str:
    return f"{heading(name, lang)}\n\n{text}".rstrip() if text else ""
