"""Tables of master data handed in, and what became of their rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, UploadFile
from fastapi.responses import StreamingResponse

from careloop.api import importing
from careloop.api.auth import ServicesDep, SessionDep, StaffDep
from careloop.api.routes.commands import RequiredKeyDep, act
from careloop.api.routes.paging import Limit, Page, decode_cursor, encode_cursor
from careloop.crm_core.intake import run_queries
from careloop.crm_core.intake.schemas import (
    ApplyImport,
    ImportOptions,
    ImportRunPage,
    ImportRunView,
    TakeImport,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden

router = APIRouter(prefix="/v1/imports", tags=["exchange"])


def _importer(actor: StaffDep) -> Actor:
    if not actor.may("import"):
        raise Forbidden("This needs the right import")
    return actor


ImporterDep = Annotated[Actor, Depends(_importer)]


@router.post("", status_code=202)
def take_in(
    services: ServicesDep, actor: ImporterDep, files: list[UploadFile], key: RequiredKeyDep,
    dry_run: Annotated[bool, Query(description="Check only, change nothing.")] = False,
    time_zone: Annotated[str, Form()] = "",
    country: Annotated[str, Form()] = "",
    currency: Annotated[str, Form()] = "",
    mapping: Annotated[str, Form(description="JSON: {file: {their column: ours}}.")] = "",
) -> ImportRunView:  # fmt: skip
    """Hand in CSV files, workbooks (a kind for each sheet) or zips of them.

    Small ones are done when the answer comes; large ones are read by a durable job: ask
    `/v1/imports/{import_id}` how it stands.
    """
    options = ImportOptions(
        time_zone=time_zone, country=country, currency=currency,
        mapping=importing.mapping_of(mapping),
    )  # fmt: skip
    handed = importing.hand_in(services, actor.tenant_id, files)
    command = TakeImport(files=handed, dry_run=dry_run, options=options)
    done = act(services, actor, "import.take_in", command, ImportRunView, key=key)
    return importing.soon(services, actor, done)


@router.get("")
def imports(
    session: SessionDep, actor: ImporterDep, cursor: str = "", limit: Limit = 50
) -> Page[ImportRunView]:
    """Imports, newest first."""
    values = decode_cursor(cursor, 1)
    rows = run_queries.runs(session, actor, str(values[0]) if values else "", limit + 1)
    following = encode_cursor(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[run_queries.run_view(row) for row in rows[:limit]], next_cursor=following)


@router.get("/{import_id}")
def one_import(session: SessionDep, actor: ImporterDep, import_id: str) -> ImportRunPage:
    """An import with its report."""
    return run_queries.run_page(run_queries.run(session, actor, import_id))


@router.post("/{import_id}/apply", status_code=202)
def apply(
    services: ServicesDep, actor: ImporterDep, import_id: str, key: RequiredKeyDep
) -> ImportRunView:
    """Load the files that this dry run has checked."""
    command = ApplyImport(import_id=import_id)
    done = act(services, actor, "import.apply", command, ImportRunView, key=key)
    return importing.soon(services, actor, done)


@router.get(
    "/{import_id}/errors.csv", response_class=StreamingResponse,
    responses={200: {"content": {"text/csv; charset=utf-8": {}}}},
)  # fmt: skip
def errors(session: SessionDep, actor: ImporterDep, import_id: str) -> StreamingResponse:
    """Every row that was not loaded, and every value left out, with the reason."""
    row = run_queries.run(session, actor, import_id)
    body = importing.error_lines(run_queries.run_page(row))
    return StreamingResponse(
        iter(body), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{import_id}-errors.csv"'},
    )  # fmt: skip
