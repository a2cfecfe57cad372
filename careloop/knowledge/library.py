"""The library: search, read, and show knowledge in the customer's language.

Passages come from a store (`stores`): a snapshot in the process for each tenant, or PostgreSQL for
large ones; either way one publication is seen whole. A publication in this process is seen by the
next search; one of another process within `RECHECK_SECONDS`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from careloop.kit.actor import AUDIENCES, Actor
from careloop.kit.ai.ports import Embedder
from careloop.kit.clock import as_utc
from careloop.kit.db import Database
from careloop.kit.errors import Forbidden, InvalidInput
from careloop.knowledge import queries
from careloop.knowledge.answer import AnswerBlock, compose
from careloop.knowledge.asked import Asked, read_asked
from careloop.knowledge.beside import passages_to_show
from careloop.knowledge.clarify import models_to_ask
from careloop.knowledge.conflict import contradicting
from careloop.knowledge.errors import DocumentNotFound
from careloop.knowledge.explain import reasons
from careloop.knowledge.ingest.procedure import Procedure
from careloop.knowledge.language.model_names import ModelNames, canonical_model
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.tokens import tokenize
from careloop.knowledge.present import (
    as_hit,
    as_shown,
    figures_of,
    one_language,
    position_of,
    roll_up,
    steps_near,
    translated,
)
from careloop.knowledge.retrieve.confidence import ABSTAIN_BELOW, ASK_BELOW, judge
from careloop.knowledge.retrieve.dense import Floats, Mask, QuestionVectors
from careloop.knowledge.retrieve.question import Question, Wants, joined, read_question, wanted
from careloop.knowledge.retrieve.rank import rank
from careloop.knowledge.retrieve.scope import Scope, find_firmware
from careloop.knowledge.retrieve.snapshot import Snapshot
from careloop.knowledge.stores.chosen import Choice, Stores
from careloop.knowledge.stores.port import RECHECK_SECONDS, Wanted
from careloop.knowledge.views import DocumentView, Hit, SearchQuery, SearchResult, ShownPassage

__all__ = ["RECHECK_SECONDS", "Hit", "Library", "SearchQuery", "SearchResult", "ShownPassage"]

MAX_K = 100
MAX_CHARS = 4000
"""So much of a question is read: reading takes time, and nobody asks that long."""
_FOLLOW_UP_TERMS = 3


class Library:
    """Answers for all tenants of one database; safe to share between threads."""

    def __init__(
        self, database: Database, embedder_of: Callable[[str], Embedder | None] | None = None,
        store: Choice = "auto",
    ) -> None:  # fmt: skip
        """`embedder_of` gives a tenant's vector model, if it has one; `store` is where passages
        are searched, see `stores.chosen`."""
        self._database = database
        self._embedder_of = embedder_of or (lambda _: None)
        self._vectors: dict[str, QuestionVectors] = {}
        self.stores = Stores(database, self._embedder_of, store)

    def search(self, actor: Actor, query: SearchQuery) -> SearchResult:
        """The passages that answer best, with the confidence that they do.

        Needs `knowledge:read`. Filters (tenant, audience, model, firmware, validity) are applied
        before anything is ranked. `InvalidInput` for an unknown audience.
        """
        begun = time.perf_counter()
        query = replace(query, text=query.text[:MAX_CHARS])
        _may_read(actor)
        store = self.stores.of(actor.tenant_id)
        outline = store.outline(actor.tenant_id)
        question = read_question(query.text, query.lang, outline.models, (actor.language,))
        models = self._pinned(outline.models, question, query)
        scope = _scope(actor, query, question, models, self._database.clock.now())
        earlier = _earlier(outline.models, question, query)
        vector = self._vector(actor.tenant_id, outline.vector_model, query, earlier)
        snapshot = store.look(actor.tenant_id, Wanted(question, scope, earlier, vector))
        visible = snapshot.mask(scope)
        standing = _standing(snapshot, vector, visible)
        ranking = rank(snapshot, question, visible, earlier, standing)
        ranking = one_language(snapshot, question, ranking)
        asked = joined(question, earlier) if earlier is not None else question
        verdict = judge(snapshot, asked, ranking, visible)
        open_ = (not models or models == question.among) and verdict.confidence >= ASK_BELOW
        clarify = models_to_ask(snapshot, question, ranking) if open_ else []
        rival = contradicting(snapshot, query.text, question.lang, ranking)
        chosen = roll_up(snapshot, ranking.ranked, max(1, min(query.k, MAX_K)))
        hits = [as_hit(snapshot, item.passage, item.score, item.covered) for item in chosen]
        return SearchResult(
            hits, clarify, verdict.confidence, (time.perf_counter() - begun) * 1000,
            list(verdict.reasons), question.lang, models, verdict.confidence >= ABSTAIN_BELOW,
            tuple(reasons(snapshot, ranking, item) for item in chosen),
            as_hit(snapshot, rival.passage, rival.score, rival.covered) if rival else None,
        )  # fmt: skip

    def find_models(self, actor: Actor, text: str) -> list[str]:
        """The maker's models that the text names, in any spelling, the longest name winning."""
        names = (match.name for match in self._models(actor).spoken(text))
        return list(dict.fromkeys(name for name in names if name is not None))

    def document(self, actor: Actor, key: str, lang: str | None = None) -> DocumentView:
        """A published document with its body, in `lang` or the original; `DocumentNotFound`."""
        _may_read(actor)
        with self._database.read(actor.tenant_id) as session:
            row = queries.find_document(session, actor, key, lang)
            if row is None:
                raise DocumentNotFound(f"No document {key!r}" + (f" in {lang}" if lang else ""))
            languages = [
                item.lang for item in queries.list_documents(session, actor) if item.key == key
            ]
            return DocumentView(
                row.id, row.key, row.lang, row.title, row.type, tuple(row.product_models),
                row.audience, row.firmware, row.updated, row.effective_from, row.effective_until,
                row.translation, row.state, tuple(languages), row.body, dict(row.extra),
            )  # fmt: skip

    def shown(self, actor: Actor, hit: Hit, lang: str) -> ShownPassage:
        """The passage in `lang` if that translation is published, else in English, else as found.

        Only text that the actor may read is shown. `marked` says that it is not in `lang`.
        """
        snapshot = self._around(actor, hit.document)
        for code in dict.fromkeys((lang, "en")):
            if hit.lang == code:
                break
            twin = translated(snapshot, actor, hit, code)
            if twin is not None:
                return as_shown(snapshot, twin, lang)
        at = position_of(snapshot, actor, hit.document, hit.lang)
        figures = figures_of(snapshot.documents[at], hit.data) if at is not None else ()
        return ShownPassage(
            hit.text, hit.lang, hit.lang != lang, hit.document, hit.title, hit.section, hit.kind,
            hit.ordinal, hit.models, hit.hazard, hit.data, hit.page, figures,
        )  # fmt: skip

    def procedure_of(
        self, actor: Actor, passage: Hit | ShownPassage, lang: str | None = None
    ) -> Procedure | None:
        """The steps that a passage is, or stands beside: of its section, else the only one of a
        procedure or troubleshooting article. In `lang` where translated, see `shown`."""
        snapshot = self._around(actor, passage.document)
        at = position_of(snapshot, actor, passage.document, passage.lang)
        if at is None:
            return None
        source = steps_near(snapshot, at, passage.ordinal)
        if source is None:
            return None
        if lang is not None:
            shown = self.shown(
                actor, as_hit(snapshot, snapshot.passages.index(source), 0.0, 0.0), lang
            )
            return Procedure.from_dict(shown.data["procedure"])
        return Procedure.from_dict(source.data["procedure"])

    def answer(
        self, actor: Actor, text: str, result: SearchResult, lang: str | None = None
    ) -> list[AnswerBlock]:
        """The blocks that answer `text` from a search result, in `lang` (else the question's).

        The best hit (see `answer.compose`), what else of its document answers (see
        `beside.passages_to_show`), and for a how-to the document's steps.
        """
        if not result.hits:
            return []
        lang = lang or result.lang
        best = result.hits[0]
        snapshot = self._around(actor, best.document)
        asked = read_asked(text[:MAX_CHARS], result.lang, result.models, snapshot.models)
        blocks: dict[str, AnswerBlock] = {}
        for hit in passages_to_show(snapshot, asked, result):
            shown = self.shown(actor, hit, lang)
            steps = self.procedure_of(actor, hit, lang)
            section = self.section_of(actor, shown)
            for block in compose(
                asked, hit, shown, result.models, snapshot.models, steps, section, lang
            ):
                blocks.setdefault(block.text, block)
        if not any(block.kind == "steps" for block in blocks.values()):
            for block in self._steps_besides(actor, text, best, asked, lang):
                blocks.setdefault(block.text, block)
        return list(blocks.values())

    def _steps_besides(
        self, actor: Actor, text: str, best: Hit, asked: Asked, lang: str
    ) -> list[AnswerBlock]:
        """Steps for a how-to; and the checks that go with a fault, if the reader may do them."""
        names = self._models(actor)
        wants = wanted(normalize(text, asked.lang))
        checks = best.type == "troubleshooting" and wants is not Wants.VALUE
        if wants is not Wants.STEPS and not checks:
            return []
        blocks = []
        for hit in self._steps_of(actor, best, asked.lang, text):
            shown = self.shown(actor, hit, lang)
            steps = self.procedure_of(actor, hit, lang)
            blocks += compose(asked, hit, shown, tuple(asked.models), names, steps)
        if wants is Wants.STEPS:
            return blocks
        return [block for block in blocks if block.role == "customer"]

    def _steps_of(self, actor: Actor, best: Hit, lang: str, text: str) -> list[Hit]:
        """The steps of the best hit's document that share most words with the question."""
        snapshot = self._around(actor, best.document)
        at = position_of(snapshot, actor, best.document, best.lang)
        if at is None:
            return []
        first = int(snapshot.first[at])
        lists = [
            first + place
            for place, item in enumerate(snapshot.passages_of(at))
            if "procedure" in item.data
        ]
        words = set(tokenize(text, lang))

        def shared(place: int) -> int:
            item = snapshot.passages[place]
            return len(words & set(tokenize(f"{item.section} {item.text}", best.lang)))

        return [as_hit(snapshot, place, 0.0, 0.0) for place in sorted(lists, key=shared)[-1:]]

    def section_of(self, actor: Actor, passage: Hit | ShownPassage) -> list[ShownPassage]:
        """All passages of the passage's section, in order, in the passage's language."""
        snapshot = self._around(actor, passage.document)
        at = position_of(snapshot, actor, passage.document, passage.lang)
        if at is None:
            return []
        own = snapshot.passages_of(at)
        here = next((item for item in own if item.ordinal == passage.ordinal), None)
        return [
            as_shown(snapshot, item, passage.lang)
            for item in own
            if here is not None and item.section_ordinal == here.section_ordinal
        ]

    def warm(self, tenant_id: str) -> None:
        """Load the tenant's index, the termbase and the dictionaries, so that the first customer
        does not wait for them (about two seconds)."""
        models = self.stores.of(tenant_id).outline(tenant_id).models
        read_question("预热 warm up", None, models, ())
        read_question("warm up", None, models, ())

    def snapshot(self, tenant_id: str) -> Snapshot:
        """All of the tenant's passages in memory, whatever store serves it."""
        return self.stores.memory.snapshot(tenant_id)

    def _around(self, actor: Actor, key: str) -> Snapshot:
        return self.stores.of(actor.tenant_id).around(actor.tenant_id, [key])

    def _models(self, actor: Actor) -> ModelNames:
        return self.stores.of(actor.tenant_id).outline(actor.tenant_id).models

    def _vector(
        self, tenant_id: str, model: str | None, query: SearchQuery, earlier: Question | None
    ) -> Floats | None:
        """The question's vector by the model that the passages have theirs from; None without."""
        embedder = self._embedder_of(tenant_id) if model is not None else None
        if embedder is None or embedder.id != model:
            return None
        vectors = self._vectors.get(tenant_id)
        if vectors is None or vectors.model != model:
            vectors = self._vectors[tenant_id] = QuestionVectors(embedder)
        before = query.history[-1:] if earlier is not None else ()
        return vectors.of("\n".join((*before, query.text)))

    def _pinned(
        self, known_models: ModelNames, question: Question, query: SearchQuery
    ) -> tuple[str, ...]:
        """Models by the question itself, else by the caller, else by the latest message."""
        if question.models:
            return question.models
        if query.model:
            given = [query.model] if isinstance(query.model, str) else list(query.model)
            known = tuple(known_models.resolve(name) or name for name in given if name.strip())
            if not question.among or set(known) & set(question.among):
                return known
        if question.among:
            return question.among
        for earlier in reversed(query.history):
            named = known_models.find(earlier)
            if named:
                return tuple(_variants(known_models, named, query.text) or named)
        return ()


