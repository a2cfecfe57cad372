# ruff: noqa: E501
"""Puts the files into a fresh installation by the shell, asks every question, judges the answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.manuals.questions import Question, Shelf
from tests.manuals.trade import MODELS

PARTS = ("document", "page", "facts", "steps", "figure", "answer", "cited")
"""What is judged: the first five of the search's first three passages, the last two of the bot's
answer. A part that a question does not ask for is left out."""
REACH = 3


@dataclass
class Verdict:
    question: Question
    right: dict[str, bool]
    hits: list[dict[str, Any]]
    answer: dict[str, Any]


@dataclass
class Trial:
    """One installation with the files in it."""

    home: Path
    shelf: Shelf
    added: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)

    def run(self) -> Trial:
        folder = self.home / "files"
        folder.mkdir(parents=True, exist_ok=True)
        for made in self.shelf.files:
            (folder / made.name).write_bytes(made.content)
        self._shell("init", "--json")
        named = [word for model in MODELS for word in ("--model", model)]
        begun = time.perf_counter()
        self.added = json.loads(self._shell("kb", "add", str(folder), *named, "--json"))["files"]
        self.seconds["add"] = time.perf_counter() - begun
        asked = [
            item for item in self.shelf.questions if not item.slow or self._has_all_pages(item)
        ]
        found = self._batch(
            "search", asked, [{"id": q.id, "query": q.text, "k": REACH} for q in asked]
        )
        told = self._batch(
            "ask", asked, [{"id": q.id, "text": q.text, "audience": "internal"} for q in asked]
        )
        shown = self._figures(asked)
        for path in (self.home / "shown").glob("*.md"):
            self.bodies[path.stem] = path.read_text("utf-8")
        for q in asked:
            hits = found[q.id].get("results", [])
            self.verdicts.append(
                Verdict(q, judge(q, hits, told[q.id], shown.get(q.id, [])), hits, told[q.id])
            )
        return self

    def _has_all_pages(self, question: Question) -> bool:
        count = next(made.count for made in self.shelf.files if made.name == question.document)
        return all(page <= count for page in question.pages)

    def _batch(
        self, verb: str, asked: Sequence[Question], lines: Sequence[Mapping[str, Any]]
    ) -> dict[str, dict[str, Any]]:
        source, out = self.home / f"{verb}.in.jsonl", self.home / f"{verb}.out.jsonl"
        source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        command = ("kb", "search") if verb == "search" else (verb,)
        begun = time.perf_counter()
        self._shell(*command, "--jsonl", str(source), "--out", str(out))
        self.seconds[verb] = time.perf_counter() - begun
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        return {q.id: row for q, row in zip(asked, rows, strict=True)}

    def _figures(self, asked: Sequence[Question]) -> dict[str, list[tuple[str, int | None, bytes]]]:
        """Caption, page and data of every picture shown with the first passages."""
        wanted = [q for q in asked if q.figure]
        lines = json.dumps([(q.id, q.text, q.lang, REACH) for q in wanted])
        folder = self.home / "shown"
        folder.mkdir(exist_ok=True)
        done = self._python("-m", "tests.manuals.look_inside", str(folder), text=lines)
        return {
            number: [(caption, page, (folder / name).read_bytes()) for caption, page, name in rows]
            for number, rows in json.loads(done).items()
        }

    def _shell(self, *words: str) -> str:
        return self._python("-m", "careloop.api.cli.main", *words)

    def _python(self, *words: str, text: str = "") -> str:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("CARELOOP_")}
        done = subprocess.run(
            [sys.executable, *words], env={**clean, "CARELOOP_HOME": str(self.home / "home")},
            input=text, capture_output=True, text=True, check=False,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stdout}\n{done.stderr}")
        return done.stdout


def judge(
    q: Question, hits: Sequence[Mapping[str, Any]], answer: Mapping[str, Any],
    shown: Sequence[tuple[str, int | None, bytes]],
) -> dict[str, bool]:  # fmt: skip
    """What of the question is right, by `PARTS`."""
    from tests.manuals.drawings import shows

    own = [hit for hit in hits[:REACH] if str(hit["document"]).startswith(q.document)]
    placed = [hit for hit in own if not q.pages or hit.get("page") in q.pages]
    right = {"document": bool(own)}
    if q.pages:
        right["page"] = bool(placed)
    if q.facts:
        right["facts"] = any(_holds(hit["text"], q.facts) for hit in placed)
        right["answer"] = _answered(q, answer)
    if q.facts and not q.reserved:
        cited = [
            c for c in answer.get("citations", []) if str(c["document"]).startswith(q.document)
        ]
        right["cited"] = any(not q.pages or c.get("page") in q.pages for c in cited)
    if q.steps:
        told = [*(hit["text"] for hit in placed), answer.get("text", "")]
        right["steps"] = any(in_order(text, q.steps) for text in told)
    if q.figure:
        right["figure"] = any(
            shows(data, q.figure) and page in (None, q.figure_page) for _, page, data in shown
        )
    return right


def _answered(q: Question, answer: Mapping[str, Any]) -> bool:
    """Whether the bot says all that it must and nothing of the other model; work that only an
    engineer may do is rightly refused."""
    text = answer.get("text", "")
    if q.reserved:
        return answer.get("decision") == "refuse" and not any(_has(text, s) for s in q.steps)
    said = _holds(text, [*q.facts, *q.told])
    return said and not any(_has(text, bad) for bad in q.forbidden)


def in_order(text: str, steps: Iterable[str]) -> bool:
    """Whether all steps stand in the text one after the other."""
    plain, at = _plain(text), 0
    for step in steps:
        at = plain.find(_plain(step), at)
        if at < 0:
            return False
    return True


def _holds(text: str, facts: Iterable[str]) -> bool:
    return all(_has(text, fact) for fact in facts)


def _has(text: str, fact: str) -> bool:
    """The fact as whole words and numbers, whatever the line breaks."""
    words = re.escape(_plain(fact))
    return re.search(rf"(?<![a-z0-9_.]){words}(?![a-z0-9_]|\.\d)", _plain(text)) is not None or (
        not fact.isascii() and _plain(fact) in _plain(text)
    )


def _plain(text: str) -> str:
    """Lower case, no mark-up; spaces count only between letters or digits of the Latin script."""
    flat = re.sub(r"[*_`|]|<!--.*?-->", " ", text.lower())
    flat = (
        flat.replace("。", ".")
        .replace("，", ",")
        .replace("、", ",")
        .replace("：", ":")
        .replace("；", ";")
    )
    return re.sub(r"\s*([^\x00-\x7f°])\s*", r"\1", " ".join(flat.split()))
