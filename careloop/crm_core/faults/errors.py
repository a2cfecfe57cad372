"""Failures of the fault library."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.kit.errors import Conflict


class FaultStepNotAllowed(Conflict):
    """A fault in this state cannot do that."""

    code = "fault_step_not_allowed"

    def __init__(self, number: str, state: str, possible: Iterable[str]) -> None:
        allowed = ", ".join(possible) or "nothing"
        super().__init__(
            f"{number} is {state}; from there it can become: {allowed}", fault=number, state=state
        )


class MergeNotUndone(Conflict):
    """A merge cannot be undone as things stand."""

    code = "merge_not_undone"


class CommandReused(Conflict):
    """A device used the id of one finding for another."""

    code = "command_id_reused"
