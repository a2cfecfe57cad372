"""What the library shows for real questions: found, answered rightly, abstained, asked back.

    python -m training.answer_quality [--half tune|report|all] [--show] [--demo] [--languages]

The development maker of `training/dev_maker` builds filling and packing machines. Its questions
come in two halves: weights and rules are made on `tune`; `report` is only measured. `--demo` adds
the questions of `tests/knowledge` against the Chinese articles of the demo company; `--languages`
the questions of `training/questions`, in twelve languages over Chinese knowledge.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.db import Base, Database
from careloop.knowledge.library import Library, SearchQuery
from careloop.knowledge.service import SourceFile, add_files

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "training" / "questions"
MAKER = ROOT / "training" / "dev_maker"
DEMO = ROOT / "careloop" / "demo" / "knowledge" / "zh"
TENANT = "training"


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a good reply needs. `kind` is `answer`, `none` or `clarify`.

    Each of `facts` must be shown (`a|b`: one of them), none of `forbidden` may.
    """

    id: str
    lang: str
    text: str
    kind: str
    documents: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    model: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the library did: `decision` as the bot would take it, `rank` of the right document."""

    case: Case
    decision: str
    rank: int
    right: bool
    confidence: float
    asked: tuple[str, ...]
    shown: str
    reasons: tuple[str, ...]


def maker_cases(half: str = "all") -> list[Case]:
    """The questions about the development maker."""
    return read_cases(MAKER / "questions.jsonl", half)


def read_cases(path: Path, half: str = "all") -> list[Case]:
    """The questions of a file, or those of one half."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [
        Case(
            row["id"], row["lang"], row["text"], row["kind"], tuple(row.get("documents", ())),
            tuple(row.get("facts", ())), tuple(row.get("forbidden", ())),
            tuple(row.get("models", ())), row.get("model"), tuple(row.get("history", ())),
        )
        for row in rows
        if half in ("all", row["half"])
    ]  # fmt: skip


def demo_cases() -> list[Case]:
    """The questions about the demo company, in all their languages."""
    cases = []
    for name, kind in (("dev_questions.tsv", "answer"), ("dev_unanswerable.tsv", "none")):
        with (ROOT / "tests" / "knowledge" / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                key = row.pop("id")
                gold = tuple((row.pop("documents", "") or "").split(","))
                cases += [
                    Case(f"{key}-{lang}", lang, text, kind, gold)
                    for lang, text in row.items()
                    if text
                ]
    return cases


def load(folder: Path) -> tuple[Library, Actor]:
    """A library of the folder's Markdown files and a customer who may read it."""
    database = Database(f"sqlite:///{tempfile.mkdtemp()}/training.db")
    Base.metadata.create_all(database.engine)
    files = [SourceFile(path.name, path.read_bytes()) for path in sorted(folder.glob("*.md"))]
    with database.write() as session:
        add_files(session, system_actor(TENANT), files)
    return Library(database), Actor(TENANT, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))


def put(library: Library, actor: Actor, case: Case) -> Outcome:
    """Ask one question and judge what would be shown; as staff where the public may not read."""
    query = SearchQuery(case.text, case.lang, model=case.model, history=case.history)
    actor = reader_of(library, actor, case)
    result = library.search(actor, query)
    decision = "clarify" if result.clarify else "answer" if result.answerable else "abstain"
    keys = list(dict.fromkeys(hit.document for hit in result.hits))
    rank = next((at for at, key in enumerate(keys) if key in case.documents), 99)
    blocks = library.answer(actor, case.text, result, case.lang)
    shown = "\n".join(block.text for block in blocks)
    right = all(any(part in shown for part in fact.split("|")) for fact in case.facts) and not any(
        text in shown for text in case.forbidden
    )
    return Outcome(
        case, decision, rank, right, result.confidence, tuple(result.clarify), shown,
        tuple(result.reasons),
    )  # fmt: skip


def reader_of(library: Library, actor: Actor, case: Case) -> Actor:
    """Who asks: the customer, or staff where only staff may read the answer."""
    if case.documents and not any(_readable(library, actor, key) for key in case.documents):
        return replace(actor, role=Role.AGENT, audience="internal")
    return actor


