"""What the library needs of a store of passages, whichever it is.

A store gives parts of the library in the form of a `Snapshot`, so that ranking, judging, asking
back and showing are the same code over each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.retrieve.dense import Floats
from careloop.knowledge.retrieve.question import Question
from careloop.knowledge.retrieve.scope import Scope
from careloop.knowledge.retrieve.snapshot import Snapshot

RECHECK_SECONDS = 0.5
"""How long a store may go on without looking for a publication of another process."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What reading a question needs to know of a tenant's library; small for the largest.

    `revision` is that of the publication it was made after, `size` the number of passages,
    `vector_model` the model whose vectors the passages have, None without.
    """

    revision: int
    size: int
    models: ModelNames
    languages: frozenset[str]
    code_prefixes: frozenset[str]
    vector_model: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with what it may be answered from: its filters, the messages before it when it
    cannot stand alone, and its vector where there is a model."""

    question: Question
    scope: Scope
    earlier: Question | None = None
    vector: Floats | None = None


class PassageStore(Protocol):
    """Serves the passages that one tenant or many have published; safe between threads.

    Each call sees one publication whole: what was published before, until the transaction that
    publishes has been committed, and all of it after that.
    """

    def outline(self, tenant_id: str) -> Outline:
        """The tenant's library in outline; that of an unknown tenant is empty."""

    def look(self, tenant_id: str, wanted: Wanted) -> Snapshot:
        """The passages worth ranking for a question, with the statistics of the whole library:
        `size`, inverse document frequencies and lengths are those of all passages."""

    def around(self, tenant_id: str, keys: Sequence[str]) -> Snapshot:
        """The documents of these keys whole, in every language and for every audience; not for
        ranking. Keys that nobody has published are left out."""

    def published(self, tenant_id: str) -> None:
        """This process has committed a publication: the next call must see it."""

    def rebuild(self, tenant_id: str) -> int:
        """Make what the store derives from the books anew, while it goes on serving; the number
        of passages it holds then."""
