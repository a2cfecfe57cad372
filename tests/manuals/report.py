# ruff: noqa: E501
"""How well the files are read: `python -m tests.manuals.report [--all-pages] [--failures]`.

Prints, for each kind of question, how many are right by document, page, facts, steps, figure,
the bot's answer and its citation; then times.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.manuals.questions import make_shelf
from tests.manuals.trial import PARTS, Trial, Verdict


def table(verdicts: Sequence[Verdict]) -> str:
    """One line for each kind of question, right of asked in every part, and the sum."""
    kinds = list(dict.fromkeys(item.question.kind for item in verdicts))
    lines = [f"{'kind':<16}{'asked':>6}" + "".join(f"{part:>10}" for part in PARTS)]
    for kind in [*kinds, ""]:
        own = [item for item in verdicts if kind in ("", item.question.kind)]
        shares = [share(own, part) for part in PARTS]
        told = "".join(f"{f'{right}/{asked}' if asked else '':>10}" for right, asked in shares)
        lines.append(f"{kind or 'all':<16}{len(own):>6}{told}")
    return "\n".join(lines)


def share(verdicts: Sequence[Verdict], part: str, kinds: Sequence[str] = ()) -> tuple[int, int]:
    """Right and asked of one part."""
    asked = [
        item.right[part] for item in verdicts
        if part in item.right and (not kinds or item.question.kind in kinds)
    ]  # fmt: skip
    return sum(asked), len(asked)


def failures(verdicts: Sequence[Verdict]) -> str:
    """Every question with a wrong part: what was found and said instead."""
    lines = []
    for item in verdicts:
        wrong = [part for part, right in item.right.items() if not right]
        if wrong:
            q = item.question
            lines.append(
                f"\n{q.id} [{', '.join(wrong)}] {q.text} -> p. {q.pages} {q.facts or q.figure}"
            )
            lines += [
                f"   {hit['document']} p. {hit.get('page')} | {hit['section'][-60:]} | {' '.join(hit['text'].split())[:230]}"
                for hit in item.hits
            ]
            cited = [(c["document"], c.get("page")) for c in item.answer.get("citations", [])]
            lines.append(
                f"   BOT {item.answer.get('decision')} {cited} {' '.join(item.answer.get('text', '').split())[:260]}"
            )
    return "\n".join(lines)


def main(words: Sequence[str]) -> None:
    keep = os.environ.get("KEEP")
    with tempfile.TemporaryDirectory(prefix="careloop-manuals-") as folder:
        folder = keep or folder
        shelf = make_shelf(12 if "--all-pages" in words else 4)
        trial = Trial(Path(folder), shelf).run()
    out = [table(trial.verdicts), ""]
    out += [f"{verb:<8}{seconds:>7.1f} s" for verb, seconds in trial.seconds.items()]
    out += [
        f"{item['path']}: {item['state']}, {item['pages']} pages, {item['passages']} passages {item['warnings']}"
        for item in trial.added
    ]
    if "--failures" in words:
        out.append(failures(trial.verdicts))
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
