"""The passages worth ranking for a question, found inside PostgreSQL.

The rarest terms of the question bring the candidates by the inverted index; all of its terms then
score them there, roughly: inverse document frequency by one of four levels of impact. The best few
hundred are fetched, with what their documents hold beside, and ranked exactly in the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.knowledge.load import source_document
from careloop.knowledge.retrieve.index import CONCEPT, OWN
from careloop.knowledge.retrieve.rank import weights
from careloop.knowledge.retrieve.snapshot import Snapshot, SourceDocument
from careloop.knowledge.stores import postgres_vectors
from careloop.knowledge.stores.lexemes import LEVELS, any_of, lexeme, quoted
from careloop.knowledge.stores.outlines import IndexOutline
from careloop.knowledge.stores.port import Wanted
from careloop.knowledge.stores.postgres_vectors import AskedDense, Nearest
from careloop.knowledge.stores.sample import census, sample, vocabulary

TAKEN = 200
"""Candidates that are fetched and ranked; `rank.CANDIDATES` of them are weighed in the end."""
BUDGET = 4_000
"""Passages that the rarest terms may bring for scoring, one term at least."""
MOST_TERMS = 48
"""Terms that score inside the database, the weightiest; a pasted log has thousands."""
MOST_LOOKED_UP = 4_000
NEAR_DOCUMENTS, NEAR_PASSAGES = 12, 200
"""Documents nearest by vector that are fetched whole, and how many passages of them."""

_DOCUMENT = (
    "d.id, d.key, d.lang, d.title, d.type, d.product_models, d.audience, d.firmware, "
    "d.effective_from, d.effective_until, d.updated, d.supersedes, d.translation, d.figures"
)
_PASSAGE = (
    "p.document_id, p.id, p.ordinal, p.section, p.section_ordinal, p.kind, p.text, p.search, "
    # Most passages have none of these, and reading empty JSON would cost as much as all else.
    "NULLIF(CAST(p.codes AS text), '[]') AS codes, NULLIF(CAST(p.hazard AS text), 'null') AS "
    "hazard, NULLIF(CAST(p.data AS text), '{}') AS data, p.page, i.models, i.grp"
)


def look(session: Session, tenant_id: str, outline: IndexOutline, wanted: Wanted) -> Snapshot:
    """A sample of the tenant's passages for one question; see `port.PassageStore.look`."""
    return _Look(session, tenant_id, outline, wanted).sample()


