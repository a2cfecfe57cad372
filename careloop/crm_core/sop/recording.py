"""The writer of what was done at a step."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from careloop.crm_core.sop import run_queries, runs
from careloop.crm_core.sop.content import SopContent, SopStep
from careloop.crm_core.sop.errors import (
    CommandReused,
    HazardNotConfirmed,
    RoleMissing,
    RunEnded,
    StepNotNext,
)  # fmt: skip
from careloop.crm_core.sop.events import SopRunFinished, SopStepFailed
from careloop.crm_core.sop.models import RunState, SopRecord, SopRun
from careloop.crm_core.sop.policy import Progress, clamped, is_late, progress, within
from careloop.crm_core.sop.roles import Qualification, may_skip
from careloop.crm_core.sop.schemas import RecordStep
from careloop.crm_core.sop.wording import said
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput, NotFound
from careloop.kit.events import emit
from careloop.kit.ids import new_id

NO_PART = {"sop_version"}
"""Of a command, what may differ when a device sends it again."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The run, the record, and whether this very call made it."""

    run: SopRun
    record: SopRecord
    step: SopStep
    fresh: bool


def record(
    session: Session, actor: Actor, command: RecordStep, who: Qualification, language: str
) -> Recorded:
    """Write down what was done at a step, decide by code what it means, and go on.

    Who is at the machine now does the step that comes next. What a phone kept while it was out
    of reach is taken in any order that the branches allow; the rest stays as a deviation.
    """
    row = runs.locked(session, actor, command.run_id)
    command_id = command.command_id or new_id()
    digest = _digest(command)
    known = run_queries.record_by_command(session, row.tenant_id, command_id)
    if known is not None:
        return _again(session, row, known, digest)
    at = now(session)
    late = is_late(command.happened_at, at)
    if row.state == RunState.WITHDRAWN and not late:
        raise RunEnded("This run was taken off its visit")
    content = _pinned(session, row, command)
    step = content.step(command.step)
    if step is None:
        raise NotFound(f"There is no step {command.step} in this SOP")
    root = _corrected(session, row, command)
    if root is None and not late:
        before = run_queries.progress_of(session, row, content)
        _check_turn(step, before, content, command.language or language)
    _check_role(step, command, who)
    _check_facts(step, command)
    entry = SopRecord(
        tenant_id=row.tenant_id, id=new_id(), run_id=row.id, seq=row.record_seq + 1,
        command_id=command_id, digest=digest, step=step.id, value=command.value,
        option=command.option, photo_ids=list(command.photo_ids), signed_by=command.signed_by,
        note=command.note, actor=(actor.name or actor.label)[:60], engineer=who.engineer,
        role=step.role, corrects=root.id if root else None,
        happened_at=clamped(command.happened_at, at),
        # A clock that is a little off may not put what is done now before what was done.
        order_at=clamped(command.happened_at, at) if late else at, created_at=at, updated_at=at,
    )  # fmt: skip
    entry.outcome, entry.ok = _judged(step, command)
    _confirm(step, command, who, entry, root, language or "en", content)
    session.add(entry)
    session.flush()
    _go_on(session, row, content, entry, at)
    return Recorded(row, entry, step, True)


def _digest(command: RecordStep) -> str:
    return hashlib.sha256(command.model_dump_json(exclude=NO_PART).encode()).hexdigest()


def _again(session: Session, row: SopRun, known: SopRecord, digest: str) -> Recorded:
    if known.run_id != row.id or known.digest != digest:
        raise CommandReused("This command id was used for another act; use a new one")
    step = run_queries.content_of(session, row).step(known.step) or SopStep(id=known.step)
    return Recorded(row, known, step, False)


def _pinned(session: Session, row: SopRun, command: RecordStep) -> SopContent:
    """The version of the run; the first record pins the one that the person had before them."""
    if row.number:
        return run_queries.content_of(session, row)
    numbers = run_queries.contents_of(session, [row])
    newest = numbers[row.id][0]
    row.number = min(command.sop_version or newest, newest)
    return run_queries.content_of(session, row)


def _corrected(session: Session, row: SopRun, command: RecordStep) -> SopRecord | None:
    """The first record of the chain that this one corrects."""
    if command.corrects is None:
        return None
    found = run_queries.record_of_run(session, row, command.corrects)
    if found is not None and found.corrects:
        found = run_queries.record_of_run(session, row, found.corrects)
    if found is None or found.step != command.step:
        raise NotFound("There is no such record of this step to correct")
    if not command.note.strip():
        raise InvalidInput("Say what was wrong in the record", note="is needed")
    return found


