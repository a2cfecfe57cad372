"""Fits the confidence of the library and writes its weights as plain numbers.

    CARELOOP_BENCH_DATA=DIR python -m training.fit_confidence

Learns from the tuning half of the development maker, the questions about the demo company, and
general reading comprehension (XQuAD, below DIR). Each answerable question is asked twice: as it
is, and with the documents that answer it taken away, so that the next best must be refused.
A feature that can only speak for an answer never gets a weight against it.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from careloop.kit.actor import system_actor
from careloop.kit.db import Base, Database
from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.library import Library
from careloop.knowledge.retrieve.confidence import same_language, unknown_codes
from careloop.knowledge.retrieve.evidence import FEATURES, SIGNS, features, units_of
from careloop.knowledge.retrieve.question import read_question
from careloop.knowledge.retrieve.rank import rank
from careloop.knowledge.retrieve.scope import Scope
from careloop.knowledge.retrieve.snapshot import Snapshot
from careloop.knowledge.service import SourceFile, add_files
from training.answer_quality import DEMO, MAKER, ROOT, TENANT, Case, demo_cases, load, maker_cases

TARGET = ROOT / "careloop" / "knowledge" / "retrieve" / "confidence_weights.py"
DAY = date(2026, 6, 1)
RIDGE = 0.003
GROUPS = {
    ("maker", "asked"): 1.3, ("maker", "none"): 0.6, ("maker", "taken"): 0.25,
    ("demo", "asked"): 1.2, ("demo", "none"): 0.7, ("demo", "taken"): 0.25,
    ("general", "asked"): 0.2, ("general", "taken"): 0.2,
}  # fmt: skip
"""How much the questions of one origin weigh together."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question against a library, and whether it should be answered."""

    values: tuple[float, ...]
    answerable: bool
    same: bool
    group: tuple[str, str]


def example(snapshot: Snapshot, case: Case, origin: str, taken: str = "") -> Example | None:
    """One example; None where fixed rules decide, or nothing is found.

    `taken` is `document` or `fact`: what is hidden before asking.
    """
    question = read_question(case.text, case.lang, snapshot.models, ())
    models = question.models or question.among
    scope = Scope(("public",), tuple(sorted(map(canonical_model, models))), question.firmware, DAY)
    visible = snapshot.mask(scope).copy()
    if taken:
        for key in case.documents:
            for at in snapshot.by_key.get(key, ()):
                for place in range(snapshot.first[at], snapshot.first[at + 1]):
                    text = snapshot.passages[place].text
                    if taken == "document" or any(_holds(text, fact) for fact in case.facts):
                        visible[place] = False
    ranking = rank(snapshot, question, visible)
    if not ranking.ranked or unknown_codes(snapshot, question, visible):
        return None
    best = snapshot.documents[snapshot.passages[ranking.ranked[0].passage].document].key
    units = units_of(snapshot, question, ranking, visible)
    good = not taken and (case.kind == "clarify" or best in case.documents)
    name = "taken" if taken else "none" if case.kind == "none" else "asked"
    return Example(
        tuple(features(snapshot, question, ranking, units)), good,
        same_language(snapshot, question, ranking), (origin, name),
    )  # fmt: skip


def _holds(text: str, fact: str) -> bool:
    return any(part in text for part in fact.split("|"))


def examples(library: Library, cases: list[Case], origin: str) -> list[Example]:
    """All questions as they are, and the answerable ones with their documents taken away."""
    snapshot = library.snapshot(TENANT)
    made = [example(snapshot, case, origin) for case in cases]
    asked = [case for case in cases if case.kind == "answer"]
    made += [example(snapshot, case, origin, "document") for case in asked]
    made += [example(snapshot, case, origin, "fact") for case in asked if case.facts]
    return [item for item in made if item is not None]


def general_examples() -> list[Example]:
    """XQuAD in its languages, each paragraph a document; empty without CARELOOP_BENCH_DATA."""
    data = os.environ.get("CARELOOP_BENCH_DATA")
    found: list[Example] = []
    for lang in ("en", "zh", "de") if data else ():
        path = Path(data or "") / "xquad" / f"xquad.{lang}.json"
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        paragraphs = [item for article in articles for item in article["paragraphs"]]
        database = Database(f"sqlite:///{tempfile.mkdtemp()}/general.db")
        Base.metadata.create_all(database.engine)
        files = [
            SourceFile(f"{at}.txt", f"---\nlang: {lang}\ntitle: '-'\n---\n{p['context']}".encode())
            for at, p in enumerate(paragraphs)
        ]
        with database.write() as session:
            add_files(session, system_actor(TENANT), files)
        cases = [
            Case(f"{lang}-{at}", lang, p["qas"][0]["question"], "answer", (f"{at}.txt",))
            for at, p in enumerate(paragraphs)
        ]
        found += examples(Library(database), cases, "general")
    return found


def fit(items: list[Example]) -> Floats:
    """Bias and weights of a ridge logistic regression whose weights keep their signs."""
    count = {group: sum(item.group == group for item in items) for group in GROUPS}
    values = np.array([(1.0, *item.values) for item in items])
    wanted = np.array([float(item.answerable) for item in items])
    weight = np.array([GROUPS[item.group] / count[item.group] for item in items])
    weight /= weight.sum()

    def loss(found: Floats) -> tuple[float, Floats]:
        score = values @ found
        likely = np.logaddexp(0, score) - wanted * score
        slope = values.T @ (weight * (1 / (1 + np.exp(-score)) - wanted))
        slope[1:] += RIDGE * found[1:]
        return float(weight @ likely + RIDGE / 2 * found[1:] @ found[1:]), slope

    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in SIGNS)]
    result = minimize(loss, np.zeros(values.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B")
    found: Floats = result.x
    return found


def main() -> None:
    items: list[Example] = []
    for folder, cases, origin in (
        (MAKER / "knowledge", maker_cases("tune"), "maker"), (DEMO, demo_cases(), "demo"),
    ):  # fmt: skip
        library, _ = load(folder)
        items += examples(library, cases, origin)
    for lang in ("en", "es", "de"):
        library, _ = load(DEMO.parent / lang)
        items += examples(library, [c for c in demo_cases() if c.lang == lang], "demo")
    items += general_examples()
    lines = [
        '"""Weights of the confidence, written by `training/fit_confidence.py`.\n\n'
        'The bias, then one weight for each of `evidence.FEATURES`.\n"""\n'
    ]
    for name, same in (("SAME", True), ("ACROSS", False)):
        chosen = [item for item in items if item.same == same]
        found = fit(chosen)
        for label, number in zip(("bias", *FEATURES), found, strict=True):
            print(f"{name:7} {label:26} {number:6.2f}")
        values = np.array([(1.0, *item.values) for item in chosen])
        right = (values @ found > 0) == np.array([item.answerable for item in chosen])
        for group in sorted({item.group for item in chosen}):
            of = [r for r, item in zip(right, chosen, strict=True) if item.group == group]
            print(f"{name:7} {' '.join(group):16} right {np.mean(of):.3f} of {len(of)}")
        rows = ["    " + ", ".join(f"{n:.2f}" for n in found[at : at + 9]) + ","
                for at in range(0, len(found), 9)]  # fmt: skip
        lines.append("\n".join([f"{name} = (", *rows, ")  # fmt: skip\n"]))
    TARGET.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
