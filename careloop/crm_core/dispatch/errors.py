"""Failures of dispatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careloop.kit.errors import Conflict


class NotFit(Conflict):
    """The engineer may not do the job, or not then; nothing forces it."""

    code = "dispatch_refused"

    def __init__(self, text: str, reasons: Sequence[dict[str, Any]]) -> None:
        super().__init__(text, reasons=list(reasons))


class NeedsForce(Conflict):
    """Something speaks against it that a person may overrule with `force` and a reason."""

    code = "dispatch_needs_force"

    def __init__(self, text: str, reasons: Sequence[dict[str, Any]]) -> None:
        super().__init__(text, reasons=list(reasons))


class JobTaken(Conflict):
    """Somebody else was faster."""

    code = "job_taken"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is no longer in the pool: somebody has it; take another one")


class VisitStands(Conflict):
    """The ticket has a visit already."""

    code = "visit_stands"


class PlanNotOpen(Conflict):
    """A plan that is not ready cannot be accepted, one that has ended not be discarded."""

    code = "plan_not_open"

    def __init__(self, state: str) -> None:
        super().__init__(f"This plan is {state}; make a new one, or wait until it is ready",
                         state=state)  # fmt: skip
