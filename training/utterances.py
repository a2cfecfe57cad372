"""The labelled utterances, read and checked."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from careloop.agents.mind.reading import HandoffReason, Intent, Urgency

FOLDER = Path(__file__).parent / "utterances"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One customer's message and what a person reads in it."""

    lang: str
    text: str
    intent: str
    sentiment: str
    urgency: str
    signal: str


def load(folder: Path = FOLDER) -> list[Utterance]:
    """Every row of every `<language>*.tsv`, in order; a row that breaks the lists raises."""
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as source:
            for number, row in enumerate(
                csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE), start=2
            ):
                rows.append(_checked(path, number, row))
    return rows


def language_of(path: Path) -> str:
    """Language of a file: `fr` for `fr.tsv` and `fr_2.tsv`."""
    return path.stem.split("_")[0]


def _checked(path: Path, number: int, row: dict[str, str]) -> Utterance:
    try:
        Intent(row["intent"]), Urgency(row["urgency"]), HandoffReason(row["signal"])
        if not -2 <= int(row["sentiment"]) <= 2 or not row["text"].strip():
            raise ValueError("sentiment out of range, or no text")
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}:{number}: {error}") from error
    return Utterance(
        language_of(path), row["text"], row["intent"], row["sentiment"], row["urgency"],
        row["signal"],
    )  # fmt: skip
