"""The composition root: every concrete thing is chosen here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from careloop.agents.mind.embedded.planner import EmbeddedPlanner
from careloop.agents.mind.embedded.turn_reader import TurnReader
from careloop.agents.mind.ports import Line, Planner
from careloop.agents.mind.reading import Reading
from careloop.agents.turn.book import StoredBook
from careloop.agents.turn.desk import TurnDesk
from careloop.api.errands import errands
from careloop.crm_core import wiring
from careloop.kit.blobs import FolderBlobs, LinkSigner
from careloop.kit.clock import Clock, SystemClock
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.kit.events import EventBus
from careloop.kit.jobs import Jobs
from careloop.kit.limits import RateLimit
from careloop.kit.secret import ensure_key
from careloop.kit.settings import Settings
from careloop.knowledge.library import Library
from careloop.tools.runtime import Runtime


@dataclass
class Services:
    """The parts of one installation, joined."""

    settings: Settings
    database: Database
    library: Library
    blobs: FolderBlobs
    clock: Clock

    def __post_init__(self) -> None:
        self.runtime = Runtime(self.database)
        self.jobs = Jobs(self.database, self.settings.jobs_url, errands(self.database, self.blobs))
        self._readers: dict[str, TurnReader] = {}
        self._planners: dict[str, Planner] = {}
        self.turns = TurnDesk(
            self.database, self.runtime, self.planner_of, self.settings.turn_lease_seconds
        )
        self.message_limit = RateLimit(self.settings.messages_per_minute, 60)
        self.login_limit = RateLimit(self.settings.logins_per_minute, 60)
        self.visit_limit = RateLimit(60, 60)

    @cached_property
    def signer(self) -> LinkSigner:
        """Signs links to files; needs the secret key."""
        return LinkSigner(ensure_key(self.settings.secret_file))

    def planner_of(self, tenant_id: str) -> Planner:
        """The mind that serves a tenant."""
        planner = self._planners.get(tenant_id)
        if planner is None:
            planner = EmbeddedPlanner(self._reader_of(tenant_id), self.library)
            self._planners[tenant_id] = planner
        return planner

    def read(self, tenant_id: str, text: str, history: Sequence[Line] = ()) -> Reading:
        """Read one message, without planning."""
        return self._reader_of(tenant_id).read_text(text, history)

    def _reader_of(self, tenant_id: str) -> TurnReader:
        reader = self._readers.get(tenant_id)
        if reader is None:
            book = StoredBook(self.database, tenant_id)
            reader = self._readers[tenant_id] = TurnReader(book)
        return reader

    def close(self) -> None:
        self.database.close()


def build(settings: Settings, clock: Clock | None = None) -> Services:
    """Join the parts; the data folder is made if it is missing."""
    prepare_home(settings)
    clock = clock or SystemClock()
    bus = EventBus()
    wiring.wire(bus)
    database = Database(settings.url, bus, clock)
    return Services(settings, database, Library(database), FolderBlobs(settings.blob_folder), clock)


def prepare_home(settings: Settings) -> None:
    """Make the data folder, readable by its owner alone."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = settings.home / ".write"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Misconfigured(
            f"Cannot write to the data folder {settings.home} ({error.strerror}); "
            "set CARELOOP_HOME to a folder that you may write to"
        ) from None
