"""The maker's book of identifiers, for the reader: serials, models and parts on file."""

from __future__ import annotations

import time
from dataclasses import dataclass

from careloop.agents.mind.embedded.book import shape
from careloop.crm_core.assets import queries as assets
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.contracts import queries as contracts
from careloop.crm_core.tickets import queries as tickets
from careloop.kit.actor import system_actor
from careloop.kit.db import Database

REFRESH_SECONDS = 30.0
SAMPLE = 5000


@dataclass(frozen=True, slots=True)
class _Shelf:
    models: list[str]
    parts: list[str]
    lengths: set[int]
    shapes: set[str]
    read_at: float


class StoredBook:
    """Reads the book of one tenant; short lists are kept for half a minute."""

    def __init__(self, database: Database, tenant_id: str) -> None:
        self._database = database
        self._tenant_id = tenant_id
        self._shelf: _Shelf | None = None

    def serials_by_key(self, keys: set[str]) -> list[tuple[str, str]]:
        """(serial, model) of the devices whose folded serial is one of `keys`."""
        with self._database.read(self._tenant_id) as session:
            found = assets.known_serials(session, self._tenant_id, keys)
        return [(asset.serial, asset.model) for asset in found]

    def serial_lengths(self) -> set[int]:
        return self._current().lengths

    def models(self) -> list[str]:
        return self._current().models

    def parts(self) -> list[str]:
        return self._current().parts

    def serial_shapes(self) -> set[str]:
        return self._current().shapes

    def known_tickets(self, numbers: set[str]) -> set[str]:
        with self._database.read(self._tenant_id) as session:
            return tickets.known_numbers(session, self._tenant_id, numbers)

    def known_contracts(self, numbers: set[str]) -> set[str]:
        with self._database.read(self._tenant_id) as session:
            return contracts.known_numbers(session, self._tenant_id, numbers)

    def _current(self) -> _Shelf:
        shelf = self._shelf
        if shelf is None or time.monotonic() - shelf.read_at > REFRESH_SECONDS:
            actor = system_actor(self._tenant_id)
            with self._database.read(actor.tenant_id) as session:
                shelf = _Shelf(
                    [row.model for row in catalog.models(session, actor)],
                    catalog.part_numbers(session, actor),
                    assets.serial_lengths(session, self._tenant_id),
                    {shape(s) for s in assets.serial_sample(session, self._tenant_id, SAMPLE)},
                    time.monotonic(),
                )
            self._shelf = shelf
        return shelf
