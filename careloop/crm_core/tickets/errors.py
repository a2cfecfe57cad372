"""Failures of tickets."""

from __future__ import annotations

from collections.abc import Iterable

from careloop.kit.errors import Conflict


class TransitionNotAllowed(Conflict):
    """The state machine has no such arrow."""

    code = "transition_not_allowed"

    def __init__(self, present: str, wanted: str, possible: Iterable[str]) -> None:
        allowed = ", ".join(possible) or "nothing"
        super().__init__(
            f"A ticket that is {present} cannot become {wanted}; possible: {allowed}",
            present=present,
            wanted=wanted,
        )
