"""Rows of the search index inside PostgreSQL: what a tenant's documents are searched by.

A document's rows follow its text and its filters; each is told by a stamp, so that one article
published writes one article, and a change of models or of dates no text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha1
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from careloop.knowledge import queries
from careloop.knowledge.embedders.vectors import hash_of, text_of
from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.load import source_document
from careloop.knowledge.retrieve.families import families as learnt
from careloop.knowledge.retrieve.families import machine_concepts
from careloop.knowledge.retrieve.index import (
    CONCEPT,
    CONCEPT_FIELD_WEIGHTS,
    FIELD_WEIGHTS,
    K1,
    OWN,
    B,
)
from careloop.knowledge.retrieve.scope import Group
from careloop.knowledge.retrieve.snapshot import SnapshotBuilder, prefixes
from careloop.knowledge.stores import outlines
from careloop.knowledge.stores.lexemes import lexeme, quoted, terms_of, vector
from careloop.knowledge.stores.postgres_tables import Tables, has_vectors

_AT_ONCE = 400
"""Documents read and written together."""
_SAMPLE = 5000
_READ = 40
"""Passages that are read for each kind of machine, as in `families`."""
_WEIGHTS = (*FIELD_WEIGHTS, *CONCEPT_FIELD_WEIGHTS, 1.0)


class Writing:
    """One run over a tenant's documents. `before` is the body of the outline that the tables were
    left with, empty for new tables."""

    def __init__(
        self, session: Session, tenant_id: str, tables: Tables, before: Mapping[str, Any]
    ) -> None:
        self._session = session
        self._tenant = tenant_id
        self._tables = tables
        self._rows = queries.index_documents(session, tenant_id)
        self._builder = SnapshotBuilder(source_document(row, 0.0) for row in self._rows)
        self._places = {row.id: at for at, row in enumerate(self._rows)}
        self._before = before
        known = outlines.groups_of(before) if before else ()
        self._groups: dict[Group, int] = {group: at for at, group in enumerate(known)}
        self._gained: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._lexemes: dict[str, str] = {}
        self._mean = float(before.get("mean", 0.0)) or self._usual_length()

    def write(self) -> bool:
        """Rows for what changed; whether anything did."""
        held = {
            row.document_id: row
            for row in self._run(
                f"SELECT document_id, content, filters FROM {self._tables.documents}"
            )
        }
        stamps = self._stamps()
        gone = held.keys() - stamps.keys()
        same = {key for key, (content, _) in stamps.items()
                if key in held and held[key].content == content}  # fmt: skip
        fresh = [key for key in stamps if key not in same]
        moved = [key for key in same if held[key].filters != stamps[key][1]]
        self._drop([*gone, *(held.keys() & set(fresh))])
        for at in range(0, len(fresh), _AT_ONCE):
            self._add(fresh[at : at + _AT_ONCE], stamps)
        for at in range(0, len(moved), _AT_ONCE):
            self._filter_anew(moved[at : at + _AT_ONCE], stamps)
        self._count()
        return bool(gone or fresh or moved)

    def _stamps(self) -> dict[str, tuple[str, str]]:
        """For each document what its rows were made of: its text, and its filters."""
        names = sorted(canonical_model(n) for row in self._rows for n in row.product_models)
        common = _digest(sorted(set(names)))
        return {
            row.id: (
                f"{row.edition}:{row.compiled_with}",
                _digest([common, repr(self._builder.group_of(at, "", "", {}))]),
            )
            for at, row in enumerate(self._rows)
        }

    def _drop(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        rows = self._run(
            f"WITH gone AS (DELETE FROM {self._tables.passages} "
            "WHERE document_id = ANY(:ids) RETURNING terms) "
            "SELECT lexeme, count(*) FROM gone, unnest(gone.terms) GROUP BY lexeme",
            ids=list(ids),
        )
        self._lost.update({row[0]: row[1] for row in rows})
        names = [self._tables.documents]
        if has_vectors(self._session):
            names.append(self._tables.vectors)
        for name in names:
            self._run(f"DELETE FROM {name} WHERE document_id = ANY(:ids)", ids=list(ids))

    def _add(self, ids: Sequence[str], stamps: Mapping[str, tuple[str, str]]) -> None:
        passages, terms, codes = (
            [],
            defaultdict[str, set[str]](set),
            defaultdict[str, set[str]](set),
        )
        for row in self._passages(ids):
            at = self._places[row.document_id]
            models, group = self._builder.group_of(at, row.section, row.kind, row.data)
            impacts, length = self._impacts(row.search)
            self._gained.update(impacts.keys())
            terms[row.document_id].update(t for t in impacts if not t.startswith(OWN))
            codes[row.document_id].update(row.codes)
            digest = hash_of(text_of(self._rows[at].title, row.section, row.text))
            passages.append(
                (row.id, row.document_id, self._number(group), list(models), length,
                 digest, vector(impacts))
            )  # fmt: skip
        self._copy(
            f"{self._tables.passages} "
            "(passage_id, document_id, grp, models, length, text_hash, terms)", passages,
        )  # fmt: skip
        documents = [
            (key, *stamps[key], sorted(prefixes(codes[key])),
             vector(dict.fromkeys(terms[key], 0.0)))
            for key in ids
        ]  # fmt: skip
        self._copy(
            f"{self._tables.documents} (document_id, content, filters, prefixes, terms)", documents
        )

    def _filter_anew(self, ids: Sequence[str], stamps: Mapping[str, tuple[str, str]]) -> None:
        """The filters of documents whose text has not changed."""
        placed: list[tuple[str, int, list[str]]] = []
        for row in self._passages(ids):
            at = self._places[row.document_id]
            models, group = self._builder.group_of(at, row.section, row.kind, row.data)
            placed.append((row.id, self._number(group), list(models)))
        self._run(
            f"UPDATE {self._tables.passages} i SET grp = n.grp, "
            "models = ARRAY(SELECT jsonb_array_elements_text(n.models)) "
            "FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(id text, grp int, models jsonb) "
            "WHERE i.passage_id = n.id",
            rows=json.dumps([{"id": i, "grp": g, "models": m} for i, g, m in placed]),
        )
        self._run(
            f"UPDATE {self._tables.documents} d SET filters = n.filters "
            "FROM unnest(CAST(:ids AS text[]), CAST(:filters AS text[])) AS n(id, filters) "
            "WHERE d.document_id = n.id",
            ids=list(ids), filters=[stamps[key][1] for key in ids],
        )  # fmt: skip

    def _passages(self, ids: Sequence[str]) -> Iterable[Any]:
        rows: Iterable[Any] = self._run(
            "SELECT p.document_id, p.id, p.section, p.kind, p.text, p.search, p.codes, p.data "
            "FROM knowledge_passages p JOIN knowledge_documents d ON d.tenant_id = p.tenant_id "
            "AND d.id = p.document_id AND d.edition = p.edition "
            "WHERE p.tenant_id = :tenant AND p.document_id = ANY(:ids)",
            ids=list(ids),
        )
        return rows

    def _impacts(self, search: str) -> tuple[dict[str, float], float]:
        """Lexemes of a passage with how well it holds each; and its length."""
        lines = terms_of(search)
        length = sum(len(lines[at]) * FIELD_WEIGHTS[at] for at in (1, 2))
        norm = K1 * (1 - B + B * length / self._mean)
        often: dict[str, float] = {}
        for words, weight in zip(lines, _WEIGHTS, strict=True):
            for word in words:
                often[word] = often.get(word, 0.0) + weight
        known, impacts = self._lexemes, {}
        for word, count in often.items():
            name = known.get(word)
            if name is None:
                name = known[word] = lexeme(word)
            impacts[name] = (
                count * (K1 + 1) / (count + (K1 if name.startswith((CONCEPT, OWN)) else norm))
            )
        return impacts, length

    def _number(self, group: Group) -> int:
        return self._groups.setdefault(group, len(self._groups))

    def _count(self) -> None:
        """Bring the numbers of holders up to date."""
        change = self._gained
        change.subtract(self._lost)
        names = [name for name, count in change.items() if count]
        if not names:
            return
        self._run(
            f"INSERT INTO {self._tables.terms} AS t (term, held) SELECT n.term, n.held "
            "FROM unnest(CAST(:names AS text[]), CAST(:counts AS int[])) AS n(term, held) "
            "ON CONFLICT (term) DO UPDATE SET held = t.held + excluded.held",
            names=names, counts=[change[name] for name in names],
        )  # fmt: skip
        if self._lost:
            self._run(f"DELETE FROM {self._tables.terms} WHERE held <= 0")

    def outline(self) -> dict[str, Any]:
        """The body of the tenant's outline after the run."""
        size, length = self._run(
            f"SELECT count(*), coalesce(sum(length), 0) FROM {self._tables.passages}"
        ).one()
        models = [name for row in self._rows for name in row.product_models]
        heads = prefixes(canonical_model(name) for name in models) | {
            row[0]
            for row in self._run(f"SELECT DISTINCT unnest(prefixes) FROM {self._tables.documents}")
        }
        return outlines.as_body(
            size, length / max(size, 1), list(dict.fromkeys(models)),
            sorted({row.lang for row in self._rows}), sorted(heads), list(self._groups),
            self._families(),
        )  # fmt: skip

    def _families(self) -> Mapping[str, frozenset[str]]:
        """As `families` would learn them from a snapshot of everything."""
        names = {lexeme(CONCEPT + concept): concept for concept in machine_concepts()}
        moved = self._gained.keys() | self._lost.keys()
        if (
            self._before
            and moved.isdisjoint(names)
            and self._before["models"]
            == list(dict.fromkeys(name for row in self._rows for name in row.product_models))
        ):
            return {key: frozenset(found) for key, found in self._before["families"].items()}
        held = [
            row.term
            for row in self._run(
                f"SELECT term FROM {self._tables.terms} WHERE term = ANY(:names)",
                names=list(names),
            )
        ]
        rows = self._run(
            "SELECT n.term, p.document_id, p.id, p.ordinal, p.text "
            "FROM unnest(CAST(:names AS text[]), CAST(:queries AS text[])) AS n(term, query) "
            "CROSS JOIN LATERAL (SELECT s.document_id, s.id, s.ordinal, s.text "
            # First who holds the concept, or the planner walks all documents in their order.
            f"  FROM (SELECT passage_id, document_id FROM {self._tables.passages} "
            "    WHERE terms @@ CAST(n.query AS tsquery) OFFSET 0) AS i "
            "  JOIN knowledge_passages s ON s.tenant_id = :tenant AND s.id = i.passage_id "
            "  JOIN knowledge_documents d ON d.tenant_id = :tenant AND d.id = i.document_id "
            "  ORDER BY d.key, d.lang, s.ordinal LIMIT :read) AS p",
            names=held, queries=[quoted(name) for name in held], read=_READ,
        )  # fmt: skip
        found: dict[tuple[int, int], tuple[Any, list[str]]] = {}
        for row in rows:
            place = (self._places[row.document_id], row.ordinal)
            found.setdefault(place, (row, []))[1].append(names[row.term])
        for _, (row, concepts) in sorted(found.items()):
            search = "\n\n\n\n" + " ".join(concepts) + "\n"
            self._builder.add(
                row.document_id, row.id, row.ordinal, "", 0, "text", row.text, search, (), None,
                {}, None,
            )  # fmt: skip
        return learnt(self._builder.build(0))

    def _usual_length(self) -> float:
        """About how long a passage is, before all are counted."""
        found = self._session.scalar(
            text(
                "SELECT avg(length(s) - length(replace(s, ' ', '')) + 1) FROM ("
                "SELECT split_part(search, E'\\n', 2) || ' ' || split_part(search, E'\\n', 3) AS s "
                "FROM knowledge_passages WHERE tenant_id = :tenant LIMIT :sample) AS few"
            ),
            {"tenant": self._tenant, "sample": _SAMPLE},
        )
        return max(float(found or 0.0), 1.0)

    def _run(self, statement: str, **values: Any) -> Any:
        return self._session.execute(text(statement), {"tenant": self._tenant, **values})

    def _copy(self, target: str, rows: Iterable[Sequence[Any]]) -> None:
        driver: Any = self._session.connection().connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {target} FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def _digest(of: Any) -> str:
    return sha1(json.dumps(of).encode(), usedforsecurity=False).hexdigest()
