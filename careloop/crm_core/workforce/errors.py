"""Failures of the roster."""

from __future__ import annotations

from careloop.kit.errors import Conflict


class AbsenceDecided(Conflict):
    """An absence has been decided on or taken back."""

    code = "absence_decided"

    def __init__(self, state: str) -> None:
        super().__init__(f"This absence is {state} already; ask for a new one", state=state)


class EngineerExists(Conflict):
    """The code is another engineer's."""

    code = "engineer_exists"


class AreaInUse(Conflict):
    """Engineers or rules name the area."""

    code = "area_in_use"
