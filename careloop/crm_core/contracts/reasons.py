"""The sentences an entitlement explains itself with.

A code and its arguments are the reason; the English text is one rendering of it, and catalogues
of other languages hold theirs under the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SENTENCES = {
    "misuse_excluded": "Damage by misuse is borne by nobody but the user.",
    "part_warranty_runs": "Part {part} was replaced on {replaced_on}; its warranty ends {until}.",
    "part_warranty_ended": "Part {part} was replaced on {replaced_on}; its warranty ended {until}.",
    "wear_part_excluded": "Part {part} is a wear part; the warranty leaves those out.",
    "kind_not_in_warranty": "The warranty does not bear {kind}.",
    "warranty_unknown": "No end of warranty is on file for this device.",
    "warranty_ended": "The warranty ended on {until}.",
    "warranty_not_begun": "The warranty begins on {begins_on}.",
    "warranty_runs": "The device is under warranty until {until}.",
    "not_on_contract": "No contract names this device.",
    "contract_draft": "Contract {contract} is a draft.",
    "contract_not_begun": "Contract {contract} begins on {begins_on}.",
    "contract_ended": "Contract {contract} ended on {until}.",
    "contract_suspended": "Contract {contract} is suspended: {reason}",
    "device_not_on_contract_then": "Contract {contract} does not cover the device on that day.",
    "contract_lacks": "Contract {contract} does not cover {what}.",
    "part_outside_contract": "Contract {contract} covers {what}, but not part {part}.",
    "visits_used_up": "The {visits} visits a year of contract {contract} for {what} are used up.",
    "limit_used_up": "The yearly amount of contract {contract} for {what} is used up.",
    "contract_covers": "Contract {contract} ({plan}) bears {share} % of {what}.",
    "visits_left": "{left} of {visits} visits a year for {what} are left.",
    "limit_left": "{left} of the yearly amount for {what} is left.",
    "limit_other_currency": "{left} of the yearly amount for {what} is left, in another currency.",
    "goodwill": "Goodwill bears {share} % until {until}.",
    "nobody_bears": "The customer bears the cost.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded sentence; `args` hold plain values that JSON keeps, days as ISO text."""

    code: str
    args: dict[str, str | int]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.code].format(**self.args)


def because(code: str, **args: str | int | date | None) -> Reason:
    """A reason out of plain values."""
    kept = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in args.items()
        if value is not None
    }
    return Reason(code, kept)
