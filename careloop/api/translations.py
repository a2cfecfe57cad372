"""Translates articles: outside any transaction, a draft at a time, safe to stop and begin again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy.orm import Session

from careloop.crm_core.accounts import queries as accounts
from careloop.kit.actor import Actor, system_actor
from careloop.kit.ai.ports import BadAnswer
from careloop.kit.db import Database
from careloop.kit.errors import Conflict, Misconfigured
from careloop.kit.jobs import Jobs
from careloop.knowledge.events import KnowledgePublished
from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.language.termbase import Termbase
from careloop.knowledge.schemas import ArticleState
from careloop.knowledge.translate import queries
from careloop.knowledge.translate.article import block_count, translate_article
from careloop.knowledge.translate.check import Version
from careloop.knowledge.translate.ports import Translator
from careloop.knowledge.translate.schemas import KeepTranslation
from careloop.tools.runtime import Runtime

log = structlog.get_logger(__name__)

TRANSLATE_KNOWLEDGE = "knowledge.translate"
MOST_AT_ONCE = 250
"""Blocks of an article that a request waits for; longer ones are for the shell and the job."""


class NoTranslator(Conflict):
    """No translator is configured."""

    code = "no_translator"


class Translations:
    """`translator_of` gives a tenant's translator or None; `languages` is the setting."""

    def __init__(
        self, database: Database, runtime: Runtime,
        translator_of: Callable[[str, Sequence[str]], Translator | None],
        terms_of: Callable[[str], Termbase], models_of: Callable[[str], Sequence[str]],
        languages: str = "",
    ) -> None:  # fmt: skip
        self._database = database
        self._runtime = runtime
        self._translator_of = translator_of
        self._terms_of = terms_of
        self.models_of = models_of
        self._languages = read_languages(languages)
        self._jobs: Jobs | None = None

    def follow(self, jobs: Jobs) -> None:
        """From now on each publication queues a job, for tenants with something to do."""
        self._jobs = jobs
        self._database.bus.on(KnowledgePublished, self._queue)

    def name(self, tenant_id: str) -> str:
        """What translates for a tenant; `none`."""
        translator = self._translator_of(tenant_id, ())
        return translator.id if translator is not None else "none"

    def targets(self, session: Session, tenant_id: str) -> list[str]:
        """Languages that a tenant wants everything in: its own setting, else the installation's."""
        row = accounts.tenant(session, tenant_id)
        own = row.profile.get("translate_to")
        if own is None:
            return self._languages
        return read_languages(",".join(own) if isinstance(own, list) else str(own))

    def make(
        self, actor: Actor, document_id: str, lang: str, patient: bool = False
    ) -> ArticleState:
        """Translate one original and keep it as a draft; `NoTranslator`, `Conflict`, `AiFailure`.

        Unless `patient`, an article too long to be waited for is refused.
        """
        with self._database.read(actor.tenant_id) as session:
            row = queries.original(session, actor, document_id)
            source = Version(row.title, row.body, row.lang)
            edition = row.edition
        models = list(self.models_of(actor.tenant_id))
        translator = self._translator_of(actor.tenant_id, models)
        if translator is None:
            raise NoTranslator("No translator is configured; set CARELOOP_LLM_BASE_URL and _MODEL")
        if not patient and block_count(source, lang) > MOST_AT_ONCE:
            raise Conflict(
                f"This article is too long to be waited for; use `careloop kb translate "
                f"{row.key} --to {lang}`"
            )
        terms = self._terms_of(actor.tenant_id)
        made = translate_article(translator, source, lang, terms, models)
        command = KeepTranslation(
            id=document_id, lang=lang, edition=edition, title=made.title or source.title,
            body=made.body, by=translator.id,
            problems=[f"{item.kind}: {item.text} ({item.source[:80]})" for item in made.problems],
        )  # fmt: skip
        done = self._runtime.invoke(actor, "translations.keep", command)
        return ArticleState.model_validate(done)

    def run(
        self, tenant_id: str, targets: Sequence[str] | None = None,
        told: Callable[[str, str, str], None] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Translate what is missing or behind; `told` hears (id, language, problem or "").

        An article whose answer cannot be used is left out and told; a translator that is away,
        busy or over its limit ends the run with its failure, and what is made stays.
        """
        actor = system_actor(tenant_id, "translator")
        with self._database.read(actor.tenant_id) as session:
            wanted = list(targets) if targets is not None else self.targets(session, tenant_id)
            work = queries.due(session, actor, wanted)
        made, failed = 0, dict[str, str]()
        for document_id, lang in work:
            problem = ""
            try:
                self.make(actor, document_id, lang, patient=True)
                made += 1
            except (BadAnswer, Conflict) as error:
                if isinstance(error, NoTranslator):
                    raise
                problem = failed[f"{document_id} {lang}"] = error.message
                log.warning("not_translated", document=document_id, lang=lang, reason=error.code)
            if told is not None:
                told(document_id, lang, problem)
        return {"made": made, "failed": failed}

    def errand(self, tenant_id: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        """The durable job; drafts that are there are not made again."""
        return self.run(tenant_id)

    def _queue(self, session: Session, event: KnowledgePublished) -> None:
        """A job that has not begun yet will see this publication too."""
        if self._jobs is None or self._translator_of(event.tenant_id, ()) is None:
            return
        if not self.targets(session, event.tenant_id):
            return
        if not self._jobs.queued(session, event.tenant_id, TRANSLATE_KNOWLEDGE):
            self._jobs.submit(session, event.tenant_id, TRANSLATE_KNOWLEDGE, {})


def read_languages(text: str) -> list[str]:
    """`en, es` as codes, each once; `Misconfigured` names one that is not supported."""
    found = list(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    strange = [code for code in found if code not in SUPPORTED]
    if strange:
        raise Misconfigured(
            f"Translations: {', '.join(strange)} is not one of {', '.join(SUPPORTED)}"
        )
    return found
