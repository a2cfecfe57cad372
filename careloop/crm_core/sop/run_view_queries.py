"""Views of runs: in lists, and whole, as the person before the machine needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.catalog.models import Part
from careloop.crm_core.sop import run_queries
from careloop.crm_core.sop.content import SopContent, SopPartNeed, SopStep
from careloop.crm_core.sop.models import RunState, SopRecord, SopRun
from careloop.crm_core.sop.policy import LATE, Passed, Progress, to_come
from careloop.crm_core.sop.roles import Qualification
from careloop.crm_core.sop.views import (
    SopNextStep,
    SopOptionView,
    SopPartHint,
    SopRecordView,
    SopRunPage,
    SopRunPhoto,
    SopRunStep,
    SopRunView,
)  # fmt: skip
from careloop.crm_core.sop.wording import said, wording
from careloop.kit.clock import as_utc, iso

_PLAIN = (
    "id", "sop", "work_order", "ticket", "serial", "model", "required", "by_rule", "attached_by",
    "state", "result", "passed_count", "deviations", "reason", "reason_by", "version",
)  # fmt: skip


def views(session: Session, rows: Sequence[SopRun], language: str) -> list[SopRunView]:
    """Runs in a list, their titles in the language where there is one."""
    known = run_queries.contents_of(session, rows)
    return [_view(row, *known[row.id], language) for row in rows]


def _view(row: SopRun, number: int, content: SopContent, language: str) -> SopRunView:
    going_on = row.state in {*run_queries.OPEN_RUNS, RunState.LEFT}
    here = row.next_step or (content.steps[0].id if content.steps else "")
    return SopRunView(
        **{name: getattr(row, name) for name in _PLAIN},
        title=said(content.title, language)[0] or row.sop, sop_version=number,
        pinned=row.number > 0, next=_next(content, here, language) if going_on else None,
        steps_count=len(content.steps), hazard=content.worst_hazard,
        minutes=content.total_minutes,
        begun_at=iso(row.begun_at) if row.begun_at else None,
        ended_at=iso(row.ended_at) if row.ended_at else None, created_at=iso(row.created_at),
    )  # fmt: skip


def _next(content: SopContent, step_id: str, language: str) -> SopNextStep | None:
    for number, step in enumerate(content.steps, 1):
        if step.id == step_id:
            title = said(step.title, language)[0] or step.id
            return SopNextStep(step=step.id, number=number, title=title)
    return None


def page(session: Session, row: SopRun, language: str, who: Qualification) -> SopRunPage:
    """A run with its steps in one language, who did what when, and what is next."""
    number, content = run_queries.contents_of(session, [row])[row.id]
    rows = run_queries.records(session, row)
    way = run_queries.progress_of(session, row, content)
    view = _view(row, number, content, language)
    here = way.next if view.next else ""
    needs = [*content.parts, *(part for step in content.steps for part in step.parts)]
    names = catalog.parts_by_numbers(session, row.tenant_id, {part.part for part in needs})
    told = {record.id: record for record in _records(rows, way)}
    missing = [_next(content, step.id, language) for step in to_come(content.steps, here)]
    return SopRunPage(
        **(view.model_dump() | {"next": _next(content, here, language)}),
        summary=said(content.summary, language)[0], language=language,
        languages=content.languages(), tools=content.tools,
        parts=[_hint(need, names, language) for need in _joined(needs)],
        steps=[
            _step(step, place, content, way, told, here, names, language, who)
            for place, step in enumerate(content.steps, 1)
        ],
        path=[one.step for one in way.path],
        missing=[one for one in missing if one],
        records=list(told.values()),
    )  # fmt: skip


def _joined(needs: Iterable[SopPartNeed]) -> list[SopPartNeed]:
    """Each part once, with as many as the place that asks for most of it."""
    most: dict[str, int] = {}
    for need in needs:
        most[need.part] = max(most.get(need.part, 0), need.quantity)
    return [SopPartNeed(part=part, quantity=quantity) for part, quantity in most.items()]


def _hint(need: SopPartNeed, names: Mapping[str, Part], language: str) -> SopPartHint:
    known = names.get(need.part)
    name = catalog.localized(known.names, language) if known else ""
    return SopPartHint(part=need.part, name=name, quantity=need.quantity)


def _step(
    step: SopStep, number: int, content: SopContent, way: Progress,
    told: Mapping[str, SopRecordView], here: str, names: Mapping[str, Part], language: str,
    who: Qualification,
) -> SopRunStep:  # fmt: skip
    words = wording(step, content, language)
    turns = [one for one in way.path if one.step == step.id]
    record = told.get(turns[-1].holds) if turns else None
    return SopRunStep(
        id=step.id, number=number, title=words.title, text=words.text, safety=words.safety,
        language=words.language, fallback=words.fallback, kind=step.kind, hazard=step.hazard,
        role=step.role, required=step.required, may=who.fits(step.role),
        may_not="" if who.fits(step.role) else "role", reading=step.reading,
        photos_min=step.photos_min,
        options=[
            SopOptionView(id=one.id, label=label, goto=one.goto)
            for one, label in zip(step.options, words.options, strict=True)
        ],
        on_fail=step.on_fail, goto=step.goto, then=step.then, minutes=step.minutes,
        parts=[_hint(need, names, language) for need in step.parts], tools=step.tools,
        state=_state(step.id, turns, way, told, here), turns=len(turns), record=record,
    )  # fmt: skip


def _state(
    step: str, turns: Sequence[Passed], way: Progress, told: Mapping[str, SopRecordView], here: str
) -> str:
    if step == here:
        return "next"
    if turns:
        return turns[-1].outcome
    if any(told[one].step == step for one in way.waiting):
        return "waiting"
    if any(told[one].step == step for one in way.strays):
        return "off_way"
    return "open"


def _records(rows: Sequence[SopRecord], way: Progress) -> list[SopRecordView]:
    on_way = {one.entry for one in way.path}
    holding = {one.entry: one.holds for one in way.path}
    corrected = {row.corrects: row.id for row in rows if row.corrects}
    found = []
    for row in rows:
        root = row.corrects or row.id
        counts = root in on_way and holding[root] == row.id
        deviation = "off_way" if row.id in way.strays else ""
        replaced = corrected.get(root)
        found.append(_record(row, counts, deviation, None if replaced == row.id else replaced))
    return found


def _record(row: SopRecord, counts: bool, deviation: str, replaced_by: str | None) -> SopRecordView:
    return SopRecordView(
        id=row.id, seq=row.seq, step=row.step, outcome=row.outcome,
        value=float(row.value) if row.value is not None else None, ok=row.ok, option=row.option,
        photos=[SopRunPhoto(id=one) for one in row.photo_ids], signed_by=row.signed_by,
        note=row.note, hazard_text=row.hazard_text, hazard_by=row.hazard_by, actor=row.actor,
        engineer=row.engineer, role=row.role, corrects=row.corrects, replaced_by=replaced_by,
        counts=counts, deviation=deviation, happened_at=iso(row.happened_at),
        recorded_at=iso(row.created_at),
        late=as_utc(row.created_at) - as_utc(row.happened_at) >= LATE,
    )  # fmt: skip
