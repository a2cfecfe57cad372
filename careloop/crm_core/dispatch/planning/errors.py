"""What is wrong with a day that somebody asks to plan; each failure has a code of its own."""

from __future__ import annotations

from careloop.kit.errors import CareloopError


class PlanningError(CareloopError):
    """The day cannot be planned as it was given; nothing was planned."""

    code, status, title = "invalid_plan_input", 422, "The day does not fit"


class DuplicateId(PlanningError):
    """Two jobs, engineers, depots or places bear the same id."""

    code, title = "duplicate_id", "An id is given twice"


class UnknownPriority(PlanningError):
    """A job's priority has no cost in `weights`."""

    code, title = "unknown_priority", "A priority has no cost"


class UnknownPlace(PlanningError):
    """A stop is not among the places of the travel matrix."""

    code, title = "unknown_place", "A place has no travel times"


class MatrixShape(PlanningError):
    """The travel matrix is not as many rows and columns as there are places."""

    code, title = "matrix_shape", "The travel matrix has the wrong shape"


class MissingCoordinates(PlanningError):
    """A stop has no latitude or longitude, and there is no matrix."""

    code, title = "missing_coordinates", "A place has no coordinates"


class UnknownDepot(PlanningError):
    """An engineer belongs to a depot that is not listed."""

    code, title = "unknown_depot", "There is no such depot"


class UnknownJob(PlanningError):
    """A pin or a route names a job that is not listed."""

    code, title = "unknown_job", "There is no such job"


class UnknownEngineer(PlanningError):
    """A pin or a route names an engineer who is not listed."""

    code, title = "unknown_engineer", "There is no such engineer"


class TooManyStops(PlanningError):
    """More jobs, engineers, depots or parts than one day may have."""

    code, status, title = "too_large", 413, "Too large"


class ReversedSpan(PlanningError):
    """A window, shift or range ends before it begins."""

    code, title = "reversed_span", "A span ends before it begins"


class FixedImpossible(PlanningError):
    """The promised visits cannot all be kept together; `details.jobs` names those left over."""

    code, status, title = "fixed_impossible", 409, "The promised visits do not fit together"


class PlannerFault(PlanningError):
    """The last gate found the plan invalid; it is not handed out. Always a bug."""

    code, status, title = "planner_fault", 500, "The planner made an invalid plan"
