"""Runs the commands that measure the knowledge base and writes what they print, each beside its
command, to `docs/generated/knowledge.md`.

    python -m benchmarks.figures
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "generated" / "knowledge.md"
COMMANDS = (
    (
        "Development questions, the halves that are only reported",
        "python -m training.answer_quality --half report --languages --demo",
    ),
    ("Suites on the demo and on a maker of another trade", "careloop evals run answers"),
    ("", "careloop evals run retrieval_chinese_only"),
    ("", "careloop evals run second_maker_answers --data tests/second_maker"),
    ("", "careloop evals run second_maker_retrieval --data tests/second_maker"),
    ("Manuals with tables, procedures and figures", "python -m tests.manuals.report"),
    (
        "The termbase, and how much of a manual's terms it knows",
        "python -m careloop.knowledge.language.check_terms "
        "--manual tests/knowledge/set_aside/manual_terms.csv",
    ),
)
_UNKNOWN = re.compile(r"^\s*unknown: .*\n", re.MULTILINE)


def main() -> None:
    day = datetime.now(UTC).date().isoformat()
    parts = [
        "# Figures of the knowledge base",
        f"Measured on {day} by `python -m benchmarks.figures`, with no language model and no "
        "vector model. Goals stand beside the figures where there are any.",
    ]
    for title, command in COMMANDS:
        print(command, flush=True)
        parts += [f"## {title}"] if title else []
        parts.append(f"```console\n$ {command}\n{_run(command)}\n```")
    OUT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _run(command: str) -> str:
    words = shlex.split(command)
    beside = Path(sys.executable).parent / words[0]
    program = [sys.executable] if words[0] == "python" else [str(beside)]
    environment = {**os.environ, "COLUMNS": "100", "CARELOOP_EMBED_PROVIDER": "none"}
    done = subprocess.run(
        [*program, *words[1:]], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    text = _UNKNOWN.sub("", done.stdout)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


if __name__ == "__main__":
    main()
