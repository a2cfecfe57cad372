"""Failures of assets."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.kit.errors import Conflict, InvalidInput


class StatusNotAllowed(Conflict):
    """A device cannot go from its present status to that one."""

    code = "status_not_allowed"

    def __init__(self, present: str, wanted: str, possible: Iterable[str]) -> None:
        allowed = ", ".join(possible) or "nothing"
        super().__init__(
            f"A device that is {present} cannot become {wanted}; possible: {allowed}",
            present=present,
            wanted=wanted,
        )


class CommandMismatch(InvalidInput):
    """A command id was used again with other contents."""

    code = "command_id_reused"


class ReadingRunsBackwards(InvalidInput):
    """A counter may not fall, unless it rolled over or was replaced."""

    code = "reading_runs_backwards"


class ComponentTaken(Conflict):
    """That component is fitted somewhere else, by the books."""

    code = "component_fitted_elsewhere"


class PositionTaken(Conflict):
    """Something is fitted in that position already."""

    code = "position_taken"
