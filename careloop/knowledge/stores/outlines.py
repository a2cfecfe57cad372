"""The outline of a tenant inside PostgreSQL, and how it is kept in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.retrieve.scope import Group, Scope, covers
from careloop.knowledge.stores.port import Outline
from careloop.knowledge.stores.postgres_tables import Tables

HIDDEN = Group((), "", "", None, None, None)
"""Filters that no search passes: what stands in a sample only to be counted."""
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class IndexOutline(Outline):
    """With what ranking needs of the whole tenant. `tables` hold its index; `groups` are the
    filters by number; `mean` is the mean length of a passage; `feedback` that of documents by
    key; `centre` the mean vector."""

    tables: Tables
    mean: float
    groups: tuple[Group, ...]
    families: Mapping[str, frozenset[str]]
    feedback: Mapping[str, float] = field(default_factory=dict)
    centre: npt.NDArray[np.float32] | None = None
    _allowed: dict[Scope, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def allowed(self, scope: Scope) -> npt.NDArray[np.bool_]:
        """Which groups a search in this scope may see, by number; the last is `HIDDEN`."""
        known = self._allowed.get(scope)
        if known is None:
            known = np.array([covers(scope, group) for group in (*self.groups, HIDDEN)], np.bool_)
            if len(self._allowed) > _REMEMBERED:
                self._allowed.clear()
            self._allowed[scope] = known
        return known


def as_body(
    size: int, mean: float, models: Sequence[str], languages: Sequence[str],
    code_prefixes: Sequence[str], groups: Sequence[Group],
    families: Mapping[str, frozenset[str]],
) -> dict[str, Any]:  # fmt: skip
    """What is stored."""
    return {
        "size": size, "mean": mean, "models": list(models), "languages": sorted(languages),
        "code_prefixes": sorted(code_prefixes), "groups": [_group_as_list(g) for g in groups],
        "families": {concept: sorted(names) for concept, names in families.items()},
    }  # fmt: skip


def from_row(
    revision: int, tables: Tables, body: Mapping[str, Any], vector_model: str | None,
    centre: Sequence[float] | None, feedback: Mapping[str, float],
) -> IndexOutline:  # fmt: skip
    return IndexOutline(
        revision, body["size"], ModelNames(body["models"]), frozenset(body["languages"]),
        frozenset(body["code_prefixes"]), vector_model, tables, body["mean"], groups_of(body),
        {concept: frozenset(names) for concept, names in body["families"].items()},
        feedback, np.array(centre, dtype=np.float32) if centre else None,
    )  # fmt: skip


def groups_of(body: Mapping[str, Any]) -> tuple[Group, ...]:
    return tuple(map(_group_from_list, body["groups"]))


def _group_as_list(group: Group) -> list[Any]:
    days = (group.effective_from, group.effective_until, group.superseded_from)
    return [
        list(group.models), group.audience, group.firmware,
        *(day.isoformat() if day else None for day in days),
    ]  # fmt: skip


def _group_from_list(stored: Sequence[Any]) -> Group:
    models, audience, firmware, *days = stored
    since, until, superseded = (date.fromisoformat(day) if day else None for day in days)
    return Group(tuple(models), audience, firmware, since, until, superseded)