def _variants(known_models: ModelNames, named: Sequence[str], text: str) -> list[str]:
    """A follow-up such as "and the Pro?" names the variant of the model spoken of before."""
    words = re.findall(r"[a-z0-9]+", normalize(text))
    found = (known_models.resolve(f"{name} {word}") for name in named for word in words)
    return list(dict.fromkeys(name for name in found if name is not None))


def _standing(snapshot: Snapshot, vector: Floats | None, visible: Mask) -> Floats | None:
    """What the vector model thinks of the visible passages; None without one."""
    if snapshot.dense is None or vector is None:
        return None
    return snapshot.dense.standing(vector, visible)


def _may_read(actor: Actor) -> None:
    if not actor.may("knowledge:read"):
        raise Forbidden("This needs the right knowledge:read")


def _scope(
    actor: Actor, query: SearchQuery, question: Question, models: Sequence[str], now: datetime
) -> Scope:
    audiences = actor.audiences()
    if query.audience is not None:
        if query.audience not in AUDIENCES:
            raise InvalidInput(f"audience: {query.audience!r} is not one of {', '.join(AUDIENCES)}")
        audiences = audiences[: AUDIENCES.index(query.audience) + 1]
    firmware = question.firmware or query.firmware
    for earlier in reversed(query.history):
        firmware = firmware or find_firmware(earlier)
    day = (as_utc(query.now) if query.now else now).astimezone(UTC).date()
    return Scope(audiences, tuple(sorted(canonical_model(name) for name in models)), firmware, day)


def _earlier(models: ModelNames, question: Question, query: SearchQuery) -> Question | None:
    """The earlier messages, when the question is too short to stand alone."""
    content = (
        len(question.concepts)
        + len(question.codes)
        + len(set(question.words) - question.in_concept)
    )
    if not query.history or content > _FOLLOW_UP_TERMS:
        return None
    return read_question("\n".join(query.history[-3:]), None, models, (question.lang,))
