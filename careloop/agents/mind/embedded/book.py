"""What is on file: the serials, models, parts and numbers a text can be checked against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from careloop.crm_core.assets.serials import fold, plain


class IdentifierBook(Protocol):
    """Look-ups the reader needs. Answers must not change while one message is read."""

    def serials_by_key(self, keys: set[str]) -> list[tuple[str, str]]:
        """(serial, model) of every device whose folded serial is one of `keys`."""

    def serial_lengths(self) -> set[int]:
        """Lengths of the folded serials on file."""

    def serial_shapes(self) -> set[str]:
        """Shapes of serials on file (see `shape`); a sample of them will do."""

    def models(self) -> list[str]:
        """Names of all product models."""

    def parts(self) -> list[str]:
        """All part numbers."""

    def known_tickets(self, numbers: set[str]) -> set[str]:
        """Those of the upper-case `numbers` that are tickets on file."""

    def known_contracts(self, numbers: set[str]) -> set[str]:
        """Those of the upper-case `numbers` that are service contracts on file."""


def shape(serial: str) -> str:
    """Letters as A and digits as 9, separators left out: `GS2000-23B0185` is `AA999999A9999`."""
    return "".join("9" if char.isdigit() else "A" for char in plain(serial))


class StaticBook:
    """An `IdentifierBook` of given lists."""

    def __init__(
        self,
        serials: Iterable[tuple[str, str]] = (),
        models: Iterable[str] = (),
        parts: Iterable[str] = (),
        tickets: Iterable[str] = (),
        contracts: Iterable[str] = (),
    ) -> None:
        """`serials` are (serial, model)."""
        self._by_key: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for serial, model in serials:
            self._by_key[fold(serial)].append((serial, model))
        self._shapes = {shape(serial) for rows in self._by_key.values() for serial, _ in rows}
        self._lengths = {len(key) for key in self._by_key}
        self._models = list(dict.fromkeys(models))
        self._parts = list(dict.fromkeys(parts))
        self._tickets = {number.upper() for number in tickets}
        self._contracts = {number.upper() for number in contracts}

    def serials_by_key(self, keys: set[str]) -> list[tuple[str, str]]:
        return [row for key in sorted(keys & self._by_key.keys()) for row in self._by_key[key]]

    def serial_lengths(self) -> set[int]:
        return self._lengths

    def serial_shapes(self) -> set[str]:
        return self._shapes

    def models(self) -> list[str]:
        return self._models

    def parts(self) -> list[str]:
        return self._parts

    def known_tickets(self, numbers: set[str]) -> set[str]:
        return numbers & self._tickets

    def known_contracts(self, numbers: set[str]) -> set[str]:
        return numbers & self._contracts
