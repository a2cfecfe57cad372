"""The captions of tables: bound to their tables before columns are told apart."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.markers import TABLE_CAPTION
from careloop.knowledge.ingest.formats.pdf.parts import Table
from careloop.knowledge.ingest.formats.pdf.rows import printed_rows
from careloop.knowledge.ingest.formats.pdf.sheet import Sheet, Span, union
from careloop.knowledge.ingest.formats.pdf.wording import columns

_LINES = 3


def bind_captions(tables: Sequence[Table], sheet: Sheet) -> None:
    """Move the lines from a caption down to its table from the sheet into the table."""
    for table in tables:
        lead = _lead(table, sheet)
        if not lead:
            continue
        table.caption = lead
        for span in lead:
            table.rect = union(table.rect, span.rect)
        taken = {id(span) for span in lead}
        sheet.spans = [span for span in sheet.spans if id(span) not in taken]


def _lead(table: Table, sheet: Sheet) -> list[Span]:
    left, top, right, _ = table.rect
    above = [
        span for span in sheet.spans
        if span.middle < top and top - span.bottom < _LINES * 1.6 * span.size
        and span.x0 < right + 20 and span.x1 > left - 20
    ]  # fmt: skip
    rows = printed_rows(above)[-_LINES:]
    start = next(
        (i for i in range(len(rows) - 1, -1, -1) if TABLE_CAPTION.match(rows[i][0].text)), None
    )
    if start is None or any(columns(span.text) > 160 for row in rows[start:] for span in row):
        return []
    return [span for row in rows[start:] for span in row]
