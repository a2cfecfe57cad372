"""Which lots an act takes: those that expire first, and never more than is free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from careloop.crm_core.catalog.models import Part
from careloop.crm_core.inventory import ledger_queries, queries
from careloop.crm_core.inventory.ledger import refuse
from careloop.crm_core.inventory.ledger_queries import Key
from careloop.crm_core.inventory.models import StockLocation
from careloop.kit.actor import Actor
from careloop.kit.db import now
from careloop.kit.errors import Conflict


@dataclass(frozen=True, slots=True)
class Picked:
    """Pieces of one lot; `kept` of them come out of a reservation."""

    lot: str
    quantity: int
    kept: int = 0


class Picker:
    """Plans takings from one location; the parts must be held, so the plan stays true."""

    def __init__(
        self, session: Session, actor: Actor, location: StockLocation, parts: Iterable[Part]
    ) -> None:
        self._session, self._actor, self._location = session, actor, location
        ids = {part.id for part in parts}
        pairs = [(location.id, id) for id in ids]
        self._free: dict[Key, int] = {
            key: on_hand - reserved
            for key, (on_hand, reserved) in ledger_queries.balances_at(
                session, actor.tenant_id, pairs
            ).items()
        }
        self._ends = {
            key: row.expires_on
            for key, row in queries.lots_of(session, actor.tenant_id, ids).items()
        }
        self._today = now(session).date()

    def free(self, part: Part, lot: str = "", condition: str = "good") -> int:
        """How many may be taken: of that lot, else of all lots that have not expired."""
        return sum(self._free[key] for key in self._choices(part, lot, condition))

    def pick(
        self, part: Part, quantity: int, lot: str = "", condition: str = "good",
        kept: tuple[str, int] = ("", 0),
    ) -> list[Picked]:  # fmt: skip
        """Lots for a quantity; `kept` are the (lot, pieces) that a reservation adds.

        Raises `Shortage`, which tells how many are free and where else.
        """
        kept_lot, own = kept[0], min(kept[1], quantity)
        found = [Picked(kept_lot, own, own)] if own else []
        missing = quantity - own
        free = 0
        for key in self._choices(part, lot, condition):
            pieces = min(self._free[key], missing)
            free += self._free[key]
            if pieces > 0:
                self._free[key] -= pieces
                missing -= pieces
                found.append(Picked(key[2], pieces))
        if missing:
            place = self._location.id
            refuse(self._session, self._actor, place, (part.id, part.number), quantity, free + own)
        return found

    def up_to(
        self, part: Part, quantity: int, lot: str, kept: tuple[str, int], condition: str = "good"
    ) -> list[Picked]:  # fmt: skip
        """As many of a quantity as there are."""
        own = min(kept[1], quantity)
        possible = min(quantity - own, self.free(part, lot, condition)) + own
        return self.pick(part, possible, lot, condition, kept) if possible else []

    def must_be_usable(self, part: Part, lot: str) -> None:
        """Refuse a lot whose last day of use has passed."""
        end = self._ends.get((part.id, lot))
        if end is not None and end < self._today:
            raise Conflict(
                f"Lot {lot} of {part.number} expired on {end}; choose another lot or scrap it"
            )

    def _choices(self, part: Part, lot: str, condition: str) -> list[Key]:
        keys = [
            key
            for key, pieces in self._free.items()
            if key[1] == part.id and key[3] == condition and (not lot or key[2] == lot)
            if pieces > 0 and (lot or not self._expired(part, key[2]))
        ]
        return sorted(keys, key=lambda key: (self._end(part, key[2]) or date.max, key[2]))

    def _end(self, part: Part, lot: str) -> date | None:
        return self._ends.get((part.id, lot))

    def _expired(self, part: Part, lot: str) -> bool:
        end = self._end(part, lot)
        return end is not None and end < self._today
