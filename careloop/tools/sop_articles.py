"""A standard procedure out of the numbered procedure of a knowledge article.

What the article says is copied, never reworded: steps, safety notes and who may do them, answers
and where they lead, part numbers. Limits and kinds beyond that are for the editor to set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.sop.content import (
    END,
    STOP,
    HazardClass,
    SopContent,
    SopPartNeed,
    SopStep,
    SopStepOption,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import InvalidInput, NotFound
from careloop.knowledge import queries as knowledge
from careloop.knowledge.hazard import ENGINEER, SIGNAL
from careloop.knowledge.ingest.markdown import read_markdown
from careloop.knowledge.ingest.procedure import SOLVED, Branch, Procedure, Step
from careloop.knowledge.models import Document

TITLE_CHARS = 60
OPTION_CHARS = 200
_DANGER = re.compile(
    r"危险|danger|peligro|gefahr|perigo|опасно|危険|위험|خطر|nguy hiểm|อันตราย", re.I
)
_CAUTION = re.compile(
    r"注意|小心|当心|caution|precaución|atención|vorsicht|achtung|attention|cuidado|atenção|"
    r"внимание|осторожно|주의|تنبيه|chú ý|thận trọng|ข้อควรระวัง",
    re.I,
)
_SENTENCE = re.compile(r"[。！？；;\n]|[.!?](?=\s|$)|[:：]")


def content_of_article(session: Session, actor: Actor, key: str) -> SopContent:
    """The article's longest procedure, in every language that it is published in.

    `NotFound` for an article that the actor may not read, `InvalidInput` where it has no
    numbered procedure.
    """
    original = knowledge.find_document(session, actor, key, None)
    if original is None:
        raise NotFound(f"There is no article {key} that you may read")
    texts = [row for row in knowledge.documents_of_key(session, actor.tenant_id, key)
             if row.audience in actor.audiences()]  # fmt: skip
    texts.sort(key=lambda row: (row.id != original.id, row.lang))
    read = {row.lang: found for row in texts if (found := _longest(row)) is not None}
    if original.lang not in read:
        raise InvalidInput(f"{key} has no numbered procedure; write the steps by hand")
    parts = set(catalog.part_numbers(session, actor))
    procedures = {
        lang: found for lang, found in read.items()
        if _same_shape(found, read[original.lang])
    }  # fmt: skip
    return SopContent(
        title={row.lang: row.title[:200] for row in texts if row.lang in procedures},
        models=list(original.product_models),
        tags=[original.key],
        steps=_steps(procedures, original.lang, parts),
    )


def _longest(row: Document) -> Procedure | None:
    article = read_markdown(row.body, row.title, row.type)
    found = [
        Procedure.from_dict(piece.data["procedure"])
        for piece in article.pieces
        if "procedure" in piece.data
    ]
    return max(found, key=lambda one: len(one.steps), default=None)


def _same_shape(found: Procedure, original: Procedure) -> bool:
    """A translation whose steps or answers are counted otherwise cannot be laid beside it."""
    return [(step.number, len(step.branches)) for step in found.steps] == [
        (step.number, len(step.branches)) for step in original.steps
    ]


def _steps(procedures: dict[str, Procedure], first: str, parts: set[str]) -> list[SopStep]:
    whole_role = any(hazard.role == ENGINEER for hazard in procedures[first].hazards)
    made = []
    for index, step in enumerate(procedures[first].steps):
        said = {lang: found.steps[index] for lang, found in procedures.items()}
        notes = {lang: _notes(procedures[lang], one, index) for lang, one in said.items()}
        hazard = _hazard(notes[first])
        made.append(
            SopStep(
                id=f"s{step.number}",
                title={lang: _title(one.text) for lang, one in said.items()},
                text={lang: one.text[:4000] for lang, one in said.items()},
                kind="choice" if len(step.branches) > 1 else "action",
                hazard=hazard,
                safety={lang: text for lang, found in notes.items() if (text := "\n".join(found))}
                if hazard != "none" else {},
                role=_role(step, hazard, whole_role),
                options=_options(said, first),
                parts=[SopPartNeed(part=part) for part in _parts(step.text, parts)],
            )
        )  # fmt: skip
    return made


def _notes(procedure: Procedure, step: Step, index: int) -> list[str]:
    """Safety notes of a step; those of the whole stand at its first one."""
    whole = procedure.hazards if index == 0 else ()
    return list(dict.fromkeys(hazard.note for hazard in (*whole, *step.hazards)))


def _hazard(notes: Sequence[str]) -> HazardClass:
    """The gravest signal word of the notes; a note that reserves the work warns."""
    found: HazardClass = "none"
    for note in notes:
        signal = SIGNAL.match(note)
        word = signal["word"] if signal else ""
        if _DANGER.search(word):
            return "danger"
        found = "caution" if _CAUTION.search(word) and found == "none" else "warning"
    return found


def _role(step: Step, hazard: HazardClass, whole: bool) -> str:
    if whole or step.role == ENGINEER:
        return "engineer"
    return "customer_trained" if hazard in {"warning", "danger"} else "anyone"


def _options(said: dict[str, Step], first: str) -> list[SopStepOption]:
    branches = said[first].branches
    if len(branches) < 2:
        return []
    return [
        SopStepOption(
            id=f"o{place}",
            label={
                lang: one.branches[place - 1].answer[:OPTION_CHARS] for lang, one in said.items()
            },
            goto=_target(branch),
        )
        for place, branch in enumerate(branches, 1)
    ]  # fmt: skip


def _target(branch: Branch) -> str:
    if isinstance(branch.target, int):
        return f"s{branch.target}"
    return END if branch.target == SOLVED else STOP


def _title(text: str) -> str:
    """The first sentence; where that is long, its beginning."""
    start = _SENTENCE.split(text.strip(), maxsplit=1)[0].strip() or text.strip()
    return start if len(start) <= TITLE_CHARS else start[: TITLE_CHARS - 1].rstrip() + "…"


def _parts(text: str, known: set[str]) -> list[str]:
    """Part numbers of the catalogue that stand in the text."""
    words: list[Any] = re.findall(r"[A-Za-z0-9][A-Za-z0-9._/-]+", text)
    return list(dict.fromkeys(word.rstrip(".-/") for word in words if word.rstrip(".-/") in known))
