"""Which model? Asked only when the best documents are for different models and say other things."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from careloop.knowledge.model_text import statements
from careloop.knowledge.retrieve.families import models_meant
from careloop.knowledge.retrieve.index import OWN
from careloop.knowledge.retrieve.question import Question, Wants
from careloop.knowledge.retrieve.rank import Ranked, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

NEAR = 0.72
"""A rival counts when its score reaches this share of the best."""
NEAR_BY_CODE = 0.35
"""The same for a rival that explains the code asked about: codes differ by model."""
COVERED, COVERED_BY_CODE = 0.8, 0.3
"""And it must cover this share of what the best covers."""
_FACT = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")


def models_to_ask(snapshot: Snapshot, question: Question, ranking: Ranking) -> list[str]:
    """The models to choose from, in the order of their rank; empty when nothing needs asking."""
    if not ranking.ranked:
        return []
    best = _row_of(snapshot, ranking)
    columns = _model_columns(snapshot, best)
    if columns is not None:
        return [] if _of_all(question) else _among(snapshot, columns, question)
    told = _told_apart(snapshot, best)
    if told:
        return _among(snapshot, told, question)
    of_best = _models(snapshot, best)
    shared = snapshot.passages[best.passage].models != ()
    if not of_best or (shared and _of_all(question)):
        return []
    beside = _rows_beside(snapshot, best) if _tells_property(snapshot, question, best) else ()
    asked = list(dict.fromkeys((*of_best, *beside)))
    for rival in ranking.ranked[:24]:
        by_code = bool(set(question.codes) & set(snapshot.passages[rival.passage].codes))
        if rival.score < best.score * (NEAR_BY_CODE if by_code else NEAR):
            continue
        if rival.covered < best.covered * (COVERED_BY_CODE if by_code else COVERED):
            continue
        models = _models(snapshot, rival)
        if (
            models
            and not set(models) & set(of_best)
            and _same_focus(snapshot, question, ranking, best, rival)
        ):
            asked += [name for name in models if name not in asked]
    return _among(snapshot, asked, question) if len(asked) > len(of_best) else []


def _of_all(question: Question) -> bool:
    """Whether causes or steps are asked for: an article tells them for all of its models, also
    when it has a table by model. The meaning of a code is no such cause."""
    return question.wants in (Wants.CAUSE, Wants.STEPS) and not question.codes


def _among(snapshot: Snapshot, asked: list[str], question: Question) -> list[str]:
    """Of the models that differ those that the question leaves open, by a part of their name or
    by the kind of machine; one alone needs no asking."""
    open_ = question.among or models_meant(snapshot, question)
    left = [name for name in asked if not open_ or name in open_]
    return left if len(left) > 1 else []


def _row_of(snapshot: Snapshot, ranking: Ranking) -> Ranked:
    """The best passage; for a whole table its best row, which tells what differs."""
    best = ranking.ranked[0]
    whole = snapshot.passages[best.passage]
    if whole.kind != "table":
        return best
    for item in ranking.ranked[1:]:
        row = snapshot.passages[item.passage]
        if row.kind == "table_row" and (row.document, row.section_ordinal) == (
            whole.document, whole.section_ordinal
        ):  # fmt: skip
            return item
    return best


def _told_apart(snapshot: Snapshot, item: Ranked) -> list[str]:
    """Models of which a text that is mostly a list of models says different things."""
    passage = snapshot.passages[item.passage]
    if passage.kind != "text":
        return []
    for line in passage.text.split("\n"):
        said = statements(line, snapshot.models)
        named = list(dict.fromkeys(name for models, _ in said for name in models))
        differs = len(named) > 1 and len({what for _, what in said}) > 1
        if differs and len(line) * 2 >= len(passage.text):
            return named
    return []


def _models(snapshot: Snapshot, item: Ranked) -> tuple[str, ...]:
    passage = snapshot.passages[item.passage]
    return passage.models or snapshot.documents[passage.document].models


def _model_columns(snapshot: Snapshot, item: Ranked) -> list[str] | None:
    """Models that stand as columns of the row with different values; None without such columns."""
    data = snapshot.passages[item.passage].data
    if "cells" not in data:
        return None
    by_model = {
        name: cell
        for header, cell in zip(data["headers"], data["cells"], strict=True)
        for name in snapshot.models.find(header)
    }
    if len(by_model) < 2:
        return None
    return list(by_model) if len({value.strip() for value in by_model.values()}) > 1 else []


def _tells_property(snapshot: Snapshot, question: Question, item: Ranked) -> bool:
    """Whether the passage itself speaks of a property whose value is asked for."""
    here = np.array([item.passage], dtype=np.int32)
    terms = (snapshot.index.id_of(OWN + name) for name in question.properties)
    return any(term is not None and bool(snapshot.index.holds(term, here)[0]) for term in terms)


def _rows_beside(snapshot: Snapshot, item: Ranked) -> list[str]:
    """Models that other rows of the same table are for: a row for one model tells nothing of a
    machine whose model is unknown."""
    here = snapshot.passages[item.passage]
    if here.kind != "table_row" or not here.models:
        return []
    return [
        name
        for row in snapshot.passages_of(here.document)
        if row.kind == "table_row"
        and row.section_ordinal == here.section_ordinal
        and row.data["headers"] == here.data["headers"]
        for name in row.models
    ]


def _same_focus(
    snapshot: Snapshot, question: Question, ranking: Ranking, best: Ranked, rival: Ranked
) -> bool:
    """Whether the rival answers the same question with other words or figures."""
    codes = set(question.codes)
    first, second = snapshot.passages[best.passage], snapshot.passages[rival.passage]
    if codes and codes & set(first.codes) != codes & set(second.codes):
        return False
    if snapshot.documents[first.document].lang != snapshot.documents[second.document].lang:
        return snapshot.documents[first.document].key != snapshot.documents[second.document].key
    return _facts(snapshot, first.text) != _facts(snapshot, second.text)


def _facts(snapshot: Snapshot, text: str) -> Sequence[str]:
    return _FACT.findall(snapshot.models.mask(text))
