"""Failures of standard work."""

from __future__ import annotations

from typing import Any

from careloop.kit.errors import Conflict, Forbidden, InvalidInput


class NotPublishable(InvalidInput):
    """The draft has problems that an engineer in the field could not work round."""

    code = "sop_not_publishable"


class StepNotNext(Conflict):
    """Another step comes first."""

    code = "sop_step_not_next"


class RunEnded(Conflict):
    """The run is over, or was taken off the visit."""

    code = "sop_run_ended"


class RoleMissing(Forbidden):
    """This person may not do this step."""

    code = "sop_role_missing"


class HazardNotConfirmed(InvalidInput):
    """A hazardous step was reported without its safety text being confirmed."""

    code = "sop_hazard_not_confirmed"


class CommandReused(InvalidInput):
    """A command id was used again for something else."""

    code = "command_id_reused"


class StandardWorkUnfinished(Conflict):
    """A visit cannot end while required standard work on it is open."""

    code = "sop_unfinished"

    def __init__(self, runs: list[dict[str, Any]], who: str) -> None:
        named = "; ".join(f"{run['sop']} {run['title']}: {run['missing_count']}" for run in runs)
        super().__init__(
            f"Required steps are open ({named}). Finish them, or give `unfinished_reason`; {who}",
            runs=runs,
        )
