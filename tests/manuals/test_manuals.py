"""Documents of a maker nobody has seen: put in by the shell, searched, asked about, judged.

`python -m tests.manuals.report --failures` shows the same in a table, with what went wrong.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from careloop.knowledge.ingest.read import read_source
from careloop.knowledge.ingest.source import SourceFile
from tests.manuals import (
    make_faq_html,
    make_fault_list_xlsx,
    make_guide_pdf,
    make_scanned_pdf,
    trade,
)
from tests.manuals.procedures import HAND_WRITTEN, REPLACEMENTS
from tests.manuals.questions import FILE, Shelf, make_shelf
from tests.manuals.report import failures, share
from tests.manuals.trial import Trial, in_order

FLOORS = {"document": 0.97, "page": 0.92, "facts": 0.9, "steps": 1.0, "figure": 0.85}
"""Least share of the questions whose passage must be right among the first three found."""
BOT_FLOORS = {"answer": 0.65, "cited": 0.75}
MARK = re.compile(r"<!-- page: (\d+) -->")


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return make_shelf()


@pytest.fixture(scope="session")
def trial(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    if not any(Path(font).exists() for font in make_scanned_pdf.FONTS):
        pytest.skip("no CJK font to draw the scanned manual with; see deploy/test-needs.sh")
    return Trial(tmp_path_factory.mktemp("manuals"), shelf).run()


def test_the_written_questions_are_those_of_the_scripts(shelf: Shelf) -> None:
    written = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    assert written == [asdict(item) for item in shelf.questions]


def test_every_file_is_taken_in(trial: Trial, shelf: Shelf) -> None:
    added = {Path(item["path"]).name: item for item in trial.added}
    for made in shelf.files:
        assert added[made.name]["state"] == "added", added[made.name]
        assert added[made.name]["pages"] == made.count
    assert any("Draft" in text for text in added["accessory-alarms.xlsx"]["warnings"])
    assert any("OCR" in text for text in added["TD-scan-zh.pdf"]["warnings"])
    assert "delivery.csv" in added, "the mail's attachment is a document of its own"


def test_search_finds_the_passage_with_page_facts_steps_and_figure(trial: Trial) -> None:
    for part, floor in FLOORS.items():
        right, asked = share(trial.verdicts, part)
        assert right >= floor * asked, f"{part}: {right} of {asked}\n{failures(trial.verdicts)}"


def test_the_bot_answers_from_the_right_page(trial: Trial) -> None:
    for part, floor in BOT_FLOORS.items():
        right, asked = share(trial.verdicts, part)
        assert right >= floor * asked, f"{part}: {right} of {asked}\n{failures(trial.verdicts)}"


@pytest.mark.parametrize("kind", ["general", "parameter", "fault", "part", "terminal", "output"])
def test_every_row_of_the_long_tables_is_on_its_page(trial: Trial, shelf: Shelf, kind: str) -> None:
    manual = shelf.files[0]
    pages = _pages_of_lines(trial.bodies[manual.name])
    wrong = []
    for key, places in manual.pages.items():
        name = key.removeprefix(f"{kind}:")
        if name == key:
            continue
        rows = [page for line, page in pages if line.startswith("|") and f" {name} |" in line]
        if not set(rows) & set(places):
            wrong.append((key, places, rows))
    assert not wrong


def test_every_procedure_is_whole_and_in_order(trial: Trial) -> None:
    body = MARK.sub("", trial.bodies["TD-service-manual.pdf"])
    for verdict in trial.verdicts:
        if verdict.question.document == "TD-service-manual.pdf" and verdict.question.steps:
            assert in_order(body, verdict.question.steps), verdict.question.id
    # Each procedure is one list, none is cut in two, and a footnote is no step.
    works = [*HAND_WRITTEN, *REPLACEMENTS]
    assert len(re.findall(r"^1\. ", body, re.M)) == len(works)
    assert len(re.findall(r"^7\. ", body, re.M)) == len(works)


def test_nothing_around_the_content_comes_in(trial: Trial) -> None:
    manual = trial.bodies["TD-service-manual.pdf"]
    assert "Subject to change" not in manual, "running feet"
    assert manual.count("Service Manual TD-22 / TD-48") <= 2, "running heads"
    assert not re.search(r"\. \. \. \.|\.{6}", manual), "dot leaders of the contents"
    assert not re.search(r"^> \w+: !", manual, re.M), "the sign of a warning box"
    page = trial.bodies["faq.html"]
    assert make_faq_html.COOKIES not in page and "Aviso legal" not in page and "Ofertas" not in page
    assert make_fault_list_xlsx.SECRET not in trial.bodies["accessory-alarms.xlsx"]
    scan = trial.bodies["TD-scan-zh.pdf"]
    assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", scan.replace("章 ", "章")), (
        "spaces inside words"
    )


def test_every_figure_has_its_caption(trial: Trial, shelf: Shelf) -> None:
    body = trial.bodies["TD-service-manual.pdf"]
    shown = re.findall(r"!\[(.*?)\]\(figure:", body)
    missing = [text for text in shelf.captions.values() if text not in shown]
    assert not missing


def test_a_small_guide_without_lines_keeps_its_tables_and_steps() -> None:
    made = make_guide_pdf.make_guide()
    text = read_source(SourceFile(made.name, made.content)).text
    rows = [*trade.CYLINDER, *make_guide_pdf.HAN_VALUES]
    faults = [(code, message, todo) for code, message, _, todo in trade.faults()]
    for row in [("Item", "Unit", *trade.MODELS), *rows, *faults[: make_guide_pdf.CODES]]:
        assert f"| {' | '.join(row)} |" in text
    for steps in (make_guide_pdf.STEPS, make_guide_pdf.HAN_STEPS):
        assert "\n".join(f"{n}. {step}" for n, step in enumerate(steps, 1)) in text
    assert "> Caution: Hot water" in text and "> 警告：高温" in text
    assert "short guide" not in text and "Page 2" not in text


def _pages_of_lines(body: str) -> list[tuple[str, int]]:
    page, found = 1, []
    for line in body.splitlines():
        mark = MARK.search(line)
        if mark:
            page = int(mark[1])
        found.append((line, page))
    return found
