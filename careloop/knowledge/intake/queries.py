"""The only selects over deliveries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden, NotFound
from careloop.knowledge.intake.models import Intake, IntakeFile
from careloop.knowledge.intake.schemas import (
    IntakeCounts,
    IntakeFileView,
    IntakePage,
    IntakeView,
)  # fmt: skip


def intake(session: Session, tenant_id: str, intake_id: str) -> Intake:
    """`NotFound` when the tenant has no such delivery."""
    row = session.get(Intake, (tenant_id, intake_id))
    if row is None:
        raise NotFound("There is no such delivery of files")
    return row


def files_of(session: Session, tenant_id: str, intake_id: str) -> Sequence[IntakeFile]:
    """Its files in the order they were handed in; attachments after their mails."""
    return session.scalars(
        select(IntakeFile)
        .where(IntakeFile.tenant_id == tenant_id, IntakeFile.intake_id == intake_id)
        .order_by(IntakeFile.id)
    ).all()


def intakes(session: Session, actor: Actor, limit: int = 50) -> list[IntakeView]:
    """The newest deliveries, for those who may make one."""
    _may_see(actor)
    rows = session.scalars(
        select(Intake)
        .where(Intake.tenant_id == actor.tenant_id)
        .order_by(Intake.id.desc())
        .limit(limit)
    ).all()
    counted = session.execute(
        select(IntakeFile.intake_id, IntakeFile.state, func.count())
        .where(
            IntakeFile.tenant_id == actor.tenant_id,
            IntakeFile.intake_id.in_([row.id for row in rows]),
        )
        .group_by(IntakeFile.intake_id, IntakeFile.state)
    )
    counts: dict[str, dict[str, int]] = {}
    for intake_id, state, count in counted:
        counts.setdefault(intake_id, {})[state] = count
    return [_view(row, counts.get(row.id, {})) for row in rows]


def intake_page(session: Session, actor: Actor, intake_id: str) -> IntakePage:
    """A delivery with what became of each file."""
    _may_see(actor)
    row = intake(session, actor.tenant_id, intake_id)
    files = files_of(session, actor.tenant_id, intake_id)
    counts: dict[str, int] = {}
    for file in files:
        counts[file.state] = counts.get(file.state, 0) + 1
    return IntakePage(**_view(row, counts).model_dump(), files=[_file_view(file) for file in files])


def intake_view(session: Session, row: Intake) -> IntakeView:
    """A delivery, counted."""
    counts: dict[str, int] = {}
    for file in files_of(session, row.tenant_id, row.id):
        counts[file.state] = counts.get(file.state, 0) + 1
    return _view(row, counts)


def _may_see(actor: Actor) -> None:
    if not actor.may("knowledge:write"):
        raise Forbidden("You may not change the knowledge base")


def _view(row: Intake, counts: dict[str, int]) -> IntakeView:
    return IntakeView(
        id=row.id, state=row.state, at=row.created_at, by=row.by, total=sum(counts.values()),
        counts=IntakeCounts(**counts), error=row.error,
    )  # fmt: skip


def _file_view(row: IntakeFile) -> IntakeFileView:
    return IntakeFileView(
        path=row.path, state=row.state, reason=row.reason, warnings=row.warnings,
        passages=row.passages, pages=row.pages, article_id=row.document_id, edition=row.edition,
    )  # fmt: skip