def around(
    session: Session, tenant_id: str, outline: IndexOutline, keys: Sequence[str]
) -> Snapshot:
    """Documents whole, by their keys."""
    documents = [
        source_document(row, outline.feedback.get(row.key, 0.0))
        for row in session.execute(text(
            f"SELECT {_DOCUMENT} FROM knowledge_documents d WHERE d.tenant_id = :tenant "
            "AND d.state = 'published' AND d.key = ANY(:keys) ORDER BY d.key, d.lang"),
            {"tenant": tenant_id, "keys": list(keys)})
    ]  # fmt: skip
    rows = session.execute(text(
        f"SELECT {_PASSAGE} FROM {outline.tables.passages} i JOIN knowledge_passages p "
        "ON p.tenant_id = :tenant AND p.id = i.passage_id WHERE i.document_id = ANY(:ids)"),
        {"tenant": tenant_id, "ids": [document.id for document in documents]})  # fmt: skip
    return sample(outline, documents, rows, {}, {})


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A lexeme that scores, with its weight, and the number of passages that hold it."""

    lexeme: str
    weight: float
    held: int


class _Look:
    def __init__(
        self, session: Session, tenant_id: str, outline: IndexOutline, wanted: Wanted
    ) -> None:
        self._session = session
        self._tenant = tenant_id
        self._outline = outline
        self._tables = outline.tables
        self._wanted = wanted
        mask = outline.allowed(wanted.scope)
        self._groups = [int(at) for at in np.flatnonzero(mask[:-1])]
        self._all_seen = len(self._groups) == len(mask) - 1
        self._held: dict[str, int] = {}
        self._rows: dict[str, Any] = {}

    def sample(self) -> Snapshot:
        weighed = self._weigh()
        near = self._near()
        if self._groups:
            self._fetch(self._candidates(weighed))
            if near is not None:
                self._fetch(near.passages.keys() & set(list(near.passages)[:NEAR_PASSAGES]))
                self._fetch_documents(list(near.documents)[:NEAR_DOCUMENTS])
            self._fetch(self._witnesses())
        documents = self._documents()
        rests = self._rests([document.id for document in documents])
        made = sample(
            self._outline, documents, self._rows.values(), rests, self._held, self._wanted.scope
        )
        if near is not None:
            made.dense = self._dense(made, near)
        return made

    def _weigh(self) -> list[_Weighed]:
        """Every term that scores, the weightiest first; `_held` then knows all that is needed.

        Which terms count may hang on which are known, so the question is weighed until it asks
        for nothing new.
        """
        question, earlier = self._wanted.question, self._wanted.earlier
        asked = vocabulary(question) | (vocabulary(earlier) if earlier else set())
        looked: set[str] = set()
        while True:
            self._look_up(asked - looked)
            looked |= asked
            whole = census(self._outline, self._held)
            _, known = weights(whole, question, np.ones(1, dtype=np.bool_), earlier)
            new = whole.index.asked - looked  # type: ignore[attr-defined]
            if not new:
                break
            asked = vocabulary(question, new)
        names = {number: name for name, number in whole.index.terms.items()}
        weighed = [
            _Weighed(lexeme(names[number]), weight, self._held[names[number]])
            for number, weight in known
        ]
        return sorted(weighed, key=lambda item: -item.weight)[:MOST_TERMS]

    def _look_up(self, terms: Iterable[str]) -> None:
        """In how many passages each term stands; terms that stand in none are left out."""
        names = {lexeme(term): term for term in sorted(terms)[:MOST_LOOKED_UP] if term}
        rows = self._run(
            f"SELECT term, held FROM {self._tables.terms} WHERE term = ANY(:names)",
            names=list(names),
        )  # fmt: skip
        self._held.update({names[row.term]: row.held for row in rows})

    def _candidates(self, weighed: Sequence[_Weighed]) -> list[str]:
        """Ids of the passages that score best."""
        if not weighed:
            return []
        bringing: list[str] = []
        room = BUDGET
        for item in weighed:
            if not bringing or item.held <= room:
                bringing.append(item.lexeme)
                room -= item.held
        scored = " + ".join(
            f"{item.weight:.5f} * ts_rank(CAST(:levels AS real[]), terms, CAST(:q{at} AS tsquery))"
            for at, item in enumerate(weighed)
        )
        rows = self._run(
            f"SELECT passage_id, {scored} AS score FROM {self._tables.passages} "
            f"WHERE terms @@ CAST(:bringing AS tsquery) {self._seen()} "
            "ORDER BY score DESC, length, passage_id LIMIT :taken",
            bringing=any_of(bringing), levels=list(LEVELS), groups=self._groups, taken=TAKEN,
            **{f"q{at}": quoted(item.lexeme) for at, item in enumerate(weighed)},
        )  # fmt: skip
        return [row.passage_id for row in rows]

    def _seen(self) -> str:
        return "" if self._all_seen else "AND grp = ANY(:groups)"

    def _near(self) -> Nearest | None:
        vector = self._wanted.vector
        if vector is None or self._outline.vector_model is None or not self._groups:
            return None
        return postgres_vectors.nearest(self._session, self._outline, self._groups, vector)

    def _fetch(self, ids: Iterable[str]) -> None:
        missing = [one for one in ids if one not in self._rows]
        if missing:
            self._keep("i.passage_id = ANY(:ids)", ids=missing)

    def _fetch_documents(self, ids: Sequence[str]) -> None:
        """Visible passages of whole documents."""
        limit = f"{self._seen()} ORDER BY i.document_id, p.ordinal LIMIT {NEAR_PASSAGES}"
        self._keep(f"i.document_id = ANY(:ids) {limit}", ids=ids, groups=self._groups)

    def _keep(self, condition: str, **values: Any) -> None:
        rows = self._run(
            f"SELECT {_PASSAGE} FROM {self._tables.passages} i JOIN knowledge_passages p "
            f"ON p.tenant_id = :tenant AND p.id = i.passage_id WHERE {condition}", **values,
        )  # fmt: skip
        self._rows.update({row.id: row for row in rows})

    def _witnesses(self) -> list[str]:
        """For each term of the question that no candidate holds a passage that does and may be
        seen: whether there is one tells what is known here from what is not."""
        seen = self._outline.allowed(self._wanted.scope)
        here: set[str] = set()
        for row in self._rows.values():
            if seen[row.grp]:
                lines = row.search.split("\n")
                here.update(" ".join(lines[:3]).split(" "))
                here.update((CONCEPT + " ".join(lines[3:5]).replace(" ", f" {CONCEPT}")).split(" "))
        lost = [quoted(lexeme(t)) for t in self._held if not t.startswith(OWN) and t not in here]
        if not lost:
            return []
        rows = self._run(
            f"SELECT (SELECT passage_id FROM {self._tables.passages} "
            f"WHERE terms @@ CAST(n.query AS tsquery) {self._seen()} LIMIT 1) AS passage_id "
            "FROM unnest(CAST(:lost AS text[])) AS n(query)",
            lost=lost[: MOST_TERMS * 2], groups=self._groups,
        )  # fmt: skip
        return [row.passage_id for row in rows if row.passage_id is not None]

    def _documents(self) -> list[SourceDocument]:
        ids = {row.document_id for row in self._rows.values()}
        rows = self._run(
            f"SELECT {_DOCUMENT} FROM knowledge_documents d WHERE d.tenant_id = :tenant "
            "AND d.id = ANY(:ids) ORDER BY d.key, d.lang", ids=list(ids),
        )  # fmt: skip
        feedback = self._outline.feedback
        return [source_document(row, feedback.get(row.key, 0.0)) for row in rows]

    def _rests(self, ids: Sequence[str]) -> Mapping[str, list[str]]:
        """The question's terms that each document holds anywhere."""
        terms = [term for term in self._held if not term.startswith(OWN)][: MOST_TERMS * 2]
        if not terms:
            return {}
        holds = ", ".join(f"terms @@ CAST(:q{at} AS tsquery)" for at in range(len(terms)))
        rows = self._run(
            # Adding nothing makes a copy in memory: many looks at it then fetch it once.
            f"SELECT document_id, ARRAY[{holds}] AS held FROM (SELECT document_id, "
            f"terms || CAST('' AS tsvector) AS terms FROM {self._tables.documents} "
            "WHERE document_id = ANY(:ids) OFFSET 0) AS d",
            ids=list(ids), **{f"q{at}": quoted(lexeme(term)) for at, term in enumerate(terms)},
        )  # fmt: skip
        return {row.document_id: list(compress(terms, row.held)) for row in rows}

    def _dense(self, made: Snapshot, near: Nearest) -> AskedDense | None:
        """How near each document of the sample stands, on the scale of all that may be seen."""
        if self._wanted.vector is None or self._outline.vector_model is None:
            return None
        known = dict(near.documents)
        if near.exact:
            others = [item.id for item in made.documents if item.id not in known]
            vector = self._wanted.vector
            known.update(postgres_vectors.of_documents(
                self._session, self._outline, self._groups, vector, others
            ))  # fmt: skip
        span = max(near.documents.values(), default=near.mean) - near.mean
        standing = np.zeros(len(made.documents), dtype=np.float32)
        for at, document in enumerate(made.documents):
            if document.id in known and span > 1e-6:
                standing[at] = min(1.0, max(0.0, (known[document.id] - near.mean) / span))
        return AskedDense(self._outline.vector_model, standing, made.document_of)

    def _run(self, statement: str, **values: Any) -> Any:
        return self._session.execute(text(statement), {"tenant": self._tenant, **values}).all()
