"""What is wrong with a procedure: pure rules that a draft must pass to be published.

An error would leave a person in the field without a next step or without a warning; a warning
tells what an editor may want to mend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from careloop.crm_core.sop.content import END, GRAVE, STOP, SopContent, SopStep, Texts
from careloop.crm_core.sop.policy import following, onward, reachable, ways

DECIDING = frozenset({"check", "reading", "choice"})
"""Kinds whose outcome is found out, not brought about: each outcome is a way on."""


class SopProblem(BaseModel):
    """One thing that is wrong: `severity` error or warning, where it is, and what it is about."""

    code: str
    severity: str = "error"
    step: str = ""
    field: str = ""
    detail: str = ""


def problems(content: SopContent) -> list[SopProblem]:
    """Everything that is wrong, errors first, in the order of the steps."""
    found = [*_head(content), *_steps(content), *_paths(content), *_languages(content)]
    order = {step.id: index for index, step in enumerate(content.steps)}
    return sorted(found, key=lambda one: (one.severity != "error", order.get(one.step, -1)))


def errors(found: list[SopProblem]) -> list[SopProblem]:
    """Those that forbid publishing."""
    return [one for one in found if one.severity == "error"]


def _head(content: SopContent) -> Iterator[SopProblem]:
    if not content.steps:
        yield SopProblem(code="no_steps", field="steps")
    for step_id, times in Counter(step.id for step in content.steps).items():
        if times > 1:
            yield SopProblem(code="id_twice", step=step_id, field="id")
        if step_id in {END, STOP}:
            yield SopProblem(code="id_reserved", step=step_id, field="id")


def _steps(content: SopContent) -> Iterator[SopProblem]:
    for step in content.steps:
        yield from _hazard(step)
        yield from _kind(step)


def _hazard(step: SopStep) -> Iterator[SopProblem]:
    if step.hazard != "none" and not _said(step.safety):
        yield SopProblem(code="safety_missing", step=step.id, field="safety")
    if step.hazard in GRAVE and step.role == "anyone":
        yield SopProblem(code="role_missing", step=step.id, field="role")
    if step.hazard == "none" and _said(step.safety):
        yield SopProblem(code="hazard_unset", severity="warning", step=step.id, field="hazard")


def _kind(step: SopStep) -> Iterator[SopProblem]:
    if step.kind == "reading":
        limits = step.reading
        if limits is None or not limits.unit.strip():
            yield SopProblem(code="unit_missing", step=step.id, field="reading")
        if limits and limits.low is not None and limits.high is not None:
            if limits.low > limits.high:
                yield SopProblem(code="limits_crossed", step=step.id, field="reading")
        elif limits and limits.low is None and limits.high is None:
            yield SopProblem(code="no_limits", severity="warning", step=step.id, field="reading")
    if step.kind == "photo" and step.photos_min < 1:
        yield SopProblem(code="photos_missing", step=step.id, field="photos_min")
    if step.kind == "choice" and len(step.options) < 2:
        yield SopProblem(code="options_missing", step=step.id, field="options")
    if step.kind != "choice" and step.options:
        yield SopProblem(code="options_unused", step=step.id, field="options")
    for option, times in Counter(one.id for one in step.options).items():
        if times > 1:
            yield SopProblem(code="option_twice", step=step.id, field="options", detail=option)


def _paths(content: SopContent) -> Iterator[SopProblem]:
    steps = content.steps
    known = {step.id for step in steps} | {END, STOP}
    for step in steps:
        for field, target in _targets(step):
            if target and target not in known:
                yield SopProblem(code="goto_missing", step=step.id, field=field, detail=target)
        if step.on_fail == "goto" and not step.goto:
            yield SopProblem(code="goto_empty", step=step.id, field="goto")
        if step.then == STOP:
            yield SopProblem(code="then_stops", step=step.id, field="then")
    if not steps:
        return
    seen = reachable(steps, steps[0].id)
    ending = _ending(steps)
    for step in steps:
        if step.id not in seen:
            yield SopProblem(code="unreachable", step=step.id)
        elif step.id not in ending:
            yield SopProblem(code="no_end", step=step.id)


def _targets(step: SopStep) -> Iterator[tuple[str, str]]:
    yield "then", step.then
    if step.on_fail == "goto":
        yield "goto", step.goto
    for option in step.options:
        yield "options", option.goto


def _ending(steps: list[SopStep]) -> set[str]:
    """Steps from which an end can be reached without an action having to fail."""
    ending: set[str] = set()
    changed = True
    while changed:
        changed = False
        for step in steps:
            if step.id not in ending and any(
                target in {END, STOP} or target in ending for target in _decided(steps, step)
            ):
                ending.add(step.id)
                changed = True
    return ending


def _decided(steps: list[SopStep], step: SopStep) -> Iterator[str]:
    if step.kind == "choice" and step.options:
        # A choice goes where its answers lead; nobody fails it.
        yield from (following(steps, step, "done", option.id) for option in step.options)
    elif step.kind in DECIDING:
        yield from ways(steps, step)
    else:
        yield onward(steps, step)


def _languages(content: SopContent) -> Iterator[SopProblem]:
    languages = content.languages()
    if not languages:
        yield SopProblem(code="title_missing", field="title")
        return
    gaps = {language: list(_gaps(content, language)) for language in languages}
    if all(gaps.values()):
        # None is complete: the one that lacks least is shown as the one to finish.
        nearest = min(languages, key=lambda language: len(gaps[language]))
        yield from (_gap(nearest, place, "error") for place in gaps.pop(nearest))
    for language, places in gaps.items():
        yield from (_gap(language, place, "warning") for place in places)


def _gap(language: str, place: tuple[str, str], severity: str) -> SopProblem:
    step, field = place
    return SopProblem(
        code="language_gap", severity=severity, step=step, field=field, detail=language
    )


def _gaps(content: SopContent, language: str) -> Iterator[tuple[str, str]]:
    """Where the language lacks a text: (step, field)."""
    if _said(content.summary) and not content.summary.get(language, "").strip():
        yield "", "summary"
    for step in content.steps:
        if not step.title.get(language, "").strip():
            yield step.id, "title"
        for field, texts in (("text", step.text), ("safety", step.safety)):
            if _said(texts) and not texts.get(language, "").strip():
                yield step.id, field
        if any(not option.label.get(language, "").strip() for option in step.options):
            yield step.id, "options"


def _said(texts: Texts) -> bool:
    return any(text.strip() for text in texts.values())
