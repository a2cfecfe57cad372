"""The embedded reader behind the mind's port."""

from __future__ import annotations

from collections.abc import Sequence

from careloop.agents.mind.embedded.book import IdentifierBook
from careloop.agents.mind.embedded.reader import EmbeddedReader
from careloop.agents.mind.ports import Line, Turn
from careloop.agents.mind.reading import Reading


class TurnReader:
    """Reads a turn's new text with its history."""

    def __init__(self, book: IdentifierBook) -> None:
        self._reader = EmbeddedReader(book)

    def read_text(self, text: str, history: Sequence[Line] = ()) -> Reading:
        """Read a text by itself, after these earlier lines."""
        return self._reader.read(text, history=history)

    def read(self, turn: Turn) -> Reading:
        expects = turn.memory.get("pending")
        return self._reader.read(
            turn.text,
            history=turn.history,
            hint_language=turn.language_hint,
            expects=expects if isinstance(expects, str) else None,
        )