def _readable(library: Library, actor: Actor, key: str) -> bool:
    snapshot = library.snapshot(actor.tenant_id)
    places = snapshot.by_key.get(key, ())
    return any(snapshot.documents[at].audience in actor.audiences() for at in places)


def by_language(outcomes: Sequence[Outcome]) -> None:
    """Print how well each language is served."""
    of = defaultdict(list)
    for item in outcomes:
        of[item.case.lang].append(item)
    for lang, items in sorted(of.items()):
        good = [item for item in items if item.case.kind == "answer"]
        none = [item for item in items if item.case.kind == "none"]
        print(
            f"  {lang}: hit@1 {_share(i.rank == 0 for i in good)}  "
            f"hit@3 {_share(i.rank < 3 for i in good)}  "
            f"answered right {_share(i.decision == 'answer' and i.right for i in good)}  "
            f"abstained {_share(i.decision == 'abstain' for i in none)}"
        )


def report(name: str, outcomes: Sequence[Outcome]) -> None:
    """Print the figures."""
    of = defaultdict(list)
    for item in outcomes:
        of[item.case.kind].append(item)
    good, none, ask = of["answer"], of["none"], of["clarify"]
    answered = [item for item in good if item.decision == "answer"]
    abstained = [item for item in outcomes if item.decision == "abstain"]
    print(f"\n{name}: {len(good)} answerable, {len(none)} not, {len(ask)} to ask back")
    print(f"  hit@1 {_share(i.rank == 0 for i in good)}  hit@3 {_share(i.rank < 3 for i in good)}")
    print(
        f"  answered {_share(i.decision == 'answer' for i in good)} of answerable, right "
        f"{_share(i.right for i in answered)} of answered, "
        f"{_share(i.decision == 'answer' and i.right for i in good)} of answerable; "
        f"asked needlessly {_share(i.decision == 'clarify' for i in good)}"
    )
    print(
        f"  abstention recall {_share(i.decision == 'abstain' for i in none)}, precision "
        f"{_share(i.case.kind == 'none' for i in abstained)}"
    )
    if ask:
        exact = _share(set(i.asked) == set(i.case.models) for i in ask)
        print(f"  asked back {_share(i.decision == 'clarify' for i in ask)}, all models {exact}")


def show(outcomes: Iterable[Outcome]) -> None:
    """Print every case that went wrong."""
    for item in outcomes:
        case = item.case
        fine = {
            "answer": item.decision == "answer" and item.right,
            "none": item.decision == "abstain",
            "clarify": item.decision == "clarify" and set(item.asked) == set(case.models),
        }[case.kind]
        if not fine:
            print(f"\n[{case.id} {case.lang} {case.kind}] {case.text}")
            print(f"   -> {item.decision} {item.confidence} rank {item.rank} right {item.right} "
                  f"{item.asked}")  # fmt: skip
            print("   ", " | ".join(item.reasons))
            print("   ", repr(item.shown[:300]), "wanted", case.documents, case.facts)


def _share(values: Iterable[bool]) -> str:
    items = list(values)
    return f"{sum(items) / max(len(items), 1):.3f} ({sum(items)}/{len(items)})"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--half", choices=("tune", "report", "all"), default="report")
    arguments.add_argument("--show", action="store_true")
    arguments.add_argument("--demo", action="store_true")
    arguments.add_argument("--languages", action="store_true")
    options = arguments.parse_args()
    library, actor = load(MAKER / "knowledge")
    outcomes = [put(library, actor, case) for case in maker_cases(options.half)]
    report(f"Development maker, half {options.half}", outcomes)
    if options.show:
        show(outcomes)
    if options.languages:
        for name, folder in (("dev_maker", MAKER / "knowledge"), ("demo", DEMO)):
            library, actor = load(folder)
            cases = read_cases(QUESTIONS / f"{name}.jsonl", options.half)
            outcomes = [put(library, actor, case) for case in cases]
            report(f"Twelve languages, {name}, half {options.half}", outcomes)
            by_language(outcomes)
            if options.show:
                show(outcomes)
    if options.demo:
        library, actor = load(DEMO)
        outcomes = [put(library, actor, case) for case in demo_cases()]
        report("Demo company, Chinese articles", outcomes)
        if options.show:
            show(outcomes)


if __name__ == "__main__":
    main()
