"""Which passages of the best document are shown: the one found, and what else answers.

The passage that ranks best need not hold the whole answer: the value may stand in a neighbouring
section, in another row, in a step. Only the document found is looked at, so nothing here changes
which document answers.
"""

from __future__ import annotations

from careloop.knowledge.asked import Asked, has_figure
from careloop.knowledge.ingest.markdown import width
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.language.identifiers import canonical
from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.present import as_hit, position_of_edition
from careloop.knowledge.retrieve.snapshot import Snapshot, SourcePassage
from careloop.knowledge.statements import statements_of
from careloop.knowledge.views import Hit, SearchResult

SECOND_SHARE = 0.8
"""A second passage of the best document is shown when its score reaches this share."""
WINDOW = 40
"""So many passages before and after the best one are looked at: a manual is a long document."""
CLEARLY, ANSWERS, NEW = 0.9, 1.0, 1.0
"""By how much another passage must answer better; what it must reach where the best one holds no
value at all; what it must name that the best one does not."""
ADDED_WIDTH = 600
PROPERTIES = 3

_NONE = -1.0
_OTHER_KIND = 0.9


def passages_to_show(snapshot: Snapshot, asked: Asked, result: SearchResult) -> list[Hit]:
    """The passages to show, in order; all of the document of the first hit."""
    best = result.hits[0]
    shown = [best, *_seconds(asked, result)]
    own = _near(snapshot, best, asked)
    here = next((item for _, item in own if item.ordinal == best.ordinal), None)
    if here is None:
        return shown
    shown = _rows_of_codes(snapshot, asked, shown, own)
    if asked.value:
        return _with_value(snapshot, asked, shown, here, own)
    return shown + _with_rest(snapshot, asked, shown, here, own)


def _rows_of_codes(
    snapshot: Snapshot, asked: Asked, shown: list[Hit], own: list[tuple[int, SourcePassage]]
) -> list[Hit]:
    """The row that is labelled with the code asked about goes before a text that mentions it."""
    if not asked.codes or shown[0].kind != "text":
        return shown
    rows = [
        as_hit(snapshot, place, 0.0, 0.0)
        for place, item in own
        if item.kind == "table_row"
        and not _told(item, shown)
        and asked.codes & {canonical(cell) for cell in item.data["cells"][:1]}
    ]
    return [*rows[:1], *shown]


def _seconds(asked: Asked, result: SearchResult) -> list[Hit]:
    best = result.hits[0]
    return [
        hit
        for hit in result.hits[1:]
        if hit.document == best.document
        and hit.score >= best.score * SECOND_SHARE
        and hit.kind != "table"
        and not (asked.value and (_one_table(hit, best) or not has_figure(hit.text)))
    ]


def _one_table(hit: Hit, best: Hit) -> bool:
    return hit.kind == "table_row" and hit.data.get("headers") == best.data.get("headers")


def _near(snapshot: Snapshot, best: Hit, asked: Asked) -> list[tuple[int, SourcePassage]]:
    """The passages around the best one that hold for the models asked about, with their places
    in the snapshot."""
    at = position_of_edition(snapshot, best)
    if at is None:
        return []
    pinned = asked.models
    general = {canonical_model(name) for name in snapshot.documents[at].models}
    open_ = pinned or {canonical_model(name) for name in best.models} or general
    return [
        (place, item)
        for place, item in enumerate(snapshot.passages_of(at), int(snapshot.first[at]))
        if abs(item.ordinal - best.ordinal) <= WINDOW
        and (not item.models or open_ & {canonical_model(name) for name in item.models})
    ]


