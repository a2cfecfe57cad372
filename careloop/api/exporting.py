"""An export from the first byte to the last: counted, noted in the audit, then streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from careloop.api.bootstrap import Services
from careloop.crm_core.export import service
from careloop.crm_core.export.schemas import Format, Headers, RecordExport
from careloop.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file is to look."""

    format: Format = Format.CSV
    headers: Headers = Headers.EN
    bom: bool = True
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file under way: its name, how many rows it will have, its bytes."""

    name: str
    rows: int
    body: Iterator[bytes]


def export(
    services: Services, actor: Actor, kind: str, shape: Shape, given: Mapping[str, Sequence[str]]
) -> Sent:
    """Check and count, note it in the audit, and give the stream.

    Raises `NotFound` for an unknown kind, `Forbidden` without the right to read it,
    `InvalidInput` for a filter it does not have or more rows than a workbook holds.
    """
    with services.database.read(actor.tenant_id) as session:
        plan = service.plan(session, actor, kind, given, shape.time_zone)
        rows = service.count(session, plan, shape.format)
        day = service.today(session)
    filters = {name: list(values) for name, values in given.items()}
    note = RecordExport(kind=kind, format=shape.format, rows=rows, filters=filters)
    services.runtime.invoke(actor, "export.record", note, reason=service.line_of(note)[:1000])

    def body() -> Iterator[bytes]:
        with services.database.read(actor.tenant_id) as session:
            yield from service.stream(session, plan, shape.format, shape.headers, shape.bom)

    return Sent(f"{kind}-{day}.{shape.format.value}", rows, body())
