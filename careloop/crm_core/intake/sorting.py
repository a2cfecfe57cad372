"""Which of the kinds that bear one name a table is of: its headers tell."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.matching import kinds_of_file
from careloop.crm_core.intake.reading import has_headers_of
from careloop.crm_core.intake.tables import Cell

Rows = Sequence[tuple[int, list[Cell]]]


def kind_of_table(stem: str, rows: Rows) -> str | None:
    """The kind of a table by its name, and by its headers where several kinds bear the name.

    `部件清单` with serial numbers and positions is what is fitted in devices, with models and
    quantities a bill of materials. Where the headers fit none, the first kind stands, so that
    its faults are told.
    """
    kinds = kinds_of_file(stem)
    fitting = [kind for kind in kinds if has_headers_of(FORMS[kind], rows)] if kinds[1:] else []
    return next(iter((*fitting, *kinds)), None)