def _with_value(
    snapshot: Snapshot, asked: Asked, shown: list[Hit], here: SourcePassage,
    own: list[tuple[int, SourcePassage]],
) -> list[Hit]:  # fmt: skip
    """For a value: the passage that holds it, when the best one does not, or less clearly."""
    lang = shown[0].lang
    mine = passage_score(asked, here, lang)
    rivals = [
        (passage_score(asked, item, lang), -abs(item.ordinal - here.ordinal), place)
        for place, item in own
        if item.kind != "table" and item.ordinal != here.ordinal and not _told(item, shown)
    ]
    score, _, rival = max(rivals, default=(_NONE, 0, 0))
    if score < max(mine + CLEARLY, ANSWERS):
        return _every_property(snapshot, asked, shown, own)
    added = as_hit(snapshot, rival, 0.0, 0.0)
    # Steps are no answer to a question for a value, and of a table's rows the better one is shown.
    sure = asked.counted or asked.surely(added.text, lang)
    replaced = mine == _NONE or ("procedure" in here.data and sure) or _one_table(added, shown[0])
    shown = [added, *(shown[1:] if replaced else shown)]
    return _every_property(snapshot, asked, shown, own)


def _every_property(
    snapshot: Snapshot, asked: Asked, shown: list[Hit], own: list[tuple[int, SourcePassage]]
) -> list[Hit]:
    """Where several values are asked for, a passage for each."""
    lang = shown[0].lang
    found = list(shown)
    for name in asked.properties[:PROPERTIES] if len(asked.properties) > 1 else ():
        if any(name in asked.names(hit.text, lang) for hit in found):
            continue
        holding = [
            (passage_score(asked, item, lang), place)
            for place, item in own
            if item.kind != "table" and name in asked.names(item.text, lang)
        ]
        score, place = max(holding, default=(_NONE, 0))
        if score >= ANSWERS:
            found.append(as_hit(snapshot, place, 0.0, 0.0))
    return found


def _with_rest(
    snapshot: Snapshot, asked: Asked, shown: list[Hit], here: SourcePassage,
    own: list[tuple[int, SourcePassage]],
) -> list[Hit]:  # fmt: skip
    """What the question names besides, when it stands in another section."""
    lang = shown[0].lang
    named = asked.names(f"{shown[0].title}\n{here.section}", lang)
    for _, item in own:
        if item.section_ordinal == here.section_ordinal:
            named |= asked.names(item.text, lang)
    best, most = None, 0.0
    for place, item in own:
        fits = item.kind in ("text", "table_row") and width(item.text) <= ADDED_WIDTH
        barred = item.hazard is not None and item.hazard["role"] != shown[0].role
        if not fits or barred or item.section_ordinal == here.section_ordinal:
            continue
        new = asked.names(f"{item.section}\n{item.text}", lang) - named
        gain = sum(asked.weight(name) for name in new)
        if gain > most and not _told(item, shown):
            best, most = place, gain
    if best is None or most < NEW:
        return []
    return [as_hit(snapshot, best, 0.0, 0.0)]


def _told(item: SourcePassage, shown: list[Hit]) -> bool:
    return any(item.ordinal == hit.ordinal for hit in shown)


def passage_score(asked: Asked, passage: SourcePassage, lang: str) -> float:
    """How well the passage's best statement with a figure answers, less where the figure is of
    another kind than the one asked for; -1 without a figure."""
    around = f"{passage.section}\n{passage.data.get('caption', '')}"
    if passage.kind == "table_row":
        parts = [passage.text]
    elif "procedure" in passage.data:
        procedure = Procedure.from_dict(passage.data["procedure"])
        steps = procedure.steps
        parts = [
            *(step.text for step in steps),
            *(hazard.note for step in steps for hazard in step.hazards),
            *(hazard.note for hazard in procedure.hazards),
            *(f"{branch.answer}: {branch.note}" for step in steps for branch in step.branches),
        ]
    else:
        parts = statements_of(passage.text)
    return max(
        (
            asked.score(part, lang, around, passage.models) - _OTHER_KIND * (not asked.fits(part))
            for part in parts
            if asked.fits(part) or has_figure(part)
        ),
        default=_NONE,
    )
