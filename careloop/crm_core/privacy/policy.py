"""Rules of privacy: how long kinds of rows are kept, and who confirms an erasure."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.crm_core.privacy.schemas import RetentionKind


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a kind is kept where no rule says otherwise; `least_days` is never undercut.

    What belongs to the business is kept until a rule is switched on; what is only bookkeeping
    goes by itself.
    """

    days: int
    active: bool
    least_days: int
    basis: str


KEEPING: dict[RetentionKind, Keeping] = {
    "conversations": Keeping(730, False, 30, "Conversations that led to no ticket"),
    "attachments": Keeping(1095, False, 30, "Files of closed conversations"),
    "device_reports": Keeping(1095, False, 30, "Reports from the page of a device"),
    "loose_photos": Keeping(1, True, 1, "Photos from the page of a device that no report took"),
    "audit": Keeping(3650, False, 365, "Proof of acts; PIPL art. 56 wants three years for some"),
    "answered_calls": Keeping(3, True, 3, "Idempotency keys, published as kept for 72 hours"),
    "logins": Keeping(90, True, 1, "Ended logins and used password links"),
    "jobs": Keeping(30, True, 1, "Finished background jobs"),
}


def confirmed_how(asked_by: str, confirmer: str, typed: str, name: str, email: str) -> str:
    """`person` when a second one confirms, `typed` when the same one typed who it is, else ""."""
    if asked_by != confirmer:
        return "person"
    given = " ".join(typed.split()).casefold()
    known = {" ".join(value.split()).casefold() for value in (name, email) if value.strip()}
    return "typed" if given and given in known else ""
