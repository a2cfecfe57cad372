"""Cells of the engineers file that hold levels and certificates."""

from __future__ import annotations

from careloop.crm_core.intake import dates
from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import listed, whole

Paper = dict[str, object]


def skill_levels(cell: Cell) -> dict[str, int]:
    """`laser:3;optics:2` as skill to level, 1 to 9."""
    found: dict[str, int] = {}
    for item in listed(cell):
        skill, mark, level = item.replace("：", ":").rpartition(":")
        if not mark or not skill.strip():
            raise BadCell("is no list of SKILL:LEVEL, such as laser:3;optics:2")
        found[skill.strip()] = whole(level, 1, 9)
    return found


def certificates(cell: Cell) -> list[Paper]:
    """`laser:L-771:2027-03-31;crane:K-9` as skill, number and, if given, the last day."""
    found: list[Paper] = []
    for item in listed(cell):
        parts = [part.strip() for part in item.replace("：", ":").split(":")]
        if len(parts) not in (2, 3) or not all(parts[:2]):
            raise BadCell("is no list of SKILL:NUMBER:DAY, such as laser:L-771:2027-03-31")
        until = dates.day(parts[2]) if len(parts) == 3 and parts[2] else None
        found.append({"skill": parts[0], "number": parts[1][:80], "valid_until": until})
    return found