def _check_role(step: SopStep, command: RecordStep, who: Qualification) -> None:
    if command.outcome == "skipped":
        if not may_skip(who, step):
            needed = step.role if step.role.startswith(("engineer", "certified")) else "engineer"
            raise RoleMissing(f"This step may be left out only by: {needed}", role=needed)
        return
    if not who.fits(step.role):
        raise RoleMissing(f"This step may be done only by: {step.role}", role=step.role)


def _check_facts(step: SopStep, command: RecordStep) -> None:
    """What must be told at a step of this kind."""
    if command.outcome == "skipped":
        if not command.note.strip():
            raise InvalidInput("Say why the step is left out", note="is needed")
        return
    if step.kind == "reading" and command.value is None:
        raise InvalidInput("Give the reading", value="is needed")
    if step.kind != "reading" and command.value is not None:
        raise InvalidInput("This step takes no reading", value="has no place here")
    if command.outcome == "failed":
        return
    if step.kind == "choice":
        if command.option not in {one.id for one in step.options}:
            raise InvalidInput("Choose one of the answers", option="is none of the answers")
    elif command.option:
        raise InvalidInput("This step has no answers to choose from", option="has no place here")
    if step.kind == "signature" and not command.signed_by.strip():
        raise InvalidInput("Say who signs", signed_by="is needed")
    if len(set(command.photo_ids)) < step.photos_min:
        raise InvalidInput(
            f"Take {step.photos_min} photos first", photo_ids=f"{step.photos_min} are needed"
        )


def _judged(step: SopStep, command: RecordStep) -> tuple[str, bool | None]:
    """The outcome that holds: limits decide about readings, a check passes or fails."""
    if command.outcome == "skipped":
        return "skipped", None
    if step.kind == "reading" and command.value is not None:
        ok = within(command.value, step.reading)
        if ok is not None:
            return ("passed" if ok else "failed"), ok
        return ("failed" if command.outcome == "failed" else "done"), None
    if command.outcome == "failed":
        return "failed", None
    return ("passed" if step.kind == "check" else "done"), None


def _confirm(
    step: SopStep, command: RecordStep, who: Qualification, entry: SopRecord,
    root: SopRecord | None, language: str, content: SopContent,
) -> None:  # fmt: skip
    """Keep what was confirmed before a hazardous step; `HazardNotConfirmed` without it."""
    if step.hazard == "none" or entry.outcome == "skipped":
        return
    if not command.hazard_confirmed:
        if root is not None and root.hazard_text:
            entry.hazard_text, entry.hazard_by = root.hazard_text, root.hazard_by
            return
        raise HazardNotConfirmed(
            "Read the safety text and confirm it before this step", hazard_confirmed="is needed"
        )
    first = next(iter(content.languages()), "")
    entry.hazard_text = said(step.safety, command.language or language, first)[0]
    entry.hazard_by = who.name


def _check_turn(step: SopStep, before: Progress, content: SopContent, language: str) -> None:
    """Whoever is at the machine now does the step that comes next, and no other."""
    if before.ended:
        raise RunEnded("This run is at its end; correct a record if it is wrong")
    first = content.step(before.next)
    if first is not None and first.id != step.id:
        title = said(first.title, language)[0] or first.id
        raise StepNotNext(f"Another step comes first: {title}", next=first.id)


def _go_on(
    session: Session, row: SopRun, content: SopContent, entry: SopRecord, at: datetime
) -> None:
    """Bring the run's row up to what its records say, and tell the listeners."""
    rows = run_queries.records(session, row)
    way = progress(content.steps, run_queries.entries(rows))
    was_ended = row.state == RunState.ENDED
    row.record_seq = entry.seq
    row.begun_at = min(filter(None, (row.begun_at, entry.happened_at)))
    row.next_step, row.result = way.next, way.result
    row.passed_count = len({one.step for one in way.path})
    row.deviations = len(way.strays)
    row.ended_at = max(one.happened_at for one in rows) if way.ended else None
    if row.state != RunState.WITHDRAWN:
        row.state = _state(row, way)
    row.touch(at)
    session.flush()
    facts = (row.tenant_id, row.id, row.sop, row.work_order, row.ticket)
    if entry.outcome == "failed":
        emit(session, SopStepFailed(*facts, entry.step, at))
    if way.ended and not was_ended:
        emit(session, SopRunFinished(*facts, way.result, at))


def _state(row: SopRun, way: Progress) -> RunState:
    if way.ended:
        return RunState.ENDED
    return RunState.LEFT if row.state == RunState.LEFT else RunState.BEGUN
