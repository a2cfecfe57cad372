"""Failures of visits."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.kit.errors import Conflict, InvalidInput


class StepNotAllowed(Conflict):
    """A visit has no such step."""

    code = "step_not_allowed"

    def __init__(self, present: str, wanted: str, possible: Iterable[str]) -> None:
        allowed = ", ".join(possible) or "nothing"
        super().__init__(
            f"A visit that is {present} cannot become {wanted}; possible: {allowed}",
            present=present,
            wanted=wanted,
        )


class ReportSigned(Conflict):
    """The report stands signed."""

    code = "report_signed"

    def __init__(self) -> None:
        super().__init__(
            "The customer has signed this report; open a revision with a reason, change it, and "
            "have it signed again"
        )


class CommandReused(InvalidInput):
    """A command id was used again for something else."""

    code = "command_id_reused"
