"""What changed between two versions of a procedure: pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careloop.crm_core.sop.content import SopContent
from careloop.crm_core.sop.views import SopChange

BY_LANGUAGE = frozenset({"title", "text", "safety", "summary"})


def changes(before: SopContent, after: SopContent) -> list[SopChange]:
    """Differences of the head first, then of the steps in their new order, then removed ones."""
    return [*_head(before, after), *_steps(before, after)]


def _head(before: SopContent, after: SopContent) -> Iterator[SopChange]:
    yield from _fields("", _plain(before, "steps"), _plain(after, "steps"))


def _steps(before: SopContent, after: SopContent) -> Iterator[SopChange]:
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    stayed_old = [one for one in old if one in new]
    stayed_new = [one for one in new if one in old]
    for number, (step_id, step) in enumerate(new.items(), 1):
        if step_id not in old:
            yield SopChange(kind="added", step=step_id, after=step.model_dump(mode="json"))
            continue
        if stayed_old.index(step_id) != stayed_new.index(step_id):
            was = list(old).index(step_id) + 1
            yield SopChange(kind="moved", step=step_id, before=was, after=number)
        yield from _fields(step_id, _plain(old[step_id]), _plain(step))
    for step_id, step in old.items():
        if step_id not in new:
            yield SopChange(kind="removed", step=step_id, before=step.model_dump(mode="json"))


def _fields(step: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[SopChange]:
    for field, value in after.items():
        was = before[field]
        if was == value:
            continue
        if field not in BY_LANGUAGE:
            yield SopChange(kind="changed", step=step, field=field, before=was, after=value)
            continue
        for language in dict.fromkeys([*was, *value]):
            if was.get(language) != value.get(language):
                yield SopChange(
                    kind="changed", step=step, field=field, language=language,
                    before=was.get(language), after=value.get(language),
                )  # fmt: skip


def _plain(found: Any, *without: str) -> dict[str, Any]:
    plain: dict[str, Any] = found.model_dump(mode="json", exclude=set(without))
    return plain
