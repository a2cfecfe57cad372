"""Retrieval: speed beside rank-bm25 and bm25s in one run, quality on questions with known answers.

    python benchmarks/retrieval.py [--sizes 5000 100000] [--skip-speed]

Quality on XQuAD needs CARELOOP_BENCH_DATA (the folder that holds `xquad/`); the service questions
of `tests/knowledge` run against the Chinese articles of the demo company.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import stores  # noqa: E402
from careloop.kit.actor import Actor, Role, scopes_of, system_actor  # noqa: E402
from careloop.kit.db import Base, Database  # noqa: E402
from careloop.knowledge.library import Library, SearchQuery  # noqa: E402
from careloop.knowledge.retrieve.snapshot import SnapshotBuilder, SourceDocument  # noqa: E402
from careloop.knowledge.service import SourceFile, add_files  # noqa: E402

WORDS = 30_000
LENGTH = 90


def main(argv: list[str] | None = None) -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--sizes", type=int, nargs="*", default=[5_000, 100_000])
    arguments.add_argument("--skip-speed", action="store_true")
    options = arguments.parse_args(argv)
    if not options.skip_speed:
        for size in options.sizes:
            speed(size)
        stores.main([])
    quality_xquad()
    quality_service()


def speed(size: int) -> None:
    """Search times and build rate on `size` passages of words drawn by Zipf's law."""
    rng = random.Random(7)
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    words = rng.choices(range(WORDS), weights, k=size * LENGTH)
    texts = [
        [f"word{number}" for number in words[at * LENGTH : (at + 1) * LENGTH]] for at in range(size)
    ]
    questions = [rng.sample(rng.choice(texts), 8) for _ in range(200)]
    print(f"\n{size} passages of {LENGTH} words, 200 questions of 8 words")

    documents = [
        SourceDocument(
            str(at), str(at), "en", "", "faq", (f"M-{at % 20}",), "public", "", None, None, None,
            (), "",
        )
        for at in range(size // 10 + 1)
    ]  # fmt: skip
    stored = [" ".join(("", *text)) for text in texts]
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    builder = SnapshotBuilder(documents)
    for at, text in enumerate(stored):
        builder.add(
            str(at // 10), str(at), at % 10, "", 0, "text", text, f"\n\n{text.strip()}\n\n", [],
            None, {}, None,
        )  # fmt: skip
    snapshot = builder.build(1)
    took = time.perf_counter() - begun
    memory = (psutil.Process().memory_info().rss - before) / 1e6
    print(f"  careloop   build {size / took:9.0f} passages/s, {memory:.0f} MB grown")
    library = _library_of(snapshot)
    actor = _customer("bench")
    _times(
        "careloop",
        questions,
        lambda words: library.search(actor, SearchQuery(" ".join(words), "en")),
    )
    _rivals(texts, questions)


def _rivals(texts: list[list[str]], questions: list[list[str]]) -> None:
    import bm25s
    from rank_bm25 import BM25Okapi

    begun = time.perf_counter()
    fast = bm25s.BM25()
    fast.index(texts, show_progress=False)
    print(f"  bm25s      build {len(texts) / (time.perf_counter() - begun):9.0f} passages/s")
    _times("bm25s", questions, lambda words: fast.retrieve([words], k=5, show_progress=False))
    begun = time.perf_counter()
    plain = BM25Okapi(texts)
    print(f"  rank-bm25  build {len(texts) / (time.perf_counter() - begun):9.0f} passages/s")
    _times("rank-bm25", questions[:20], lambda words: plain.get_scores(words).argsort()[-5:])


def _times(name: str, questions: list[list[str]], search: Callable[[list[str]], Any]) -> None:
    search(questions[0])
    taken = []
    for words in questions:
        begun = time.perf_counter()
        search(words)
        taken.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    print(f"  {name:10} search p50 {cuts[49]:8.2f} ms, p99 {cuts[98]:8.2f} ms")


def _library_of(snapshot: Any) -> Library:
    library = Library(Database("sqlite://"))
    library.stores.memory.hold("bench", snapshot)
    return library


def _customer(tenant: str) -> Actor:
    return Actor(tenant, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))


def quality_xquad() -> None:
    """hit@1 and hit@3 of the paragraph that a question was asked about, same language."""
    data = os.environ.get("CARELOOP_BENCH_DATA")
    if not data:
        print("\nXQuAD: skipped, CARELOOP_BENCH_DATA is not set")
        return
    print("\nXQuAD, 240 paragraphs, 1190 questions, same language")
    for lang in ("en", "zh", "de"):
        articles = json.loads((Path(data) / "xquad" / f"xquad.{lang}.json").read_text())["data"]
        paragraphs = [item for article in articles for item in article["paragraphs"]]
        files = [
            SourceFile(
                f"{at}.txt", f"---\nlang: {lang}\ntitle: '-'\n---\n{item['context']}".encode()
            )
            for at, item in enumerate(paragraphs)
        ]
        library, actor = _loaded(files)
        ranks, answered = [], []
        for at, item in enumerate(paragraphs):
            for question in item["qas"]:
                found = library.search(actor, SearchQuery(question["question"], lang))
                keys = list(dict.fromkeys(hit.document for hit in found.hits))
                ranks.append(keys.index(f"{at}.txt") if f"{at}.txt" in keys else 99)
                answered.append(found.answerable)
        print(
            f"  {lang}  hit@1 {_share(r == 0 for r in ranks)}  hit@3 {_share(r < 3 for r in ranks)}"
            f"  answered {_share(answered)}"
        )


def quality_service() -> None:
    """The service questions against the Chinese demo articles alone."""
    folder = ROOT / "careloop" / "demo" / "knowledge" / "zh"
    files = [SourceFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.md"))]
    if not files:
        print("\nService questions: skipped, no demo articles")
        return
    library, actor = _loaded(files)
    print(f"\nService questions, {len(files)} articles in Chinese only")
    ranks: dict[str, list[int]] = defaultdict(list)
    answers: dict[str, list[bool]] = defaultdict(list)
    for row in _table("dev_questions.tsv"):
        gold = set(row.pop("documents").split(","))
        for lang, text in _texts(row):
            found = library.search(actor, SearchQuery(text, lang))
            keys = list(dict.fromkeys(hit.document for hit in found.hits))
            ranks[lang].append(next((at for at, key in enumerate(keys) if key in gold), 99))
            answers[lang].append(found.answerable)
    refusals: dict[str, list[bool]] = defaultdict(list)
    for row in _table("dev_unanswerable.tsv"):
        for lang, text in _texts(row):
            refusals[lang].append(not library.search(actor, SearchQuery(text, lang)).answerable)
    for lang, found_at in ranks.items():
        print(
            f"  {lang}  hit@1 {_share(r == 0 for r in found_at)}"
            f"  hit@3 {_share(r < 3 for r in found_at)}  answered {_share(answers[lang])}"
            + (f"  abstained when missing {_share(refusals[lang])}" if refusals[lang] else "")
        )
    foreign = [rank < 3 for lang, found_at in ranks.items() if lang not in ("zh", "en")
               for rank in found_at]  # fmt: skip
    print(f"  mean of the others hit@3 {_share(foreign)}")
    given = [item for many in answers.values() for item in many]
    refused = [item for many in refusals.values() for item in many]
    right = sum(refused)
    wrong = sum(not item for item in given) * len(refused) / len(given)
    print(
        f"  abstention recall {_share(refused)}, precision {right / max(right + wrong, 1):.3f} "
        "(as many answerable as unanswerable questions)"
    )


def _loaded(files: list[SourceFile]) -> tuple[Library, Actor]:
    folder = tempfile.mkdtemp()
    database = Database(f"sqlite:///{folder}/bench.db")
    Base.metadata.create_all(database.engine)
    with database.write() as session:
        add_files(session, system_actor("bench"), files)
    return Library(database), _customer("bench")


def _table(name: str) -> list[dict[str, str]]:
    path = ROOT / "tests" / "knowledge" / name
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _texts(row: dict[str, str]) -> list[tuple[str, str]]:
    return [(lang, text) for lang, text in row.items() if lang != "id" and text]


def _share(values: Any) -> str:
    items = list(values)
    return f"{sum(items) / max(len(items), 1):.3f}"


if __name__ == "__main__":
    main()
