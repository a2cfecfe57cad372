"""What the library asks of a translator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from careloop.knowledge.language.termbase import Termbase


class Translator(Protocol):
    """Turns blocks of one language into another."""

    @property
    def id(self) -> str:
        """What it is, for the desk: `llm` ..."""
        ...

    def translate(
        self, blocks: Sequence[str], source: str, target: str, terms: Termbase
    ) -> list[str]:
        """One block for each, in order. Blocks are inline Markdown without structure: a heading, a
        cell, a step. Codes, values and names come back as they were given, as far as the
        translator can tell; `check` has the last word. Blocks while it works; raises an
        `AiFailure` (see `kit.ai.ports`) when it cannot do it at all."""
        ...
