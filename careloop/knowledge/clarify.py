"""Which model? Asked only when the best documents are for different models and say other things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.rank import Ranked, Ranking
from careloop.knowledge.retrieve.snapshot import Snapshot

NEAR = 0.72
"""A rival counts when its score reaches this share of the best."""
NEAR_BY_CODE = 0.35
"""The same for a rival that explains the code asked about: codes differ by model."""
COVERED, COVERED_BY_CODE = 0.8, 0.55
"""And it must cover this share of what the best covers."""
_FACT = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")


def models_to_ask(snapshot: Snapshot, question: Question, ranking: Ranking) -> list[str]:
    """The models to choose from, in the order of their rank; empty when nothing needs asking."""
    if not ranking.ranked:
        return []
    best = ranking.ranked[0]
    of_best = _models(snapshot, best)
    columns = _model_columns(snapshot, best)
    if len(columns) > 1:
        return columns
    if not of_best:
        return []
    asked = list(of_best)
    for rival in ranking.ranked[1:24]:
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
    return asked if len(asked) > len(of_best) else []


def _models(snapshot: Snapshot, item: Ranked) -> tuple[str, ...]:
    passage = snapshot.passages[item.passage]
    return passage.models or snapshot.documents[passage.document].models


def _model_columns(snapshot: Snapshot, item: Ranked) -> list[str]:
    """Models that stand as columns of the best row with different values."""
    data = snapshot.passages[item.passage].data
    if "cells" not in data:
        return []
    by_model = {
        name: cell
        for header, cell in zip(data["headers"], data["cells"], strict=True)
        for name in snapshot.models.find(header)
    }
    values = {value.strip() for value in by_model.values()}
    return list(by_model) if len(values) > 1 else []


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
