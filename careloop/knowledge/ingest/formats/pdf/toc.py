"""Tables of contents in print: lines that lead to a page number. The outline serves better."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from careloop.knowledge.ingest.formats.pdf.rows import line_of, printed_rows
from careloop.knowledge.ingest.formats.pdf.sheet import Sheet

_LEADER = re.compile(
    r"(?:[.．·•。_‥⋯]{4,}|…{2,}|[.．·…⋯]{3,})[.．·…⋯_]*"
    r"(?:\d{1,4}|[ivxl]{1,6}|[A-Z\d]{1,3}-\d{1,3})\W?$",
    re.I,
)
_TITLE = re.compile(
    r"^\W*(?:table of contents|contents|目\s*录|目\s*錄|目\s*次|"
    r"inhalt(?:sverzeichnis)?|índice|indice|"
    r"contenido|sommaire|table des matières|sumário|содержание|оглавление|"
    r"list of (?:figures|tables)|(?:图|表|插图|表格)\s*目\s*录|목차)\W*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^.{2,}?\s(\d{1,4})$")


def strip_contents(sheets: Sequence[Sheet]) -> None:
    """Take printed tables of contents out of the sheets."""
    running = False
    for sheet in sheets:
        rows = printed_rows(sheet.spans)
        texts = [line_of(row).text for row in rows]
        leading = [bool(_LEADER.search(re.sub(r"\s+", "", text))) for text in texts]
        titled = next((i for i, text in enumerate(texts) if _TITLE.match(text)), None)
        gone: list[bool] = list(leading)
        if sum(leading) >= 3 or (running and any(leading)):
            if sum(leading) >= 0.5 * len(rows):
                gone = [True] * len(rows)
            elif titled is not None:
                gone[titled] = True
            running = leading[-1] or all(gone)
        elif titled is not None:
            gone = _plain_entries(texts, titled)
            running = False
        else:
            gone = [False] * len(rows)
            running = False
        taken: set[int] = {
            id(span) for row, away in zip(rows, gone, strict=True) if away for span in row
        }
        if taken:
            sheet.spans = [span for span in sheet.spans if id(span) not in taken]


def _plain_entries(texts: Sequence[str], titled: int) -> list[bool]:
    """Entries without leaders: below the title, most lines end in a growing number."""
    gone = [False] * len(texts)
    below = range(titled + 1, len(texts))
    numbers = [(i, int(match[1])) for i in below if (match := _NUMBERED.match(texts[i]))]
    grows = sum(1 for a, b in itertools.pairwise(numbers) if a[1] <= b[1])
    if len(numbers) >= 4 and grows >= 0.8 * (len(numbers) - 1) and len(numbers) >= 0.6 * len(below):
        for i in range(titled, len(texts)):
            gone[i] = True
    return gone
