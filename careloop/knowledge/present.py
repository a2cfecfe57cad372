"""From ranked passages to what is handed out: one language each, rolled up, translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from careloop.kit.actor import Actor
from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.rank import Ranked, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot, SourceDocument, SourcePassage
from careloop.knowledge.views import Hit, ShownFigure, ShownPassage

PER_DOCUMENT = 2


def one_language(snapshot: Snapshot, question: Question, ranking: Ranking) -> Ranking:
    """Of translations of one passage keep the best; prefer the question's language when near."""
    chosen: dict[tuple[str, int], Ranked] = {}
    for item in ranking.ranked:
        passage = snapshot.passages[item.passage]
        document = snapshot.documents[passage.document]
        name = (document.key, passage.ordinal)
        if name not in chosen:
            chosen[name] = item
        elif (
            document.lang == question.lang
            and snapshot.documents[snapshot.passages[chosen[name].passage].document].lang
            != question.lang
        ):
            chosen[name] = replace(item, score=chosen[name].score)
    return replace(ranking, ranked=sorted(chosen.values(), key=lambda item: -item.score))


def roll_up(snapshot: Snapshot, ranked: Sequence[Ranked], k: int) -> list[Ranked]:
    """The best `k` passages, at most `PER_DOCUMENT` of one document."""
    taken: dict[str, int] = {}
    chosen: list[Ranked] = []
    for item in ranked:
        key = snapshot.documents[snapshot.passages[item.passage].document].key
        if taken.get(key, 0) < PER_DOCUMENT:
            taken[key] = taken.get(key, 0) + 1
            chosen.append(item)
        if len(chosen) == k:
            break
    return chosen


def as_hit(snapshot: Snapshot, at: int, score: float, covered: float) -> Hit:
    """The passage at a position as a hit."""
    passage = snapshot.passages[at]
    document = snapshot.documents[passage.document]
    return Hit(
        passage.id, document.id, document.key, document.lang, document.title, passage.section,
        passage.ordinal, passage.kind, document.type, passage.text, round(score, 4),
        round(covered, 4), passage.models or document.models, document.audience, passage.codes,
        passage.hazard, passage.data, passage.page, document.updated or document.effective_from,
    )  # fmt: skip


def as_shown(snapshot: Snapshot, passage: SourcePassage, lang: str) -> ShownPassage:
    """A passage for a reader of `lang`."""
    document = snapshot.documents[passage.document]
    return ShownPassage(
        passage.text, document.lang, document.lang != lang, document.key, document.title,
        passage.section, passage.kind, passage.ordinal, passage.models or document.models,
        passage.hazard, passage.data, passage.page, figures_of(document, passage.data),
    )  # fmt: skip


def figures_of(document: SourceDocument, data: Mapping[str, Any]) -> tuple[ShownFigure, ...]:
    """The pictures that are shown with a passage."""
    return tuple(
        ShownFigure(
            document.id, name, document.figures[name]["media_type"],
            document.figures[name]["caption"], document.figures[name]["page"],
        )
        for name in data.get("figures", ())
        if name in document.figures
    )  # fmt: skip


def position_of(snapshot: Snapshot, actor: Actor, key: str, lang: str) -> int | None:
    """Where the document in this language stands, if the actor may read it."""
    for at in snapshot.by_key.get(key, ()):
        document = snapshot.documents[at]
        if document.lang == lang and document.audience in actor.audiences():
            return at
    return None


def position_of_edition(snapshot: Snapshot, hit: Hit) -> int | None:
    """Where the document that a hit was taken from stands."""
    for at in snapshot.by_key.get(hit.document, ()):
        if snapshot.documents[at].id == hit.document_id:
            return at
    return None


def translated(snapshot: Snapshot, actor: Actor, hit: Hit, lang: str) -> SourcePassage | None:
    """The same passage in another language: by ordinal, else by its place in its section."""
    source_at = position_of(snapshot, actor, hit.document, hit.lang)
    target_at = position_of(snapshot, actor, hit.document, lang)
    if source_at is None or target_at is None:
        return None
    source, target = snapshot.passages_of(source_at), snapshot.passages_of(target_at)
    if len(source) == len(target):
        twin = target[hit.ordinal] if hit.ordinal < len(target) else None
        return twin if twin is not None and twin.kind == hit.kind else None
    here = next((item for item in source if item.ordinal == hit.ordinal), None)
    if here is None:
        return None

    def alike(items: list[SourcePassage]) -> list[SourcePassage]:
        return [
            item for item in items
            if item.section_ordinal == here.section_ordinal and item.kind == here.kind
        ]  # fmt: skip

    mine, theirs = alike(source), alike(target)
    return theirs[mine.index(here)] if len(mine) == len(theirs) else None


def steps_near(snapshot: Snapshot, at: int, ordinal: int) -> SourcePassage | None:
    """The steps that a passage is, stands beside, or belongs to."""
    own = snapshot.passages_of(at)
    here = next((item for item in own if item.ordinal == ordinal), None)
    if here is None:
        return None
    if "procedure" in here.data:
        return here
    lists = [item for item in own if "procedure" in item.data]
    beside = [item for item in lists if item.section_ordinal == here.section_ordinal]
    if beside:
        return beside[0]
    guided = snapshot.documents[at].type in ("procedure", "troubleshooting")
    return lists[0] if guided and len(lists) == 1 else None
