"""CSV by RFC 4180: comma, CRLF, quotes where they are needed, UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from careloop.crm_core.export.cells import csv_cell

CHUNK_CHARS = 65_536
_UTC = ZoneInfo("UTC")


def csv_lines(
    rows: Iterable[Sequence[Any]], bom: bool = False, zone: ZoneInfo = _UTC
) -> Iterator[bytes]:
    """The rows as UTF-8 in pieces of about 64 KB; only one piece is held at a time."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if bom:
        text.write("\ufeff")
    for row in rows:
        writer.writerow([csv_cell(value, zone) for value in row])
        if text.tell() >= CHUNK_CHARS:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    if text.tell():
        yield text.getvalue().encode()
