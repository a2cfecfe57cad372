"""What is examined: a maker's books and library, and the mind that answers over them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from careloop.agents.mind.ports import Line, Planner
from careloop.agents.mind.reading import Reading
from careloop.agents.turn.desk import TurnDesk
from careloop.crm_core.intake.folder import read_folder
from careloop.crm_core.intake.service import run_import
from careloop.kit.actor import Actor, system_actor
from careloop.kit.clock import as_utc
from careloop.kit.db import Database
from careloop.kit.errors import InvalidInput
from careloop.knowledge import queries
from careloop.knowledge import service as knowledge
from careloop.knowledge.library import Library
from careloop.knowledge.service import SourceFile

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, ten in the morning in China: persons of the demo maker are on shift."""


class MovableClock:
    """Stands still at `NOW` until it is set, so that every run sees the same days and hours."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime | None) -> None:
        self.at = as_utc(at) if at else NOW


class ReadText(Protocol):
    def __call__(self, text: str, history: tuple[Line, ...] = ()) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """One installation under examination. Closing it ends its process as a crash would."""

    database: Database
    tenant_id: str
    library: Library
    planner: Planner
    read: ReadText
    desk: TurnDesk
    clock: MovableClock
    close: Callable[[], None]
    restarted: Callable[[], Subject]

    @property
    def actor(self) -> Actor:
        return system_actor(self.tenant_id)


Opener = Callable[[Path, MovableClock], Subject]
Maker = Callable[[Subject], None]


class Bench:
    """Scratch installations: each maker is set up once, and every examination gets a copy."""

    def __init__(
        self,
        folder: Path,
        opener: Opener,
        makers: Mapping[str, Maker],
        based_on: Mapping[str, str] | None = None,
    ) -> None:
        """`makers` sets each one up; one that is `based_on` another starts from its copy."""
        self._folder, self._opener, self._makers = folder, opener, makers
        self._based_on = based_on or {}
        self._copies = 0

    @contextmanager
    def open(self, maker: str) -> Iterator[Subject]:
        """A copy of the maker's installation; whatever happens in it is thrown away."""
        self._copies += 1
        home = self._folder / f"{maker}-{self._copies}"
        shutil.copytree(self._template(maker), home)
        subject = self._opener(home, MovableClock())
        try:
            yield subject
        finally:
            subject.close()
            shutil.rmtree(home, ignore_errors=True)

    def _template(self, maker: str) -> Path:
        home = self._folder / f"{maker}-template"
        if not home.exists():
            if maker not in self._makers:
                raise InvalidInput(f"The maker {maker!r} needs its folder: give it with --data")
            if maker in self._based_on:
                shutil.copytree(self._template(self._based_on[maker]), home)
            else:
                home.mkdir(parents=True)
            subject = self._opener(home, MovableClock())
            try:
                self._makers[maker](subject)
            finally:
                subject.close()
        return home


def from_folder(folder: Path) -> Maker:
    """A maker from a folder with `data/` (master data) and `knowledge/` (Markdown)."""

    def set_up(subject: Subject) -> None:
        root = folder / "knowledge"
        articles = [
            SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
            for path in sorted(root.rglob("*.md"))
        ]
        if not articles:
            raise InvalidInput(f"There are no articles in {root}")
        with subject.database.write(subject.tenant_id) as session:
            run_import(session, subject.actor, read_folder(folder / "data"))
        with subject.database.write(subject.tenant_id) as session:
            knowledge.add_files(session, subject.actor, articles)

    return set_up


def in_one_language(subject: Subject, lang: str) -> None:
    """Take every translation out of use, so that the library speaks `lang` alone."""
    with subject.database.write(subject.tenant_id) as session:
        others = [
            (row.key, row.lang)
            for row in queries.documents_of_tenant(session, subject.tenant_id)
            if row.lang != lang and row.state == "published"
        ]
        for key, other in others:
            knowledge.retire(session, subject.actor, key, other)
