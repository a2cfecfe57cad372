"""Failures of stock; each says what to do next."""

from __future__ import annotations

from typing import Any

from careloop.kit.errors import Conflict


class Shortage(Conflict):
    """There are not enough free parts; tells how many are, and where else some lie."""

    code = "stock_shortage"

    def __init__(
        self, part: str, location: str, wanted: int, free: int, elsewhere: dict[str, int]
    ) -> None:
        places = ", ".join(f"{code} ({pieces})" for code, pieces in elsewhere.items())
        hint = f"free elsewhere: {places}" if places else "no other location has any free"
        super().__init__(
            f"{location} has {free} free of {part}, {wanted} are wanted; {hint}",
            part=part, location=location, wanted=wanted, free=free, elsewhere=elsewhere,
        )  # fmt: skip


class SerialElsewhere(Conflict):
    """The piece with this serial number is not where the act takes it from."""

    code = "serial_elsewhere"

    def __init__(self, part: str, serial: str, wanted: str, place: str) -> None:
        told = f"the books show it at {place}" if place else "the books do not know it"
        super().__init__(
            f"{part} serial {serial} is not at {wanted}; {told}. Check the number, or count "
            f"{wanted} first",
            part=part, serial=serial, place=place,
        )  # fmt: skip


class SerialReserved(Conflict):
    """Another reservation keeps this very piece."""

    code = "serial_reserved"


class StepNotAllowed(Conflict):
    """The document is in a state that this step does not start from."""

    code = "step_not_allowed"

    def __init__(self, what: str, number: str, present: str, wanted: str, *possible: Any) -> None:
        allowed = ", ".join(str(item) for item in possible) or "nothing"
        super().__init__(
            f"The {what} {number} is {present}, which does not allow {wanted}; possible: {allowed}",
            present=present,
        )


class CommandMismatch(Conflict):
    """A command id was used before for another act."""

    code = "command_id_reused"
