"""The composition root: every concrete thing is chosen here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from careloop.agents.mind.embedded.planner import EmbeddedPlanner
from careloop.agents.mind.embedded.turn_reader import TurnReader
from careloop.agents.mind.ports import Line, Planner
from careloop.agents.mind.reading import Reading
from careloop.agents.turn.book import StoredBook
from careloop.agents.turn.desk import TurnDesk
from careloop.api import plan_runs
from careloop.api.errands import ADD_KNOWLEDGE, REBUILD, errands, failures
from careloop.api.import_runs import RUN_IMPORT, Imports, errand, failure
from careloop.api.intakes import Intakes
from careloop.api.lessons import Lessons
from careloop.api.password_mail import PASSWORD_LINK, PasswordMails
from careloop.api.rule_mail import RULE_MAIL, RuleMails
from careloop.api.translations import TRANSLATE_KNOWLEDGE, Translations
from careloop.api.vectors import VectorKeeper
from careloop.crm_core import wiring
from careloop.crm_core.catalog import queries as catalog
from careloop.crm_core.dispatch.events import PlanQueued
from careloop.crm_core.intake.events import ImportQueued
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ai.models import Models
from careloop.kit.blobs import BlobStore, LinkSigner
from careloop.kit.blobs_chosen import make_blobs
from careloop.kit.clock import Clock, SystemClock
from careloop.kit.db import Database
from careloop.kit.errors import Misconfigured
from careloop.kit.events import EventBus
from careloop.kit.jobs import Jobs
from careloop.kit.limits import RateLimit
from careloop.kit.mail import make_mailer
from careloop.kit.secret import ensure_key
from careloop.kit.settings import Settings
from careloop.knowledge import queries as knowledge_queries
from careloop.knowledge import service as knowledge
from careloop.knowledge.embedders.chosen import Embedders
from careloop.knowledge.intake.events import IntakeQueued
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.library import Library
from careloop.knowledge.terms.events import TermsChanged
from careloop.knowledge.terms.queries import termbase_of
from careloop.knowledge.translate.by_chat import ChatTranslator
from careloop.knowledge.translate.ports import Translator
from careloop.tools.runtime import Runtime


@dataclass
class Services:
    """The parts of one installation, joined."""

    settings: Settings
    database: Database
    library: Library
    blobs: BlobStore
    clock: Clock
    models: Models
    embedders: Embedders

    def __post_init__(self) -> None:
        self.runtime = Runtime(self.database)
        self.intakes = Intakes(self.database, self.blobs, self.terms_of, self.models_of)
        self.translations = Translations(
            self.database, self.runtime, self.translator_of, self.terms_of, self.models_of,
            self.settings.translate_to,
        )  # fmt: skip
        self.vectors = VectorKeeper(self.database, self.embedders)
        self.imports = Imports(self.database, self.blobs)
        self.mailer = make_mailer(self.settings, self.clock)
        self.plans = plan_runs.Plans(self.database)
        self.password_mails = PasswordMails(self.database, self.mailer, self.settings.public_url)
        self.rule_mails = RuleMails(self.database, make_mailer(self.settings, self.clock))
        self.jobs = Jobs(
            self.database, self.settings.jobs_url,
            {
                **errands(self.intakes, self.vectors.fill, self.rebuild),
                TRANSLATE_KNOWLEDGE: self.translations.errand,
                PASSWORD_LINK: self.password_mails.errand,
                RULE_MAIL: self.rule_mails.errand,
                RUN_IMPORT: errand(self.imports),
                plan_runs.COMPUTE_PLAN: plan_runs.errand(self.plans),
            },
            {
                **failures(self.database), RUN_IMPORT: failure(self.imports),
                plan_runs.COMPUTE_PLAN: plan_runs.failure(self.plans),
            },
        )  # fmt: skip
        self.translations.follow(self.jobs)
        self.password_mails.follow(self.jobs)
        self.rule_mails.follow(self.jobs)
        self.vectors.follow(self.jobs)
        self.database.bus.on(IntakeQueued, self._queue_intake)
        self.database.bus.on(TermsChanged, self._queue_rebuild)
        self.database.bus.on(ImportQueued, self._queue_import)
        self.database.bus.on(PlanQueued, self._queue_plan)
        self.lessons = Lessons(self.database)
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

    def terms_of(self, tenant_id: str) -> Termbase:
        """The tenant's termbase: the shipped one with its own terms over it."""
        with self.database.read(tenant_id) as session:
            return termbase_of(session, tenant_id)

    def translator_of(self, tenant_id: str, models: Sequence[str] = ()) -> Translator | None:
        """What translates for a tenant; None where no language model is configured."""
        chat = self.models.chat(tenant_id)
        return ChatTranslator(chat, models) if chat is not None else None

    def models_of(self, tenant_id: str) -> list[str]:
        """The models in the tenant's catalogue."""
        with self.database.read(tenant_id) as session:
            rows = catalog.models(session, system_actor(tenant_id))
            return [row.model for row in rows]

    def rebuild(self, actor: Actor) -> int:
        """Compile documents again where this compiler or termbase would make them otherwise, a
        few at a time; readers see old passages or new ones of each. The number made."""
        terms = self.terms_of(actor.tenant_id)
        with self.database.read(actor.tenant_id) as session:
            ids = knowledge_queries.published_ids(session, actor.tenant_id)
        made = 0
        stores = self.library.stores
        together = stores.together(actor.tenant_id)
        for at in range(0, len(ids), together):
            with self.database.write(actor.tenant_id) as session:
                for document_id in ids[at : at + together]:
                    made += knowledge.recompile(session, actor, document_id, terms)
                stores.write(session, actor.tenant_id)
        with self.database.write(actor.tenant_id) as session:
            knowledge.bump_revision(session, actor.tenant_id)
        return made

    def _queue_rebuild(self, session: Session, event: TermsChanged) -> None:
        self.jobs.submit(session, event.tenant_id, REBUILD, {})

    def _queue_import(self, session: Session, event: ImportQueued) -> None:
        self.jobs.submit(session, event.tenant_id, RUN_IMPORT, {"import": event.import_id})

    def _queue_plan(self, session: Session, event: PlanQueued) -> None:
        payload = {"plan": event.plan_id}
        self.jobs.submit(session, event.tenant_id, plan_runs.COMPUTE_PLAN, payload)

    def _queue_intake(self, session: Session, event: IntakeQueued) -> None:
        payload = {"intake": event.intake_id}
        self.jobs.submit(session, event.tenant_id, ADD_KNOWLEDGE, payload)

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
        self.models.close()
        self.database.close()


def build(settings: Settings, clock: Clock | None = None) -> Services:
    """Join the parts; the data folder is made if it is missing."""
    prepare_home(settings)
    clock = clock or SystemClock()
    bus = EventBus()
    wiring.wire(bus)
    database = Database(settings.url, bus, clock)
    models = Models(settings, database)
    embedders = Embedders(settings, models)
    library = Library(database, embedders.of, settings.knowledge_store)
    blobs = make_blobs(settings)
    return Services(settings, database, library, blobs, clock, models, embedders)


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
