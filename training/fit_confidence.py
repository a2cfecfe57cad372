"""Fits the confidence of the library and writes its weights as plain numbers.

    CARELOOP_BENCH_DATA=DIR python -m training.fit_confidence

Learns from the tuning halves of the questions about both makers, in twelve languages, the older
questions about the demo company, and general reading comprehension (XQuAD, below DIR; left out
without it). A question is an example of an answer when the best document answers it. Each
answerable question is asked twice: as it is, and with the documents that answer it taken away, so
that the next best must be refused. A feature that can only speak for an answer never gets a weight
against it. Prints how well the confidence is calibrated on the reporting halves.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from careloop.kit.actor import Actor, Role, scopes_of, system_actor
from careloop.kit.db import Base, Database
from careloop.knowledge.language.model_names import canonical_model
from careloop.knowledge.library import Library
from careloop.knowledge.present import one_language
from careloop.knowledge.retrieve.confidence import same_language, unknown_codes
from careloop.knowledge.retrieve.evidence import FEATURES, SIGNS, features, units_of
from careloop.knowledge.retrieve.question import joined, read_question
from careloop.knowledge.retrieve.rank import rank
from careloop.knowledge.retrieve.scope import Scope
from careloop.knowledge.service import SourceFile, add_files
from training.answer_quality import (
    DEMO,
    MAKER,
    QUESTIONS,
    ROOT,
    TENANT,
    Case,
    demo_cases,
    load,
    maker_cases,
    read_cases,
    reader_of,
)

TARGET = ROOT / "careloop" / "knowledge" / "retrieve" / "confidence_weights.py"
DAY = date(2026, 6, 1)
RIDGE = 0.01
ORIGINS = {
    "maker": 1.0, "maker 12": 1.5, "demo": 0.8, "demo 12": 1.5, "demo own": 0.7, "general": 0.15,
}  # fmt: skip
"""How much the questions of one origin weigh together."""
SORTS = {"asked": 1.0, "missed": 0.35, "none": 0.45, "taken": 0.15}
"""And those of one sort: `missed` are answerable, but the best document does not answer them.
The sorts weigh about as they come to a service desk, so that the confidence is a share."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question against a library, and whether its best document answers."""

    values: tuple[float, ...]
    answers: bool
    same: bool
    group: tuple[str, str]


def example(
    library: Library, reader: Actor, case: Case, origin: str, taken: bool = False
) -> Example | None:
    """One example; None where fixed rules decide, or nothing is found.

    With `taken` the documents that answer are hidden before asking.
    """
    snapshot = library.snapshot(TENANT)
    question = read_question(case.text, case.lang, snapshot.models, ())
    earlier = (
        read_question("\n".join(case.history), None, snapshot.models, (case.lang,))
        if case.history
        else None
    )
    models = question.models or ((case.model,) if case.model else question.among)
    if earlier is not None and not models:
        models = earlier.models
    scope = Scope(
        reader.audiences(), tuple(sorted(map(canonical_model, models))), question.firmware, DAY
    )
    visible = snapshot.mask(scope).copy()
    if taken:
        for key in case.documents:
            for at in snapshot.by_key.get(key, ()):
                visible[snapshot.first[at] : snapshot.first[at + 1]] = False
    ranking = one_language(snapshot, question, rank(snapshot, question, visible, earlier))
    asked = joined(question, earlier) if earlier is not None else question
    if not ranking.ranked or unknown_codes(snapshot, asked, visible):
        return None
    best = snapshot.documents[snapshot.passages[ranking.ranked[0].passage].document].key
    units = units_of(snapshot, asked, ranking, visible)
    answers = not taken and (case.kind == "clarify" or best in case.documents)
    sort = "taken" if taken else "none" if case.kind == "none" else "asked" if answers else "missed"
    return Example(
        tuple(features(snapshot, asked, ranking, units)), answers,
        same_language(snapshot, question, ranking), (origin, sort),
    )  # fmt: skip


def examples(library: Library, reader: Actor, cases: list[Case], origin: str) -> list[Example]:
    """All questions as they are, and the answerable ones with their documents taken away."""
    made = []
    for case in cases:
        actor = reader_of(library, reader, case)
        made.append(example(library, actor, case, origin))
        if case.kind == "answer":
            made.append(example(library, actor, case, origin, taken=True))
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
        reader = Actor(TENANT, Role.CUSTOMER, scopes=scopes_of(Role.CUSTOMER))
        found += examples(Library(database), reader, cases, "general")
    return found


def fit(items: list[Example]) -> Floats:
    """Bias and weights of a ridge logistic regression whose weights keep their signs."""
    count = Counter(item.group for item in items)
    values = np.array([(1.0, *item.values) for item in items])
    wanted = np.array([float(item.answers) for item in items])
    share = [ORIGINS[origin] * SORTS[sort] / count[origin, sort]
             for origin, sort in (item.group for item in items)]  # fmt: skip
    # What is missed counts by its number, as part of what is asked.
    share = [
        weight * count[item.group] / (count[item.group] + count[item.group[0], "asked"])
        if item.group[1] == "missed"
        else weight
        for weight, item in zip(share, items, strict=True)
    ]
    weight = np.array(share)
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


def gathered(half: str) -> list[Example]:
    """The examples of one half of the questions; the older demo questions have no halves."""
    items: list[Example] = []
    for folder, name, older in (
        (MAKER / "knowledge", "dev_maker", maker_cases(half)), (DEMO, "demo", demo_cases()),
    ):  # fmt: skip
        library, reader = load(folder)
        origin = "maker" if name == "dev_maker" else "demo"
        items += examples(library, reader, older, origin)
        spoken = read_cases(QUESTIONS / f"{name}.jsonl", half)
        items += examples(library, reader, spoken, f"{origin} 12")
    for lang in ("en", "es", "de"):
        library, reader = load(DEMO.parent / lang)
        own = [case for case in read_cases(QUESTIONS / "demo.jsonl", half) if case.lang == lang]
        items += examples(library, reader, own, "demo own")
    return items


def calibration(items: list[Example], found: Floats) -> None:
    """Print, for each fifth of the confidence, how often the best document does answer."""
    values = np.array([(1.0, *item.values) for item in items])
    likely = 1 / (1 + np.exp(-(values @ found)))
    answers = np.array([item.answers for item in items])
    print(f"        Brier {np.mean((likely - answers) ** 2):.3f} of {len(items)}")
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (likely >= low) & (likely < low + 0.2)
        if inside.any():
            print(f"        {low:.1f}-{low + 0.2:.1f}  mean {likely[inside].mean():.2f} "
                  f"answers {answers[inside].mean():.2f} of {inside.sum()}")  # fmt: skip


def main() -> None:
    items = gathered("tune") + general_examples()
    measured = [
        item for item in gathered("report") if item.group[0] != "demo" and item.group[1] != "taken"
    ]
    lines = [
        '"""Weights of the confidence, written by `training/fit_confidence.py`.\n\n'
        'The bias, then one weight for each of `evidence.FEATURES`.\n"""\n'
    ]
    for name, same in (("SAME", True), ("ACROSS", False)):
        found = fit([item for item in items if item.same == same])
        for label, number in zip(("bias", *FEATURES), found, strict=True):
            print(f"{name:7} {label:26} {number:6.2f}")
        calibration([item for item in measured if item.same == same], found)
        rows = ["    " + ", ".join(f"{n:.2f}" for n in found[at : at + 9]) + ","
                for at in range(0, len(found), 9)]  # fmt: skip
        lines.append("\n".join([f"{name} = (", *rows, ")  # fmt: skip\n"]))
    TARGET.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
