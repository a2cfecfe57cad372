"""An export: planned and counted, noted in the audit, then streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

from careloop.crm_core.export import queries
from careloop.crm_core.export.csv_out import csv_lines
from careloop.crm_core.export.directory import form_of
from careloop.crm_core.export.form import MOMENT, Column, ExportForm, Statement
from careloop.crm_core.export.schemas import Format, Headers, RecordExport
from careloop.crm_core.export.xlsx_out import MAX_ROWS, xlsx_bytes
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import InvalidInput


@dataclass(frozen=True)
class Plan:
    """What is exported: the form, the select and the zone that times are shown in."""

    form: ExportForm
    statement: Statement
    zone: ZoneInfo


def plan(
    session: Session, actor: Actor, kind: str, given: Mapping[str, Sequence[str]], time_zone: str
) -> Plan:
    """Check kind, right, filters and zone, and make the select.

    Raises `NotFound` for an unknown kind, `Forbidden` without the right to read it,
    `InvalidInput` for an unknown zone, filter or value.
    """
    form = form_of(actor, kind).bound(session, actor)
    try:
        zone = ZoneInfo(time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(f"{time_zone!r} is no IANA time zone, such as Asia/Shanghai") from None
    return Plan(form, queries.statement_of(session, actor, form, given), zone)


def count(session: Session, planned: Plan, format: Format) -> int:
    """How many rows there will be; `InvalidInput` when a workbook cannot hold them."""
    rows = queries.count(session, planned.statement)
    if format is Format.XLSX and rows > MAX_ROWS:
        raise InvalidInput(
            f"{rows} rows do not fit into a workbook of {MAX_ROWS}; narrow the list by a filter, "
            "or export it as CSV"
        )
    return rows


def stream(
    session: Session, planned: Plan, format: Format, headers: Headers, bom: bool
) -> Iterator[bytes]:
    """The file in pieces; memory does not grow with the rows."""
    form, zone = planned.form, planned.zone
    header = [header_of(column, headers, zone) for column in form.columns]
    rows = queries.rows(session, form, planned.statement)
    if format is Format.CSV:
        yield from csv_lines([header], bom=bom, zone=zone)
        yield from csv_lines(rows, zone=zone)
    else:
        kinds = [column.kind for column in form.columns]
        title = form.zh if headers is Headers.ZH else form.en
        yield from xlsx_bytes(title, header, kinds, rows, zone)


def header_of(column: Column, headers: Headers, zone: ZoneInfo) -> str:
    """The first row's text for a column; that of a time names its zone."""
    name = {Headers.EN: column.en, Headers.ZH: column.zh, Headers.NAMES: column.name}[headers]
    if column.kind != MOMENT:
        return name
    return f"{name}（{zone.key}）" if headers is Headers.ZH else f"{name} ({zone.key})"


def today(session: Session) -> str:
    return now(session).date().isoformat()


def check_record(session: Session, actor: Actor, command: RecordExport) -> None:
    """Check that the actor may do what is to be noted; the audit keeps `line_of` as its reason."""
    form_of(actor, command.kind)


def line_of(command: RecordExport) -> str:
    """An export in a line: how many rows of what, with which filter."""
    filters = "; ".join(f"{name}={','.join(v)}" for name, v in sorted(command.filters.items()))
    told = f"exported {command.rows} rows of {command.kind} as {command.format.value}"
    return f"{told}, filter {filters}" if filters else f"{told}, no filter"
